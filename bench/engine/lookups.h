// Exact look-ups, a serial to its rank: the index one at a time and in batches, beside a hash table of packed serials.
#ifndef BURIN_BENCH_ENGINE_LOOKUPS_H_
#define BURIN_BENCH_ENGINE_LOOKUPS_H_

#include <string>
#include <vector>

#include "bench/engine/set.h"
#include "src/index/view/index.h"

namespace burin::bench {

struct LookupResult {
  std::string serials;  // "present", "absent".
  double single_ns = 0, batched_ns = 0;
  // The hash table's, given packed serials; batched: with prefetch.
  double table_single_ns = 0, table_batched_ns = 0;
  bool right = true;  // Every answer agrees with the table's.
};
// Floor and aim of batched look-ups in ten million serials.
inline constexpr double kLookupFloorNs = 60, kLookupAimNs = 30;

// A million present serials drawn at random, then as many absent ones, which are present ones with one symbol changed.
// REQUIRES: set.ranks are made.
std::vector<LookupResult> MeasureLookups(const Set& set, const burin::internal::Index& index);

}  // namespace burin::bench

#endif
