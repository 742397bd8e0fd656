#!/usr/bin/env bash
# burin train: pairs in, a channel out, through the binary.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# 300 pairs: every seventh with a 3 read as 8, every 31st with a symbol lost, two that are of other objects.
{
  echo 'keyed,serial,times,again'
  for ((i = 0; i < 300; ++i)); do
    serial=$((100000 + i * 7919 % 899999))
    keyed=$serial
    if ((i % 7 == 0)); then keyed=${keyed/3/8}; fi
    if ((i % 31 == 0)); then keyed=${keyed:0:3}${keyed:4}; fi
    echo "$keyed,$serial,1,$serial"
  done
  echo 'QWERTY77,493851,1,493851'
  echo 'ZKXW,118833,1,118833'
} >pairs.csv

run train 0 "$burin" train pairs.csv --map read=keyed,true=serial -o clerk.json --date 2026-01
silent
prints '^clerk.json: clerk, trained from typed on 302 pairs, [0-9]+ iterations$'
prints '^  ln likelihood a pair, of all that taught it: -[0-9.]+; of typed: -[0-9.]+$'
prints '^  ln likelihood a pair, held out in 5 parts: -[0-9.]+; of typed: -[0-9.]+$'
prints '^  pairs that have nothing to do with each other: 0\.[5-9][0-9] %$'
prints '^  rejected rows: 0$'
prints '^  validated_by: nothing'
only pairs.csv clerk.json
run "what it says" 0 cat clerk.json
prints '"parent": "typed"'
prints '"erase": "Expected in training on 302 pairs of a reading and its mark \(pairs.csv\), 2026-01, smoothed'
prints_not validated_by
prints_not "$work"
run "is a channel" 0 "$burin" channels clerk.json --expand
if cmp -s out clerk.json; then ok "is all that it is"; else bad "is all that it is" "expanding changes it"; fi

# The same bytes whatever the order, the threads, the folds.
{ head -n 1 pairs.csv; tail -n +2 pairs.csv | tac; } >turned.csv
mkdir other && mv turned.csv other/pairs.csv
run "in another order" 0 "$burin" train other/pairs.csv --map read=keyed,true=serial -o other/clerk.json \
  --date 2026-01 --threads 3 --folds 2 -q
prints_not .
if cmp -s clerk.json other/clerk.json; then ok "same bytes"; else bad "same bytes" "they differ"; fi
rm -r other

# Which pairs are none.
run "judged pairs" 0 "$burin" train pairs.csv --map read=keyed,true=serial,weight=times -o clerk2.json \
  --pairs-out judged.csv -q --folds 1 --name clerk --date 2026-01
if cmp -s clerk.json clerk2.json; then ok "weights of 1"; else bad "weights of 1" "other bytes"; fi
run "all of them" 0 awk -F, \
  'NR > 1 {n += 1; if ($6 < 0.5) {print $3; none += 1}} END {exit !(n == 302 && none == 2)}' judged.csv
prints '^QWERTY77$'
prints '^ZKXW$'
run "the first" 0 head -n 2 judged.csv
prints '^file,row,read,other,weight,related$'
prints '^pairs.csv,1,10000,100000,1,(1|0\.9)'

# A trained channel is one that searches take.
printf 'serial\n100000\n' >marks.csv
run "an index" 0 "$burin" build marks.csv -o marks.burin -q
run "a search" 0 "$burin" match marks.burin 100000 --channel clerk.json --format ndjson
prints '"serial":"100000"'
rm marks.csv marks.burin clerk2.json judged.csv

# Two readings, no truth; columns by their headers; a channel of one's own as the parent.
printf 'read,again\n123456,123456\n123456,123356\n777,777\n' >twice.csv
run "double readings" 0 "$burin" train twice.csv -o twice.json --parent ./clerk.json --folds 1
prints '^twice.json: twice, trained from clerk on 3 pairs, '
run "their provenance" 0 grep -c 'pairs of readings of one mark (twice.csv)' twice.json
rm twice.csv twice.json

# Patterns.
printf "read;true\n12?456;123456\n12[38]4;1234\n1~2;12\n" >patterns.csv
run patterns 0 "$burin" train patterns.csv --patterns -o p.json -q
fails "a pattern that is none" 3 \
  '1 row was rejected, nothing is written; it is patterns.csv, row 2 .*column 3: expected' \
  bash -c \
  "printf 'read,true\n1,1\n1[,1\n' >patterns.csv; \"\$0\" train patterns.csv --patterns -o p2.json" "$burin"
rm patterns.csv p.json

# Without pairs nothing changes but the name.
printf 'read,true\n' >none.csv
run "no pairs" 0 "$burin" train none.csv -o none.json --parent etched
run "the parent's numbers" 0 bash -c '[ "$("$0" train none.csv -o none.json --parent etched | grep -o "hash: .*")" = \
  "hash: $("$0" channels | grep ^etched, | cut -d, -f2)" ]' "$burin"
rm none.csv none.json

# Limits are kept, and said.
{ echo 'read,true'; for ((i = 0; i < 60; ++i)); do echo "2134$((50 + i)),1234$((50 + i))"; done; } >swaps.csv
run "beyond a limit" 0 "$burin" train swaps.csv -o swaps.json -q
if grep -qx 'burin: note: swap: the pairs say more than the limit of 0.0075, which is kept' err; then
  ok "beyond a limit: is said"
else
  bad "beyond a limit" "standard error is '$(cat err)'"
fi
run "also in the file" 0 grep -c '"swap": ".*Note: the pairs say more than the limit of 0.0075' swaps.json
rm swaps.csv swaps.json

# Errors alone: a right reading is none.
printf 'read,true\n1284,1234\n1234,1234\n' >errors.csv
fails "errors alone" 3 \
  "1 row was rejected, nothing is written; it is errors.csv, row 2 \(line 3\), column 'true': the same as what" \
  "$burin" train errors.csv --errors-only -o errors.json
run "of errors alone" 0 "$burin" train errors.csv --errors-only -o errors.json --rejects rejects.csv
prints 'on 1 pair, '
rm errors.csv errors.json rejects.csv

# Bad rows.
printf 'read,true\n1234,1234\n,55\n12,unknown\n1?3,123\n12,123456 / 123457\n7,7\n' >bad.csv
why="column 'read': no number: not recorded"
fails "bad rows" 3 "4 rows were rejected, nothing is written; the first is bad.csv, row 2 \(line 3\), $why" \
  "$burin" train bad.csv -o bad.json
only pairs.csv clerk.json bad.csv
run "bad rows set aside" 0 "$burin" train bad.csv -o bad.json --rejects rejects.csv
prints '^bad.json: bad, trained from typed on 2 pairs,'
prints '^  rejected rows: 4, listed in rejects.csv$'
run "which they are" 0 cat rejects.csv
prints '^bad.csv,2,3,read,no number: not recorded,$'
prints '^bad.csv,3,4,true,no number: unknown,unknown$'
prints '^bad.csv,4,5,read,a character that is unreadable: expected a complete number,1\?3$'
prints '^bad.csv,5,6,true,2 numbers instead of one,123456 / 123457$'
printf 'read,true,weight\n1,1,1\n1,1,-2\n1,1,\n1,1,x\n' >weights.csv
run "bad weights" 0 "$burin" train weights.csv -o bad.json --rejects rejects.csv
prints '^  rejected rows: 3, listed'
rm bad.json rejects.csv weights.csv

# Wrong usage, and what the system says.
fails "no such column" 2 "train: no column 'x' in pairs.csv; columns: keyed, serial" \
  "$burin" train pairs.csv --map read=x,true=serial -o a.json
fails "no column mapped" 2 "train: no column is mapped to 'true' in pairs.csv" \
  "$burin" train pairs.csv --map read=keyed -o a.json
fails "a name that is none" 2 "train: 'maker' is none of read, true, weight" \
  "$burin" train pairs.csv --map read=keyed,true=serial,maker=serial -o a.json
fails "both kinds" 2 "train: 'true' is none of read, again, weight" \
  "$burin" train pairs.csv --map read=keyed,true=serial,again=again -o a.json
fails "patterns without truth" 2 'train: patterns need a known truth' \
  "$burin" train pairs.csv --map read=keyed,again=serial --patterns -o a.json
fails "no such parent" 2 "train: no channel 'nobody'; channels: typed" \
  "$burin" train pairs.csv --map read=keyed,true=serial --parent nobody -o a.json
fails "a name no channel has" 2 'train: channel: /name: expected a name' \
  "$burin" train pairs.csv --map read=keyed,true=serial --name 'a b' -o a.json
fails "no such file" 5 'nowhere.csv: ' "$burin" train nowhere.csv -o a.json
fails "an output that is a folder" 5 '\.: ' "$burin" train pairs.csv --map read=keyed,true=serial -o .
fails "a parent that is no channel" 3 './pairs.csv' \
  "$burin" train pairs.csv --map read=keyed,true=serial --parent ./pairs.csv -o a.json
only pairs.csv clerk.json bad.csv

# Interrupted: nothing is left.
for ((i = 0; i < 7; ++i)); do tail -n +2 pairs.csv | sed "s/,/$i,/;s/,\([0-9]*\),1,/,\1$i,1,/"; done >more.csv
{ head -n 1 pairs.csv; cat more.csv; } >many.csv
rm more.csv
name="interrupted"
env --default-signal=INT "$burin" train many.csv --map read=keyed,true=serial -o many.json --folds 100 -q >out 2>err &
pid=$!
sleep 0.5
kill -INT "$pid" 2>/dev/null
wait "$pid"
status=$?
if [[ $status -eq 130 ]]; then ok "interrupted: exit code 130"; else bad interrupted "exit code $status"; fi
only pairs.csv clerk.json bad.csv many.csv
finish
