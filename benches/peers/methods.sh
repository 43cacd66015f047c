#!/bin/sh
# Three methods of ranking in numpy and in this engine, one after the other on one core, twice.
# Usage: benches/peers/methods.sh PYTHON, where PYTHON is that of an environment with requirements.txt installed.
set -eu
python=${1:?the Python of an environment with benches/peers/requirements.txt}
cd "$(dirname "$0")/../.."
pin=""
command -v taskset >/dev/null 2>&1 && pin="taskset -c ${CORE:-0}"
cargo bench --locked --quiet --bench methods --no-run
for round in 1 2; do
  echo "round $round"
  peers=$($pin "$python" benches/peers/methods_numpy.py)
  echo "$peers"
  # Criterion names the lowest, the best guess and the highest throughput, in thousands or millions a second.
  ours=$($pin cargo bench --locked --quiet --bench methods 2>/dev/null | awk '
    /thrpt:/ { gsub(/[\[\]]/, ""); value = $4; unit = $5; scale = unit ~ /^M/ ? 1e6 : unit ~ /^G/ ? 1e9 : 1e3; printf "%.0f", value * scale; exit }')
  echo "engine (float64): $ours"
  echo "$peers" | awk -F ': ' -v ours="$ours" '{ printf "engine over %s: %.2f\n", $1, ours / $2 }'
done
