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

void RunUnitWalks(std::span<UnitJob> jobs) {
  if (jobs.empty()) return;
  for (UnitJob& job : jobs) {
    job.hits->clear();
    job.outcome = {};
    job.next_event = 0;
  }
  const bool complete = HWY_DYNAMIC_DISPATCH(Run)(jobs);
  for (UnitJob& job : jobs) {
    job.outcome.complete = complete;
    // Both frontiers find what has few edits in either half.
    Patience endless;
    Patience* const patience = job.search->patience != nullptr ? job.search->patience : &endless;
    if (!SortUnitHits(job.hits, patience)) job.outcome.complete = false;
  }
}

UnitOutcome RunUnitWalk(const UnitSearch& search, std::vector<UnitHit>* hits) {
  UnitJob job = {&search, hits, {}};
  RunUnitWalks({&job, 1});
  return job.outcome;
}

}  // namespace burin::internal

#endif
