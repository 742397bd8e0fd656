// Sorting for the builder: keys alone, and keys with their records (ties by record). Deterministic: the order is total.
// Any number of threads may sort, each its own keys.
#ifndef BURIN_SRC_INDEX_KEYS_SORT_KEYS_H_
#define BURIN_SRC_INDEX_KEYS_SORT_KEYS_H_

#include <cstdint>
#include <span>

#include "src/base/bits.h"

namespace burin::internal {

// By Highway's vectorized quicksort where the processor has vectors (about 15 ns a key for 10 million), else
// std::sort.
void SortKeys(std::span<uint64_t> keys);
void SortKeys(std::span<Uint128> keys);

// A key and its record: the key's 64 bits above the record's.
using KeyedRecord64 = Uint128;
struct KeyedRecord128 {
  Uint128 key;
  uint32_t record;
};
inline KeyedRecord64 MakeKeyed(uint64_t key, uint32_t record) { return Uint128{key} << 64 | record; }
inline KeyedRecord128 MakeKeyed(Uint128 key, uint32_t record) { return {key, record}; }
inline uint64_t KeyOf(const KeyedRecord64& keyed) { return static_cast<uint64_t>(keyed >> 64); }
inline Uint128 KeyOf(const KeyedRecord128& keyed) { return keyed.key; }
inline uint32_t RecordOf(const KeyedRecord64& keyed) { return static_cast<uint32_t>(keyed); }
inline uint32_t RecordOf(const KeyedRecord128& keyed) { return keyed.record; }

// Keyed records of 64 bits are integers of 128.
void SortKeys(std::span<KeyedRecord128> keyed);

}  // namespace burin::internal

#endif
