#!/usr/bin/env bash
# burin match with more evidence than a reading: --believe, --also, --mark, --synonyms.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
cat >arms.csv <<'CSV'
serial,key,weapon,component,maker,importer,year
A1234,R-1,w1,frame,Glock,,1990
4711,R-2,w1,barrel,Glock,,1990
A1234,R-3,w2,receiver,Crvena Zastava,,1991
4799,R-4,w2,barrel,,,
A1284,R-5,w3,frame,FN,Zastava,2001
4711,R-6,w3,Lauf,,,
A1234,R-7,,,,,
CSV
"$burin" build arms.csv -o a.burin -q || exit 1
match() { "$burin" match a.burin "$@"; }

keys() {
  local expected=$1 found
  shift
  found="$(match "$@" --format ndjson 2>err | grep -o '"key":"[^"]*"' | cut -d'"' -f4 | tr '\n' ' ')"
  if [[ ${found% } == "$expected" ]]; then ok "$*: $expected"; else bad "$*" "keys $found instead of $expected"; fi
}

# Beliefs reorder and drop nothing.
keys 'R-1 R-3 R-7 R-5' A1234
keys 'R-3 R-7 R-1 R-5' A1234 --believe maker=Zastava
keys 'R-3 R-7 R-1 R-5' A1234 --believe 'maker=Zastava Arms, Inc.:0.9'
keys 'R-7 R-1 R-3 R-5' A1234 --believe maker=GLC --believe year=1991
run "terms" 0 match A1234 --believe maker=Zastava --top 2 --format ndjson
prints '"joint":\[\{"of":"mark","stands":"read","record_id":"3","cost":[0-9.]+,"words":"mark: recorded A1234"\},'
prints '\{"of":"attribute","stands":"agrees","cost":0,"words":"maker: stated Zastava, recorded Crvena Zastava"\}'
prints '"stands":"absent","cost":[0-9.]+,"words":"maker: stated Zastava, not recorded"'
run "table" 0 match A1284 --believe maker=Zastava --top 1 --format table
prints '^ +[0-9.]+  maker: stated Zastava, recorded FN; importer recorded Zastava: related$'
prints '^ +log10 LR with what is believed [-0-9.e]+, '
run "evidence" 0 match A1234 --believe maker=Zastava --prior-present 0.5 --top 1 --format ndjson
prints '"prior_present":0.5,.*"log10_lr":[0-9.]+,.*"posterior":0.[0-9]+,'
run "no evidence of several readings" 0 match A1234 --also A1284 --believe maker=Zastava --top 1 --format ndjson
prints_not 'log10_lr|posterior'
fails "nor a prior" 2 "match: --prior-present and --min-lr are of evidence, which is weighed for one reading.*" \
  match A1234 --also A1284 --prior-present 0.5
printf '# mine\nmaker\tGlock\tWonder Arms\ta letter\n' >own.tsv
keys 'R-1 R-7 R-3 R-5' A1234 --believe 'maker=wonder-arms' --synonyms own.tsv

# Several marks of one weapon.
keys 'R-1 R-7 R-3 R-5' A1234 --mark barrel:4711
keys 'R-1 R-7 R-3 R-5' --mark cano:4711 --mark frame:A1234
keys 'R-3 R-7 R-1 R-5' A1234 --mark barrel:4799
run "marks" 0 match A1234 --mark barrel:4711 --format ndjson
prints '"stands":"read","record_id":"2","cost":[0-9.]+,"words":"barrel: recorded 4711"'
prints '"stands":"absent","cost":[0-9.]+,"words":"barrel: not recorded"'
run "marks as a table" 0 match A1234 --mark barrel:4711 --believe maker=Glock --format table
prints '^ +[0-9.]+  barrel: recorded 4711$'
prints '^4 weapons are not excluded'

# Several readings of one mark.
keys 'R-1 R-3 R-7 R-5' 'A12?4' --also 'A1234'
keys 'R-5 R-1 R-3 R-7' 'A12?4' --also 'A1284' --also 'A12[8B]4~'
run "readings" 0 match 'A12?4' --also 'A1284~' --mark barrel:4711 --believe maker=FN --format table
prints 'barrel: recorded 4711'

# What is wrong is said in one line.
fails "no value" 2 "--believe: expected ATTRIBUTE=VALUE or ATTRIBUTE=VALUE:P instead of 'maker'|match: --believe.*" \
  match A1 --believe maker
fails "no probability" 2 "match: --believe: expected a probability between 0 and 1 in 'year=1990:1.5'" \
  match A1 --believe year=1990:1.5
fails "edits" 2 "match: --within counts edits; --believe is weighed by probability and needs a channel" \
  match A1 --within 1 --believe maker=FN
fails "an unknown attribute" 2 "match: no attribute 'colour'; there are .*" match A1 --believe colour=red
fails "twice" 2 "match: attribute 'maker' is believed and is a condition too: it would count twice" \
  match A1 --believe maker=FN --where maker=FN
fails "synonyms alone" 2 "match: --synonyms compares believed attributes: it needs --believe" \
  match A1 --synonyms own.tsv
printf 'maker\tGlock\n' >bad.tsv
fails "a bad table" 3 "bad.tsv, line 1: expected 4 columns with tabs between them.*" \
  match A1 --believe maker=FN --synonyms bad.tsv
fails "an unknown component" 2 "match: no record has the component 'slide'; there are .*" match A1 --mark slide:1
fails "a component twice" 2 "match: two marks of the component 'receiver': .*" match A1 --mark receiver:1
fails "no component" 2 "match: --mark: expected COMPONENT:PATTERN instead of '4711'" match A1 --mark 4711
fails "a bad pattern" 2 "--mark barrel: column 3: .*" match A1 --mark 'barrel:4['
fails "a bad further reading" 2 "--also: column 3: .*" match A1 --also '4['
fails "too many readings" 2 "match: 5 readings of one mark: at most 4" \
  match A1 --also A1 --also A1 --also A1 --also A1
fails "counting" 2 "match: --count counts hits of one mark; with --mark there are several" \
  match A1 --mark barrel:1 --count
run "many queries" 0 \
  bash -c "printf 'A1234\nA1284\n' | '$burin' match a.burin --queries - --mark barrel:4711 --threads 2"
finish
