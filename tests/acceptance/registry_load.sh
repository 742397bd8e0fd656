#!/usr/bin/env bash
# Ten million generated serials added to a registry in 100 commits, and compacted: how many segments there are
# meanwhile, and that answers are those of a single file, to the byte but for ids and work. Then 10,000 commits of one
# record each. Times are printed and not judged: search against the single file, during the load and after it; how long
# a commit of one record takes until another process sees it. Needs 2 GB of disk and memory, and some ten minutes.
source "$(dirname "${BASH_SOURCE[0]}")/../tool/harness.sh"

build="${BURIN_BUILD:-$root/build/release}"
workload="$build/bench/burin_workload"
if [[ ! -x $workload ]]; then
  bad "the workload writer" "is not in $build"
  finish
fi
run "workload" 0 "$workload" . w1_10m
awk 'BEGIN { print "serial,key" } { print $0 "," NR }' w1_10m.txt >all.csv
rm w1_10m.txt
run "the single file" 0 "$burin" build all.csv --source north -o whole.burin --quiet

# median_of WHERE READINGS WITHIN: nanoseconds; the better of two runs.
median_of() {
  local best='' ns
  for _ in 1 2; do
    "$burin" match "$1" --queries "$2" --within "$3" --format ndjson --timing >timed 2>times || true
    ns=$(sed -n 's/.*median \([0-9]*\) ns.*/\1/p' times)
    if [[ -z $best || $ns -lt $best ]]; then best=$ns; fi
  done
  echo "$best"
}
without_ids() { sed -E 's/"record_id":"[0-9]+"//g; s/,"(work|ns)":[0-9]+//g'; }
whole_1=$(median_of whole.burin w1.q1.txt 1)
whole_2=$(median_of whole.burin w1.q2.txt 2)
echo "the single file: within 1 $whole_1 ns, within 2 $whole_2 ns"

# compare NAME MOST: medians of the registry against the single file's.
compare() {
  local one two
  one=$(median_of reg w1.q1.txt 1)
  two=$(median_of reg w1.q2.txt 2)
  awk -v name="$1" -v most="$2" -v a="$one" -v b="$two" -v c="$whole_1" -v d="$whole_2" 'BEGIN {
    printf "%s: within 1 %d ns, %.2f times the single file; within 2 %d ns, %.2f times; %s wanted\n",
           name, a, a / c, b, b / d, most }'
}
segments() { "$burin" info reg | sed -n 's/.*registry: .* \([0-9]*\) segments\?,.*/\1/p'; }

begin=$(date +%s.%N)
most=0
for ((part = 0; part < 100; ++part)); do
  { echo serial,key; tail -n +$((part * 100000 + 2)) all.csv | head -n 100000; } >part.csv
  if ! "$burin" add reg part.csv --source north --quiet 2>err; then
    bad "commit $part" "$(cat err)"
    finish
  fi
  now=$(segments)
  if [[ $now -gt $most ]]; then most=$now; fi
  case $part in
    29 | 69 | 99) compare "after commit $((part + 1)), $now segments" 4 ;;
  esac
done
awk -v from="$begin" -v to="$(date +%s.%N)" 'BEGIN { printf "100 commits: %.0f s\n", to - from }'
if [[ $most -le 8 ]]; then ok "at most $most segments"; else bad "segments" "$most of them"; fi
head -n 200 w1.q1.txt >some.txt
"$burin" match whole.burin --queries some.txt --format ndjson 2>err | without_ids >expected
"$burin" match reg --queries some.txt --format ndjson 2>>err | without_ids >out
if [[ -s expected ]] && cmp -s expected out; then
  ok "evidence over $now segments is that of a single file"
else
  bad "evidence over $now segments" "$(diff expected out | head -n 2 | cut -c 1-300 | tr '\n' ' ')"
fi
run "compact" 0 "$burin" compact reg
compare "compacted" 1.3
run "verify" 0 "$burin" verify reg
prints '^reg: sound: 10000000 records, '

# One record each.
rm -rf whole.burin reg
run "10,000 commits" 0 "$build/bench/burin_commits" small 10000
cat out
prints '^10000 commits, 10000 records, [1-8] segments$'
run "verify of 10,000 commits" 0 "$burin" verify small
finish
