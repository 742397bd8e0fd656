#!/usr/bin/env bash
# The engine over ten million generated serials of each kind: answers against known and counted totals, bytes a serial
# against their limits. Times are printed and not judged; whether they are valid is. Needs 2 GB of memory.
#   engine.sh [BUILD]     BUILD: a build folder with the benchmarks; else $BURIN_BUILD
#   BURIN_ENGINE_READINGS: so many of the 1,000 readings; then only totals that are counted in the run are compared.
set -euo pipefail
build="${1:-${BURIN_BUILD:?give a build folder}}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

status=0
"$build/bench/burin_engine_bench" --set w1_1m --set w1_10m --set w2_10m --format ndjson \
  ${BURIN_ENGINE_READINGS:+--readings "$BURIN_ENGINE_READINGS"} >"$work/rows" 2>"$work/progress" || status=$?
if [[ $status -gt 1 ]]; then
  tail -n 5 "$work/progress"
  echo "not ok engine: exit code $status"
  exit 1
fi
cat "$work/rows"
python3 - "$work/rows" <<'PY'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
failed = 0

def line(good, name):
    global failed
    failed += not good
    print(("ok " if good else "not ok ") + name)

def of(kind):
    return [row for row in rows if row["kind"] == kind]

def known(row):
    return "not known" if row["expected"] is None else f"{row['expected']} ({row['judge']})"

for row in of("task"):
    name = f"{row['set']} {row['task']}"
    line(row["right"] == "yes", f"{name}: {row['hits']} hits, expected {known(row)}")
    line(row["times"] == "valid", f"{name}: times add up to {row['sum/wall']} of the pass")
for row in of("lookup"):
    line(row["right"] == "yes", f"{row['set']} look-ups of {row['serials']} serials")
for row in of("scan"):
    line(row["exact"] == "yes", f"{row['set']} scan is exact")
    line(row["run"] == "valid", f"{row['set']} scan reaches {row['% of read']} % of the read bandwidth")
line(len(of("growth")) == 1, "growth is reported")
for row in of("search bytes"):
    if row["set"].endswith("_10m"):
        line(row["a serial"] <= row["floor"], f"{row['set']} {row['a serial']} bytes a serial, at most {row['floor']}")
sys.exit(failed > 0)
PY
