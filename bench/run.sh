#!/usr/bin/env bash
# Runs the benchmarks and prints their tables: `ledger [ARGUMENT...]` that of the ledger alone (bench/ledger.py), no
# argument that of the whole run and that of the ledger, `metrics [ROWS RESAMPLES THREADS]` that of an evaluation in
# memory (bench/metrics.cpp), anything else what bench/run.py makes of it (see its --help).
set -euo pipefail
here="$(dirname "$0")"
export PYTHONDONTWRITEBYTECODE=1
if [[ "${1:-}" == ledger ]]; then exec /usr/bin/python3 "$here/ledger.py" "${@:2}"; fi
if [[ "${1:-}" == metrics ]]; then exec "$here/../build/bin/bench_metrics" "${@:2}"; fi
/usr/bin/python3 "$here/run.py" "$@"
if [[ $# -gt 0 ]]; then exit; fi
echo
exec /usr/bin/python3 "$here/ledger.py"
