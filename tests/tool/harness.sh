# For the scripts that drive the tool: sourced, with the tool in $BURIN_TOOL. Works in a folder of its own, which goes
# at the end. Every check prints "ok NAME" or "not ok NAME why"; finish ends the script with 1 if one failed.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
burin="$(realpath "${BURIN_TOOL:?the tool to test}")"
export NO_COLOR=1
failures=0
work="$(mktemp -d "${TMPDIR:-/tmp}/burin-tool-XXXXXX")"
mounted=''
clean_up() {
  if [[ -n $mounted ]]; then umount "$mounted" 2>/dev/null; fi
  rm -rf "$work"
}
trap clean_up EXIT
cd "$work" || exit 1

ok() { printf 'ok %s\n' "$1"; }
bad() {
  printf 'not ok %s: %s\n' "$1" "$2"
  failures=$((failures + 1))
}

# run NAME CODE COMMAND...: runs it with standard output in out and standard error in err, and checks the exit code.
run() {
  name=$1
  local expected=$2 status=0
  shift 2
  "$@" >out 2>err || status=$?
  if [[ $status -ne $expected ]]; then
    bad "$name" "exit code $status instead of $expected; $(head -n 2 err | tr '\n' ' ')"
    return 1
  fi
  ok "$name: exit code $expected"
}

# fails NAME CODE REGEX COMMAND...: as run, with exactly one line on standard error that the expression fits.
fails() {
  local regex=$3
  run "$1" "$2" "${@:4}" || return
  if [[ $(wc -l <err) -ne 1 ]]; then
    bad "$name" "$(wc -l <err) lines on standard error instead of one"
  elif ! grep -qE "^burin: $regex" err; then
    bad "$name" "standard error is '$(cat err)'"
  else
    ok "$name: one line says what and where"
  fi
}

# prints REGEX: the last command wrote a line that fits to standard output. prints_not: it did not.
prints() {
  if grep -qE -- "$1" out; then ok "$name: $1"; else bad "$name" "no line fits '$1': $(head -c 300 out)"; fi
}
prints_not() {
  if grep -qE -- "$1" out; then bad "$name" "a line fits '$1'"; else ok "$name: no $1"; fi
}

# silent: nothing on standard error.
silent() {
  if [[ -s err ]]; then bad "$name" "standard error: $(head -n 1 err)"; else ok "$name: nothing on standard error"; fi
}

# golden FILE: standard output is what the file holds. BURIN_UPDATE_GOLDEN=1 writes the file instead.
golden() {
  if [[ ${BURIN_UPDATE_GOLDEN:-0} == 1 ]]; then cp out "$here/golden/$1"; fi
  if cmp -s out "$here/golden/$1"; then
    ok "$name: as in golden/$1"
  else
    bad "$name" "differs from golden/$1: $(diff "$here/golden/$1" out | head -n 5 | tr '\n' ' ')"
  fi
}

# only FILE...: the folder holds these files and nothing else, hidden ones included.
only() {
  local expected found
  expected="$(printf '%s\n' out err "$@" | LC_ALL=C sort)"
  found="$(find . -mindepth 1 -maxdepth 1 -printf '%f\n' | LC_ALL=C sort)"
  if [[ $expected == "$found" ]]; then
    ok "$name: nothing left over"
  else
    bad "$name" "files are $(tr '\n' ' ' <<<"$found")instead of $(tr '\n' ' ' <<<"$expected")"
  fi
}

finish() {
  if [[ $failures -gt 0 ]]; then
    echo "$failures failed"
    exit 1
  fi
  echo "all passed"
}

# marks.csv: seven rows with everything in them.
write_marks() {
  cat >marks.csv <<'CSV'
serial,key,maker,year,weapon,component,mark_class,date
A1-3948,W-1,Astra,1951,w1,frame,serial,1990
A1 8047,W-2,Astra,1952,w2,slide,serial,1995-03
B77120,W-3,Beretta,,w1,barrel,import,
A18?47,W-4,Astra,1960,,frame,serial,
unknown,W-5,Colt,,,,,
n/a,W-6,Colt,,,,,
A13074,W-7,"Star, S.A.",1970,w7,frame,serial,2001
CSV
}
