#!/usr/bin/env bash
# One flipped bit in an index or a segment of a registry: each command that reads it names the file, ends with exit code
# 4 and writes nothing. (tests/registry/damage_test.cc flips every bit, in the library.)
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks

# flip FILE BYTE: its third bit.
flip() {
  local value
  value=$(od -An -tu1 -j"$2" -N1 "$1")
  printf "\\x$(printf %02x $((value ^ 4)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# All names and all bytes of a directory.
state() { (cd "$1" && cksum -- *); }

# damaged DIRECTORY FILE COMMAND...: exit code 4, one line that names the file, nothing written since $before.
damaged() {
  local directory=$1 file=$2 status=0 why='' said
  shift 2
  "$burin" "$@" >out 2>err || status=$?
  said="$(<err)"
  [[ $status -eq 4 ]] || why="exit code $status"
  [[ $said != *$'\n'* ]] || why+=' no single line'
  [[ $said == "burin: $file: "* ]] || why+=' does not name the file'
  [[ $section == no || $said =~ (section|padding) ]] || why+=' names no section'
  [[ $(state "$directory") == "$before" ]] || why+=' wrote'
  [[ ! -e copy ]] || why+=' left a copy'
  [[ ! -s out ]] || why+=' printed'
  if [[ -z $why ]]; then
    hits=$((hits + 1))
  else
    bad "$* of $file, byte $byte" "$why: $said"
  fi
}

# places FILE: numbers of bytes in its header and all along it.
places() {
  local size
  size=$(stat -c %s "$1")
  echo 20 $((size * 4 / 8)) $((size * 6 / 8)) $((size - 1))
}
# break_at FILE BYTE: messages are to name a section, but of the header and the table of sections.
break_at() {
  byte=$2
  if [[ $byte -gt 900 ]]; then section=yes; else section=no; fi
  cp "$1" sound
  flip "$1" "$byte"
  before="$(state "${1%/*}")"
}

# An index file: those that are not large are checked without being asked.
mkdir index && "$burin" build marks.csv --source north -o index/marks.burin -q
"$burin" match index/marks.burin 'A1?8~4!7' --top 3 --receipt index.json -q >out
hits=0
for byte in $(places index/marks.burin); do
  break_at index/marks.burin "$byte"
  for command in "match index/marks.burin A13948" "match index/marks.burin A1* --count=exact" \
    "match index/marks.burin A1* --read-into-memory" "match index/marks.burin A13948 --check" \
    "lookup index/marks.burin A13948" "explain index/marks.burin A13948 --record 1" "info index/marks.burin" \
    "dump index/marks.burin" "replay index.json -q" "verify index/marks.burin"; do
    # shellcheck disable=SC2086  # Words of a command.
    damaged index index/marks.burin $command
  done
  mv sound index/marks.burin
done
ok "an index: $hits answers were exit code 4"
for command in match lookup explain replay info add delete compact pin hold; do
  run "--check of $command" 0 "$burin" $command --help
  prints '--check '
done

# A registry of segments that the next commit merges.
rows=0
while IFS= read -r line; do
  { head -n 1 marks.csv && printf '%s\n' "$line"; } >"one.csv"
  "$burin" add reg one.csv --source north -q
  rows=$((rows + 1))
  [[ $rows -lt 5 ]] || break
done < <(tail -n +2 marks.csv)
run "segments" 0 "$burin" info reg
prints 'generation 5, 5 segments'
"$burin" match reg 'A1?8~4!7' --top 3 --receipt reg.json -q >out
printf 'W-1\n' >gone.txt
# try_registry FILE: the commands that read a segment.
try_registry() {
  for command in "compact reg" "compact reg --purge" "add reg marks.csv --source south" \
    "delete reg --source north --keys gone.txt" "pin reg case" "hold reg case --where maker=Astra --reason x" \
    "backup reg copy" "dump reg" "match reg A13948" "lookup reg A13948" "info reg" "replay reg.json -q" "verify reg"; do
    # shellcheck disable=SC2086  # Words of a command.
    damaged reg "$1" $command
  done
}
hits=0
segment=reg/segment-0000000000000001
for byte in $(places $segment); do
  break_at $segment "$byte"
  try_registry $segment
  mv sound $segment
done
break_at reg/segment-0000000000000004 1500
try_registry reg/segment-0000000000000004
mv sound reg/segment-0000000000000004
ok "a registry: $hits answers were exit code 4"
run "a sound one" 0 "$burin" add reg marks.csv --source south
run "verify" 0 "$burin" verify reg

# What the rules promise, not checksums alone: manifests, deletions, the state before, pins.
"$burin" delete reg --source north --keys gone.txt -q
"$burin" pin reg case -q
run "verify with a pin" 0 "$burin" verify reg
hits=0
for file in reg/manifest-* reg/deleted-* reg/pin-case; do
  for byte in $(places "$file"); do
    break_at "$file" "$byte"
    damaged reg "$file" verify reg
    mv sound "$file"
  done
done
ok "verify of manifests: $hits answers were exit code 4"

# Refolding a registry of the first folding.
cp -r "$root/tests/testdata/golden/folding1/registry" old
hits=0
for segment in old/segment-*; do
  for byte in $(places "$segment"); do
    break_at "$segment" "$byte"
    damaged old "$segment" compact old --refold
    mv sound "$segment"
  done
done
ok "refold: $hits answers were exit code 4"
run "refold of a sound one" 0 "$burin" compact old --refold -q
finish
