#!/usr/bin/env bash
# burin explain: records and serials explained, with reasons, prices and formats.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks
run build 0 "$burin" build marks.csv --map serial=serial,key=key,maker=maker,year=year -o marks.burin -q

run record 0 "$burin" explain marks.burin 'A13079' --record 7
prints '^Channel: typed \('
run key 0 "$burin" explain marks.burin 'A13079' --key W-7
prints '^A13074   cost [0-9.]+ nats   record [0-9]+   key W-7'
prints 'reading  A 1 3 0 7 9'
prints '[0-9.]+ nats  9 read where 4 is recorded: look-alike'
prints 'what was read as recorded'
prints '^Fits '
prints '^log10 LR [0-9.]+, not excluded: '
run edits 0 "$burin" explain marks.burin 'A13079' --key W-7 --metric osa
prints '1 edit  9 read where 4 is recorded: another symbol'
prints_not 'nats'
run serial 0 "$burin" explain '18047' --serial 'A1 8047' --channel typed
prints 'prefix of 1 not read'
prints 'recorded as A1 8047'
run 'two marks in a cell' 0 "$burin" explain 'A13079' --serial 'A13074 / B77120' --metric osa
prints '^A13074   1 edit'
prints '^B77120   6 edits'
run 'a partial serial' 0 "$burin" explain 'A18847' --serial 'A18?47'
prints 'partial record'
prints '8 was read and the record is not readable there'
run ndjson 0 "$burin" explain 'A13079' --serial A13074 --channel worn --format ndjson
prints '"alignment":\[\{"move":"kept","element":"A","symbol":"A","position":0'
prints '"move":"substituted","element":"9","symbol":"4","position":5,"cost":[0-9.]+'
prints '"reason":"stroke gain","text":"9 read'
prints '"formats":\['
run 'cannot be read so' 1 "$burin" explain 'A13079' --serial A1307 --metric hamming
prints 'cannot be read so'
run 'no mark' 1 "$burin" explain marks.burin A1 --key W-5

fails 'no such key' 1 "explain: no record has the key 'W-99'" "$burin" explain marks.burin A1 --key W-99
fails 'no such record' 2 'explain: --record: there are 7 records, none is 8' "$burin" explain marks.burin A1 --record 8
fails 'no way' 2 'explain: expected one of --record, --key and --serial' "$burin" explain marks.burin A1
fails 'two ways' 2 'explain: expected one of' "$burin" explain marks.burin A1 --record 1 --key W-1
fails 'no index' 2 'explain: expected INDEX and PATTERN' "$burin" explain A1 --record 1
fails 'an index too many' 2 'explain: --serial is in no index' "$burin" explain marks.burin A1 --serial A1
fails 'bad pattern' 2 'PATTERN: ' "$burin" explain 'A[' --serial A1
fails 'bad channel' 2 'explain: ' "$burin" explain 'A1' --serial A1 --channel none
finish
