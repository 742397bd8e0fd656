// Sorting shared out among threads, for the builder. Items are dealt out to parts, each of a range of keys: where each
// goes is counted first, so that every thread writes to places of its own, nothing is merged afterwards, and no more
// memory is needed than for the sorted items and a byte each. Then every part is sorted alone.
//
// The order is total (sort_keys.h), so the result is the same for any number of threads and any parts.
#ifndef BURIN_SRC_INDEX_KEYS_PARALLEL_SORT_H_
#define BURIN_SRC_INDEX_KEYS_PARALLEL_SORT_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "src/base/parallel.h"
#include "src/index/keys/sort_keys.h"

namespace burin::internal {

// Below this many items starting threads costs more than they save.
inline constexpr size_t kFewestToShare = 16384;
// The number of a part fits a byte.
inline constexpr size_t kMostParts = 256;

// Into how many parts to cut work on so many items: 1, or a power of two that gives every thread several, since parts
// are not of one size.
inline size_t PartsOf(size_t items, unsigned threads) {
  if (threads <= 1 || items < kFewestToShare) return 1;
  return std::bit_ceil(std::min<size_t>(size_t{threads} * 4, kMostParts));
}

// The part-th of `parts` cuts of `items` begins here.
inline size_t CutOf(size_t items, size_t parts, size_t part) {
  return items / parts * part + std::min(items % parts, part);
}

// Which part a key belongs to: how many of the keys that divide the parts are at most it. Those are taken from a sample
// of the keys.
template <typename Value>
class Dividers {
 public:
  // key(i) for i below `count` is a key. REQUIRES: `parts` is a power of two, count >= parts.
  template <typename KeyAt>
  Dividers(size_t count, size_t parts, const KeyAt& key) {
    constexpr size_t kSamplesPerPart = 32;
    const size_t samples = std::min(count, parts * kSamplesPerPart);
    std::vector<Value> sample(samples);
    for (size_t i = 0; i < samples; ++i) sample[i] = key(CutOf(count, samples, i));
    SortKeys(std::span(sample));
    dividers_.reserve(parts - 1);
    for (size_t part = 1; part < parts; ++part) dividers_.push_back(sample[CutOf(samples, parts, part)]);
  }
  // Without a branch on the keys, which no processor could foresee.
  size_t Part(Value key) const {
    size_t part = 0;
    for (size_t step = (dividers_.size() + 1) / 2; step > 0; step /= 2) {
      part += dividers_[part + step - 1] <= key ? step : 0;
    }
    return part;
  }

 private:
  std::vector<Value> dividers_;  // 2^n - 1.
};

// *out becomes item(0) .. item(count - 1), sorted. Answers where its parts begin, and its end; items of equal keys are
// in one part. `item` is called on any thread, several times for each number, and `key` with what it answers.
template <typename Item, typename ItemAt, typename Key>
std::vector<size_t> MakeSorted(size_t count, unsigned threads, const ItemAt& item, const Key& key,
                               std::vector<Item>* out) {
  out->resize(count);
  const size_t parts = PartsOf(count, threads);
  if (parts == 1) {
    for (size_t i = 0; i < count; ++i) (*out)[i] = item(i);
    SortKeys(std::span(*out));
    return {0, count};
  }
  const Dividers<decltype(key(item(0)))> dividers(count, parts, [&](size_t i) { return key(item(i)); });
  using Sizes = std::array<size_t, kMostParts>;
  std::vector<Sizes> places(parts);  // Of each cut of the items: first how many it has for each part, then where.
  std::vector<uint8_t> part_of(count);
  Parallel(parts, threads, [&](unsigned, size_t cut) {
    Sizes sizes = {};
    for (size_t i = CutOf(count, parts, cut); i < CutOf(count, parts, cut + 1); ++i) {
      const size_t part = dividers.Part(key(item(i)));
      part_of[i] = static_cast<uint8_t>(part);
      ++sizes[part];
    }
    places[cut] = sizes;
  });
  std::vector<size_t> starts;
  size_t place = 0;
  for (size_t part = 0; part < parts; ++part) {
    starts.push_back(place);
    for (Sizes& cut : places) {
      const size_t size = cut[part];
      cut[part] = place;
      place += size;
    }
  }
  starts.push_back(place);
  Parallel(parts, threads, [&](unsigned, size_t cut) {
    Sizes next = places[cut];
    for (size_t i = CutOf(count, parts, cut); i < CutOf(count, parts, cut + 1); ++i) {
      (*out)[next[part_of[i]]++] = item(i);
    }
  });
  std::vector<uint8_t>().swap(part_of);
  ParallelOrThrow(parts, threads, [&](unsigned, size_t part) {
    SortKeys(std::span(*out).subspan(starts[part], starts[part + 1] - starts[part]));
  });
  return starts;
}

// Sorts keys in place, or where it is shared out, by way of a copy.
template <typename Value>
void SortShared(unsigned threads, std::vector<Value>* keys) {
  if (PartsOf(keys->size(), threads) == 1) return SortKeys(std::span(*keys));
  std::vector<Value> sorted;
  MakeSorted(
      keys->size(), threads, [&](size_t i) { return (*keys)[i]; }, [](Value key) { return key; }, &sorted);
  keys->swap(sorted);
}

}  // namespace burin::internal

#endif
