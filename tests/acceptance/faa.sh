#!/usr/bin/env bash
# The index of 210,402 real records builds within its memory and holds what the data set says; every record is found by
# its own number.
source "$(dirname "${BASH_SOURCE[0]}")/../tool/harness.sh"
xz -dc "$root/examples/data/faa_docindex_serials.csv.xz" >faa.csv
rows=$(($(wc -l <faa.csv) - 1))

run "build" 0 python3 "$root/tests/acceptance/peak.py" peak \
  "$burin" build faa.csv --map serial=serial,key=record_id,maker=maker,model=model,type=kind --source faa -o faa.burin
cat out
prints "^faa.burin: [0-9]+ records of $rows rows$"
prints '^  rejected rows: 0$'
limit=$((1048576 + $(stat -c %s faa.csv) / 1024))
name="peak memory $(cat peak) KiB, limit $limit KiB"
if [[ $(cat peak) -le $limit ]]; then ok "$name"; else bad "$name" "too much"; fi
run "verify" 0 "$burin" verify faa.burin
run "info" 0 "$burin" info faa.burin
prints '^  attributes: .*maker \(category\), model \(category\), source \(category\), type \(category\)'

# One record in a hundred, asked for by its own number: its key must be among the hits.
"$burin" dump faa.burin >dump.csv
python3 - dump.csv queries.csv <<'PY'
import csv, sys
rows = [row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")) if row["kind"] == "serial"]
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["key", "pattern"])
    writer.writerows([row["key"], row["serial"]] for row in rows[::100])
PY
run "queries" 0 "$burin" match faa.burin --queries queries.csv \
  --queries-map pattern=pattern,id=key --within 0 --format ndjson
mv out answers.ndjson
if python3 - answers.ndjson <<'PY'; then found=1; else found=0; fi
import json, sys
answers = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
missed = [a["id"] for a in answers if a["id"] not in [hit["key"] for hit in a["hits"]]]
print(len(answers), "queries,", len(missed), "missed", missed[:5])
sys.exit(1 if missed or len(answers) < 1000 else 0)
PY
if [[ $found -eq 1 ]]; then ok "every number finds its record"
else bad "every number finds its record" "see above"; fi
finish
