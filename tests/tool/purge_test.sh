#!/usr/bin/env bash
# What is deleted leaves the files of a registry: compact, compact --purge, pins and holds, through the binary. The
# bytes of every file are searched.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
cat >rows.csv <<'CSV'
serial,key,maker
A1-3948,W-1,Astra
Secret text 4711,secret-key,SecretMaker
B77120,W-3,Beretta
CSV
printf 'secret-key\n' >gone.txt
secrets='Secret text 4711|secret-key|SecretMaker'

# found FILE...: the secrets stand in these files of reg, and in no other.
found() {
  local files
  files="$(cd reg && grep -alE "$secrets" -- * | tr '\n' ' ')"
  if [[ $files == "$*${*:+ }" ]]; then
    ok "$name: the bytes are in ${*:-no file}"
  else
    bad "$name" "the bytes are in '$files' instead of '$*'"
  fi
}
first=segment-0000000000000001
delete_secret() { run "$1" 0 "$burin" delete reg --source north --keys gone.txt; }

# One segment.
"$burin" add reg rows.csv --source north -q
name="before" && found $first
delete_secret "delete"
found $first
run "a row that is gone" 1 "$burin" lookup reg 'Secret text 4711'
run "compact" 0 "$burin" compact reg
prints "^reg: compacted$"
prints "^  generation 2 still holds 1 deleted record, until the next commit or 'burin compact --purge'$"
found $first
run "recovery looks into the state before" 0 "$burin" match reg B77120 --within 0 --recover
run "purge" 0 "$burin" compact reg --purge
prints '^reg: compacted and purged$'
prints '^  2 records live, 0 deleted, in 1 segment; generation 4$'
prints_not 'still holds'
found
run "verify" 0 "$burin" verify reg
run "purge again" 0 "$burin" compact reg --purge
prints '; generation 4$'
# Nothing is left to go back to.
cp -r reg damaged
printf 'X' | dd of=damaged/manifest-0000000000000004 bs=1 seek=300 conv=notrunc status=none
fails "recovery after a purge" 4 'damaged/manifest-0000000000000004: .*; no older state is there to go back to$' \
  "$burin" match damaged B77120 --recover
fails "a writer's" 4 'damaged/manifest-0000000000000004: .*; no older state is there to go back to$' \
  "$burin" compact damaged --recover
rm -r damaged

# A commit after compact does as much for the state before.
rm -r reg && "$burin" add reg rows.csv --source north -q
delete_secret "delete"
"$burin" compact reg -q
printf 'serial,key,maker\nC1,W-4,Colt\n' >next.csv
run "the next commit" 0 "$burin" add reg next.csv --source north
found

# Several segments, a row that was replaced, and one that vanished.
rm -r reg && "$burin" add reg rows.csv --source north -q
"$burin" add reg next.csv --source north -q
sed 's/Secret text 4711/Harmless/; s/SecretMaker/Colt/' rows.csv >harmless.csv
run "replace" 0 "$burin" add reg harmless.csv --source north
found $first segment-0000000000000003
run "vanish" 0 "$burin" add reg next.csv --source north --sync --allow-vanished 3
run "purge of what was replaced and has vanished" 0 "$burin" compact reg --purge
prints '^  1 record live, 0 deleted, in 1 segment'
found
run "delete all" 0 "$burin" delete reg --where maker=Colt
run "purge of all" 0 "$burin" compact reg --purge
prints '^  0 records live, 0 deleted, in 0 segments'
run "a registry without rows" 1 "$burin" match reg C1 --within 0

# Pins keep, and are named.
rm -r reg && "$burin" add reg rows.csv --source north -q
"$burin" pin reg case-1 -q
delete_secret "delete"
run "compact beside a pin" 0 "$burin" compact reg
prints "^  generation 2 still holds 1 deleted record, until the next commit or 'burin compact --purge'$"
prints "^  generation 1, pinned as case-1, still holds 1 deleted record, until 'burin pin --remove'$"
run "purge beside a pin" 0 "$burin" compact reg --purge
prints "^  generation 1, pinned as case-1, still holds 1 deleted record, until 'burin pin --remove'$"
prints_not 'generation 2'
found $first
run "the pinned state" 0 "$burin" match reg 'SECRETTEXT4711' --within 0 --pin case-1
# A pin that is damaged: what it keeps is not known, so nothing goes.
cp -r reg damaged
printf 'X' | dd of=damaged/pin-case-1 bs=1 seek=300 conv=notrunc status=none
fails "purge beside a damaged pin" 4 'damaged/pin-case-1: ' "$burin" compact damaged --purge
fails "verify of a damaged pin" 4 'damaged/pin-case-1: ' "$burin" verify damaged
run "compact beside a damaged pin" 0 "$burin" compact damaged
prints '^  generation 0, pinned as case-1, cannot be opened and may hold deleted records'
rm -r damaged
run "unpin" 0 "$burin" pin reg case-1 --remove
found

# Holds.
rm -r reg && "$burin" add reg rows.csv --source north -q
run "no holds" 0 "$burin" hold reg
prints '^no holds$'
run "place a hold" 0 "$burin" hold reg case-7 --where maker=SecretMaker --reason 'order 12'
prints '^case-7: since 20[0-9-]+T[0-9:]+Z, maker=SecretMaker: order 12$'
prints '^  20[0-9-]+T[0-9:]+Z placed case-7: order 12$'
run "place one on a row" 0 "$burin" hold reg keep --key W-1 --source north --until 2199-12-31 --reason 'act, art. 9'
prints "^keep: since .*, until 2199-12-31T00:00:00Z, key 'W-1' of source 'north': act, art. 9$"
run "place one that is over" 0 "$burin" hold reg over --where maker=Beretta --until 2001-12-31 --reason 'for a while'
run "list" 0 "$burin" hold reg
if [[ $(wc -l <out) -eq 6 ]]; then ok "$name: holds and log"; else bad "$name" "$(cat out)"; fi
fails "a name that is taken" 2 "hold: hold 'keep': the name is taken" \
  "$burin" hold reg keep --where maker=Astra --reason x
fails "a hold of nothing" 2 "hold: hold 'x': it needs a key or a condition" "$burin" hold reg x --reason x
fails "a hold without a reason" 2 "hold: hold 'x': it needs a reason" "$burin" hold reg x --where maker=Astra
fails "a condition on nothing" 2 "hold: no attribute 'colour'; there are maker, source" \
  "$burin" hold reg x --where colour=red --reason x
fails "no such day" 2 "hold: --until: '2036-13-01': expected a day" \
  "$burin" hold reg x --where maker=Astra --reason x --until 2036-13-01
printf 'secret-key\nW-1\nW-3\n' >gone.txt
delete_secret "held rows are deleted"
run "and in no answer" 1 "$burin" lookup reg A13948
run "purge of held rows" 0 "$burin" compact reg --purge
prints \
  "generation 6 still holds 2 deleted records, kept by holds: 'case-7' until it is released, 'keep' until 2199-12-31$"
prints_not 'over'
found manifest-0000000000000006 $first # The manifest has what the hold says.
fails "override without a reason" 2 \
  'compact: --purge --override needs a --reason' "$burin" compact reg --purge --override
fails "a reason without override" 2 'compact: --purge --override needs a --reason' \
  "$burin" compact reg --purge --reason x
fails "override without purge" 2 'compact: --purge --override needs a --reason' \
  "$burin" compact reg --override --reason x
found manifest-0000000000000006 $first
fails "release without a reason" 2 "hold: hold 'case-7': a release needs a reason" "$burin" hold reg case-7 --release
fails "release of none" 2 "hold: hold 'case-9': there is none" "$burin" hold reg case-9 --release --reason closed
cp -r reg released
run "override" 0 "$burin" compact reg --purge --override --reason 'court order 99'
prints '^  0 records live, 0 deleted, in 0 segments'
prints_not 'still holds'
found "$(cd reg && ls manifest-*)" # What the hold itself says.
run "the log" 0 "$burin" hold reg
prints '^  20.* overridden case-7 keep \(2 records purged\): court order 99$'
run "verify" 0 "$burin" verify reg
# Released, they go by themselves.
rm -r reg && mv released reg
"$burin" hold reg keep --release --reason 'closed' -q
run "release" 0 "$burin" hold reg case-7 --release --reason 'case closed'
prints '^  20.* released case-7: case closed$'
prints_not '^case-7: '
run "purge after release" 0 "$burin" compact reg --purge
prints_not 'still holds'
found

finish
