#include "src/search/unit_walk.h"

#include <algorithm>
#include <memory>
#include <span>

#include "src/search/unit_order.h"

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
  // Both frontiers find what has few edits in either half.
  SortUnitHits(hits);
  return outcome;
}

}  // namespace burin::internal

#endif
