#!/usr/bin/env bash
# burin add, delete, compact, pin and backup, and the other commands on a registry, through the binary.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks

run "add makes a registry" 0 "$burin" add reg marks.csv --source north
prints '^reg: 7 added, 0 replaced, 0 unchanged, 0 rejected of 7 rows$'
prints '^  7 records live, 0 deleted, in 1 segment; generation 1$'
silent
run "add again" 0 "$burin" add reg marks.csv --source north
prints '^reg: 0 added, 0 replaced, 7 unchanged, 0 rejected of 7 rows$'
prints 'generation 1$'

# What a registry answers is what an index of the same rows answers, but for work.
"$burin" build marks.csv --source north -o marks.burin -q
compare() {
  local what=$1 first=$2
  shift 2
  "$burin" "$first" marks.burin "$@" >expected 2>&1
  local code=$?
  "$burin" "$first" reg "$@" >out 2>&1
  local found=$?
  if [[ $code -eq $found ]] && cmp -s expected out; then
    ok "$what: as of an index"
  else
    bad "$what" "code $found instead of $code: $(diff expected out | head -n 4 | tr '\n' ' ')"
  fi
}
compare_all() {
  compare "match $1" match '?13[09]*' --within 1 --format ndjson
  compare "match under a channel $1" match 'A1?8~4!7' --top 3 --format ndjson
  compare "match by weapon $1" match 'A1*' --within 2 --by weapon --format csv
  compare "match where $1" match 'A*' --within 1 --where 'maker=astra|star' --format csv
  compare "match without a hit $1" match 'ZZZZZZZ' --within 0 --format csv
  compare "match of an unknown attribute $1" match 'A*' --where 'nonsense=1' --format csv
  compare "count $1" match 'A*' --within 1 --count=exact --format csv
  compare "lookup $1" lookup A13948 B77120 nothing --format csv
  compare "dump $1" dump --format csv
}
compare_all "of one segment"

# The same rows in several segments, among others that come and go.
rm -r reg
head -n 1 marks.csv >head.csv
row=0
while IFS= read -r line; do
  { cat head.csv && printf '%s\n' "$line"; } >one.csv
  "$burin" add reg one.csv --source north -q || bad "add of one row" "$line"
  printf 'serial,key,maker\nA1394%d,X-%d,Astra\nA13?9*,Y-%d,Star\nunknown,Z-%d,\n' $row $row $row $row >other.csv
  "$burin" add reg other.csv --source north -q || bad "add of others" "$row"
  row=$((row + 1))
done < <(tail -n +2 marks.csv)
for ((i = 0; i < row; ++i)); do printf 'X-%d\nY-%d\nZ-%d\n' $i $i $i; done >gone.txt
run "delete by key" 0 "$burin" delete reg --source north --keys gone.txt
prints '^reg: 21 rows deleted$'
# Ids differ from those of the index: they are left out.
compare_without_ids() {
  local what=$1
  shift
  "$burin" "$1" marks.burin "${@:2}" 2>&1 | sed -E 's/"record_id":"[0-9]+"//g' >expected
  "$burin" "$1" reg "${@:2}" 2>&1 | sed -E 's/"record_id":"[0-9]+"//g' >out
  if cmp -s expected out; then
    ok "$what: as of an index"
  else
    bad "$what" "$(diff expected out | head -n 4 | tr '\n' ' ')"
  fi
}
compare_segments() {
  compare_without_ids "match $1" match '?13[09]*' --within 1 --format ndjson
  compare_without_ids "match by serial $1" match 'A1*' --within 2 --by serial --format ndjson
  compare_without_ids "match under a channel $1" match 'A1?8~4!7' --top 3 --format ndjson
  compare_without_ids "believed $1" match 'A1?8~4!7' --top 3 --believe maker=Astra --format ndjson
  compare_without_ids "several readings $1" match 'A1?8~4!7' --top 3 --also 'A13?47' --format ndjson
  compare_without_ids "dump $1" dump --format ndjson
}
compare_segments "of segments"
compare_without_ids "match by weapon, weighed" match 'A1?8~4!7' --top 3 --by weapon --format ndjson
run "verify of a registry" 0 "$burin" verify reg
prints '^reg: sound: 7 records, '
run "info of a registry" 0 "$burin" info reg
prints '^  registry:          generation [0-9]+, [0-9]+ segments, [0-9]+ deleted$'
# A receipt is of a state.
run "receipt of segments" 0 "$burin" match reg 'A1?8~4!7' --top 3 --by weapon --receipt state.json
run "replay of segments" 0 "$burin" replay state.json --exhaustive -q
prints '^same: '
prints '^exhaustive: [0-9]+ records scored, no record was missed$'
run "pin" 0 "$burin" pin reg before
run "compact" 0 "$burin" compact reg
prints '^  7 records live, 0 deleted, in 1 segment'
compare_segments "after compact"
run "replay of a pinned state" 0 "$burin" replay state.json --exhaustive -q
prints '^same: '
run "receipt of a state that goes" 0 "$burin" match reg A13074 --within 0 --receipt gone.json
run "backup" 0 "$burin" backup reg copy
run "verify of the copy" 0 "$burin" verify copy
fails "backup to the same place" 5 'copy: cannot create: .*' "$burin" backup reg copy

# Replaced, vanished, by condition.
sed -e 's/A13074/A13075/' -e '/W-2/d' marks.csv >changed.csv
run "sync" 0 "$burin" add reg changed.csv --source north --sync
prints '^reg: 0 added, 1 replaced, 5 unchanged, 1 vanished, 0 rejected of 6 rows$'
run "replay of a pinned state, later" 0 "$burin" replay state.json -q
prints '^same: '
run "match after sync" 0 "$burin" match reg A13075 --within 0 --format csv
run "match of what was replaced" 1 "$burin" match reg A13074 --within 0 --format csv
run "match of the pinned state" 0 "$burin" match reg A13074 --within 0 --format csv --pin before
run "delete by condition" 0 "$burin" delete reg --where maker=colt
prints '^reg: 2 rows deleted$'
fails "replay of an erased state" 4 \
  "reg: state [0-9]+ was erased, on $(date -u +%Y-%m-%d) at the latest: it was not pinned" \
  "$burin" replay gone.json
run "unpin" 0 "$burin" pin reg before --remove
fails "match of a pin that is none" 5 'reg/pin-before: cannot open: .*' "$burin" match reg A1 --pin before

# Without a key column.
printf 'serial\nQ1\nQ2\n' >keyless.csv
run "add without keys" 0 "$burin" add reg keyless.csv --source east
prints '^reg: 2 added,'
run "add without keys again" 0 "$burin" add reg keyless.csv --source east
prints '^reg: 0 added, 0 replaced, 2 unchanged'
fails "add without keys from standard input" 2 'add: standard input: no column is mapped to .key., .*' \
  "$burin" add reg - <keyless.csv

# What goes wrong says so in a line.
printf 'serial,key,year\nA1,k1,1990\nA2,,1991\n' >bad.csv
generation() { "$burin" info reg | grep -o 'generation [0-9]*'; }
before=$(generation)
fails "bad rows commit nothing" 3 '1 row was rejected, nothing is committed; it is bad.csv, row 2 .*' \
  "$burin" add reg bad.csv --source west
if [[ $(generation) == "$before" ]]; then ok "no commit"; else bad "no commit" "$(generation)"; fi
run "rejects" 0 "$burin" add reg bad.csv --source west --rejects bad.rejects
prints '1 rejected of 2 rows, listed in bad.rejects$'
fails "no registry" 5 'nowhere: cannot open: .*' "$burin" delete nowhere --keys gone.txt
fails "a directory that is none" 5 '\.: is a directory and no registry: it has no manifest' "$burin" match . A1
fails "sync without source" 2 'add: --sync needs --source: .*' "$burin" add reg marks.csv --sync
fails "delete without what" 2 'delete: either --keys or --where .*' "$burin" delete reg
fails "an attribute of another type" 2 "add: attribute 'tag': it is of type category in the registry" bash -c '
  printf "serial,key,tag\nT1,t1,7\n" >tag.csv
  "$0" add reg tag.csv --map serial=serial,key=key --attr tag=tag -q && "$0" add reg tag.csv \
    --map serial=serial,key=key --attr tag=tag:integer' "$burin"
exec 7>>reg/lock
if flock -n 7; then
  fails "a second writer" 5 'reg: another writer is at work' "$burin" add reg marks.csv
  run "a reader beside a writer" 0 "$burin" match reg Q1 --within 0 --format csv
fi
exec 7>&-

# A damaged newest manifest is an error that names it; recovery is loud.
newest=$(ls reg/manifest-* | tail -n 1)
printf 'X' | dd of="$newest" bs=1 seek=120 conv=notrunc status=none
fails "a damaged manifest" 4 "$newest: .*" "$burin" match reg Q1
run "recovery" 0 "$burin" match reg Q1 --within 0 --format csv --recover
if grep -q 'RECOVERED' err; then ok "recovery is loud"; else bad "recovery is loud" "$(cat err)"; fi
run "recovery by a writer" 0 "$burin" compact reg --recover
run "after recovery" 0 "$burin" match reg Q1 --within 0 --format csv
silent
finish
