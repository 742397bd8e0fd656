#!/usr/bin/env bash
# From nothing to answers on a fresh Debian 12: installs what is missing, builds the tool, builds an index from a real
# data set and asks it four questions. Takes a few minutes the first time, seconds afterwards.
# With BURIN_TOOL=PATH it takes that tool instead of building one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="${BURIN_QUICKSTART_DIR:-build/quickstart}"
mkdir -p "$work"

step() {
  printf '\n== %s\n' "$*"
}

if [[ -n ${BURIN_TOOL-} ]]; then
  burin=$BURIN_TOOL
else
  step "Packages"
  scripts/install-packages.sh build example
  step "Building the tool in $work (the compiler's output is in $work/build.log)"
  if ! cmake -S . -B "$work" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBURIN_BUILD_TOOL=ON >"$work/configure.log" 2>&1; then
    cat "$work/configure.log" >&2
    exit 1
  fi
  # Every compiled file is a line of the log; on a terminal show the last one.
  NINJA_STATUS='[%f/%t] ' cmake --build "$work" -j "${BURIN_JOBS:-2}" --target burin_tool 2>&1 | tee "$work/build.log" |
    while IFS= read -r line; do
      if [[ -t 1 ]]; then printf '\r\033[K%s' "${line:0:100}"; fi
    done || { printf '\n'; tail -n 40 "$work/build.log" >&2; exit 1; }
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
  burin=$work/tools/burin
  "$burin" --version
fi

step "The data: serial numbers of 210,402 aircraft, engines and propellers (examples/data/SOURCE.md)"
csv="$work/faa.csv"
index="$work/faa.burin"
xz -dc examples/data/faa_docindex_serials.csv.xz >"$csv"
head -n 4 "$csv"

step "Building the index"
"$burin" build "$csv" --map serial=serial,key=record_id,maker=maker,model=model,type=kind --source faa -o "$index"
wc -c "$csv" "$index" | sed '$d'

# ask EXPECTED-EXIT-CODE HEADING ARGUMENTS...: 0 = something was found, 1 = nothing was.
ask() {
  local expected=$1 heading=$2 status=0
  shift 2
  step "$heading"
  printf '$ burin match faa.burin'
  printf " '%s'" "$@"
  printf '\n'
  "$burin" match "$index" "$@" --format table || status=$?
  if [[ $status -ne $expected ]]; then
    echo "exit code $status where $expected was expected" >&2
    exit 1
  fi
  if [[ $status -eq 1 ]]; then
    echo "(exit code 1: every record was considered, and none fits)"
  fi
}

ask 0 "Exact: which record carries the number 172S13472, and nothing else?" \
  '172S13472' --within 0
ask 0 "Obliterated: PCE-, two letters, 0, one more character, and then the plate is worn away. Which ones fit?" \
  'PCE-[[:letter:]]{2}0?*' --within 0 --where 'model=PT6A-140' --top 8
ask 0 "Altered: the 8 of PCE-RM0851 looks as if it had been another digit, and the 5 is only probable. What was it?" \
  'PCE-RM08! 5~1' --channel typed --top 8
ask 1 "Hopeless: is there any record within two errors of a number that nobody ever engraved?" \
  'XQ-77-QX-4711-ZZ' --within 2

step "Done. The index is $index; the tool is $burin."
