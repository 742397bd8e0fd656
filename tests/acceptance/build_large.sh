#!/usr/bin/env bash
# Ten million generated serials in one column: memory, bytes a serial by section. Then the rate at which a table of four
# columns and five million rows is built, which is printed and not judged. Needs 1 GB of disk.
source "$(dirname "${BASH_SOURCE[0]}")/../tool/harness.sh"

workload="${BURIN_BUILD:-$root/build/release}/bench/burin_workload"
if [[ ! -x $workload ]]; then
  workload="$work/bench/bench/burin_workload"
  { cmake -S "$root" -B bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DBURIN_BUILD_BENCH=ON -DBURIN_BUILD_TOOL=OFF &&
    ninja -C bench burin_workload; } >bench.log 2>&1 ||
    { tail bench.log; bad "the workload writer" "does not build"; finish; }
fi
mkdir sets
run "workload" 0 "$workload" sets w1_10m
{ echo serial; cat sets/w1_10m.txt; } >w1.csv
rm -r sets

seconds() { date +%s.%N; }
begin=$(seconds)
run "build of ten million" 0 python3 "$root/tests/acceptance/peak.py" peak "$burin" build w1.csv -o w1.burin
awk -v from="$begin" -v to="$(seconds)" 'BEGIN { printf "%.1f s, %.0f rows/s\n", to - from, 1e7 / (to - from) }'
cat out
prints '^w1.burin: 10000000 records of 10000000 rows$'
prints '^  different serials: 10000000$'
limit=$((1048576 + $(stat -c %s w1.csv) / 1024))
name="peak memory $(cat peak) KiB, limit $limit KiB"
if [[ $(cat peak) -le $limit ]]; then ok "$name"; else bad "$name" "too much"; fi
bytes=$(stat -c %s w1.burin)
name="$bytes bytes for 10000000 serials, at most 12 each"
if [[ $bytes -le 120000000 ]]; then ok "$name"; else bad "$name" "too many"; fi
run "verify" 0 "$burin" verify w1.burin

awk 'NR == 1 { print "serial,key,maker,year"; next } NR > 5000001 { exit }
     { printf "%s,K%d,maker %d,%d\n", $0, NR, NR * 7919 % 300, 1950 + NR * 104729 % 70 }' w1.csv >four.csv
rm w1.csv w1.burin
begin=$(seconds)
run "build of four columns" 0 python3 "$root/tests/acceptance/peak.py" peak "$burin" build four.csv -o four.burin
awk -v from="$begin" -v to="$(seconds)" -v peak="$(cat peak)" \
  'BEGIN { printf "four columns: %.1f s, %.0f rows/s, %d KiB\n", to - from, 5e6 / (to - from), peak }'
cat out
prints '^four.burin: 5000000 records of 5000000 rows$'
finish
