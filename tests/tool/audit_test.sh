#!/usr/bin/env bash
# burin audit and match --log: who asked what is kept, every change is found, and a registry can ask for a case.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks
"$burin" add reg marks.csv --source north -q || bad "add" "failed"

run "a search with a log" 0 "$burin" match reg '?13[09]*' --within 1 --log queries --actor roe --case 2026-114 \
  --purpose tracing --format csv
cp out logged
run "and without" 0 "$burin" match reg '?13[09]*' --within 1 --format csv
cmp -s out logged && ok "the log changes no answer" || bad "the log changes no answer" "$(diff out logged | head -n 2)"
run "one without a hit" 1 "$burin" match reg ZZZZZZZ --within 0 --log queries --case 2026-115 --format csv
printf 'A13948\nB77120\n' >readings.txt
run "several" 0 "$burin" match reg --queries readings.txt --within 0 --log queries --threads 2 --format csv

run "verify" 0 "$burin" audit verify queries
prints '^queries: sound: 4 queries in 3 chains$'
silent
run "list" 0 "$burin" audit verify queries --list
prints '"actor":"roe","asked":"","case":"2026-114","complete":true'
prints '"purpose":"tracing","reading":"\?13\[09\]\*","records":\['
prints '"case":"2026-115".*"matches":0'
run "head" 0 "$burin" audit head queries
prints '^[0-9a-f]{64} 2 chain-[0-9]{8}T[0-9]{6}Z-[0-9]+\.ndjson$'
cp out heads
run "verify against the heads" 0 "$burin" audit verify queries --deposited heads -q
run "after one more" 0 "$burin" match reg A13948 --within 0 --log queries --format csv
run "a log that grew" 0 "$burin" audit verify queries --deposited heads -q

chains=(queries/chain-*.ndjson)
cp -R queries good
sed -i '2s/2026-114/2026-999/' "${chains[0]}"
fails "a changed line" 4 'queries/chain-.*: line 2: is not the line that was deposited' \
  "$burin" audit verify queries --deposited heads
rm -r queries && cp -R good queries
sed -i '1d' "${chains[0]}"
fails "a line taken out" 4 'queries/chain-.*: line 1: has another number than its place' "$burin" audit verify queries
rm -r queries && cp -R good queries
rm "${chains[0]}"
fails "a chain taken away" 4 'queries/chain-.*: is not there: 2 lines of it were deposited' \
  "$burin" audit verify queries --deposited heads
rm -r queries && cp -R good queries
printf '{"actor":' >>"${chains[0]}"
run "a writer that was stopped" 0 "$burin" audit verify queries
grep -q 'line 3: has no end' err && ok "is told" || bad "is told" "$(cat err)"
echo nonsense >none
fails "heads that are none" 3 'none: heads: line 1: expected a hash' "$burin" audit verify queries --deposited none
fails "no such log" 5 'nowhere: cannot read' "$burin" audit verify nowhere
fails "a log that cannot be made" 5 'no/such/log: cannot create' "$burin" match reg A13948 --within 0 --log no/such/log
fails "a log of counts" 2 'match: --log is of hits' "$burin" match reg A13948 --within 0 --count --log queries

run "rules" 0 "$burin" audit rules reg
prints '^reg: case optional$'
run "ask for a case" 0 "$burin" audit rules reg --case required
prints '^reg: case required$'
fails "a search without one" 2 'match: .*for which case' "$burin" match reg A13948 --within 0
fails "a lookup" 2 'lookup: this registry asks for which case' "$burin" lookup reg A13948
run "a search with one" 0 "$burin" match reg A13948 --within 0 --case 2026-114 --format csv
run "verify still checks" 0 "$burin" verify reg
run "no longer" 0 "$burin" audit rules reg --case optional
run "a search without one again" 0 "$burin" match reg A13948 --within 0 --format csv
finish
