#!/usr/bin/env bash
# burin match: every option, through the binary.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
write_marks
"$burin" build marks.csv -o m.burin --source lab -q || exit 1
match() { "$burin" match m.burin "$@"; }

# keys EXPECTED ARGUMENTS...: the keys of the hits, in order.
keys() {
  local expected=$1 found
  shift
  found="$(match "$@" --format ndjson 2>err | grep -o '"key":"[^"]*"' | cut -d'"' -f4 | tr '\n' ' ')"
  if [[ ${found% } == "$expected" ]]; then ok "$*: $expected"; else bad "$*" "keys $found instead of $expected"; fi
}

# The three formats.
for format in table csv ndjson; do
  run "unit costs as $format" 0 match 'A1[38]?47~' --within 2 --format $format
  golden "within.$format"
  silent
  run "channel as $format" 0 match 'A1[38]?47~' --format $format
  golden "channel.$format"
done
run "csv unless on a terminal" 0 match 'A1[38]?47~' --within 2
golden within.csv
run "colours" 0 match 'A1[38]?47~' --within 2 --format table --color always
prints $'\033'
run "no hit" 1 match ZZZZZZZZ --within 1 --format table
prints '^No record is within 1 edit: all were considered, none is listed.$'
prints '^Searched: 5 records of 7; 2 have no mark that can be searched.$'
run "no hit as ndjson" 1 match ZZZZZZZZ --within 1 --format ndjson
prints '"complete":true,"not_searched":2,"hits":\[\]\}$'

# What is found.
keys 'W-2 W-4' A18047 --within 0
keys 'W-7 W-2' A18074 --within 1 --top 2
keys 'W-7 W-2 W-4' A18074 --within 1
keys 'W-7' A18074 --within 1 --metric hamming
keys 'W-7' A18074 --within 1 --metric levenshtein
keys 'W-7 W-1' 'A1[3]???' --metric osa --top 2
keys 'W-3' B77120 --max-cost 0.1
keys 'W-3' B77120 --channel typed --top 1
keys 'W-2 W-4' A18047 --channel etched --top 3
printf '{"burin_channel": 1, "name": "mine", "extends": "worn", "rate": 0.03}' >mine.json
run "a channel of one's own" 0 match A18047 --channel mine.json --top 3 --format ndjson
prints '"channel":\{"name":"mine","hash":"[0-9a-f]{64}"\}'
run "the same, from elsewhere" 0 match A18047 --channel ./mine.json --top 3
run "channels" 0 "$burin" channels
golden channels.csv
run "a channel as it is shipped" 0 "$burin" channels worn
if cmp -s out "$root/src/channel/file/data/worn.json"; then ok "worn as shipped"; else bad "worn as shipped" differs; fi
run "a channel with all its numbers" 0 "$burin" channels mine.json --expand
prints '^  "parent": "worn",$'
mv out all.json
run "all its numbers again" 0 "$burin" channels ./all.json --expand
if cmp -s out all.json; then ok "nothing is lost"; else bad "nothing is lost" differs; fi
# Evidence.
run "evidence" 0 match A18047 --format ndjson --top 3
prints '"evidence":\{"complete":true,.*"prior_present":0.9,"not_in_registry":[0-9.e-]*,.*"not_excluded":[0-9]*,'
prints '"log10_lr":[0-9.e-]*,"not_excluded":true,"posterior":[0-9.e-]*,"posterior_search_low":[0-9.e-]*,'
run "evidence, and another prior" 0 match A18047 --format csv --prior-present 0.25
prints ',text,log10_lr,not_excluded,posterior,posterior_search_low,posterior_search_high,not_in_registry,prior_present'
prints ',yes,.*,0.25,'
run "a ratio that nothing has" 0 match A18047 --format table --min-lr 300
prints 'Not excluded: 0 records of 5\.$'
prints ', excluded; posterior '
run "evidence of many queries" 0 bash -c 'printf "A18047\nB77120\nA1?[38]4*\n" >e.txt
  "$0" match m.burin --queries e.txt --format ndjson >a
  "$0" match m.burin --queries e.txt --format ndjson --threads 3 >b
  BURIN_DISABLE_TARGETS=all "$0" match m.burin --queries e.txt --format ndjson >c; cmp a b && cmp a c' "$burin"
hash_of() { match A1 --channel "$1" --max-cost 99 --format ndjson | grep -o '"hash":"[0-9a-f]*"'; }
if [[ -n $(hash_of mine.json) && $(hash_of mine.json) == "$(hash_of all.json)" ]]; then ok "one hash"
else bad "one hash" "$(hash_of mine.json) $(hash_of all.json)"; fi
keys 'W-7 W-1 W-2 W-4 W-3' '*' --within 0 --top all
keys 'W-7 W-1 W-2' '*' --within 0 --by weapon --where 'weapon!='
keys 'W-7 W-1' '*' --within 0 --where 'maker!=Beretta' --where 'date>=1990' --where 'component=FRAME'
keys 'W-7' '*' --within 0 --where 'maker=star, s.a.'
keys 'W-3' '*' --within 0 --where year=
keys 'W-3' '*' --within 0 --class import
keys 'W-2 W-3' '*' --within 0 --component slide --component barrel
keys 'W-1 W-4 W-3' '*' --within 0 --date 1992
keys 'W-2 W-4' 804 --part --within 0
keys 'W-2 W-4' 47 --part=tail --within 0
keys 'W-7 W-1' A13 --part=head --within 0
keys '' A13 --within 0
keys 'W-3' 'B*' --length 6 --within 0
keys '' 'B*' --length 1..5 --within 0
keys 'W-2 W-4' A18O47 --ncic --within 0
keys 'W-3' B77120 --within 0 --read-into-memory
run "by serial" 0 match 'A1????' --within 0 --by serial --format table
prints '^[0-9]+ serials are not excluded'

# Many queries.
printf 'A1*\r\n[A-\nB7\n\nB77120' >q.txt
fails "bad lines, and a blank one that is none" 3 'q.txt, line 2: column 4: .*of the pattern$' \
  match --queries q.txt --within 0 --format ndjson
golden queries.ndjson
fails "bad lines as a table" 3 'q.txt, line 2: ' match --queries q.txt --within 0 --format table
golden queries.table
fails "bad lines as csv" 3 'q.txt, line 2: ' match --queries q.txt --within 0 --format csv
golden queries.csv
run "queries from standard input" 0 bash -c '"$0" match m.burin --queries - --within 0 <<<B77120' "$burin"
prints '^1,B77120,1,0,0,3,W-3,lab,B77120,B77120,'
printf 'id;what\nlab 7;B77120\n;"A1*"\n' >q.csv
run "queries from a table" 0 match --queries q.csv --queries-map pattern=what,id=id --within 0 --top 1 --format ndjson
prints '^\{"id":"lab 7","query":"B77120"'
prints '^\{"id":"3","query":"A1\*"'
run "no query" 1 match --queries /dev/null --within 0 --format ndjson
prints_not .
run "no query has a hit" 1 \
  bash -c 'printf "ZZZ\nYYY\n" | "$0" match m.burin --queries - --within 0 --format ndjson' "$burin"

# The number of threads changes nothing.
for ((i = 0; i < 500; ++i)); do printf 'A%d?[0-9]*\n' $((i % 100)); done >many.txt
for format in table csv ndjson; do
  run "one thread, $format" 0 match --queries many.txt --within 1 --format $format
  mv out one
  run "four threads, $format" 0 match --queries many.txt --within 1 --format $format --threads 4
  if cmp -s one out; then ok "threads agree on $format"; else bad "threads agree on $format" "output differs"; fi
done

# Timing and budgets.
run "timing" 0 match --queries many.txt --within 1 --format ndjson --timing
if [[ $(grep -cE '"ns":[0-9]+,"work":[0-9]+,"hits"' out) -eq 500 ]]; then ok "ns and work"
else bad "ns and work" "missing"; fi
if grep -qE '^burin: 500 queries timed: median [0-9]+ ns, p99 [0-9]+ ns' err; then
  ok "summary of times"
else
  bad "summary of times" "$(cat err)"
fi
run "timing as csv" 0 match B77120 --within 0 --timing
prints '^query_id,.*,text,ns,work,'
run "timing quietly" 0 match B77120 --within 0 --timing --quiet
silent
run "timing without ns and work is the same" 0 \
  bash -c '"$0" match m.burin --queries many.txt --within 1 --format ndjson \
  --timing 2>/dev/null | sed -E "s/\"ns\":[0-9]+,\"work\":[0-9]+,//" >a
  "$0" match m.burin --queries many.txt --within 1 --format ndjson >b; cmp a b' "$burin"
run "work runs out" 6 match '*7*' --within 3 --max-work 1 --format ndjson
prints '"complete":false,"certificate":[0-9]+'
run "work runs out, for people" 6 match '*7*' --within 3 --max-work 1 --format table
prints '^The budget ran out: '
run "work runs out in every query" 6 match --queries many.txt --within 2 --max-work 1 --format ndjson
run "more hits than allowed" 6 match 'A1????' --within 1 --max-hits 2 --format ndjson
prints '"complete":false,"certificate":0,"not_searched":2,"hits":\[\{.*\},\{.*\}\]\}$'
run "more hits than allowed, for people" 6 match 'A1394?' --within 4 --max-hits 2 --format table
prints '^Stopped at 2 records not excluded: there are more; every record below [1-4] edits? is listed.$'
run "more hits than memory holds" 6 match 'A1????' --within 1 --max-memory 1024 --format ndjson
prints '"complete":false,"certificate":0,"not_searched":2,"hits":\[\{.*\},\{.*\}\]\}$'
silent
run "more hits than memory holds, for people" 6 match 'A1394?' --within 4 --max-memory 1KiB --format table
prints '^Stopped at 2 records not excluded: there are more; every record below [1-4] edits? is listed.$'
run "fewer hits than memory holds" 0 match 'A1????' --within 0 --max-memory 2KiB
run "more hits than memory holds, weighed" 6 match 'A1????' --top all --max-memory 2KiB --format ndjson
prints '"complete":false,'
run "more hits than memory holds, of several marks" 6 match 'A1????' --mark 'barrel:B7????' --top all --max-memory 1
run "memory for the best" 0 match 'A1????' --within 2 --top 2 --max-memory 1KiB
run "a count needs no memory" 0 match 'A1????' --count=exact --within 0 --max-memory 1 --format csv
run "a queries file against memory" 6 match --queries many.txt --within 2 --max-memory 512 --threads 3
run "as many hits as allowed" 0 match 'A1????' --within 0 --max-hits 4
for format in table csv ndjson; do
  run "an estimate as $format" 0 match 'A18?[34]7' --count --within 0 --format $format
  golden "count.$format"
  silent
done
run "an exact count" 0 match 'A1????' --count=exact --within 0 --format ndjson
prints '"complete":true,"not_searched":2,"work":[0-9]+,"count":4\}$'
run "an exact count as csv" 0 match 'A1????' --count=exact --within 0 --format csv
prints '^1,A1\?\?\?\?,4,true,1,[0-9]+$'
run "an exact count for people" 0 match 'A1????' --count=exact --within 0 --format table
prints '^Counted: 4 not excluded.$'
run "a count of nothing" 1 match ZZZZZZZZ --count=exact --within 1 --format csv
prints ',0,true,2,'
run "a count that stops" 6 match '*' --count=exact --within 0 --max-hits 2 --format ndjson
prints '"complete":false,"certificate":0,.*"count":2\}$'
fails "a count of something else" 2 "match: --count: expected nothing, or exact, instead of 'x'" match A --count=x
fails "a count and the best" 2 'match: --count counts all hits: --top has no meaning' match A --count --top 3
fails "a count and timing" 2 'match: --timing measures searches' match A --count --timing
for how in --count --count=exact; do
  run "one thread, $how" 0 match --queries many.txt --within 1 $how --format ndjson
  mv out one
  run "three threads, $how" 0 match --queries many.txt --within 1 $how --format ndjson --threads 3
  if cmp -s one out; then ok "threads agree on $how"; else bad "threads agree on $how" "output differs"; fi
done
run "work that suffices" 0 match '*7*' --within 3 --max-work 1000000
run "deadline that suffices" 0 match '*7*' --within 3 --deadline 600000
run "help" 0 "$burin" match --help
prints 'Exit codes'
run "version" 0 "$burin" --version
prints '^burin [0-9]+\.[0-9]+\.[0-9]+ \(index format 1\)$'
finish
