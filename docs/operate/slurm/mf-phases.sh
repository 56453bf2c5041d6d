#!/bin/bash
# mf-phases.sh REQUEST: one job for each phase, each with what it needs, and each only after the one before it has succeeded.
# Prints the number of each job. After a gate that said FAIL (exit status 1) nothing is published: Slurm removes what cannot begin any more.
set -euo pipefail

readonly request="${1:?mf-phases.sh REQUEST}"
script="$(dirname -- "${BASH_SOURCE[0]}")/mf-run.sbatch"
previous=

submit() {  # submit PHASE SBATCH-OPTION...
  local after=()
  if [[ -n "$previous" ]]; then after=(--dependency="afterok:$previous" --kill-on-invalid-dep=yes); fi
  previous="$(sbatch --parsable --job-name="mf-$1" "${after[@]}" "${@:2}" "$script" "$1" "$request")"
  previous="${previous%%;*}"  # a cluster's name may follow
  echo "$1 $previous"
}

submit resolve --cpus-per-task=1 --mem=1G --time=00:30:00
submit train --cpus-per-task=4 --mem=8G --time=04:00:00
submit eval --cpus-per-task=4 --mem=8G --time=02:00:00
submit gate --cpus-per-task=1 --mem=4G --time=00:30:00
submit publish --cpus-per-task=1 --mem=1G --time=00:30:00
