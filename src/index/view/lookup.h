// Exact lookup: the rank of a serial, for many serials in one call.
//
// Serials are taken in batches of kLookupBatch, whose probes run side by side (key_probe.h); those of 128-bit and long
// keys, and serials with other than base symbols, one by one. Several groups may hold serials of one length, with other
// alphabets: each that knows all symbols is asked. Nothing is allocated.
#ifndef BURIN_SRC_INDEX_VIEW_LOOKUP_H_
#define BURIN_SRC_INDEX_VIEW_LOOKUP_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "src/index/view/index.h"

namespace burin::internal {

// No record carries it.
inline constexpr uint64_t kNoRank = ~uint64_t{0};
inline constexpr size_t kLookupBatch = 256;

// ranks[i] becomes the rank of serials[i], or kNoRank. Serials of any length are allowed. Of an index with segments, a
// rank in one that has a live record of the serial.
// REQUIRES: ranks.size() >= serials.size().
void Lookup(const Index& index, std::span<const std::u32string_view> serials, std::span<uint64_t> ranks);

// The ids of the live records that carry the serial of a rank, ascending. REQUIRES: rank < info().serials.
std::vector<uint64_t> IdsOf(const Index& index, uint64_t rank);

}  // namespace burin::internal

#endif
