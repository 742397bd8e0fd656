#!/usr/bin/env bash
# burin lookup: whole serials to records, through the binary.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks
"$burin" build marks.csv -o m.burin --source lab -q || exit 1

run "as csv" 0 "$burin" lookup m.burin a1.3948 NONE B77120
prints '^query_id,query,serial,record_id,key,source,'
prints '^1,a1.3948,A13948,1,W-1,lab,'
prints '^3,B77120,B77120,3,W-3,lab,'
prints_not NONE
silent
run "as ndjson" 0 "$burin" lookup m.burin a1.3948 NONE --format ndjson
prints '^\{"id":"1","query":"a1.3948","serial":"A13948","records":\[\{"record_id":"1","key":"W-1","source":"lab",.*\}\]'
prints '\}\]\}$'
prints '^\{"id":"2","query":"NONE","serial":"NONE","records":\[\]\}$'
run "no record" 1 "$burin" lookup m.burin NONE
run "partial records are not looked at" 1 "$burin" lookup m.burin A1847
for ((i = 0; i < 9000; ++i)); do printf 'A%d\r\n' $i; done >many.txt
printf 'A1-3948\r\n' >>many.txt
run "many lines" 0 "$burin" lookup m.burin --serials many.txt
prints '^9001,A1-3948,A13948,1,'
run "standard input" 0 bash -c '"$0" lookup m.burin --serials - <<<B77120' "$burin"
printf 'B77120\nA1?3\nA\xff\n' >bad.txt
fails "bad lines" 3 'bad.txt, line 2: it has unreadable characters: .* \(and 1 more\)$' \
  "$burin" lookup m.burin --serials bad.txt
prints '^1,B77120,'
fails "a pattern" 2 'TEXT: it has unreadable characters' "$burin" lookup m.burin 'A1*'
fails "nothing to look up" 2 'lookup: expected either TEXT or --serials' "$burin" lookup m.burin
fails "no such file" 5 'none.txt: ' "$burin" lookup m.burin --serials none.txt
finish
