#!/bin/sh
# Prints the packs in reports/ as PDF, each with its board pack, where Chromium is installed; says so where it is not.
# PDFs hold the time at which they were made, so they are not kept.
set -eu
cd "$(dirname "$0")/.."

chromium=${APPRAISE_CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  [ -n "$chromium" ] || chromium=$(command -v "$name" || true)
done
if [ -z "$chromium" ]; then
  echo "no PDFs: Chromium is not installed (Debian: chromium)"
  exit 0
fi

print() {
  "$chromium" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$2" "file://$1" >/dev/null 2>&1 ||
    { echo "no PDF of $1: Chromium failed"; exit 1; }
}

for folder in reports/*/; do
  folder=$PWD/${folder%/}
  [ -f "$folder/pack.html" ] || continue
  print "$folder/pack.html" "$folder/pack.pdf"
  board=$(mktemp -d)
  ${CARGO:-cargo} run --release --locked --quiet -- report "$folder/appraisal.json" --pack board -o "$board/board.html" >"$board/said" 2>&1 ||
    { cat "$board/said" >&2; echo "no board pack of $folder/appraisal.json: the program failed" >&2; rm -r "$board"; exit 1; }
  print "$board/board.html" "$folder/board.pdf"
  rm -r "$board"
done
