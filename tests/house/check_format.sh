#!/usr/bin/env bash
# Every C and C++ file is as clang-format 14 (Debian 12) writes it by .clang-format. Other versions disagree about some
# lines: without that one the test is skipped (exit code 77).
#   tests/house/check_format.sh ROOT          prints one line a place that differs; exit code 1 if there is any
#   tests/house/check_format.sh --self-test   proves that a file that differs is found
set -euo pipefail

formatter=''
for name in clang-format-14 clang-format; do
  if [[ $("$name" --version 2>/dev/null || true) == *'version 14.'* ]]; then
    formatter=$name
    break
  fi
done
if [[ -z $formatter ]]; then
  echo "clang-format 14 is not installed"
  exit 77
fi

# check ROOT: false if a file differs.
check() {
  local folders=() folder
  for folder in src include tools examples tests fuzz bench; do
    if [[ -d $1/$folder ]]; then folders+=("$1/$folder"); fi
  done
  find "${folders[@]}" -type f -regextype posix-extended -regex '.*\.(cc|h|hpp|c|inc)' -print0 |
    xargs -0 -r "$formatter" --style=file --dry-run -Werror --ferror-limit=3
}

if [[ ${1-} == --self-test ]]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/src"
  cp "$(dirname "${BASH_SOURCE[0]}")/../../.clang-format" "$work"
  printf 'int a;\n' >"$work/src/good.cc"
  check "$work"
  printf 'int  a ;\n' >"$work/src/bad.cc"
  if check "$work" 2>/dev/null; then
    echo "a file that is not formatted was not found"
    exit 1
  fi
  exit 0
fi
check "$1"
