#!/usr/bin/env bash
# burin formats: serials and readings against the formats of makers, through the binary.
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
{
  echo '# a comment'
  printf 'Astra|Unceta\t-\t[0-9]{5}\t1200\t1908-1997\ta ledger\t-\n'
  printf 'Astra\tA-80\tA[0-9]{4}\t-\t1982-\ta catalogue\tStamped, not engraved.\n'
  printf 'Star, S.A.\t-\t[0-9]{4,6}\t7\t-\ta ledger\t-\n'
  printf -- '-\tof nobody in particular\t☆{1,2}[0-9]{5}|[0-9]{5}\t-\t-\tan old book\t-\n'
} >own.tsv

run "table" 0 "$burin" formats '1234?' --formats own.tsv --format table
golden formats.table
silent
run "csv" 0 "$burin" formats '1234?' --formats own.tsv --format csv
golden formats.csv
run "a model that it does not fit, as ndjson" 1 "$burin" formats '1234?' --formats own.tsv --maker unceta --model a-80 \
  --format ndjson
prints '"fit":"other model"'
run "csv away from a terminal" 0 "$burin" formats '☆12345' --formats own.tsv
prints '^,of nobody in particular,'
run "a maker" 0 "$burin" formats 'A?3*' --formats own.tsv --maker UNCETA --format ndjson
golden formats.ndjson
run "another model" 1 "$burin" formats 12345 --formats own.tsv --maker astra --model 'A-80' --format table
prints '^Maker: fits Astra, but not what is known of its model A-80: A, 4 digits \(model A-80\)\.$'
run "a maker that it does not fit" 1 "$burin" formats A1234 --formats own.tsv --maker 'star, s.a.' --format table
prints '^Maker: fits nothing that is known of Star, S.A.: 4 to 6 digits \(7 seen\)\.$'
run "an unknown maker" 1 "$burin" formats A1234 --formats own.tsv --maker nobody --format table
prints '^Maker: no formats of nobody are known\.$'
run "no format" 1 "$burin" formats ABC --formats own.tsv --format table
prints '^No known format fits\.$'
run "table from standard input" 0 bash -c '"$0" formats 12345 --formats - <own.tsv' "$burin"
prints '^Astra,'

run "the table that Burin brings" 0 "$burin" formats ABCD123 --maker glock
prints '^GLOCK,,\[A-Z\]\{4\}\[0-9\]\{3\},"4 letters, 3 digits",[0-9]+,'
prints_not TAURUS
run "a damaged serial" 0 "$burin" formats 'T??1[38]4*' --maker 'S&W'
prints '^SMITH & WESSON,'
run "help" 0 "$burin" formats --help
golden formats_help.txt

fails "no pattern" 2 'formats: ' "$burin" formats
fails "a malformed pattern" 2 'PATTERN: column 3: expected ' "$burin" formats 'A['
fails "a model without a maker" 2 'formats: --model requires --maker' "$burin" formats A1 --model 7
fails "a format that is none" 2 'formats: --format: ' "$burin" formats A1 --format xml
printf 'A\t-\tA{2,\t-\t-\tx\t-\n' >bad.tsv
fails "a bad line" 3 'bad.tsv, line 1, column pattern: character 5: expected a number' \
  "$burin" formats A1 --formats bad.tsv
fails "no such file" 5 'none.tsv: .*No such file' "$burin" formats A1 --formats none.tsv
fails "a directory" 5 '/: .*[Dd]irectory' "$burin" formats A1 --formats /
fails "full disk" 5 'standard output: No space left on device' bash -c "'$burin' formats A1 >/dev/full"
only own.tsv bad.tsv
finish
