#!/usr/bin/env bash
# SIGINT and SIGTERM end every command wherever it is: opening a FIFO that nobody writes to, or that nobody reads,
# reading a device that never ends, in the middle of a build, behind a full pipe. Nothing is left over then.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks
"$burin" build marks.csv -o m.burin -q || exit 1
"$burin" add reg marks.csv --source north -q || exit 1
"$burin" match m.burin A13074 --receipt r.json >out || exit 1
"$burin" match m.burin A13074 --log queries >out || exit 1
mkfifo pipe
kept=(marks.csv m.burin reg r.json queries pipe)

# await_end: waits for the job, which is killed if it has not ended long after it must have; sets status.
await_end() {
  status=0
  for ((waited = 0; waited < 100; ++waited)); do
    if ! kill -0 "$job" 2>/dev/null; then break; fi
    sleep 0.1
  done
  kill -KILL "$job" 2>/dev/null
  wait "$job" || status=$?
}

# ends NAME COMMAND...: begun, asleep, and sent SIGINT or SIGTERM, it says so in one line and leaves nothing.
ends() {
  local signal code
  for signal in INT TERM; do
    name="$1, $signal"
    if [[ $signal == INT ]]; then code=130; else code=143; fi
    env --default-signal=INT,TERM "${@:2}" >out 2>err &
    job=$!
    for ((slept = 0, waited = 0; slept < 2 && waited < 200; ++waited)); do
      sleep 0.05
      if [[ $(cut -d' ' -f3 "/proc/$job/stat" 2>/dev/null) == S ]]; then slept=$((slept + 1)); else slept=0; fi
    done
    kill -"$signal" "$job" 2>/dev/null
    await_end
    if [[ $status -eq $code && $(cat err) == 'burin: interrupted' ]]; then ok "$name"
    else bad "$name" "$status $(cat err)"; fi
    only "${kept[@]}"
  done
}

set -m
# What is read.
ends 'a table' "$burin" build pipe -o x.burin --rejects bad.csv
ends 'a table for a registry' "$burin" add reg pipe --source n --rejects bad.csv
ends 'pairs' "$burin" train pipe -o x.json --pairs-out x.csv
ends 'queries' "$burin" match m.burin --queries pipe --receipt x.json
ends 'a table of queries' "$burin" match m.burin --queries pipe --queries-map pattern=serial
ends 'a channel' "$burin" match m.burin A1 --channel ./pipe
ends 'a channel to print' "$burin" channels ./pipe
ends 'synonyms' "$burin" match m.burin A1 --believe maker=Astra --synonyms pipe
ends 'a seal' "$burin" match m.burin --sealed pipe
ends 'a seal to check' "$burin" reading check pipe
ends 'a receipt' "$burin" replay pipe
ends 'a receipt for a report' "$burin" report pipe -o x.html
ends 'serials' "$burin" lookup m.burin --serials pipe
ends 'keys' "$burin" delete reg --source north --keys pipe
ends 'formats' "$burin" formats A1 --formats pipe
ends 'heads' "$burin" audit verify queries --deposited pipe
# What is written.
ends 'a receipt that nobody reads' "$burin" match m.burin A13074 --receipt pipe
ends 'a report that nobody reads' "$burin" report r.json -o pipe
ends 'a seal that nobody reads' "$burin" reading seal A1 -o pipe
ends 'rejects that nobody reads' "$burin" build marks.csv -o x.burin --rejects pipe
exec 7<>pipe
for ((i = 0; i < 3000; ++i)); do echo A13074; done >many.txt
kept+=(many.txt)
ends 'a full pipe' bash -c "exec '$burin' match m.burin --queries many.txt --format ndjson >pipe"
exec 7>&-

# An index is read from a file and from nothing else.
for command in 'info' 'verify' 'dump' 'match A1' 'lookup A1' 'explain A1 --record 1' 'replay'; do
  read -ra words <<<"$command"
  arguments=(pipe "${words[@]:1}")
  if [[ $command == replay ]]; then arguments=(r.json --index pipe); fi
  fails "$command of a pipe" 5 '(explain: )?pipe: is a pipe; expected a regular file$' \
    "$burin" "${words[0]}" "${arguments[@]}"
done
fails 'info of a device' 5 '/dev/zero: is a device; expected a regular file$' "$burin" info /dev/zero
fails 'an index into a pipe' 5 'pipe: is a pipe or a device; expected a file for the index$' \
  "$burin" build marks.csv -o pipe

# What never ends is no table, no list, no receipt and no channel.
for command in 'build /dev/zero -o x.burin' 'add reg /dev/zero' 'match m.burin --queries /dev/zero --threads 2' \
  'lookup m.burin --serials /dev/zero' 'delete reg --keys /dev/zero' 'train /dev/zero -o x.json' \
  'match m.burin A1 --believe maker=A --synonyms /dev/zero' 'formats A1 --formats /dev/zero'; do
  # shellcheck disable=SC2086
  fails "burin $command" 3 '/dev/zero: line 1: has no end within 64 MiB; expected a table$' "$burin" $command
done
fails 'an endless channel' 3 '/dev/zero: .*bytes: at most' "$burin" channels /dev/zero
fails 'an endless receipt' 3 '/dev/zero: .*bytes: at most' "$burin" replay /dev/zero

# At any moment of a build and of a registry's work: all of it or nothing, and no file that is half of one.
awk 'BEGIN { print "serial,key"
  for (i = 0; i < 60000; ++i) printf "AB%08dXYZ,%d\n", i * 7919 % 100000007, i }' >many.csv
kept+=(many.csv)
for i in {0..11}; do
  name="moment $i"
  if ((i % 2 == 0)); then words=(build many.csv -o x.burin --rejects bad.csv); else words=(add new many.csv); fi
  env --default-signal=INT "$burin" "${words[@]}" --no-progress >out 2>err &
  job=$!
  sleep "$(awk -v i="$i" 'BEGIN { print 0.02 + i * i * 0.01 }')"
  kill -INT "$job" 2>/dev/null
  await_end
  # A signal may come before the tool has begun to catch them.
  if [[ $status -eq 130 && $(cat err) =~ ^(burin: interrupted)?$ && ! -e x.burin ]]; then ok "$name: ended"
  elif [[ $status -eq 0 && ! -s err ]]; then ok "$name: it was done"
  else bad "$name" "$status $(cat err)"; fi
  if [[ -e new ]]; then run "$name: the registry is sound" 0 "$burin" verify new -q; fi
  if [[ -e x.burin ]]; then run "$name: the index is sound" 0 "$burin" verify x.burin -q; fi
  if [[ -e bad.csv && ! -e x.burin ]]; then bad "$name" "rejects of no index"; fi
  rm -rf new x.burin bad.csv
  only "${kept[@]}"
done
set +m
finish
