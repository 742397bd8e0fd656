#!/usr/bin/env bash
# What can go wrong: each gives its exit code, one line on standard error that says what and where, and no partial
# output.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
bad_files="$root/tests/testdata/bad"
write_marks
"$burin" build marks.csv -o m.burin -q || exit 1
build() { "$burin" build marks.csv -o x.burin "$@"; }
match() { "$burin" match m.burin "$@"; }

# Usage: 2.
fails "malformed pattern" 2 'PATTERN: column 4: expected .*range' match '[A-'
prints_not .
fails "malformed pattern in an odd index" 2 'PATTERN: column 4' "$burin" match nowhere.burin '[A-'
fails "empty pattern" 2 'PATTERN: column 1: expected' match ''
fails "no command" 2 'command line: ' "$burin"
fails "unknown command" 2 "command line: no command 'frob'" "$burin" frob
fails "unknown option" 2 'match: .*--bogus' match A1 --bogus
fails "no pattern" 2 'match: expected either a PATTERN or --queries' match
fails "pattern and queries" 2 'match: expected either' match A1 --queries q
fails "within and channel" 2 'match: --within .*--channel' match A1 --within 1 --channel typed
fails "metric and channel" 2 'match: --metric .*--channel' match A1 --metric osa --channel typed
fails "metric and max-cost" 2 'match: --max-cost' match A1 --metric osa --max-cost 3
fails "metric and prior" 2 'match: --prior-present belongs' match A1 --metric osa --prior-present 0.5
fails "within and least ratio" 2 'match: --min-lr belongs' match A1 --within 1 --min-lr 0
for prior in 0 1 1.5 -0.1 nan x 0.5x; do
  fails "prior $prior" 2 "match: --prior-present: expected a number from 1e-06 .. 0.999999 instead of '$prior'" \
    match A1 --prior-present="$prior"
done
fails "least ratio" 2 "match: --min-lr: expected a number from -400 .. 400 instead of '401'" match A1 --min-lr 401
fails "unknown channel" 2 "match: no channel 'smoke'; channels: typed" match A1 --channel smoke
fails "unknown channel of the list" 2 "channels: no channel 'smoke'; channels: typed" "$burin" channels smoke
fails "expanding nothing" 2 'channels: --expand needs' "$burin" channels --expand
fails "unknown metric" 2 'match: --metric: ' match A1 --metric cosine
fails "within is no number" 2 'match: --within: ' match A1 --within x
fails "negative within" 2 'match: --within: ' match A1 --within -1
fails "top" 2 'match: --top: ' match A1 --top 0
fails "length" 2 'match: --length: ' match A1 --length 7..6
fails "part" 2 'match: --part: ' match A1 --part=belly
fails "threads" 2 'match: --threads: ' match A1 --threads 0
fails "unknown attribute" 2 "match: no attribute 'colour'; there are .*maker" match A1 --where colour=red
fails "unknown attribute, no query" 2 "match: no attribute 'colour'" match --queries /dev/null --where colour=red
fails "condition" 2 'match: no operator' match A1 --where maker
fails "queries-map" 2 '--queries-map: ' match --queries marks.csv --queries-map patern=serial
fails "queries-map of another column" 2 "marks.csv: no column 'number'; columns: serial, key" \
  match --queries marks.csv --queries-map pattern=number
fails "unknown column" 2 "build: no column 'number' in marks.csv; columns: serial, key" build --map serial=number
fails "no serial column" 2 'build: .*serial' build --map key=key
fails "malformed map" 2 '--map: expected NAME=COLUMN' build --map serial
fails "unknown type" 2 "--attr .*no type 'colour'" build --attr a=maker:colour
fails "unknown encoding" 2 "build: .*unknown encoding 'ebcdic'" build --encoding ebcdic
fails "separator" 2 '--separator: ' build --separator xx
fails "unknown profile" 2 'build: --profile: ' build --profile tiny
fails "no threads" 2 'build: --threads: ' build --threads 0
fails "too many threads" 2 'build: --threads: ' build --threads 1025
fails "no output" 2 'build: .*--output' "$burin" build marks.csv
fails "standard input twice" 2 'build: standard input' "$burin" build - - -o x.burin
only marks.csv m.burin

# Bad input: 3.
printf 'serial,key\nA1,1\nA2,1\nA3,1\n' >twice.csv
fails "rejected rows" 3 "2 rows were rejected.*twice.csv, row 2 \(line 3\), column 'key': " \
  "$burin" build twice.csv -o x.burin
printf 'serial,maker\nA1\xff\xfe,x\n' >bytes.csv
fails "bytes that are no text" 3 "1 row was rejected.*bytes.csv, row 1 \(line 2\), column 'serial': " \
  "$burin" build bytes.csv -o x.burin
: >empty.csv
printf '{"burin_channel": 1, "name": "mine", "extends": "typed", "swap": 1}' >mine.json
fails "a channel with a wrong number" 3 'mine.json: /swap: expected a number from 0 to 0.0075 instead of 1$' \
  match A1 --channel mine.json
fails "a channel that is no JSON" 3 './marks.csv: byte 0: syntax error' match A1 --channel ./marks.csv
fails "a wrong channel to print" 3 'mine.json: /swap: ' "$burin" channels mine.json
printf '{"burin_channel": 7}' >mine.json
fails "a channel of a later schema" 4 'mine.json: /burin_channel: version 7' match A1 --channel mine.json
rm mine.json
fails "empty table" 3 'empty.csv: ' "$burin" build empty.csv -o x.burin
only marks.csv m.burin twice.csv bytes.csv empty.csv

# An index that is none: 4.
for file in "$bad_files"/*.burin; do
  for command in info verify dump "match A1"; do
    read -r verb pattern <<<"$command"
    fails "$command of $(basename "$file")" 4 "$file: " "$burin" "$verb" "$file" ${pattern:+"$pattern"}
  done
done
head -c 1000 m.burin >cut.burin
fails "truncated" 4 'cut.burin: truncated' "$burin" verify cut.burin
cp m.burin flipped.burin
printf '\377' | dd of=flipped.burin bs=1 seek=700 conv=notrunc status=none
fails "a changed byte" 4 'flipped.burin: ' "$burin" verify flipped.burin
rm -f cut.burin flipped.burin

# The system: 5.
fails "missing table" 5 'nowhere.csv: .*No such file' "$burin" build nowhere.csv -o x.burin
fails "table is a directory" 5 '/: is a directory' "$burin" build / -o x.burin
fails "missing channel" 5 'nowhere.json: .*No such file' match A1 --channel nowhere.json
fails "channel is a directory" 5 '/: is a directory' match A1 --channel /
fails "missing index" 5 'nowhere.burin: .*No such file' "$burin" match nowhere.burin A1
fails "index is a directory" 5 '/: is a directory' "$burin" info /
fails "output is a directory" 5 '/: is a directory' "$burin" build marks.csv -o /
fails "output in no directory" 5 'nowhere/x.burin: ' "$burin" build marks.csv -o nowhere/x.burin
fails "rejects in no directory" 5 'nowhere/r.csv: ' build --rejects nowhere/r.csv
fails "missing queries" 5 'nowhere.txt: cannot open: No such file' match --queries nowhere.txt
fails "queries are a directory" 5 '/: is a directory' match --queries /
if [[ $(id -u) -ne 0 ]]; then
  cp marks.csv locked.csv
  chmod 0 locked.csv
  fails "unreadable table" 5 'locked.csv: .*Permission denied' "$burin" build locked.csv -o x.burin
  rm -f locked.csv
fi
for command in 'info m.burin' 'dump m.burin' 'verify m.burin' 'match m.burin A1 --within 9' '--help' \
  'build marks.csv -o y.burin'; do
  fails "full disk behind $command" 5 'standard output: No space left on device' bash -c "'$burin' $command >/dev/full"
done
rm -f y.burin
only marks.csv m.burin twice.csv bytes.csv empty.csv

fails "too little memory" 2 'build: --memory: expected at least 64MiB' "$burin" build marks.csv -o y.burin --memory 1KiB
fails "memory without a unit that is known" 2 'build: --memory: lots unit not recognized.*' \
  "$burin" build marks.csv -o y.burin --memory lots
fails "a place for nothing" 2 'build: .*--tmpdir requires --memory.*' "$burin" build marks.csv -o y.burin --tmpdir .

# A disk that is full while an index is written.
for ((i = 0; i < 40000; ++i)); do printf '%d,k%d\n' $((RANDOM * 32768 + RANDOM)) $((i * 7919 % 1000003)); done >rows
{ echo serial,key; cat rows; } >rows.csv
mkdir disk
if mount -t tmpfs -o size=64k none disk 2>/dev/null; then
  mounted="$work/disk"
  fails "full disk" 5 'disk/x.burin: .*No space left on device' "$burin" build rows.csv -o disk/x.burin
  if [[ -z $(ls -A disk) ]]; then ok "full disk: nothing left over"; else bad "full disk" "left $(ls -A disk)"; fi
  awk 'BEGIN { print "serial"; for (i = 0; i < 2500000; ++i) printf "AB%08dXYZ\n", i * 7919 % 100000007 }' >many.csv
  fails "full disk for what is laid aside" 5 'disk: cannot write: No space left on device' \
    "$burin" build many.csv -o y.burin --memory 64MiB --tmpdir disk --quiet
  if [[ -e y.burin ]]; then bad "full disk" "an index is there"; else ok "full disk: no index"; fi
  rm -f many.csv
  umount disk && mounted=''
fi
fails "limit on files" 5 'disk/x.burin: .*File too large' \
  bash -c 'trap "" XFSZ; ulimit -f 32; "$0" build rows.csv -o disk/x.burin' "$burin"
if [[ -z $(ls -A disk) ]]; then ok "limit on files: nothing left over"
else bad "limit on files" "left $(ls -A disk)"; fi
rm -r disk rows rows.csv

# Readers that go away, and interrupts. Jobs of a shell without job control ignore SIGINT, and so does what they start.
run "a reader that goes away" 0 bash -c 'set +o pipefail; "$0" dump m.burin | head -c 1 >/dev/null' "$burin"
silent
mkfifo pipe
set -m
for begun in '' 'serial\nA1\n'; do
  env --default-signal=INT "$burin" build pipe -o x.burin --rejects r.csv >out 2>err &
  job=$!
  exec 7>pipe
  printf "$begun" >&7
  # It soon sleeps, and waits for more of the table, which never comes.
  for ((slept = 0; slept < 5;)); do
    sleep 0.1
    if [[ $(cut -d' ' -f3 "/proc/$job/stat") == S ]]; then slept=$((slept + 1)); else slept=0; fi
  done
  kill -INT "$job"
  status=0
  wait "$job" || status=$?
  exec 7>&-
  name="interrupted build after '$begun'"
  if [[ $status -eq 130 && $(cat err) == 'burin: interrupted' ]]; then ok "$name"
  else bad "$name" "$status $(cat err)"; fi
done
set +m
rm -f pipe
only marks.csv m.burin twice.csv bytes.csv empty.csv
finish
