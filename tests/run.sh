#!/usr/bin/env bash
# Runs the tests from nothing: installs what is missing, builds, tests, and ends with one line "N passed, N failed".
#   tests/run.sh          the quick tier: release, then the library's tests and fuzz replay under ASan and UBSan; some
#                         tests that take long are left to the other one
#   tests/run.sh --full   all tests, the tool's under the sanitizers too, TSan, over thirty times the random cases, the
#                         acceptance scripts, a minute of each fuzzer
# Exit code 0 if nothing failed. Logs: build/PRESET/*.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

full=0
case "${1-}" in
  '') ;;
  --full) full=1 ;;
  *) echo "usage: $0 [--full]" >&2; exit 2 ;;
esac
if [[ $full -eq 1 ]]; then
  export BURIN_TEST_CASES="${BURIN_TEST_CASES:-100000}"
  export BURIN_TEST_FULL=1
fi
export BURIN_TEST_CASES="${BURIN_TEST_CASES:-3000}"
jobs="${BURIN_JOBS:-2}"
passed=0
failed=0

# The sanitizers of Debian 12 cannot start where the kernel spreads addresses widely: they run without that, if allowed.
fixed_addresses=()
if setarch -R true 2>/dev/null; then
  fixed_addresses=(setarch -R)
fi

# count PASSED FAILED TEXT: adds a stage's counts and prints them.
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  printf '   %s: %d passed, %d failed (%d s since the start)\n' "$3" "$1" "$2" "$SECONDS"
}

# build PRESET [TARGET...]: configures, with the options in configure_with, and builds; a failure counts as one.
configure_with=()
build() {
  local preset=$1 log="build/$1/build.log"
  shift
  local compile=("${fixed_addresses[@]}" cmake --build --preset "$preset" -j "$jobs" ${@:+--target "$@"})
  mkdir -p "build/$preset"
  echo "== $preset: configure and build"
  if ! { cmake --preset "$preset" "${configure_with[@]}" && "${compile[@]}"; } >"$log" 2>&1; then
    grep -E -A 12 'error|FAILED' "$log" | head -n 60 || tail -n 40 "$log"
    count 0 1 "build $preset"
    return 1
  fi
}

# attribute NAME FILE: a number of the <testsuite> of a JUnit file.
attribute() {
  sed -n 's/^.*[[:space:]]'"$1"'="\([0-9]*\)".*$/\1/p' <(sed '/<testcase/,$d' "$2") | head -n 1
}

# run_ctest PRESET [CTEST ARGUMENT...]: runs what the preset selects and counts.
run_ctest() {
  local preset=$1 log="build/$1/ctest.log" junit="$PWD/build/$1/junit.xml" tests failures skipped disabled
  local wrapper=("${fixed_addresses[@]}")
  if [[ $preset == release ]]; then
    wrapper=()
  fi
  shift
  echo "== $preset: test"
  rm -f "$junit"
  "${wrapper[@]}" ctest --preset "$preset" -j "$jobs" --output-junit "$junit" "$@" >"$log" 2>&1 || true
  if [[ ! -s $junit ]]; then
    tail -n 40 "$log"
    count 0 1 "test $preset"
    return
  fi
  tests="$(attribute tests "$junit")"
  failures="$(attribute failures "$junit")"
  skipped="$(attribute skipped "$junit")"
  disabled="$(attribute disabled "$junit")"
  if [[ -z $tests || -z $failures || $tests -eq 0 ]]; then
    count 0 1 "test $preset (no tests found)"
    return
  fi
  if [[ $failures -gt 0 ]]; then
    sed -n '/tests failed out of/,$p' "$log"
    echo "   the whole output is in $log"
  fi
  count $((tests - failures - ${skipped:-0} - ${disabled:-0})) "$failures" "test $preset"
}

# run_acceptance: every tests/acceptance/*.sh prints "ok NAME" and "not ok NAME" lines.
run_acceptance() {
  local script log good bad status
  mkdir -p build/acceptance
  for script in tests/acceptance/*.sh; do
    [[ -e $script ]] || continue
    log="build/acceptance/$(basename "$script").log"
    echo "== acceptance: $script"
    status=0
    BURIN_TOOL="$PWD/build/release/tools/burin" BURIN_BUILD="$PWD/build/release" \
      bash "$script" >"$log" 2>&1 || status=$?
    good="$(grep -c '^ok ' "$log" || true)"
    bad="$(grep -c '^not ok ' "$log" || true)"
    grep '^not ok ' "$log" || true
    if [[ $bad -eq 0 && ( $status -ne 0 || $good -eq 0 ) ]]; then
      tail -n 20 "$log"
      bad=1
    fi
    count "$good" "$bad" "$(basename "$script")"
  done
}

# run_fuzzers: a minute of libFuzzer for each fuzzer, from a copy of its corpus. No input may take more than 512 MiB or
# 5 s; what ASan keeps back of freed memory is no part of that.
run_fuzzers() {
  local fuzzer name work good=0 bad=0
  for fuzzer in build/fuzz/fuzz/burin_*_fuzzer; do
    [[ -x $fuzzer ]] || continue
    name="$(basename "$fuzzer")"
    name="${name#burin_}"
    work="build/fuzz/run/$name"
    mkdir -p "$work/corpus"
    echo "== fuzz: $name for ${BURIN_FUZZ_SECONDS:-60} s"
    if [[ -d fuzz/corpus/${name%_fuzzer} ]]; then
      cp -R "fuzz/corpus/${name%_fuzzer}/." "$work/corpus/"
    fi
    if ASAN_OPTIONS="${ASAN_OPTIONS:-}${ASAN_OPTIONS:+:}quarantine_size_mb=16" "${fixed_addresses[@]}" "$fuzzer" \
        -max_total_time="${BURIN_FUZZ_SECONDS:-60}" -rss_limit_mb=512 -timeout=5 \
        -print_final_stats=1 -artifact_prefix="$work/" "$work/corpus" >"$work/run.log" 2>&1; then
      good=$((good + 1))
    else
      tail -n 30 "$work/run.log"
      bad=$((bad + 1))
    fi
  done
  count "$good" "$bad" "fuzzers"
}

groups=(build test)
if [[ $full -eq 1 ]]; then
  groups+=(fuzz)
fi
if scripts/install-packages.sh "${groups[@]}"; then
  # The quick tier installs the static library; the symbols of a shared one are tested anyway.
  release=(-E 'install\.shared')
  # What takes half a minute and more under the sanitizers is left to release there, and so are the tool and the test
  # that counts what is allocated.
  sanitized=(-E "Exhaustive\.|EveryCodePointInCompany|LosesThePowerTwice|ChangedWalk\.(As|Long)|BitFlip\.EveryBit|\
PartialWalk\.FindsWhat|NeverLosesPenalised|KeepsTheCalibration|TriesANarrower|PatternMemory\.|WithAnyBudgetOfWork")
  if [[ $full -eq 1 ]]; then
    release=()
    sanitized=()
  fi
  if build release; then
    run_ctest release "${release[@]}"
    if [[ $full -eq 1 ]]; then
      run_acceptance
    fi
  fi
  tool=OFF
  if [[ $full -eq 1 ]]; then
    tool=ON
  fi
  configure_with=("-DBURIN_BUILD_TOOL=$tool")
  if build asan-ubsan; then
    BURIN_TEST_FULL='' BURIN_TEST_CASES="${BURIN_SANITIZER_CASES:-100}" run_ctest asan-ubsan "${sanitized[@]}"
  fi
  configure_with=()
  if [[ $full -eq 1 ]]; then
    if build tsan; then
      # One thread tries everything there is: minutes each under TSan, and nothing for it to see.
      BURIN_TEST_FULL='' BURIN_TEST_CASES="${BURIN_SANITIZER_CASES:-100}" run_ctest tsan -E 'Exhaustive\.'
    fi
    if build fuzz fuzzers; then
      run_fuzzers
    fi
  fi
else
  count 0 1 "packages"
fi

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
