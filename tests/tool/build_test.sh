#!/usr/bin/env bash
# burin build, info, verify and dump: every option, through the binary.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks

run build 0 "$burin" build marks.csv -o marks.burin
golden build.txt
silent
run "build quietly" 0 "$burin" build marks.csv -o again.burin -q
prints_not .
if cmp -s marks.burin again.burin; then ok "same bytes"; else bad "same bytes" "two builds differ"; fi
rm again.burin

run info 0 "$burin" info marks.burin
golden info.txt
run "info as ndjson" 0 "$burin" info marks.burin --format ndjson
golden info.ndjson
run "profile small" 0 "$burin" build marks.csv --profile small -o small.burin -q
run "info of profile small" 0 "$burin" info small.burin
prints '^  groups of keys:    1, 0 in both orders$'
prints_not BKEY
"$burin" match small.burin '?13[09]*' --within 1 --format csv >small.csv
run "match of profile small" 0 "$burin" match marks.burin '?13[09]*' --within 1 --format csv
if cmp -s out small.csv; then ok "profiles agree"; else bad "profiles agree" "output differs"; fi
run "profile fast" 0 "$burin" build marks.csv --profile fast -o fast.burin -q
if cmp -s marks.burin fast.burin; then ok "fast is the default"; else bad "fast is the default" "other bytes"; fi
rm small.burin small.csv fast.burin
printf 'serial,maker\n' >many.csv
for ((i = 0; i < 40000; ++i)); do printf '%s%d,m%d\n' "$((i % 3))" $((i * 7919 % 1000003)) $((i % 11)); done >>many.csv
run "one thread" 0 "$burin" build many.csv -o one.burin
run "three threads" 0 "$burin" build many.csv -o three.burin --threads 3
if cmp -s one.burin three.burin; then ok "threads agree"; else bad "threads agree" "other bytes"; fi
rm many.csv one.burin three.burin
run verify 0 "$burin" verify marks.burin
prints '^marks.burin: sound: 7 records, [0-9]+ bytes checked$'
run "verify quietly" 0 "$burin" verify marks.burin --quiet
prints_not .
run dump 0 "$burin" dump marks.burin
golden dump.csv
run "dump as ndjson" 0 "$burin" dump marks.burin --format ndjson
golden dump.ndjson
mv out dumped.ndjson

# What was dumped can be built again.
"$burin" dump marks.burin >dumped.csv
run "build of a dump" 0 "$burin" build dumped.csv -o dumped.burin \
  --map serial=text,key=key,maker=maker,year=year,weapon=weapon,component=component,mark_class=mark_class,date=date
run "dump of a build of a dump" 0 bash -c '"$0" dump dumped.burin --format ndjson | sed "s/\"record_id\":\"[0-9]*\"//" |
  sort >a; sed "s/\"record_id\":\"[0-9]*\"//" dumped.ndjson | sort >b; cmp a b' "$burin"

# --map and --attr, with names that need a backslash.
printf 'No\\, seen;id=1;colour:of;Jahr\nA1;k1;red;1990\nB2;k2;blue;x\nC3;k3;;1991\n' | tr -d '\\' >odd.csv
run "map and attr" 0 "$burin" build odd.csv -o odd.burin \
  --map 'serial=No\, seen' --map 'key=id=1' \
  --attr 'colour=colour\:of' --attr Jahr=Jahr:integer --source 'lab' --rejects odd.rejects --strict
prints '^odd.burin: 2 records of 3 rows$'
prints '^  rejected rows: 1, listed in odd.rejects$'
run "rejects file" 0 cat odd.rejects
prints '^odd.csv,2,3,Jahr,.*,x$'
run "dump of attributes" 0 "$burin" dump odd.burin --format ndjson
prints '^\{"record_id":"1","key":"k1","source":"lab","kind":"serial","serial":"A1","text":"A1","attributes":'\
'\{"Jahr":1990,"colour":"red"\}\}$'
prints '^.*"serial":"C3".*"attributes":\{"Jahr":1991\}'
run "map of several" 0 "$burin" build odd.csv -o odd.burin \
  --map 'serial=No\, seen,key=id=1,year=Jahr' --rejects odd.rejects --strict
run "info" 0 "$burin" info odd.burin
prints 'year \(integer\)'

# Tables: standard input, no header, encodings, separators, several files.
run "standard input" 0 bash -c 'printf "serial\nA1\n" | "$0" build - -o x.burin' "$burin"
prints '^x.burin: 1 record of 1 row$'
printf 'A1;b\nA2;c\n' >bare.csv
run "no header" 0 "$burin" build bare.csv --no-header --map serial=1,key=2 -o x.burin
run "dump" 0 "$burin" dump x.burin
prints '^2,c,,serial,A2,,A2$'
printf 'serial;maker\nA1;\x8akoda\n' >cp1250.csv
run "encoding" 0 "$burin" build cp1250.csv --encoding cp1250 -o x.burin
run "dump" 0 "$burin" dump x.burin
prints '^1,1,,serial,A1,,A1,Škoda$'
printf 'serial\tmaker\nA1;A2,\tx\n' >tab.csv
run "separator" 0 "$burin" build tab.csv --separator tab -o x.burin
printf 'serial\nA1\nA2\n' >one.csv
run "two files" 0 "$burin" build one.csv one.csv -o x.burin
prints '^x.burin: 4 records of 4 rows$'
run "keys run on" 0 "$burin" dump x.burin
prints '^4,4,,serial,A2,,A2$'
printf 'serial\nA?1*\n' >partial.csv
run "unreadable by default" 0 "$burin" build partial.csv -o x.burin
prints '^  partial records: 1$'
run "unreadable: none" 0 "$burin" build partial.csv --unreadable '' -o x.burin
prints '^  partial records: 0$'
run "unreadable: star" 0 "$burin" build partial.csv --unreadable '*' -o x.burin
run "dump" 0 "$burin" dump x.burin
prints '^1,1,,partial,A1\*,,A\?1\*$'
run "no progress" 0 "$burin" build one.csv --no-progress -o x.burin
silent
run "help" 0 "$burin" build --help
prints '--unreadable'
prints 'Examples:'
finish
