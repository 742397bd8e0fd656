#!/usr/bin/env bash
# The accuracy bench over real airframes: the ranker that knows how readings were made must come out calibrated, which
# shows that the bench measures calibration rightly, nobody may rank better than it does, and figures must not depend on
# the number of threads. What rankers that weigh their answers reach is printed.
#   accuracy.sh [BUILD]     BUILD: a build folder with the benchmarks; else $BURIN_BUILD
#   BURIN_ACCURACY_READINGS: so many readings (400)
set -euo pipefail
build="${1:-${BURIN_BUILD:?give a build folder}}"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

xz -dc "$root/bench/accuracy/data/vrs_aircraft.csv.xz" >"$work/vrs.csv"
run() {  # OUTPUT OPTION...
  local out="$1"
  shift
  "$build/bench/accuracy/burin_accuracy" --csv "$work/vrs.csv" --ndjson "$@" >"$out" 2>"$work/progress" ||
    { tail -n 5 "$work/progress"; echo "not ok accuracy: exit code $?"; exit 1; }
}
run "$work/rows" --readings "${BURIN_ACCURACY_READINGS:-400}" --noise desk --noise channel --noise pairs
run "$work/one" --readings 40 --noise desk
run "$work/two" --readings 40 --noise desk --threads 2
cat "$work/rows"
python3 - "$work/rows" "$work/one" "$work/two" <<'PY'
import json, sys
text = [open(path, encoding="utf-8").read() for path in sys.argv[1:]]
rows = [json.loads(line) for line in text[0].splitlines()]
failed = 0

def line(good, name):
    global failed
    failed += not good
    print(("ok " if good else "not ok ") + name)

def recall(row):
    return f"recall@1 {row['recall@1']}"

for row in rows:
    name = f"{row['set']} {row.get('noise')} {row.get('ranker')}"
    if row["kind"] == "calibration" and row["ranker"] == "knower":
        name += f", {row['registry']}, {row['posterior of']}"
        line(row["excess"] <= 0.02, f"{name}: ECE {row['ECE']}, perfect {row['perfect']}")
    if row["kind"] == "ranking" and row["noise"] == "pairs":
        line(row["readings"] == 85, f"{name}: {row['readings']} reliable pairs")
    if row["kind"] == "ranking" and row["noise"] != "pairs":
        best = [r for r in rows if r["kind"] == "ranking" and r["noise"] == row["noise"] and r["ranker"] == "knower"][0]
        line(row["recall@1"] <= best["high"], f"{name}: {recall(row)}, the knower's {recall(best)}")
line(text[1] == text[2], "one thread and two give the same figures")
sys.exit(failed > 0)
PY
