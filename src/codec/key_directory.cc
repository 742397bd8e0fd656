#include "src/codec/key_directory.h"

namespace burin::internal {
namespace {

constexpr uint64_t kCrowded = 16;  // So many heads have a table of their own.

// For i = 0 .. count how many of heads[begin, end) are below base + (i << shift), and those before `begin`.
template <typename Value, typename Take>
void CountBelow(const std::vector<Value>& heads, uint64_t begin, uint64_t end, Value base, uint32_t shift,
                uint64_t count, Take take) {
  uint64_t below = begin;
  for (uint64_t i = 0; i <= count; ++i) {
    while (below < end && ((heads[below] - base) >> shift) < i) ++below;
    take(static_cast<uint32_t>(below));
  }
}

// The least shift that leaves `most` of a value or less.
template <typename Value>
uint32_t ShiftTo(Value value, uint64_t most) {
  uint32_t shift = 0;
  while ((value >> shift) > most) ++shift;
  return shift;
}

}  // namespace

template <typename Value>
typename KeyDirectory<Value>::Shape KeyDirectory<Value>::Append(const std::vector<Value>& heads, Value last,
                                                                ByteWriter* out) {
  const uint64_t count = heads.size();
  Shape shape;
  shape.shift = ShiftTo(last, std::max<uint64_t>(count / 2, 1));
  shape.buckets = static_cast<uint64_t>(last >> shape.shift) + 1;
  std::vector<uint32_t> below, own(shape.buckets + 1), words;
  CountBelow<Value>(heads, 0, count, 0, shape.shift, shape.buckets, [&](uint32_t n) { below.push_back(n); });
  for (uint64_t b = 0; b < shape.buckets; ++b) {
    const uint64_t begin = below[b], end = below[b + 1];
    if (end - begin < kCrowded) continue;
    own[b] = static_cast<uint32_t>(words.size() + 1);
    const Value first = heads[begin], span = heads[end - 1] - first;
    const uint32_t shift = ShiftTo(span, (end - begin) / 2);
    const uint64_t parts = static_cast<uint64_t>(span >> shift) + 1;
    for (uint32_t i = 0; i < sizeof(Value) / 4; ++i) words.push_back(static_cast<uint32_t>(first >> (32 * i)));
    words.push_back(shift);
    words.push_back(static_cast<uint32_t>(parts));
    CountBelow<Value>(heads, begin, end, first, shift, parts, [&](uint32_t n) { words.push_back(n); });
  }
  shape.words = static_cast<uint32_t>(words.size());
  for (uint64_t b = 0; b <= shape.buckets; ++b) {
    out->U32(below[b]);
    if (shape.words != 0) out->U32(own[b]);
  }
  for (const uint32_t word : words) out->U32(word);
  return shape;
}

template <typename Value>
bool KeyDirectory<Value>::Bytes(const Shape& shape, uint64_t most, uint64_t* bytes) {
  if (shape.buckets == 0 || shape.buckets > most / 4) return false;
  *bytes = (shape.buckets + 1) * (shape.words == 0 ? 4 : 8) + uint64_t{shape.words} * 4;
  return *bytes <= most;
}

template <typename Value>
void KeyDirectory<Value>::Open(const std::byte* bytes, const Shape& shape, uint64_t heads) {
  table_ = bytes;
  words_ = bytes + (shape.buckets + 1) * 8;
  shape_ = shape;
  heads_ = heads;
}

template class KeyDirectory<uint64_t>;
template class KeyDirectory<Uint128>;

}  // namespace burin::internal
