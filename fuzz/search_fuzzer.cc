// Bytes as a small set of records, readings close to them and a few requests: search against the slow twins. The first
// byte says how the reading is made: by the choices that follow, or from the rest of the bytes as a pattern.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "src/mark/pattern/pattern.h"
#include "tests/reference/random_reading.h"
#include "tests/reference/search_case.h"

namespace {

using burin::internal::ParsePattern;
using burin::internal::Pattern;
using burin::internal::Result;
using burin::internal::reference::Choices;
using burin::internal::reference::Comparison;
using burin::internal::reference::Query;
using burin::internal::reference::SearchSet;

// The twin's time grows with the lattice; larger ones are for the tests.
constexpr std::size_t kMostArcs = 120;

void Check(Comparison* comparison, const SearchSet& set, const Query& query) {
  if (comparison->Check(query).empty()) return;
  std::fputs(burin::internal::reference::Reproducer(set.records, query).c_str(), stderr);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 2048) return 0;
  const std::size_t pattern_bytes = std::min<std::size_t>(data[0] % 32, size - 1);
  const std::string text(reinterpret_cast<const char*>(data + 1), pattern_bytes);
  Choices choices(std::span<const std::uint8_t>(data + 1 + pattern_bytes, size - 1 - pattern_bytes));
  SearchSet set = burin::internal::reference::RandomSet({.readings = 2, .records = 12, .items = 4}, &choices);
  if (Result<Pattern> pattern = ParsePattern(text); pattern.ok()) set.readings.push_back({text, "", pattern->lattice});
  for (const auto& reading : set.readings) {
    if (reading.lattice.arcs.size() > kMostArcs) return 0;
  }
  Comparison comparison(set.records);
  for (int i = 0; i < 3; ++i) {
    Query query = burin::internal::reference::RandomQuery(set, &choices);
    if (i == 0) query.reading = set.readings.back();
    Check(&comparison, set, query);
  }
  return 0;
}
