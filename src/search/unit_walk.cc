#include "src/search/unit_walk.h"

#include <algorithm>
#include <memory>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/search/unit_walk.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/search/unit_walk.inc"

#if HWY_ONCE

namespace burin::internal {

HWY_EXPORT(Run);

UnitOutcome RunUnitWalk(const UnitSearch& search, std::vector<UnitHit>* hits) {
  UnitOutcome outcome;
  hits->clear();
  HWY_DYNAMIC_DISPATCH(Run)(search, &outcome, hits);
  if (!std::is_sorted(hits->begin(), hits->end())) std::sort(hits->begin(), hits->end());
  // Both frontiers find what has few edits in either half.
  hits->erase(std::unique(hits->begin(), hits->end()), hits->end());
  return outcome;
}

}  // namespace burin::internal

#endif
