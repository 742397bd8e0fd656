#!/usr/bin/env bash
# Budgets hold: 200 readings, 66 hostile and 134 drawn from the grammar of patterns, on ten million records of which
# one in fifty is partial, on a file and on a registry of three segments; each by edits, under a channel, and weighed.
# A search that is stopped after 50 ms of processor time runs at most 10 ms longer, and takes at most 512 MiB beside
# what is mapped; one with a budget takes at most 1.2 times what it takes without, 1.5 weighed (samples); an interrupted
# one ends within 100 ms. Processor time is what counts, so other load does not matter. Needs 2 GB of disk, and five
# minutes.
source "$(dirname "${BASH_SOURCE[0]}")/../tool/harness.sh"

build="${BURIN_BUILD:-$root/build/release}"
workload="$build/bench/burin_workload"
overruns="$build/bench/burin_overruns"
folder="$root/tests/acceptance"
if [[ ! -x $workload || ! -x $overruns ]]; then
  bad "the workload writer and burin_overruns" "are not in $build"
  finish
fi

run "workload" 0 "$workload" . w1_10m
awk 'BEGIN { srand(7); print "serial,key,year" }
  {
    s = $0
    if (NR % 50 == 0) {
      p = int(rand() * length(s)) + 1
      q = int(rand() * length(s)) + 1
      s = substr(s, 1, p - 1) "?" substr(s, p + 1)
      s = substr(s, 1, q - 1) (NR % 500 == 0 ? "*" : "?") substr(s, q + 1)
    }
    print s "," NR "," 1950 + NR % 70
  }' w1_10m.txt >all.csv
rm w1_10m.txt
run "the file" 0 "$burin" build all.csv -o whole.burin --quiet
part=0
for lines in 1,5000001 5000002,8000001 8000002,10000001; do
  { if [[ $part -gt 0 ]]; then head -n 1 all.csv; fi; sed -n "${lines}p" all.csv; } >part.csv
  run "commit $((++part))" 0 "$burin" add reg part.csv --source north --quiet
done
rm part.csv

cat >hostile <<'END'
*
?*
*?
**
*5*
*A*B*C*
*A*B*C*D*E*F*
?*?*?*
?*?*?*?*?*?*
*?*?*?*5
[A-Z0-9]*[A-Z0-9]*[A-Z0-9]*
[A-Z0-9]*[A-Z0-9]*[A-Z0-9]*[A-Z0-9]*
[0-9]{0,64}A
A[0-9]{0,64}
[0-9]{0,64}[A-Z]{0,64}
[A-Z]{0,30}[0-9]{0,30}
?{0,64}
?{1,64}5
????????
?????????
??????????
AB??????
??????AB
A??????B
?A?B?C?D
[0-4]{8}
[A-M]{4}[0-4]{4}
[^5]{8}
[^A-Z]{6}
(A|BB|CCC){0,8}
(A|AB|ABC|ABCD){1,8}
(A|B|C|D)(E|F|G|H)(1|2|3|4)*
(ABC|DEF)*(12|34|56){1,3}
(0|1|2|3|4|5|6|7|8|9){8}
(A|?)(B|?)(C|?)(D|?)(E|?)(F|?)
(AB|CDE|AAB){2,4}
(A*|B*|C*)(1|2)
(A?|?B)*
(1?2?|3?4?)(5|6)*
A{1,64}
A{0,64}B{0,64}
A*B*C*1*2*3*
A?*B?*C
0*
*0
000*
*000
*0*0*0*
A~B~C~D~E~F~
A~*B~*C~*
[3 8 B]{8}
[3:.6 8:.3]?[3:.6 8:.3]*
[3:.6 8:.3]{8}
ABCDEFGHIJ
A
AB
ABC
1
12*34*56
K7P2*3X41
(?{0,64}A|B{0,64}?){0,7}
(A{0,64}B{0,64}C{0,64}D{0,64}|1{0,64}2{0,64}){0,2}
?{0,64}?{0,64}?{0,64}?{0,64}?{0,64}?{0,64}
(?{0,1}A{0,1}){0,64}
(ABC|ABD|ACD|BCD|100|101|102|103){2,20}
[A-Z]{1,64}[0-9]{1,64}?{0,64}*
END
# drawn SEED COUNT: readings from the grammar.
drawn() {
  awk -v seed="$1" -v count="$2" '
    function pick(n) { return int(rand() * n) }
    function symbol() { return substr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", pick(36) + 1, 1) }
    function times(  n) {
      n = pick(8)
      if (n == 0) return "{" pick(3) "," 3 + pick(6) "}"
      if (n == 1) return "{" 1 + pick(4) "}"
      return ""
    }
    function term(depth,  n, out, i) {
      n = pick(20)
      if (n < 8) return symbol()
      if (n < 11) return "?" times()
      if (n < 13) return "*"
      if (n == 13) return "[0-9]" times()
      if (n == 14) return "[A-Z]" times()
      if (n == 15) return "[" symbol() symbol() symbol() "]" times()
      if (n == 16) return symbol() "~"
      if (n == 17 || depth > 0) return "[^" symbol() "]"
      out = "("
      for (i = 1 + pick(3); i >= 0; --i) out = out reading(depth + 1, 1 + pick(3)) (i > 0 ? "|" : "")
      return out ")" times()
    }
    function reading(depth, terms,  out) { while (terms-- > 0) out = out term(depth); return out }
    BEGIN { srand(seed); while (count-- > 0) print reading(0, 2 + pick(8)) }'
}
drawn 18 134 >random
cat hostile random >readings
if [[ $(wc -l <readings) -eq 200 ]]; then ok "200 readings"; else bad "200 readings" "$(wc -l <readings)"; fi

# Edits 0 to 3 in turn, every fifth one the best 10 by edits.
awk '{ n = NR % 5; print (n == 4 ? "best:10" : "osa:" n) " " $0; print "typed " $0; print "weighed " $0 }' \
  readings >asked

# judge NAME: lines of burin_overruns.
judge() {
  awk -v name="$1" '$2 == "over" {
      what = $0
      sub(/.* (complete|stopped) +/, "", what)
      if ($1 <= 10) print "ok " name " " what
      else print "not ok " name " " what ": " $1 " ms over"
    }' "$1.out"
}
for where in whole.burin reg; do
  # Twice: the pages of the first pass are read from the disk.
  "$overruns" "$where" 50 <asked >/dev/null 2>&1
  if ! python3 "$folder/peak.py" "$where.peak" "$overruns" "$where" 50 <asked >"$where.out" 2>err; then
    bad "$where" "$(tail -n 1 err)"
    continue
  fi
  judge "$where" | tee "$where.judged" | grep '^not ok' || true
  over=$(grep -c '^not ok' "$where.judged" || true)
  all=$(grep -c . "$where.judged" || true)
  if [[ $over -eq 0 && $all -ge 500 ]]; then
    ok "$where: $all searches stop in time"
  else
    bad "$where: searches stop in time" "$over of $all did not; the worst: $(tail -n 1 "$where.out") ms"
  fi
  mapped=$(du -sk "$where" | cut -f1)
  peak=$(cat "$where.peak")
  if [[ $((peak - mapped)) -le $((512 * 1024)) ]]; then
    ok "$where: memory"
  else
    bad "$where: memory" "$((peak / 1024)) MiB, of which $((mapped / 1024)) are mapped"
  fi
done

# A condition over all records.
awk 'NR % 20 == 0' asked >some
"$overruns" --where 'year>=1980' whole.burin 50 <some >condition.out 2>err
judge condition | grep '^not ok' || ok "with a condition"

# ratio NAME MOST: of lines that take no longer than a second.
ratio() {
  timeout 1200 "$overruns" --ratio whole.burin 0 <"$1" >"$1.out" 2>err
  if awk -v most="$2" '$2 == "times:" && $1 > most { wrong = 1 } $2 == "times:" { ++n } END { exit wrong || n < 5 }' \
    "$1.out"; then
    ok "a budget costs at most $2 times: $1"
  else
    bad "a budget costs at most $2 times: $1" "$(sort -rn "$1.out" | head -n 1)"
  fi
}
for reading in ABC12345 'AB?DE?GH' 'ABCD*' 'A?C?E?G?' 'K7P23X41' 'AB12CD3' '(A|B)BC[0-9]{4}'; do
  echo "osa:1 $reading" >>edits
  echo "osa:2 $reading" >>edits
  echo "typed $reading" >>channel
  echo "weighed $reading" >>weighed
done
ratio edits 1.2
ratio channel 1.2
ratio weighed 1.5

# Interrupted while it searches.
for signal in INT TERM; do
  for options in '--within 3' '--within 0' '' '--max-cost 30'; do
    # shellcheck disable=SC2086
    after=$(python3 "$folder/interrupt.py" "$signal" 0.3 "$burin" match whole.burin '*5*' $options --top 1000000 \
      2>/dev/null)
    read -r code ms <<<"$after"
    if [[ $code != 0 && $ms -le 100 ]]; then
      ok "$signal ends match $options"
    else
      bad "$signal ends match $options" "exit $code, $ms ms of processor time after it"
    fi
  done
done
finish
