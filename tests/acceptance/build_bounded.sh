#!/usr/bin/env bash
# Fifty million generated records with three attributes, read from a pipe, built with --memory 1GiB: the most memory
# that is resident, mapped pages included; and ten million of them from a file, on one core, with and without a bound:
# the same bytes. Rates are printed and not judged; that of the pipe is also the rate of what writes into it. Needs 4 GB
# of disk, some of it in the temporary directory.
source "$(dirname "${BASH_SOURCE[0]}")/../tool/harness.sh"

workload="${BURIN_BUILD:-$root/build/release}/bench/burin_workload"
if [[ ! -x $workload ]]; then
  bad "the workload writer" "is not in ${BURIN_BUILD:-build/release}"
  finish
fi
run "workload" 0 "$workload" . w1_10m

# rows TIMES: so many records of each generated serial.
rows() {
  awk -v times="$1" 'BEGIN { print "key,serial,maker,year,calibre" }
    { for (k = 0; k < times; ++k) printf "%d,%s%d,maker %d,%d,%d mm\n", ++n, $0, k, n * 7919 % 300, 1900 + n * 31 % 120,
                                         n % 3 + 7 }' w1_10m.txt
}
seconds() { date +%s.%N; }
# rate ROWS: since $begin.
rate() {
  awk -v rows="$1" -v from="$begin" -v to="$(seconds)" \
    'BEGIN { printf "%.1f s, %.0f rows/s\n", to - from, rows / (to - from) }'
}
one_core=()
if taskset -c 0 true 2>/dev/null; then one_core=(taskset -c 0); fi

begin=$(seconds)
rows 5 | run "build of fifty million" 0 python3 "$root/tests/acceptance/peak.py" peak \
  "$burin" build - -o w50.burin --memory 1GiB --tmpdir . --no-progress
rate 5e7
name="build of fifty million"
prints '^w50.burin: 50000000 records of 50000000 rows$'
limit=1572864
name="peak memory $(cat peak) KiB, limit $limit KiB"
if [[ $(cat peak) -le $limit ]]; then ok "$name"; else bad "$name" "too much"; fi
run "verify" 0 "$burin" verify w50.burin
rm w50.burin

rows 1 >rows.csv
begin=$(seconds)
run "build of ten million" 0 "${one_core[@]}" "$burin" build rows.csv -o whole.burin --no-progress
rate 1e7
begin=$(seconds)
run "the same in 64 MiB" 0 "${one_core[@]}" \
  "$burin" build rows.csv -o bounded.burin --memory 64MiB --tmpdir . --no-progress
rate 1e7
rm rows.csv
name="the same bytes"
if cmp -s whole.burin bounded.burin; then ok "$name"; else bad "$name" "they differ"; fi
rm whole.burin bounded.burin w1_10m.txt
name="nothing laid aside is left"
if [[ -z $(find . -name 'burin-*') ]]; then ok "$name"; else bad "$name" "$(find . -name 'burin-*')"; fi
finish
