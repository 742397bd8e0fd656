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
prints '^queries: sound: 4 queries in 1 chain$'
silent
run "list" 0 "$burin" audit verify queries --list
prints '"actor":"roe","asked":"","case":"2026-114","complete":true'
prints '"purpose":"tracing","reading":"\?13\[09\]\*","records":\['
prints '"case":"2026-115".*"matches":0'
run "head" 0 "$burin" audit head queries
prints '^[0-9a-f]{64} 5 chain\.ndjson$'
cp out heads
head=$(cut -d' ' -f1 heads)
run "verify against the heads" 0 "$burin" audit verify queries --deposited heads -q
run "verify against a hash" 0 "$burin" audit verify queries --head "$head" -q
run "verify against what head printed" 0 "$burin" audit verify queries --head "$(cat heads)" --head "$head" -q
run "after one more" 0 "$burin" match reg A13948 --within 0 --log queries --log-sync --format csv
run "a log that grew" 0 "$burin" audit verify queries --deposited heads -q

cp -R queries good
again() { rm -rf queries && cp -R good queries; }
sed -i '$s/A13948/A13949/' queries/chain.ndjson
fails "the last line changed" 4 'queries/chain.ndjson: line 6: is not the line that the head names' \
  "$burin" audit verify queries
again
sed -i '2s/2026-114/2026-999/' queries/chain.ndjson
fails "a changed line" 4 'queries/chain.ndjson: line 2: was changed' "$burin" audit verify queries
again
sed -i '1d' queries/chain.ndjson
fails "a line taken out" 4 'queries/chain.ndjson: line 1: has another number than its place' \
  "$burin" audit verify queries
again
sed -i '$d' queries/chain.ndjson
fails "the last line cut off" 4 'queries/chain.ndjson: line 6: is not there: the head says 6 lines' \
  "$burin" audit verify queries
run "and somebody who goes on" 0 "$burin" match reg A13948 --within 0 --log queries --format csv
fails "which says so" 4 'queries/chain.ndjson: line 6: says that of 6 lines before it' "$burin" audit verify queries
for file in chain.ndjson chain.head; do
  again
  rm "queries/$file"
  fails "$file taken away" 4 "queries/$file: is not there" "$burin" audit verify queries
done
rm queries/*
fails "all of it taken away" 4 'queries: holds no query log' "$burin" audit verify queries
run "and begun anew" 0 "$burin" match reg A13948 --within 0 --log queries --format csv
fails "against the hash" 4 "queries: no line has the hash $head" "$burin" audit verify queries --head "$head"
fails "a hash that is none" 3 '--head: heads: line 2: expected a hash' "$burin" audit verify queries --head 12ab
again
printf '{"actor":' >>queries/chain.ndjson
fails "bytes behind the last line" 4 'queries/chain.ndjson: line 7: has no end, and no writer was stopped there' \
  "$burin" audit verify queries
again

# A chain of an earlier version is read, and linked when the log goes on.
mkdir old
old_name=chain-20261126T180733Z-7.ndjson
line="{\"chain\":\"$old_name\",\"format\":\"burin query log 1\""
line="$line,\"line\":0,\"previous\":\"\",\"time\":\"2026-11-26T18:07:33Z\"}"
hash=$(printf '%s' "$line" | sha256sum | cut -d' ' -f1)
printf '%s\n{"line":1,"previous":"%s","reading":"Z1"}\n' "$line" "$hash" >"old/$old_name"
run "an old log" 0 "$burin" audit verify old
prints '^old: sound: 1 query in 1 chain$'
grep -q 'written by an earlier version' err && ok "is told" || bad "is told" "$(cat err)"
run "which goes on" 0 "$burin" match reg A13948 --within 0 --log old --format csv
run "is sound" 0 "$burin" audit verify old
prints '^old: sound: 2 queries in 2 chains$'
sed -i '2s/Z1/Z2/' "old/$old_name"
fails "and a changed last line of it" 4 "old/$old_name: is not what the log links" "$burin" audit verify old

mkdir full
fails "a full disk" 5 'full/chain.ndjson: cannot write: ' bash -c \
  "trap '' XFSZ; ulimit -f 1; exec '$burin' match reg A13948 --within 0 --log full --format csv"
[[ $(wc -l <out) -le 1 ]] && ok "and no answer" || bad "and no answer" "$(cat out)"
echo nonsense >none
fails "heads that are none" 3 'none: heads: line 1: expected a hash' "$burin" audit verify queries --deposited none
fails "no such log" 5 'nowhere: cannot read' "$burin" audit verify nowhere
fails "a log that cannot be made" 5 'no/such/log: cannot create' "$burin" match reg A13948 --within 0 --log no/such/log
fails "a log of counts" 2 'match: --log is of hits' "$burin" match reg A13948 --within 0 --count --log queries
fails "--log-sync of nothing" 2 'match: --log-sync requires --log' "$burin" match reg A13948 --log-sync

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
