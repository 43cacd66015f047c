#!/bin/sh
# `run.sh needs` installs what the browser tests need, where it can, and names what is missing, where it
# cannot; `run.sh` runs them. With APPRAISE_SKIP_BROWSER=1 they are left out, and it says so.
set -eu
cd "$(dirname "$0")"

if [ "${APPRAISE_SKIP_BROWSER:-}" = 1 ]; then
  [ "${1:-}" = needs ] || echo "NOT TESTED: the board pack in a browser (APPRAISE_SKIP_BROWSER=1)"
  exit 0
fi

have() { command -v "$1" >/dev/null 2>&1; }

browser() {
  if [ -n "${APPRAISE_CHROMIUM:-}" ]; then have "$APPRAISE_CHROMIUM"; return; fi
  have chromium || have chromium-browser || have google-chrome || have google-chrome-stable
}

# Charts are measured for Arial and its twins; without one of them every width differs.
face() {
  [ "$(uname)" = Linux ] || return 0
  have fc-match || return 1
  case "$(fc-match -f '%{family}' Arial)" in *Liberation*|*Arial*|*Helvetica*|*Arimo*) ;; *) return 1;; esac
}

# Debian's names of the packages that are missing.
missing() {
  browser || printf ' chromium'
  face || printf ' fonts-liberation fontconfig'
  have node || printf ' nodejs'
  have npm || printf ' npm'
  have pdftotext || printf ' poppler-utils'
}

install() {
  echo "installing for the browser tests:$1"
  if [ "$(id -u)" = 0 ]; then as=; else as=sudo; fi
  $as apt-get update -q && $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $1
}

needs() {
  lacking=$(missing)
  if [ -n "$lacking" ] && have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }; then
    install "$lacking" >&2 || true
    lacking=$(missing)
  fi
  if [ -n "$lacking" ]; then
    echo "The browser tests need what is not installed (Debian's names):$lacking" >&2
    echo "Install it, or leave them out with APPRAISE_SKIP_BROWSER=1." >&2
    exit 1
  fi
  if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 11) ? 0 : 1)'; then
    echo "The browser tests need nodejs 20.11 or later; this is $(node --version)." >&2
    echo "Install a later one, or leave them out with APPRAISE_SKIP_BROWSER=1." >&2
    exit 1
  fi
}

needs
[ "${1:-}" = needs ] && exit 0

# The packages are those of package-lock.json, by their checksums; nothing of theirs runs at installation.
npm ci --ignore-scripts --silent
exec node --test --test-reporter=spec --test-concurrency=2 --test-timeout=600000 \
  packs.test.mjs explore.test.mjs hostile.test.mjs planted.test.mjs type.test.mjs
