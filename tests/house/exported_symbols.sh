#!/usr/bin/env bash
# Compares the names that libburin.so exports with exported_symbols.txt and with what the public headers declare.
#   exported_symbols.sh LIBRARY           compares; exit code 1 if they differ
#   exported_symbols.sh LIBRARY --write   writes the list anew: look at the difference before it is committed
set -euo pipefail
export LC_ALL=C
library=$1
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
list="$here/exported_symbols.txt"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Functions and data with their version node; the node itself is an absolute symbol (A).
nm -D --defined-only "$library" | awk '$2 != "A" { print $3 }' | sort >"$work/exported"
if [[ ${2-} == --write ]]; then
  { echo "# Names that libburin.so exports, with their version node. Made by exported_symbols.sh LIBRARY --write."
    cat "$work/exported"; } >"$list"
  echo "$(wc -l <"$work/exported") names written"
  exit 0
fi

status=0
grep -v '^#' "$list" | sort >"$work/listed" || true
if ! diff -u --label exported_symbols.txt "$work/listed" --label libburin.so "$work/exported"; then
  status=1
fi
# Every exported function is declared in a public header and the other way round: the name after BURIN_API and before
# the first parenthesis. The preprocessor takes the comments away.
cat "$here"/../../include/burin/*.h | cc -w -fpreprocessed -dD -E -P -x c - | grep -v '^#' | tr '\n' ' ' |
  grep -o 'BURIN_API [^;{(]*(' | grep -o 'burin_[a-z0-9_]* *($' | tr -d ' (' | sort -u >"$work/declared" || true
sed 's/@.*//' "$work/exported" | sort -u >"$work/plain"
if ! diff -u --label "include/burin" "$work/declared" --label libburin.so "$work/plain"; then
  status=1
fi
exit $status
