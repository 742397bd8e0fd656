#include "src/index/keys/sort_keys.h"

#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/index/keys/sort_keys.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace burin::internal::HWY_NAMESPACE {
bool HasVectors() { return HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128; }
}  // namespace burin::internal::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace burin::internal {
HWY_EXPORT(HasVectors);
namespace {

// Below this many keys the library's sort is as fast.
constexpr size_t kFewKeys = 256;

// Without vectors Highway sorts by heap, which is slower than std::sort. What dispatch has chosen is known; to ask the
// processor again takes microseconds where it is a virtual one.
bool UseVectors(size_t keys) { return keys > kFewKeys && HWY_DYNAMIC_DISPATCH(HasVectors)(); }

static_assert(sizeof(hwy::uint128_t) == sizeof(Uint128) && alignof(hwy::uint128_t) == alignof(Uint128));

}  // namespace

void SortKeys(std::span<uint64_t> keys) {
  if (UseVectors(keys.size())) {
    hwy::Sorter()(keys.data(), keys.size(), hwy::SortAscending());
  } else {
    std::sort(keys.begin(), keys.end());
  }
}

void SortKeys(std::span<Uint128> keys) {
  // Highway's 128-bit integer is two halves, the lower one first, as the compiler's is in memory on such machines.
  if (std::endian::native == std::endian::little && UseVectors(keys.size())) {
    hwy::Sorter()(reinterpret_cast<hwy::uint128_t*>(keys.data()), keys.size(), hwy::SortAscending());
  } else {
    std::sort(keys.begin(), keys.end());
  }
}

void SortKeys(std::span<KeyedRecord128> keyed) {
  std::sort(keyed.begin(), keyed.end(), [](const KeyedRecord128& a, const KeyedRecord128& b) {
    return a.key != b.key ? a.key < b.key : a.record < b.record;
  });
}

}  // namespace burin::internal
#endif  // HWY_ONCE
