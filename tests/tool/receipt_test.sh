#!/usr/bin/env bash
# Receipts, replay and sealed readings: made, made again, changed by hand, hostile.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks
run build 0 "$burin" build marks.csv --map 'serial=serial,key=key,maker=maker,year=year,weapon=weapon' -o marks.burin -q

# Every kind of question gives the same answer again, and exhaustively too.
i=0
replays() {
  i=$((i + 1))
  run "receipt $i" "$1" "$burin" match marks.burin "${@:2}" --receipt "r$i.json" --format ndjson
  run "replay $i" 0 "$burin" replay "r$i.json" --exhaustive -q
  prints '^same: '
  prints '^exhaustive: [0-9]+ records? scored, no record was missed'
  name="processor $i"
  BURIN_DISABLE_TARGETS=all "$burin" match marks.burin "${@:2}" --receipt scalar.json --format ndjson >out 2>err
  if python3 -c "
import json,sys
a,b=(json.load(open(f)) for f in ('r$i.json','scalar.json'))
sys.exit(0 if a['result']==b['result'] and a['result_sha256']==b['result_sha256'] else 1)"; then
    ok "$name: the same without vector instructions"
  else
    bad "$name" "another result without vector instructions"
  fi
  BURIN_DISABLE_TARGETS=all run "scalar replay $i" 0 "$burin" replay "r$i.json" --exhaustive -q
}
replays 0 'A13079'
replays 0 'A1?[38]4*' --channel worn --top 3
replays 0 'A1*' --within 1
replays 0 'A1*' --within 2 --metric hamming --by serial
replays 0 'A13074' --metric levenshtein --top 2 --by weapon
replays 0 '47' --part=tail --within 0 --where 'maker=Astra' --length 4..8
replays 1 'ZZZZZZZZ' --within 0
# What is said beside the reading: beliefs, other readings of the mark, other marks of the weapon.
replays 0 'A18047' --believe maker=Beretta --believe year=1960:0.8
replays 0 'A18047' --believe maker=Beretta --by serial --top 3
replays 0 'A1?047' --also A18D47 --also 'A180?7' --where 'maker=Astra'
replays 0 'A18047' --also 'A1804' --believe maker=Astra --by weapon --top 2
replays 6 'A1*' --believe maker=Beretta --max-work 2
printf 'maker\tFoo\tBeretta\tme\n' >foo.tsv
run 'own synonyms' 0 "$burin" match marks.burin A18047 --believe maker=Foo --synonyms foo.tsv --receipt foo.json
rm foo.tsv
run 'replay without the table' 0 "$burin" replay foo.json --exhaustive -q
prints '^same: '
printf 'A13079\nA18047\nB77*\n' >queries.txt
replays 0 --queries queries.txt --channel overstamped
run 'one receipt for three queries' 0 grep -o '"id":"[0-9]"' "r$i.json"
run 'threads' 0 "$burin" match marks.burin --queries queries.txt --channel overstamped --threads 3 --receipt t.json
if [[ $(grep -o '"result_sha256":"[0-9a-f]*"' t.json) == $(grep -o '"result_sha256":"[0-9a-f]*"' "r$i.json") ]]; then
  ok 'the same on three threads'
else
  bad 'threads' 'another result on three threads'
fi

# An own channel travels with the receipt.
printf '{"burin_channel":1,"name":"mine","extends":"worn","insert":0.01}' >mine.json
run 'own channel' 0 "$burin" match marks.burin A13079 --channel mine.json \
  --receipt own.json --examiner 'J. Roe' --case 17
rm mine.json
run 'replay without the file' 0 "$burin" replay own.json --index marks.burin --exhaustive -q
prints '^same: '

# A budget: certified, and the same again.
run 'budget' 6 "$burin" match marks.burin 'A1*' --within 3 --max-work 2 --receipt budget.json
run 'replay of a budget' 0 "$burin" replay budget.json --exhaustive -q

# Several marks: the same again; only exhaustive replay is of one mark.
run 'build with components' 0 "$burin" build marks.csv -o weapons.burin -q \
  --map 'serial=serial,key=key,maker=maker,year=year,weapon=weapon,component=component'
run 'marks' 0 "$burin" match weapons.burin A13074 --mark barrel:B77120 --mark slide:A18047 --believe maker=Astra \
  --receipt weapons.json
run 'replay of marks' 0 "$burin" replay weapons.json -q
prints '^same: '
fails 'exhaustive replay of marks' 2 'weapons.burin: exhaustive replay is of one mark' \
  "$burin" replay weapons.json --exhaustive
run 'report of marks' 0 "$burin" report weapons.json -o weapons.html
run 'it says what was said' 0 grep -c 'Another mark of the weapon: barrel' weapons.html

# What was changed is found.
sed 's/"key":"W-7"/"key":"W-8"/' r1.json >changed.json
fails 'changed content' 3 'changed.json: /result_sha256: the content has the hash [0-9a-f]{64}: it was changed' \
  "$burin" replay changed.json
sed 's/"examiner":"J. Roe"/"examiner":"M. Poe"/' own.json >context.json
run 'the context is not compared' 0 "$burin" replay context.json
rehash() {
  python3 - "$1" "$2" "$3" "$4" <<'P'
import hashlib, json, sys
source, target, old, new = sys.argv[1:]
text = open(source).read().replace(old, new)
document = json.loads(text)
canonical = json.dumps(document["result"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
canonical = canonical.replace("\u007f", "\u007f")
document["result_sha256"] = hashlib.sha256(canonical.encode()).hexdigest()
json.dump(document, open(target, "w"))
P
}
rehash r1.json same.json nothing nothing
run 'another writer of JSON' 0 "$burin" replay same.json
rehash r1.json forged.json '"key":"W-7"' '"key":"W-8"'
run 'forged with its hash' 1 "$burin" replay forged.json
prints '^different: /queries/0/hits/0/key: "W-7" instead of "W-8"'
rehash r3.json fewer.json '"within":1' '"within":0'
run 'other options' 1 "$burin" replay fewer.json
sed 's/A13074/A13075/' marks.csv >other.csv
run 'other index' 0 "$burin" build other.csv --map serial=serial,key=key -o other.burin -q
fails 'another index' 4 'other.burin: the index has the hash [0-9a-f]{64}, the receipt is of' \
  "$burin" replay r1.json --index other.burin
rehash r1.json channel.json "$(grep -o '"hash":"[0-9a-f]*"' r1.json | head -1)" '"hash":"00"'
fails 'another channel' 4 "marks.burin: the channel 'typed' of this library has the hash" "$burin" replay channel.json
rehash r1.json unknown.json '"by":"record"' '"by":"moon"'
fails 'unknown option' 3 'unknown.json: /result/options: ' "$burin" replay unknown.json
rehash foo.json term.json '"stands":"read"' '"stands":"agrees"'
run 'another term' 1 "$burin" replay term.json
prints '^different: /queries/0/hits/[0-9]+/terms/[0-9]+/stands: "read" instead of "agrees"'
rehash foo.json belief.json '"value":"Foo"' '"value":"Colt"'
run 'another belief' 1 "$burin" replay belief.json
rehash foo.json synonyms.json "$(grep -o '"synonyms":{"sha256":"[0-9a-f]*"' foo.json)" '"synonyms":{"sha256":"00"'
fails 'another table' 4 'marks.burin: the table of synonyms of this library has the hash' "$burin" replay synonyms.json
rehash foo.json unread.json '\tFoo\t' '\t'
fails 'a table that cannot be read' 3 'unread.json: /result/options/joint/synonyms/table' "$burin" replay unread.json
rehash weapons.json pattern.json '"pattern":"B77120"' '"pattern":"B7[7120"'
fails 'another mark that cannot be read' 3 'pattern.json: /result/options/joint/marks/0/asked/reading: ' \
  "$burin" replay pattern.json
rehash r1.json type.json '"complete":true' '"complete":"yes"'
fails 'wrong type' 3 'type.json: /result/queries/0/complete: expected true or false instead of "yes"' \
  "$burin" replay type.json
rehash r1.json member.json '"complete":true' '"complete":true,"extra":1'
fails 'unknown member' 3 'member.json: /result/queries/0: unknown member "extra"' "$burin" replay member.json
sed 's/"burin_receipt":1/"burin_receipt":2/' r1.json >later.json
fails 'later schema' 4 'later.json: /burin_receipt: version 2; this library reads 1' "$burin" replay later.json

# Hostile files get one line.
head -c 300 r1.json >cut.json
fails 'cut' 3 'cut.json: byte [0-9]+: ' "$burin" replay cut.json
: >empty.json
fails 'empty' 3 'empty.json: byte 0: ' "$burin" replay empty.json
printf '[%.0s' {1..2000} >deep.json
fails 'deep' 3 'deep.json: .*nested too deep' "$burin" replay deep.json
printf '{"burin_receipt":1,"burin_receipt":1}' >twice.json
fails 'a name twice' 3 'twice.json: .*comes twice' "$burin" replay twice.json
printf '{"burin_receipt":1,"result":[],"result_sha256":"","context":{}}' >bare.json
fails 'bare' 3 'bare.json: /result_sha256: ' "$burin" replay bare.json
fails 'missing' 5 'none.json: ' "$burin" replay none.json
fails 'a channel is no receipt' 3 'channel.json: ' "$burin" reading check channel.json

# Sealed readings.
run seal 0 "$burin" reading seal 'A1?[38]4*' \
  --examiner 'J. Roe' --exhibit LAB-17/3 --method etched --part=head -o seal.json
prints '^sha256: [0-9a-f]{64}$'
run check 0 "$burin" reading check seal.json
prints '^reading: A1\?\[38\]4\*$'
run 'sealed match' 0 "$burin" match marks.burin --sealed seal.json --within 2 --receipt sealed.json
run 'sealed replay' 0 "$burin" replay sealed.json
run 'the receipt holds the seal' 0 grep -c "\"sha256\":\"$(grep -o '[0-9a-f]\{64\}' seal.json)\"" sealed.json
run 'others say that they are not sealed' 0 grep -c '"seal":null' r1.json
sed 's/J. Roe/M. Poe/' seal.json >broken.json
fails 'broken seal' 3 'broken.json: /sha256: the content has the hash' "$burin" match marks.burin --sealed broken.json
fails 'sealed and a pattern' 2 'match: --sealed brings the reading' "$burin" match marks.burin A1 --sealed seal.json
fails 'sealed and a part' 2 'match: --length, --part and --ncic' "$burin" match marks.burin --sealed seal.json --ncic

# What cannot be made again is refused.
fails 'deadline' 2 'match: --receipt: a search that a deadline stops' \
  "$burin" match marks.burin A1 --receipt x.json --deadline 5
fails 'count' 2 'match: --receipt is of hits' "$burin" match marks.burin A1 --receipt x.json --count
fails 'no folder' 5 '/nowhere/r.json: ' "$burin" match marks.burin A13074 --receipt /nowhere/r.json
finish
