#include "src/search/edits/unit_walk.h"

#include <algorithm>
#include <memory>
#include <span>

#include "src/search/edits/unit_order.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/search/edits/unit_walk.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "src/search/edits/unit_walk.inc"

#if HWY_ONCE

namespace burin::internal {

HWY_EXPORT(Run);

namespace {

// Room for all that may be found, which is given only as it is written to. To move hits to a larger room would take
// longer than whoever may stop the search waits between two questions.
void MakeRoom(UnitJob* job) {
  constexpr uint64_t kFew = uint64_t{1} << 16;
  const UnitSearch& search = *job->search;
  if (search.patience == nullptr || !search.patience->can_end()) return;
  uint64_t keys = 0;  // Those that both frontiers find are there twice.
  for (const UnitTask& task : search.tasks) {
    keys += task.keys->size() * (task.plan.front > 0 && task.plan.back > 0 ? 2 : 1);
  }
  if (keys > kFew) job->hits->reserve(std::min(keys, search.hit_limit));
}

}  // namespace

void RunUnitWalks(std::span<UnitJob> jobs) {
  if (jobs.empty()) return;
  for (UnitJob& job : jobs) {
    job.hits->clear();
    job.outcome = {};
    job.next_event = 0;
    MakeRoom(&job);
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
