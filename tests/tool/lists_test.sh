#!/usr/bin/env bash
# Lists (queries, serials, keys, synonyms, formats) are read like tables: byte order marks, UTF-16, every end of a line,
# quotes, blanks around an item, blank lines. What names nothing is counted and said.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
printf 'serial,key\nA13074,K1\nB77120,"K,2"\nC55,"K""3"\nD66,K4\nE77,K5\n' >marks.csv
"$burin" build marks.csv -o m.burin -q || exit 1

# items FILE: the same four items however they are written.
write_lists() {
  printf 'A13074\nB77120\n\nC55\nZ99\n' >plain.txt
  printf '\xEF\xBB\xBFA13074\nB77120\nC55\nZ99\n' >bom.txt
  printf 'A13074\r\nB77120\r\nC55\r\nZ99\r\n' >crlf.txt
  printf 'A13074\rB77120\rC55\rZ99\r' >cr.txt
  printf 'A13074\nB77120\nC55\nZ99' >unended.txt
  printf '  A13074\nB77120  \n\tC55\t\n\xC2\xA0Z99 \n   \n\n' >blanks.txt
  printf '"A13074"\n "B77120" \n"C55"\n"Z99"\n' >quotes.txt
  iconv -f UTF-8 -t UTF-16LE bom.txt >utf16le.txt
  iconv -f UTF-8 -t UTF-16BE bom.txt >utf16be.txt
}
write_lists
for list in plain bom crlf cr unended blanks quotes utf16le utf16be; do
  run "queries, $list" 0 "$burin" match m.burin --queries $list.txt --within 0 --format csv
  name="queries, $list: the answer"
  found="$(sed 1d out | cut -d, -f2,7 | tr '\n' ' ')"
  if [[ $found == 'A13074,K1 B77120,"K C55,"K""3" ' ]]; then ok "$name"; else bad "$name" "$found"; fi
  run "serials, $list" 0 "$burin" lookup m.burin --serials $list.txt
  name="serials, $list: the answer"
  found="$(sed 1d out | cut -d, -f3 | tr '\n' ' ')"
  if [[ $found == 'A13074 B77120 C55 ' ]]; then ok "$name"; else bad "$name" "$found"; fi
  if grep -qE "^burin: $list.txt, line [45]: 'Z99' has no record; 1 of 4 numbers have none$" err
  then ok "$name is counted"
  else bad "$name" "$(cat err)"; fi
done

# A comma, a quote inside and a # are part of an item; an id is the number of the line.
printf '\nA1307[0-9]{1,2}\n# no comment\nA"1\n"A1,3"\n"""B77120"""\n' >odd.txt
run "items with signs" 0 "$burin" match m.burin --queries odd.txt --within 0 --format ndjson
name="items with signs: what was asked"
asked="$(python3 -c 'import json, sys
print([[x["id"], x["query"]] for x in map(json.loads, open("out"))])')"
expected="[['2', 'A1307[0-9]{1,2}'], ['3', '# no comment'], ['4', 'A\"1'], ['5', 'A1,3'], ['6', '\"B77120\"']]"
if [[ $asked == "$expected" ]]
then ok "$name"; else bad "$name" "$asked"; fi
printf 'A13074\n"B77120\nC55\n' >open.txt
fails "a quote that is not closed" 3 "open.txt, line 2: quote opened on line 2 is not closed$" \
  "$burin" match m.burin --queries open.txt --within 0
name="a quote that is not closed: the others are answered"
if [[ $(sed 1d out | wc -l) -eq 2 ]]; then ok "$name"; else bad "$name" "$(cat out)"; fi
printf 'A13074\nB\xff7\n' >bytes.txt
fails "bytes that are no text" 3 "bytes.txt, line 2: text that is not valid utf-8: byte 0xFF$" \
  "$burin" lookup m.burin --serials bytes.txt
: >empty.txt
run "an empty list" 1 "$burin" lookup m.burin --serials empty.txt
silent

# Keys.
printf '\xEF\xBB\xBFK1\r"K,2"\r"K""3"\r K4 \r\r' >gone.txt
"$burin" add reg marks.csv --source north -q || bad add failed
run "delete by a list" 0 "$burin" delete reg --source north --keys gone.txt
prints '^reg: 4 rows deleted$'
silent
printf 'K1\nK5\nK9\n' >gone.txt
run "keys that name nothing" 0 "$burin" delete reg --source north --keys gone.txt -q
name="keys that name nothing are said"
if [[ $(cat err) == "burin: gone.txt, line 1: 'K1': no row of source 'north' has this key; 2 of 3 keys named no row" ]]
then ok "$name"; else bad "$name" "$(cat err)"; fi
"$burin" add reg marks.csv --source north -q
run "of another source" 0 "$burin" delete reg --keys gone.txt
prints '^reg: 0 rows deleted, 3 keys without a row$'
printf 'K1\n"K5\n' >gone.txt
fails "a key that cannot be read" 3 'gone.txt, line 2: quote opened on line 2 is not closed; nothing is deleted$' \
  "$burin" delete reg --source north --keys gone.txt
run "nothing was deleted" 0 "$burin" info reg
prints '^  records:           5$'

# Synonyms and formats: the same, and a line that begins with # is a comment.
printf '\xEF\xBB\xBF# "mine\r\rmaker\t"Foo"\t Beretta \tme\r' >foo.tsv
printf 'serial,key,maker\nA13074,1,Beretta\nA13075,2,Colt\n' >makers.csv
"$burin" build makers.csv -o makers.burin -q
run "synonyms" 0 "$burin" match makers.burin A1307? --believe maker=Foo --synonyms foo.tsv --top 1 --format ndjson
prints '"stands":"agrees"'
iconv -f UTF-8 -t UTF-16LE foo.tsv >foo16.tsv
run "synonyms in UTF-16" 0 "$burin" match makers.burin A1307? --believe maker=Foo --synonyms foo16.tsv --top 1 \
  --format ndjson
prints '"stands":"agrees"'
printf 'maker\tFoo\tBeretta\n' >bad.tsv
fails "synonyms with a column too few" 3 'bad.tsv, line 1: expected 4 columns with tabs between them: .*' \
  "$burin" match makers.burin A1307? --believe maker=Foo --synonyms bad.tsv

# Answers come one by one where they are waited for.
coproc "$burin" match m.burin --queries - --within 0 --format ndjson 2>/dev/null
for serial in A13074 C55 Z99; do
  name="line by line: $serial"
  echo "$serial" >&"${COPROC[1]}"
  if read -r -t 20 -u "${COPROC[0]}" answer && [[ $answer == *"\"query\":\"$serial\""* ]]; then ok "$name"
  else bad "$name" "no answer"; fi
done
job=$COPROC_PID
exec {COPROC[1]}>&-
wait "$job"
coproc "$burin" lookup m.burin --serials - --format ndjson 2>/dev/null
name="lookup line by line"
echo C55 >&"${COPROC[1]}"
if read -r -t 20 -u "${COPROC[0]}" answer && [[ $answer == *'"serial":"C55"'* ]]; then ok "$name"
else bad "$name" "none"; fi
job=$COPROC_PID
exec {COPROC[1]}>&-
wait "$job"
for ((i = 0; i < 300; ++i)); do echo "A1307$((i % 10))"; done >many.txt
for how in '' '--threads 3' '--format ndjson' '--format table'; do
  # shellcheck disable=SC2086
  "$burin" match m.burin --queries many.txt --within 1 $how >from_file
  # shellcheck disable=SC2086
  run "from a pipe $how" 0 bash -c "cat many.txt | '$burin' match m.burin --queries - --within 1 $how"
  if cmp -s out from_file; then ok "$name: the same as from a file"; else bad "$name" "another answer"; fi
done
finish
