#!/usr/bin/env bash
# Fuzzes, and prints a line for each target: run.sh BUILD-FOLDER SECONDS [TARGET...]  (./dev fuzz builds first).
# Seeds are made anew; what was found interesting is kept in BUILD-FOLDER/corpus. Exit status 1: something was found.
set -euo pipefail

readonly kBuild="$1" kSeconds="$2"
kSource="$(dirname -- "$(dirname -- "${BASH_SOURCE[0]}")")"
readonly kSource kSeeds="$kBuild/seeds" kLogs="$kBuild/logs" kFindings="$kBuild/findings"

# The quarantine of freed memory stays well below the limit; without llvm-symbolizer, addr2line names the lines.
export ASAN_OPTIONS="quarantine_size_mb=64:allow_addr2line=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export UBSAN_OPTIONS="print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}"

known_targets() { find "$kBuild/bin" -name 'fuzz_*' -type f -perm -u+x -printf '%f\n' | sed 's/^fuzz_//' | sort; }

require_known() {  # require_known TARGET...
  local target
  for target in "$@"; do
    if [[ -x "$kBuild/bin/fuzz_$target" ]]; then continue; fi
    printf "fuzz: there is no target '%s'; there are: %s\n" "$target" "$(known_targets | paste -sd ' ')" >&2
    exit 64
  done
}

fuzz() {  # fuzz TARGET: writes its log, and its exit status beside it
  local target="$1" status=0
  mkdir -p "$kBuild/corpus/$target" "$kFindings/$target"
  "$kBuild/bin/fuzz_$target" -max_total_time="$kSeconds" -timeout=1 -rss_limit_mb=1024 -max_len=65536 \
    -dict="$kSeeds/words.dict" -artifact_prefix="$kFindings/$target/" -print_final_stats=1 \
    "$kBuild/corpus/$target" "$kSeeds/$target" >"$kLogs/$target.log" 2>&1 || status=$?
  echo "$status" >"$kLogs/$target.status"
}

fuzz_all() {  # fuzz_all TARGET...: as many at once as there are cores
  local target
  for target in "$@"; do
    while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n; done
    fuzz "$target" &
  done
  wait
}

statistic() { awk -v name="stat::$2:" '$1 == name { print $2 }' "$kLogs/$1.log"; }  # statistic TARGET NAME

found() { [[ "$(<"$kLogs/$1.status")" != 0 ]]; }  # found TARGET

report() {  # report TARGET...
  local target
  printf '%-10s %12s %10s %8s %9s\n' target executions 'per second' corpus findings
  for target in "$@"; do
    printf '%-10s %12s %10s %8s %9s\n' "$target" "$(statistic "$target" number_of_executed_units)" \
      "$(statistic "$target" average_exec_per_sec)" "$(find "$kBuild/corpus/$target" -type f | wc -l)" \
      "$(if found "$target"; then echo 1; else echo 0; fi)"
  done
}

explain() {  # explain TARGET: what was found, where the input lies, how to see it again
  local log="$kLogs/$1.log" input
  input="$(sed -n 's/.*Test unit written to //p' "$log" | head -n 1)"
  printf '\n%s: %s\n' "$1" "$(grep -m 1 -E '^(broken:|SUMMARY:)|terminate called|ERROR: ' "$log" || echo 'ended before its time')"
  printf '  log:   %s\n' "$log"
  if [[ -z "$input" ]]; then return; fi
  printf '  input: %s\n  again: %s %s\n' "$input" "$kBuild/bin/fuzz_$1" "$input"
}

main() {
  local targets=("$@") target status=0
  if ((${#targets[@]} == 0)); then mapfile -t targets < <(known_targets); fi
  require_known "${targets[@]}"
  mkdir -p "$kLogs"
  "$kBuild/bin/seed_corpus" "$kSource" "$kSeeds"
  printf 'fuzz: %s s each: %s\n' "$kSeconds" "${targets[*]}" >&2
  fuzz_all "${targets[@]}"
  report "${targets[@]}"
  for target in "${targets[@]}"; do
    if found "$target"; then explain "$target" && status=1; fi
  done
  return "$status"
}

main "${@:3}"
