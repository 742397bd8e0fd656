#!/usr/bin/env bash
# What becomes of the rows of tables as people have them, through the binary: none is lost, and none that is still there
# is deleted.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

keys() { "$burin" dump reg | tail -n +2 | cut -d, -f2 | sort | tr '\n' ' '; }
has_keys() {
  local found
  found="$(keys)"
  if [[ $found == "$1 " ]]; then ok "$name: keys $1"; else bad "$name" "keys are $found"; fi
}

# --sync: a rejected row is there.
printf 'serial,key,year\nA1002,2,1990\n' >a.csv
printf 'serial,key,year\nA1002,2,unknown\n' >b.csv
run "first" 0 "$burin" add reg a.csv --source n
run "a value that cannot be read" 0 "$burin" add reg b.csv --source n --sync --rejects x.csv
prints '^reg: 0 added, 1 replaced, 0 unchanged, 0 vanished, 0 rejected of 1 row$'
prints "^    year: 1, kept in year_recorded: 'unknown' 1$"
has_keys 2
run "the same once more" 0 "$burin" add reg b.csv --source n --sync
prints '^reg: 0 added, 0 replaced, 1 unchanged, 0 vanished, 0 rejected of 1 row$'
fails "the same, strict" 3 "none of 1 row could be used, nothing is committed; the first is b.csv, row 1 .*'year': .*" \
  "$burin" add reg b.csv --source n --sync --strict --rejects x.csv
has_keys 2

rm -r reg
{ echo serial,key,year && for i in {1..10}; do echo "A100$i,$i,19$((80 + i))"; done; } >ten.csv
run "ten rows" 0 "$burin" add reg ten.csv --source n
sed -e 's/^A1003,3,.*/A1003,3,?/' ten.csv >strict.csv
run "rejected by its value" 0 "$burin" add reg strict.csv --source n --sync --strict --rejects x.csv
prints '^reg: 0 added, 0 replaced, 9 unchanged, 0 vanished, 1 rejected of 10 rows'
sed -e 's/^A1003,3,.*/A1003\xff,3,1983/' ten.csv >bytes.csv
run "rejected by its mark" 0 "$burin" add reg bytes.csv --source n --sync --rejects x.csv
prints ' 0 vanished, 1 rejected of 10 rows'
for bad in 'A1003,,1983' 'A1003,3\xff,1983' '"A1003,3,1983' 'A1003,3' "A1003,$(printf 'k%.0s' {1..65}),1983"; do
  { grep -v '^A1003' ten.csv && printf "$bad\n"; } >badkey.csv
  run "key unread: ${bad:0:12}" 0 "$burin" add reg badkey.csv --source n --sync --rejects x.csv
  prints ' 9 unchanged, 0 vanished, 1 rejected of 10 rows'
  grep -q '^burin: note: nothing of n is deleted: 1 rejected row without a key' err || bad "$name" "$(cat err)"
done
name="keys unread"
has_keys "1 10 2 3 4 5 6 7 8 9"
grep -v '^A1003' ten.csv >nine.csv
# A source of its own column: a row whose source cannot be read may be of any.
sed -e '1s/$/,org/' -e '2,$s/$/,/' nine.csv >sources.csv
printf 'A1003,3,1983,\xff\nB1,3,1983,m\n' >>sources.csv
run "source unread" 0 "$burin" add reg sources.csv --source n --map serial=serial,key=key,year=year,source=org \
  --sync --rejects x.csv
prints ' 1 added, 0 replaced, 9 unchanged, 0 vanished, 1 rejected of 11 rows'
run "several tables" 0 "$burin" add reg nine.csv a.csv --source n --sync
prints ' 0 added, 1 replaced, 9 unchanged, 1 vanished, 0 rejected of 10 rows'

# How much may vanish.
rm -r reg
run "ten rows again" 0 "$burin" add reg ten.csv --source n
head -n 1 ten.csv >none.csv
fails "a table without rows" 3 "none.csv: has no rows; 10 of 10 rows of source 'n' would be deleted, nothing is; .*" \
  "$burin" add reg none.csv --source n --sync
fails "one of two without rows" 3 "none.csv: has no rows; 0 of 10 rows .*" \
  "$burin" add reg ten.csv none.csv --source n --sync
head -n 8 ten.csv >seven.csv
head -n 9 ten.csv >eight.csv
fails "more than a fifth" 3 "3 of 10 rows of source 'n' would be deleted, at most 2 may be: nothing is; .*" \
  "$burin" add reg seven.csv --source n --sync
fails "a limit of rows" 3 '.*at most 2 may be.*' "$burin" add reg seven.csv --source n --sync --allow-vanished 2
fails "a limit in percent" 3 '.*at most 2 may be.*' "$burin" add reg seven.csv --source n --sync --allow-vanished 29%
has_keys "1 10 2 3 4 5 6 7 8 9"
for limit in 40 x% 101% -1 2.5 nan% ''; do
  [[ $limit == 40 ]] && continue
  fails "no limit: '$limit'" 2 '.*--allow-vanished: .*' "$burin" add reg seven.csv --source n --sync \
    "--allow-vanished=$limit"
done
fails "a limit without --sync" 2 '.*--allow-vanished requires --sync.*' "$burin" add reg ten.csv --allow-vanished 3
run "a fifth" 0 "$burin" add reg eight.csv --source n --sync
prints ' 2 vanished, '
run "a limit that lets them go" 0 "$burin" add reg seven.csv --source n --sync --allow-vanished 1
run "a share that lets all go" 0 "$burin" add reg none.csv --source n --sync --allow-vanished 100%
prints ' 7 vanished, '

# Values: what is read, what is kept.
cat >values.csv <<'CSV'
serial,key,year,date
A1,1,unknown,10/17/2013
A2,2,c1975,20140128
A3,3,1990.0,2013-10-17 00:00:00
A4,4,1991,N/A
A5,5,1992,04/05/2013
A6,6,,
CSV
run "build of values" 0 "$burin" build values.csv -o values.burin
prints '^values.burin: 6 records of 6 rows$'
prints '^  values that cannot be read: 4$'
prints "^    date: 2, kept in date_recorded: '04/05/2013' 1, 'N/A' 1$"
prints "^    year: 2, kept in year_recorded: 'c1975' 1, 'unknown' 1$"
prints '^  rejected rows: 0$'
run "sound" 0 "$burin" verify values.burin
run "dump of values" 0 "$burin" dump values.burin
prints '^record_id,key,source,kind,serial,missing,text,date,date_recorded,year,year_recorded$'
prints '^1,1,,serial,A1,,A1,2013-10-17,,,unknown$'
prints '^2,2,,serial,A2,,A2,2014-01-28,,,c1975$'
prints '^3,3,,serial,A3,,A3,2013-10-17,,1990,$'
prints '^4,4,,serial,A4,,A4,,N/A,1991,$'
prints '^5,5,,serial,A5,,A5,,04/05/2013,1992,$'
prints '^6,6,,serial,A6,,A6,,,,$'
run "the record is searched" 0 "$burin" match values.burin A1 --within 0 --format ndjson
prints '"year_recorded":"unknown"'
run "by its text" 0 "$burin" match values.burin 'A?' --within 0 --where year_recorded=UNKNOWN --format csv
prints '^1,.*A1'
run "as absent" 0 "$burin" match values.burin 'A?' --within 0 --where year= --format csv
run "dump with an order" 0 bash -c '"$0" build values.csv -o dmy.burin --date-order dmy -q && "$0" dump dmy.burin' \
  "$burin"
prints '^5,5,,serial,A5,,A5,2013-05-04,,1992,$'
prints '^1,1,,serial,A1,,A1,,10/17/2013,,unknown$'
run "dump with the other" 0 bash -c '"$0" build values.csv -o mdy.burin --date-order mdy -q && "$0" dump mdy.burin' \
  "$burin"
prints '^5,5,,serial,A5,,A5,2013-04-05,,1992,$'
fails "an order that is none" 2 '.*--date-order: .*' "$burin" build values.csv -o x.burin --date-order dym
fails "strict" 3 \
  "4 rows were rejected, nothing is written; the first is values.csv, row 1 \(line 2\), column 'year': .*" \
  "$burin" build values.csv -o x.burin --strict
run "strict, set aside" 0 "$burin" build values.csv -o strict.burin --strict --rejects x.csv
prints '^strict.burin: 2 records of 6 rows$'
fails "not one row" 3 'none of 1 row could be used, nothing is written; the first is .*' \
  "$burin" build b.csv -o x.burin --strict --rejects y.csv
[[ ! -e x.burin && ! -e y.csv ]] || bad "not one row" "something was written"
# What was dumped can be built again, the texts included.
"$burin" dump values.burin >dumped.csv
run "build of a dump" 0 "$burin" build dumped.csv -o again.burin \
  --attr year_recorded=year_recorded --attr date_recorded=date_recorded
run "the same" 0 bash -c 'cmp <("$0" dump values.burin) <("$0" dump again.burin)' "$burin"

# Columns that nobody mapped.
printf 'serial,key,note,note,more\nA1,1,\xff,x,\nA2,2,"a" b,y,z\nA3,3,%s,\nA4,4,,,,,,\n' "$(head -c 1500000 /dev/zero |
  tr '\0' x)" >notes.csv
run "columns that are not mapped" 0 "$burin" build notes.csv -o notes.burin
prints '^notes.burin: 4 records of 4 rows$'
fails "a repeated header that is mapped" 3 "notes.csv: two columns are named 'note', 3 and 4; .*" \
  "$burin" build notes.csv -o x.burin --attr note=note
printf 'serial,year,serial\nA1,1990,B1\n' >twice.csv
fails "a repeated header that is used" 3 "twice.csv: two columns are named 'serial', 1 and 3; .*" \
  "$burin" build twice.csv -o x.burin
printf 'serial,maker\nA1,\xd6rlikon\n' >latin.csv
run "bytes in an attribute" 0 "$burin" build latin.csv -o latin.burin
prints "^    maker: 1, kept in maker_recorded: '�rlikon' 1$"
printf 'read,true,note,note\n1284,1234,\xff,\n' >pairs.csv
run "pairs" 0 "$burin" train pairs.csv -o pairs.json -q
printf 'read,true\n,1234\n' >nopairs.csv
fails "not one pair" 3 'none of 1 row could be used, nothing is learnt; the first is nopairs.csv, row 1 .*' \
  "$burin" train nopairs.csv -o x.json --rejects y.csv

# Files that are no tables as text, and first lines for spreadsheets.
printf 'PK\x03\x04\x14\0\x06\0%022d[Content_Types].xml xl/workbook.xml' 0 | tr 0 '\0' >book.xlsx
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >book.xls
printf 'PK\x03\x04\x14\0%024dmimetypeapplication/vnd.oasis.opendocument.spreadsheet' 0 >book.ods
fails "build of a workbook" 3 'book.xlsx: is an Excel workbook \(.xlsx\); .*' "$burin" build book.xlsx -o x.burin
fails "add of a workbook" 3 'book.ods: is an OpenDocument spreadsheet \(.ods\); .*' "$burin" add reg book.ods
fails "training on a workbook" 3 'book.xls: is an old Excel workbook .*' "$burin" train book.xls -o x.json
fails "queries in a workbook" 3 'book.xlsx: is an Excel workbook .*' \
  "$burin" match values.burin --queries book.xlsx --queries-map pattern=a
printf 'sep=;\nserial;maker\nA1;Astra, S.A.\n' >sep.csv
run "a first line for spreadsheets" 0 "$burin" build sep.csv -o sep.burin
run "what it separates" 0 "$burin" dump sep.burin
prints '^1,1,,serial,A1,,A1,"Astra, S.A."$'
printf 'serial\tmaker\nA1\t"Star" B\n"A2\tAstra\n' >cells.tsv
run "cells that begin with a quote" 0 "$burin" build cells.tsv -o cells.burin
run "their text" 0 "$burin" dump cells.burin
prints '^1,1,,serial,A1,,A1,"""Star"" B"$'
prints '^2,2,,serial,A2,,"""A2",Astra$'
finish
