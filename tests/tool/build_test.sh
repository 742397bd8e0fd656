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
printf 'serial\nAX1@\n1**2\n' >own_signs.csv
run "unreadable: any characters, and two stars" 0 "$burin" build own_signs.csv --unreadable 'X@**' -o x.burin
run "dump of them" 0 "$burin" dump x.burin
prints '^1,1,,partial,A\?1\?,,AX1@$'
prints '^2,2,,partial,1\?\?2,,1\*\*2$'
{
  printf 'serial\tnote\n'
  for ((i = 0; i < 60; ++i)); do printf 'ABC%d\n' $((i + 12345)); done | sed 's/$/\t/'
  printf '%s\t\n' 'SN: 445566' 'SDP22774 - revelado no ferrolho' 'BC008834N (barrel CC008834N)' 'A12##45' 1.23457E+11 \
    eliminado Beretta RAS 9997 '132#830, onde # pode ser 3, 8 ou 9'
} >list.tsv
printf 'text,kind\n9997,not present\n' >own.csv
run "a list of cells" 0 "$burin" build list.tsv --sentinels own.csv -o x.burin
prints '^  partial records: 2$'
prints \
  '^  without a mark that can be searched: 5 \(1 not present, 1 obliterated, 1 nothing reported, 1 text, 1 damaged\)$'
prints "^    '1.23457e\+11' \(damaged\): 1$"
prints "^    'beretta' \(text\): 1$"
prints "^    '9997' \(not present\): 1$"
run "its dump" 0 "$burin" dump x.burin
prints ',serial,445566,,SN: 445566,.*label'
prints ',serial,SDP22774,,SDP22774 - revelado no ferrolho,.*bolt.*'
prints ',serial,CC008834N,,BC008834N \(barrel CC008834N\),.*barrel'
prints ',partial,132\?830,,'
run "a list added" 0 "$burin" add list list.tsv --sentinels own.csv
prints \
  '^  without a mark that can be searched: 5 \(1 not present, 1 obliterated, 1 nothing reported, 1 text, 1 damaged\)$'
prints "^    'beretta' \(text\): 1$"
run "digitless texts as serials" 0 "$burin" build list.tsv --digitless serial -o x.burin
prints_not "'beretta'"
printf 'text,kind\n9997,gone\n' >gone.csv
fails "sentinels of no kind" 3 \
  "gone.csv, row 1 \\(line 2\\), column 'kind': no kind 'gone'; expected one of unknown, " \
  "$burin" build list.tsv --sentinels gone.csv -o y.burin
run "no progress" 0 "$burin" build one.csv --no-progress -o x.burin
silent
run "help" 0 "$burin" build --help
prints '--unreadable'
prints 'Examples:'
finish
