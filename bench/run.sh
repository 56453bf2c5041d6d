#!/usr/bin/env bash
# Runs the benchmarks and prints their table. Arguments go to bench/run.py (see its --help).
set -euo pipefail
exec /usr/bin/python3 "$(dirname "$0")/run.py" "$@"
