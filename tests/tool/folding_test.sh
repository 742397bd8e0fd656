#!/usr/bin/env bash
# Indexes of an earlier folding: they say so and answer as they did, receipts of them replay, registries take no rows
# until they are refolded. The golden ones were written by the first folding.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
golden="$root/tests/testdata/golden/folding1"
cp -r "$golden"/. .

# An index, and a registry, that were written before.
run "info of an index" 0 "$burin" info index.burin
prints '^index.burin: index of format 1.0, folding 1 \(the present one is 2\), '
run "info of a registry" 0 "$burin" info registry --format ndjson
prints '"folding_version":1'
run "verify" 0 "$burin" verify registry
run "the answers of before" 0 "$burin" match index.burin --queries queries.txt --within 0
if grep -q '^burin: note: the index is of folding 1 and is searched by that; words are of folding 2$' err; then
  ok "$name: says so"
else
  bad "$name" "no note: $(cat err)"
fi
if cmp -s out index_answer.csv; then ok "$name"; else bad "$name" "$(diff index_answer.csv out | head -n 3)"; fi
run "those of a registry" 0 "$burin" match registry łuk12345 --within 0
if cmp -s out registry_answer.csv; then ok "$name"; else bad "$name" "$(diff registry_answer.csv out | head -n 3)"; fi
for receipt in index typed registry pin; do
  run "replay of $receipt" 0 "$burin" replay "${receipt}_receipt.json" --exhaustive -q
  prints '^same: '
done
run "a letter without its mark is another there" 1 "$burin" match registry O77A5 --within 0
run "lookup folds as the index does" 0 "$burin" lookup registry ø77å5
prints '^1,ø77å5,Ø77Å5,3,k3,north'
run "estimate" 0 "$burin" match registry 'İZ1234' --within 0 --count=exact
run "joint marks" 0 "$burin" match index.burin 'İZ1234' --also 'İZ123?' --receipt joint.json
run "joint replay" 0 "$burin" replay joint.json -q
run "explain" 0 "$burin" explain index.burin 'İZ1234' --record 2
prints '0'

# A registry has one folding.
fails "add" 4 '.*registry: its serials were folded by version 1.*version 2, .*burin compact --refold' \
  "$burin" add registry more.csv --map serial=serial,key=key --source west --rejects rejects.csv
printf 'k8\n' >keys.txt
run "delete" 0 "$burin" delete registry --keys keys.txt --source north
run "compact alone keeps it" 0 "$burin" compact registry
run "info" 0 "$burin" info registry
prints 'folding 1 '
run "refold" 0 "$burin" compact registry --refold
prints '^registry: refolded from 1 to 2, 12 rows read anew: [0-9]+ otherwise than before, [0-9]+ under new record ids$'
run "info" 0 "$burin" info registry
prints 'folding 2,'
run "refold again" 0 "$burin" compact registry --refold
prints '^registry: of folding 2 already'
run "verify" 0 "$burin" verify registry
for text in İZ1234 iz1234 $'I\u0307Z1234'; do
  run "the new answer to $text" 0 "$burin" match registry "$text" --within 0
  prints ',2,k2,north,IZ1234,İZ1234,'
  prints ',14,m1,south,IZ1234,IZ1234,'
done
run "add after it" 0 "$burin" add registry more.csv --map serial=serial,key=key --source west -q
run "the pinned state" 1 "$burin" match registry IZ1234 --pin case-7 --within 0
run "a pinned receipt" 0 "$burin" replay pin_receipt.json --exhaustive -q
prints '^same: '
fails "a receipt of a state that is gone" 4 '.*state 3 was erased' "$burin" replay registry_receipt.json -q
fails "over the refolded registry" 4 '.*the receipt is of folding 1, the index of folding 2' \
  "$burin" replay index_receipt.json --index registry -q
run "rebuild" 0 "$burin" build rows.csv --map serial=serial,key=key --source north -o new.burin -q
fails "over a new index" 4 '.*the receipt is of folding 1, the index of folding 2' \
  "$burin" replay index_receipt.json --index new.burin -q

# Whole recorded texts.
run "a whole text" 0 "$burin" lookup registry 'MDY272(cano) FLB721(ferrolho)'
prints '^1,MDY272\(cano\) FLB721\(ferrolho\),MDY272,6,k6,'
prints '^1,MDY272\(cano\) FLB721\(ferrolho\),FLB721,7,k6,'
run "of a partial record, of another" 0 "$burin" lookup registry 'A?12' 'É*9' 'N°Ø5566' --format ndjson
prints '"query":"A\?12","serial":"","records":\[\{"record_id":"8","key":"k7","source":"north","serial":"A\?12"'
prints '"record_id":"12","key":"k11","source":"north","serial":"E\*9"'
prints '"query":"N°Ø5566","serial":"O5566","records":\[\{"record_id":"15"'
run "of none" 0 "$burin" lookup new.burin desconhecido
prints '^1,desconhecido,,9,k8,north'
fails "a pattern is no text" 2 'TEXT: it has unreadable characters' "$burin" lookup registry 'A?13'
fails "refold's option alone" 2 '.*' "$burin" compact registry --unreadable '?'
finish
