// Plain edit distance: insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), one
// each, by a full scan; `?` in a reading matches any symbol. What a registry has that bought a string library.
//
// A column of the dynamic programme is two bit vectors of vertical differences (Hyyro 2003): a serial costs a dozen
// operations a symbol.
#ifndef BURIN_BENCH_ACCURACY_BASELINE_OSA_H_
#define BURIN_BENCH_ACCURACY_BASELINE_OSA_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bench/accuracy/ranker.h"

namespace burin::accuracy {

class OsaReading {
 public:
  // 1 to 64 characters.
  explicit OsaReading(std::string_view reading);
  size_t Distance(std::string_view serial) const;

 private:
  size_t size_;
  std::array<uint64_t, 256> matches_ = {};
};

// Borrows the registry, as all rankers do.
RankerFactory OsaRanker(const Registry& registry);

}  // namespace burin::accuracy

#endif
