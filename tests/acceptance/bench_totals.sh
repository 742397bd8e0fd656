#!/usr/bin/env bash
# A million generated serials: builds the index with the tool, asks all readings, and compares how many records each
# column finds with the totals that independent exact programs agree on (bench/README.md).
#   bench_totals.sh [BUILD]     BUILD: a build folder with the tool and the benchmarks; else $BURIN_BUILD
set -euo pipefail
build="${1:-${BURIN_BUILD:?give a build folder}}"
tool="${BURIN_TOOL:-$build/tools/burin}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

"$build/bench/burin_workload" "$work" w1_1m
{ echo serial; cat "$work/w1_1m.txt"; } >"$work/w1_1m.csv"
"$tool" build "$work/w1_1m.csv" -o "$work/w1_1m.burin" >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }

failed=0
# column READINGS WITHIN METRIC EXPECTED
column() {
  local name="w1_1m $1 k=$2 $3" answers="$work/answers.ndjson" status=0 hits lines complete
  "$tool" match "$work/w1_1m.burin" --queries "$work/w1.$1.txt" --within "$2" --metric "$3" --format ndjson \
    >"$answers" 2>"$work/match.log" || status=$?
  lines="$(wc -l <"$answers")"
  complete="$(grep -cE '"complete": ?true' "$answers" || true)"
  hits="$(grep -oE '"record_id"' "$answers" | wc -l)"
  if [[ $status -eq 0 && $lines -eq 1000 && $complete -eq 1000 && $hits -eq $4 ]]; then
    echo "ok $name: $hits"
  else
    echo "not ok $name: $hits hits instead of $4, $lines answers, $complete complete, exit code $status"
    head -n 3 "$work/match.log"
    failed=1
  fi
}

column q1 1 levenshtein 896
column q1 1 osa 1002
column q1 2 levenshtein 1093
column q1 2 osa 1094
column q2 1 levenshtein 89
column q2 1 osa 89
column q2 2 levenshtein 969
column q2 2 osa 1099
column qw 0 hamming 1003
column qw 1 hamming 1570
column qw3 0 hamming 157
column qw3 1 hamming 16947
exit "$failed"
