#!/usr/bin/env bash
# Installs the library to a place of its own, moves it, and builds and runs projects that find it there:
#   install_and_consume.sh static|shared WORK BUILD
# static installs the build tree BUILD as it is; shared builds the library anew. Prints what it does, fails at the first
# thing that does not work.
set -euo pipefail
kind=$1
work=$2
build=$3
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
export CMAKE_GENERATOR=Ninja  # packages.txt names no other build tool
rm -rf "$work/first" "$work/moved" "$work/consumers"
mkdir -p "$work"

if [[ $kind == shared ]]; then
  build="$work/build"
  echo "== build a shared library"
  cmake -S "$root" -B "$build" -DBUILD_SHARED_LIBS=ON -DCMAKE_BUILD_TYPE=Debug >"$work/configure.log" ||
    { cat "$work/configure.log"; exit 1; }
  cmake --build "$build" >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log"; exit 1; }
fi
echo "== install, then move what was installed"
cmake --install "$build" --prefix "$work/first" >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }
mv "$work/first" "$work/moved"
prefix="$work/moved"
if [[ -x $prefix/bin/burin ]]; then
  "$prefix/bin/burin" --version
fi

# The headers installed are those of the tree.
diff -r "$root/include/burin" "$prefix/include/burin"
# Nothing installed as text names the tree it came from.
if grep -rIl -e "$root" -e "$work/first" "$prefix"; then
  echo "the files above name the place they were built in"
  exit 1
fi

version_part() {
  sed -n "s/^#define BURIN_VERSION_$1 \([0-9]*\)$/\1/p" "$root/include/burin/version.h"
}
wanted="$(version_part MAJOR).$(version_part MINOR)"

consume() {
  local project=$1
  echo "== consumer: $project"
  cmake -S "$here/consumer/$project" -B "$work/consumers/$project" -DCMAKE_PREFIX_PATH="$prefix" \
    -DWANTED="$wanted" >"$work/consumer.log" 2>&1 || { cat "$work/consumer.log"; return 1; }
  cmake --build "$work/consumers/$project" >"$work/consumer.log" 2>&1 || { cat "$work/consumer.log"; return 1; }
  "$work/consumers/$project/consumer"
}
consume c
consume cpp

echo "== consumer: pkg-config"
PKG_CONFIG_PATH="$(dirname "$(find "$prefix" -name burin.pc)")"
export PKG_CONFIG_PATH
flags=()
if [[ $kind == static ]]; then
  flags=(--static)
fi
mkdir -p "$work/consumers/pkg-config"
# shellcheck disable=SC2046
cc -std=c99 -pedantic -Wall -Wextra -Werror "$here/consumer/c/main.c" -o "$work/consumers/pkg-config/consumer" \
  $(pkg-config "${flags[@]}" --cflags --libs burin)
LD_LIBRARY_PATH="$(pkg-config --variable=libdir burin)" "$work/consumers/pkg-config/consumer"

echo "== a wrong version is not found"
if cmake -S "$here/consumer/c" -B "$work/consumers/wrong" -DCMAKE_PREFIX_PATH="$prefix" -DWANTED=99.0 \
    >"$work/consumer.log" 2>&1; then
  echo "version 99.0 was found"
  exit 1
fi
echo "all consumers work"
