#!/usr/bin/env bash
# No set of instructions changes a byte of an index or of an answer: the same whatever BURIN_DISABLE_TARGETS says.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
unset BURIN_DISABLE_TARGETS

# Serials of several lengths and forms, in runs and spread; readings of each kind.
awk 'BEGIN { print "serial,maker"
  symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  for (i = 0; i < 20000; ++i) {
    serial = ""
    length_of = 5 + i % 3 * 2 + (i % 50 == 0 ? 8 : 0)
    for (p = 0; p < length_of; ++p) { seed = (seed * 69069 + 12345) % 4294967296
      serial = serial substr(symbols, 1 + int(seed / 65536) % 36, 1) }
    print (i % 4 == 0 ? "AB" 100000 + i : serial) "," i % 7
  } }' >many.csv
printf '%s\n' 'AB1?234' 'AB10[01]3*' '*777' '?B1??12' 'Q7X4A' 'AB11~111!1' '??????' >queries.txt
run build 0 "$burin" build many.csv -o many.burin -q
run version 0 "$burin" --version
prints '^cpu target: [A-Z0-9_]+$'
best="$(tail -n 1 out)"

ask() {
  "$burin" match many.burin --queries queries.txt --within 2 --top 3000 --format csv &&
    "$burin" match many.burin --queries queries.txt --within 1 --metric hamming --format ndjson &&
    "$burin" match many.burin --queries queries.txt --channel typed --top 40 --format ndjson &&
    "$burin" lookup many.burin AB100004 AB100008 Q7X4A
}
run "all targets" 0 ask
mv out expected
for targets in AVX3 AVX3,AVX2 avx2,sse4 SSSE3 all nonsense; do
  export BURIN_DISABLE_TARGETS=$targets
  run "without $targets" 0 ask
  if cmp -s out expected; then ok "answers without $targets"; else bad "answers without $targets" "other bytes"; fi
  run "build without $targets" 0 "$burin" build many.csv -o again.burin -q --threads 2
  name="index without $targets"
  if cmp -s many.burin again.burin; then ok "$name"; else bad "$name" "other bytes"; fi
  run "version without $targets" 0 "$burin" --version
  now="$(tail -n 1 out)"
  case $targets in
    nonsense) if [[ $now == "$best" ]]; then ok "ignored"; else bad "ignored" "$now"; fi ;;
    all)
      case $best in
        *SSSE3 | *SSE4 | *AVX*) if [[ $now != "$best" ]]; then ok "slower"; else bad "slower" "still $now"; fi ;;
      esac ;;
    *) if grep -qwiE "${targets//,/|}" <<<"$now"; then bad "taken away" "still $now"; else ok "now $now"; fi ;;
  esac
done
finish
