#!/usr/bin/env bash
# Runs the benchmarks and prints their tables: `ledger [ARGUMENT...]` that of the ledger alone (bench/ledger.py), anything
# else that of the whole run too; arguments go to bench/run.py (see its --help).
set -euo pipefail
here="$(dirname "$0")"
export PYTHONDONTWRITEBYTECODE=1
if [[ "${1:-}" == ledger ]]; then exec /usr/bin/python3 "$here/ledger.py" "${@:2}"; fi
/usr/bin/python3 "$here/run.py" "$@"
echo
exec /usr/bin/python3 "$here/ledger.py"
