// Where in an ascending list of heads a value belongs: a table by the value's leading bits says between which two.
//
// Values spread evenly make buckets of two to four heads. Serials of makers do not spread evenly: a few prefixes hold
// them all, so that most buckets are empty and some have a thousand. A crowded bucket therefore has a table of its own
// over the span of its heads. Without crowded buckets:
//   (buckets + 1) u32: how many heads are below bucket << shift
// With them:
//   (buckets + 1) of u32 as above, u32 0 or 1 + where in the words the bucket's own table begins
//   words, u32: for each crowded bucket its first head (two words; four where values have 128 bits), shift t, count n,
//   and for i = 0 .. n how many heads are below (first head + (i << t)), those of all buckets counted
// A find touches one to three lines, whatever the spread within two levels; what is left is for the caller to search.
#ifndef BURIN_SRC_CODEC_KEY_DIRECTORY_H_
#define BURIN_SRC_CODEC_KEY_DIRECTORY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/prefetch.h"

namespace burin::internal {

template <typename Value>
class KeyDirectory {
 public:
  // What a header says of it.
  struct Shape {
    uint64_t buckets = 0;
    uint32_t shift = 0;
    uint32_t words = 0;
  };
  // Appends the directory of heads; `last` is the last value of all.
  static Shape Append(const std::vector<Value>& heads, Value last, ByteWriter* out);
  // Its size; false: more than `most`.
  static bool Bytes(const Shape& shape, uint64_t most, uint64_t* bytes);
  // A view of Bytes() bytes. REQUIRES: shape.shift < bits of a Value.
  void Open(const std::byte* bytes, const Shape& shape, uint64_t heads);

  // The first head above the value is number `low` .. `high`; answers false if it is the one behind the last.
  bool Find(Value value, uint64_t* low, uint64_t* high) const {
    const Value bucket = value >> shape_.shift;
    if (bucket >= shape_.buckets) return false;
    if (shape_.words == 0) {
      const uint64_t both = Load(table_ + static_cast<uint64_t>(bucket) * 4);
      *low = std::min<uint64_t>(both & 0xffffffff, heads_);
      *high = std::clamp<uint64_t>(both >> 32, *low, heads_);
      return true;
    }
    const std::byte* const at = table_ + static_cast<uint64_t>(bucket) * 8;
    const uint64_t entry = Load(at);
    *low = std::min<uint64_t>(entry & 0xffffffff, heads_);
    *high = std::clamp<uint64_t>(Load32(at + 8), *low, heads_);
    if (entry >> 32 != 0) Narrow(entry >> 32, value, low, high);
    return true;
  }
  void Prefetch(Value value) const {
    const Value bucket = value >> shape_.shift;
    if (bucket >= shape_.buckets) return;
    internal::Prefetch(table_ + static_cast<uint64_t>(bucket) * (shape_.words == 0 ? 4 : 8));
  }

 private:
  static constexpr uint32_t kHeaderWords = sizeof(Value) / 4 + 2;

  static uint64_t Load(const std::byte* at) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    return LittleEndian(word);
  }
  static uint32_t Load32(const std::byte* at) {
    uint32_t word;
    std::memcpy(&word, at, 4);
    return LittleEndian(word);
  }
  // By the own table of a crowded bucket.
  void Narrow(uint64_t place, Value value, uint64_t* low, uint64_t* high) const {
    if (place + kHeaderWords + 1 > shape_.words) return;  // Nonsense: a table holds two numbers at least.
    const std::byte* const at = words_ + (place - 1) * 4;
    Value first = Load(at);
    if constexpr (sizeof(Value) == 16) first |= Value{Load(at + 8)} << 64;
    if (value < first) {
      *high = *low;
      return;
    }
    const uint64_t shape = Load(at + sizeof(Value));
    const uint32_t shift = static_cast<uint32_t>(shape) % (sizeof(Value) * 8);
    const uint64_t count = std::min(shape >> 32, shape_.words - place - kHeaderWords);
    if (count == 0) return;
    const Value number = std::min<Value>((value - first) >> shift, count - 1);
    const uint64_t both = Load(at + kHeaderWords * 4 + static_cast<uint64_t>(number) * 4);
    *low = std::clamp<uint64_t>(both & 0xffffffff, *low, *high);
    *high = std::clamp<uint64_t>(both >> 32, *low, *high);
  }

  const std::byte* table_ = nullptr;
  const std::byte* words_ = nullptr;
  Shape shape_;
  uint64_t heads_ = 0;
};

extern template class KeyDirectory<uint64_t>;
extern template class KeyDirectory<Uint128>;

}  // namespace burin::internal

#endif
