#!/usr/bin/env bash
# No output overwrites an input or another output, whatever the command and however the file is named; a command that
# fails, on a full disk or a closed standard output too, leaves nothing.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# Every option of every command: what it reads (in), what it writes (out), or neither (-). Whoever adds an option adds
# it here, and if it names a file, to a command line below; without that this test fails.
options() {
  cat <<'TABLE'
add in:IN out:--rejects
add - --recover --quiet --map --attr --source --encoding --separator --no-header --sync --unreadable --no-progress
add in:--sentinels - --allow-vanished --date-order --strict --digitless --check
audit -
audit.head in:--deposited - --head --quiet --list
audit.rules - --recover --quiet --case --check
audit.verify in:--deposited - --list --quiet --head
backup - --quiet
build in:IN out:--output out:--rejects
build - --map --attr --source --encoding --separator --no-header --unreadable --profile --threads --memory --tmpdir
build in:--sentinels - --quiet --no-progress --date-order --strict --digitless
channels - --expand
compact - --recover --quiet --segments --purge --override --reason --refold --unreadable --check
delete in:--keys - --recover --quiet --source --where --check
dump - --format --quiet
explain in:--channel - --record --key --source --serial --metric --length --part --ncic --format --color --within
explain - --max-cost --check
formats in:--formats - --maker --model --format
hold - --recover --quiet --check --where --key --source --until --reason --release
info - --format --check
lookup in:--serials - --format --check
match in:--queries in:--channel in:--synonyms in:--sealed out:--receipt out:--log
match - --queries-map --within --metric --max-cost --prior-present --min-lr --top --by --where --class --component
match - --date --believe --also --mark --length --part --ncic --threads --timing --max-work --deadline --max-hits
match - --count --no-alignment --examiner --exhibit --actor --case --purpose --read-into-memory --pin --recover
match - --format --color --quiet --check --log-sync --max-memory
pin - --recover --quiet --remove --check
reading -
reading.check -
reading.seal out:--output - --length --part --ncic --examiner --exhibit --case --method --time
replay in:--index - --exhaustive --quiet --check
report out:--output - --kind --prior
train in:IN in:--parent out:--output out:--rejects out:--pairs-out
train - --map --encoding --separator --no-header --patterns --errors-only --weight --folds --name --date --threads
train - --quiet --no-progress
verify - --quiet
TABLE
}
# names_of COMMAND...: the subcommands that its help lists. options_of: the long options.
names_of() { "$burin" "$@" --help | sed -n '/^Subcommands:/,/^[A-Z][a-z]*:/s/^  \([a-z]\+\).*/\1/p'; }
options_of() { "$burin" "$@" --help | sed -n '/^Options:/,/^[^ ]/p' | grep -oE '^  [^ ]+' | grep -oE -- '--[a-z-]+'; }
check_options() {
  local known command=$1 option
  name="options of $command"
  known="$(options | awk -v c="$command" '$1 == c' | tr ' ' '\n' | sed 's/^[a-z]*://')"
  if [[ -z $known ]]; then
    bad "$name" "the command is not in the table of this test"
    return
  fi
  # shellcheck disable=SC2086
  for option in $(options_of ${command//./ }); do
    if [[ $option == --help ]] || grep -qxF -- "$option" <<<"$known"; then continue; fi
    bad "$name" "say in this test whether $option names a file that is read or written"
  done
  ok "$name: known"
}
for command in $(names_of); do
  check_options "$command"
  for sub in $(names_of "$command"); do check_options "$command.$sub"; done
done

# The files that are read, made anew before each command, so that one that was overwritten is seen.
write_marks
printf 'read,true\nA1,A1\nA2,A2\nA3,A8\nB7,B7\n' >pairs.csv
printf '{"burin_channel":1,"name":"mine","extends":"typed","insert":0.001}' >mine.json
printf 'maker\tFoo\tBeretta\tme\n' >foo.tsv
printf 'A13074\n' >queries.txt
printf 'text,kind\n9997,unknown\n' >own.csv
"$burin" build marks.csv -o m.burin -q
"$burin" reading seal A13074 -o seal.json >out
"$burin" match m.burin A13074 --receipt r.json >out
inputs=(own.csv marks.csv pairs.csv mine.json foo.tsv queries.txt m.burin seal.json r.json)
mkdir good
cp "${inputs[@]}" good

# refused NAME REGEX COMMAND...: wrong usage, and every file is as it was and none was added.
refused() {
  local file
  fails "$1" 2 "$2" "${@:3}"
  for file in "${inputs[@]}"; do
    if cmp -s "$file" "good/$file"; then continue; fi
    bad "$1" "$file was changed"
    cp "good/$file" .
  done
  only good "${inputs[@]}" "${extra[@]}"
}

# clashes COMMAND WORDS...: of the words, in=FILE is what is read, and out= an output. Each output in turn is an input:
# by its name, by another way to it, by a symbolic and a hard link; then each is another output, there already or not.
clashes() {
  local command=$1 i j way words=("${@:2}") line target
  for i in "${!words[@]}"; do
    [[ ${words[i]} == out=* ]] || continue
    for j in "${!words[@]}"; do
      [[ $i -ne $j && ${words[j]} == *=* ]] || continue
      if [[ ${words[j]} == in=* ]]; then
        target=${words[j]#in=}
        for way in same around symbolic hard; do
          extra=(link)
          case $way in
            same) line="$target"; extra=() ;;
            around) line="good/../$target"; extra=() ;;
            symbolic) ln -s "$target" link; line=link ;;
            hard) ln "$target" link; line=link ;;
          esac
          clash "$command, word $i is word $j, $way" "$i" "$line"
          rm -f link
        done
      elif [[ $j -gt $i && ${words[j]} == out=* ]]; then
        extra=()
        words[j]=out=both clash "$command, words $i and $j, new" "$i" ./both "$j" both
        extra=(both)
        echo old >both
        clash "$command, words $i and $j, there" "$i" ./both "$j" both
        rm both
      fi
    done
  done
}
# clash NAME I PATH [J PATH]: the words with an output, or two, at these paths.
clash() {
  local made=() k
  for k in "${!words[@]}"; do
    case ${words[k]} in
      in=*) made+=("${words[k]#in=}") ;;
      out=*) made+=("new-$k") ;;
      *) made+=("${words[k]}") ;;
    esac
  done
  made[$2]=$3
  if [[ $# -gt 3 ]]; then made[$4]=$5; fi
  refused "$1" "${made[0]}: .* is the same file as .*; expected another file$" "$burin" "${made[@]}"
}
clashes build build in=marks.csv --sentinels in=own.csv -o out= --rejects out=
clashes add add new in=marks.csv --sentinels in=own.csv --rejects out=
clashes train train in=pairs.csv --parent in=./mine.json -o out= --rejects out= --pairs-out out=
clashes match match in=m.burin --queries in=queries.txt --channel in=./mine.json --believe maker=Foo \
  --synonyms in=foo.tsv --receipt out=
clashes sealed match in=m.burin --sealed in=seal.json --receipt out= --log out=
clashes report report in=r.json -o out=

# Standard input and standard output are files too.
extra=()
refused "a table from standard input" 'build: --output marks.csv is the same file as standard input' \
  bash -c "'$burin' build - -o marks.csv <marks.csv"
refused "rejects to standard input" 'add: --rejects marks.csv is the same file as standard input' \
  bash -c "'$burin' add new - --rejects marks.csv <marks.csv"
extra=(both)
refused "an index and the counts" 'build: standard output is the same file as --output both' \
  bash -c "'$burin' build marks.csv -o both >both"
refused "a receipt and the answers" 'match: standard output is the same file as --receipt both' \
  bash -c "'$burin' match m.burin A13074 --receipt both >both"
refused "a report" 'report: standard output is the same file as --output both' \
  bash -c "'$burin' report r.json -o both >both"
rm both
extra=()
refused "answers behind the index" 'match: standard output is the same file as INDEX m.burin' \
  bash -c "'$burin' match m.burin A13074 >>m.burin"
refused "answers behind the queries" 'match: standard output is the same file as --queries queries.txt' \
  bash -c "'$burin' match m.burin --queries queries.txt >>queries.txt"
refused "serials behind the serials" 'lookup: standard output is the same file as --serials queries.txt' \
  bash -c "'$burin' lookup m.burin --serials queries.txt >>queries.txt"

# A registry and a log belong to themselves.
"$burin" add reg marks.csv --source north -q
"$burin" match m.burin A13074 --log log >out
extra=(reg log)
manifest="$(basename "$(find reg -type f | sort | head -n 1)")"
chain="$(basename log/*)"
refused "rejects in a registry" "add: --rejects reg/$manifest lies in REGISTRY reg" \
  "$burin" add reg marks.csv --rejects "reg/$manifest"
refused "a receipt in a registry" 'match: --receipt reg/r.json lies in INDEX reg' \
  "$burin" match reg A13074 --receipt reg/r.json
refused "a log that is a registry" 'match: --log ./reg is the same file as INDEX reg' \
  "$burin" match reg A13074 --log ./reg
refused "a receipt in a log" "match: --receipt log/$chain lies in --log log" \
  "$burin" match m.burin A13074 --log log --receipt "log/$chain"
refused "a copy in a registry" 'backup: DIRECTORY reg/copy lies in REGISTRY reg' "$burin" backup reg reg/copy
refused "a copy onto itself" 'backup: DIRECTORY ./reg is the same file as REGISTRY reg' "$burin" backup reg ./reg
run "the registry is sound" 0 "$burin" verify reg -q
run "the log is sound" 0 "$burin" audit verify log -q
rm -rf reg log
extra=()

# "-" is standard output where text is asked for, and nothing else where it is not.
refused "an index to standard output" 'build: --output - is standard output, where this cannot go' \
  "$burin" build marks.csv -o -
refused "rejects to standard output" 'build: --rejects - is' "$burin" build marks.csv -o x.burin --rejects -
refused "rejects of add" 'add: --rejects - is' "$burin" add new marks.csv --rejects -
refused "a receipt to standard output" 'match: --receipt - is' "$burin" match m.burin A13074 --receipt -
refused "pairs to standard output" 'train: --pairs-out - is' "$burin" train pairs.csv -o x.json --pairs-out -
run "a report to standard output" 0 "$burin" report r.json -o -
prints '^<!doctype html>'
run "a seal to standard output" 0 "$burin" reading seal A1 -o -
prints '"burin_seal"'
run "a channel to standard output" 0 "$burin" train pairs.csv -o - --name mine
prints '"name": *"mine"'
prints_not 'trained from'
only good "${inputs[@]}"

# What fails leaves nothing: standard output, rejects, receipts, reports onto a full disk; a standard output that is
# closed, or whose reader has gone.
printf 'serial,key\nA1,1\nA2,1\n' >twice.csv
inputs+=(twice.csv)
fails "counts onto a full disk" 5 'standard output: No space left on device' \
  bash -c "'$burin' build twice.csv -o x.burin --rejects bad.csv >/dev/full"
only good "${inputs[@]}"
fails "counts nowhere" 5 'standard output: Bad file descriptor' \
  bash -c "'$burin' build twice.csv -o x.burin --rejects bad.csv >&-"
only good "${inputs[@]}"
run "counts to nobody" 141 bash -c "exec 7> >(exec true); wait \$!; exec '$burin' build twice.csv -o x.burin \
  --rejects bad.csv >&7"
silent
only good "${inputs[@]}"
fails "rejects onto a full disk" 5 '/dev/full: cannot write: No space left on device' \
  "$burin" build twice.csv -o x.burin --rejects /dev/full
only good "${inputs[@]}"
fails "rejects of a registry onto a full disk" 5 '/dev/full: cannot write: No space left on device' \
  "$burin" add reg twice.csv --source n --rejects /dev/full
run "nothing was committed" 0 "$burin" info reg
prints '^  records:           0$'
rm -rf reg
fails "a channel's figures onto a full disk" 5 'standard output: No space left on device' \
  bash -c "'$burin' train pairs.csv -o x.json --pairs-out x.csv >/dev/full"
only good "${inputs[@]}"
fails "a seal's hash onto a full disk" 5 'standard output: No space left on device' \
  bash -c "'$burin' reading seal A1 -o x.json >/dev/full"
only good "${inputs[@]}"
for receipt in /dev/full nowhere/r.json /; do
  fails "a receipt to $receipt" 5 "$receipt: (cannot write: (No space left on device|No such file)|is a directory)" \
    "$burin" match m.burin A13074 --receipt "$receipt"
  prints_not .
done
fails "a receipt of answers that nobody read" 5 'standard output: No space left on device' \
  bash -c "'$burin' match m.burin A13074 --receipt x.json >/dev/full"
only good "${inputs[@]}"
"$burin" build marks.csv -o old.burin -q
cp old.burin good
inputs+=(old.burin)
fails "an old index stays" 5 'standard output: Bad file descriptor' \
  bash -c "'$burin' build twice.csv -o old.burin --rejects bad.csv >&-"
if cmp -s old.burin good/old.burin; then ok "$name: as it was"; else bad "$name" "it was replaced"; fi
run "without counts nothing has to be printed" 0 bash -c "'$burin' build marks.csv -o x.burin -q >&-"
run "and the index is whole" 0 "$burin" verify x.burin -q
rm x.burin
# What a registry has committed stays, and the line says so.
fails "a registry's counts onto a full disk" 5 'standard output: No space left on device; the registry was changed$' \
  bash -c "'$burin' add reg marks.csv --source n >/dev/full"
run "they are there" 0 "$burin" lookup reg A13074
rm -rf reg

# Budgets, costs and probabilities of nothing, and what is no number.
for value in 0 -1 nan x 1.5; do
  for option in --max-work --deadline --max-hits; do
    fails "$option $value" 2 "match: $option: expected a whole number from 1 instead of '$value'" \
      "$burin" match m.burin A1 "$option=$value"
  done
done
fails "--max-memory 0" 2 "match: --max-memory: expected a whole number from 1 instead of '0'" \
  "$burin" match m.burin A1 --max-memory=0
for value in 0 -1 nan inf x; do
  fails "--max-cost $value" 2 "match: --max-cost: expected a number above 0, at most 1e\+06 instead of '$value'" \
    "$burin" match m.burin A1 "--max-cost=$value"
  fails "--weight $value" 2 'train: --weight: expected a number from' "$burin" train pairs.csv -o x "--weight=$value"
  fails "--prior $value" 2 'report: --prior: expected a number from' "$burin" report r.json -o x "--prior=$value"
done
fails "no memory" 2 'build: --memory: expected at least 64MiB' "$burin" build marks.csv -o x.burin --memory 0
only good "${inputs[@]}"

# A receipt is the whole file.
for behind in '{}' 'x' '}' '\0' '[1]' '"a"'; do
  { cat r.json; printf '%b' "$behind"; } >long.json
  fails "a receipt followed by $behind" 3 'long.json: byte [0-9]+: ' "$burin" replay long.json
  { cat seal.json; printf '%b' "$behind"; } >long.json
  fails "a seal followed by $behind" 3 'long.json: byte [0-9]+: ' "$burin" reading check long.json
  { cat mine.json; printf '%b' "$behind"; } >long.json
  fails "a channel followed by $behind" 3 './long.json: byte [0-9]+: ' "$burin" channels ./long.json
done
{ cat r.json; printf ' \n\t\r\n'; } >long.json
run "a receipt followed by blanks" 0 "$burin" replay long.json

# Help has its own examples.
for words in audit 'audit verify' 'audit head' 'audit rules'; do
  # shellcheck disable=SC2086
  run "help of $words" 0 "$burin" $words --help
  prints '^  burin audit '
  prints_not '^  burin build '
done
finish
