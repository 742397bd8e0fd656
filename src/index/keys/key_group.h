// A group of keys: what every search walks, however the keys are stored (stored_keys.h).
#ifndef BURIN_SRC_INDEX_KEYS_KEY_GROUP_H_
#define BURIN_SRC_INDEX_KEYS_KEY_GROUP_H_

#include <cstdint>
#include <span>
#include <string>

#include "src/base/bits.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

template <typename Value>
class PackedKeys;

// Distinct serials of one length, sorted by code points: all of them, or those of one format. A key is its symbols as
// codes: code c at position p stands for alphabet(p)[c].
class KeyGroup {
 public:
  virtual ~KeyGroup() = default;
  virtual uint32_t length() const = 0;      // Symbols in each key: 1 .. kMaxMarkSymbols.
  virtual uint64_t size() const = 0;        // Keys; at least 1.
  virtual uint64_t first_rank() const = 0;  // Rank of the first key in the whole index.
  // Symbols that occur at a position (0 .. length-1), ascending. REQUIRES: position < length().
  virtual std::span<const Symbol> alphabet(uint32_t position) const = 0;
  // Writes keys [first, last) as codes, row after row: out[(i - first) * length() + p].
  // REQUIRES: first <= last <= size(); last - first <= kMaxRead; out has room.
  static constexpr uint64_t kMaxRead = 64;
  virtual void Read(uint64_t first, uint64_t last, uint16_t* out) const = 0;
  // The first key in [first, last) that is not below the prefix codes[0 .. depth), or last.
  // REQUIRES: first <= last <= size(); depth <= length(); every code < alphabet(p).size().
  virtual uint64_t LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const = 0;
  // The keys as integers, where they are stored so (packed_keys.h); at most one is not nullptr.
  virtual const PackedKeys<uint64_t>* packed64() const { return nullptr; }
  virtual const PackedKeys<Uint128>* packed128() const { return nullptr; }
};

// The symbols of a key as read.
void KeySymbols(const KeyGroup& group, const uint16_t* codes, std::u32string* serial);

}  // namespace burin::internal

#endif
