#include "src/search/unit_walk.h"

#include <algorithm>
#include <memory>
#include <tuple>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/search/unit_walk.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/search/unit_walk.inc"

#if HWY_ONCE

namespace burin::internal {

HWY_EXPORT(Run);

struct UnitScratch::State {};
UnitScratch::UnitScratch() : state_(std::make_unique<State>()) {}
UnitScratch::~UnitScratch() = default;
UnitScratch::UnitScratch(UnitScratch&&) noexcept = default;

UnitOutcome RunUnitWalk(const UnitSearch& search, UnitScratch* scratch, std::vector<UnitHit>* hits) {
  (void)scratch;
  UnitOutcome outcome;
  const size_t before = hits->size();
  HWY_DYNAMIC_DISPATCH(Run)(search, &outcome, hits);
  // Both frontiers find what has few edits in either half.
  const auto begin = hits->begin() + static_cast<std::ptrdiff_t>(before);
  const auto key = [](const UnitHit& hit) { return std::tie(hit.group, hit.key, hit.cost); };
  std::sort(begin, hits->end(), [&](const UnitHit& a, const UnitHit& b) { return key(a) < key(b); });
  hits->erase(std::unique(begin, hits->end(),
                          [](const UnitHit& a, const UnitHit& b) { return a.group == b.group && a.key == b.key; }),
              hits->end());
  return outcome;
}

}  // namespace burin::internal

#endif
