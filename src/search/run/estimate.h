// How many records will a reading match, and what will that cost? Answered before anything is enumerated, so that a
// server can refuse `?*`.
//
// Every group of serials is taken for random keys over its alphabets, position by position independent. Where the
// reading leaves only one symbol for the next position, the interval of the keys with that prefix is looked up, so that
// leading known characters count exactly. For the rest
//   expected = keys of the interval * P(a random key costs at most the limit),
// and P is bounded by the expected number of alignments within the limit: a sum over (position, slot, cost), which
// counts a key once for each way to lie under the reading, and is cut at 1. It is exact for single characters, `?` and
// sets without edits or with substitutions only, as far as keys are uniform; with insertions, deletions, swaps, several
// gaps, or alternatives that overlap it errs upwards, by a small factor; real serials are not uniform, and it errs
// either way. Conditions are taken into account by a sample of records, partial records by a sample of their own.
//
// Work is known where there is little: a search that is over within kProbedWork units is made to its end, which takes
// some hundred microseconds at most. For others it is counted as walks are planned: prefixes, blocks and keys that the
// two frontiers would look at if keys were spread evenly (unit_planner.h, cost_walk.h). Over random serials that is
// within a factor of sixteen of what a search then does; in sets where numbers crowd it errs upwards, by more
// (docs/performance.md). Readings of more than kMostPlannedSlots slots are taken to look at every key.
//
// Costs one row of the sum for each position of each length that the reading can have: some ten microseconds with unit
// costs, under a channel (whose costs are put in kCostLevels classes) some hundreds. Never depends on the number of
// records. Readings so large that the sums would take more than some milliseconds are taken to match every key that is
// left then. The same on every run.
#ifndef BURIN_SRC_SEARCH_RUN_ESTIMATE_H_
#define BURIN_SRC_SEARCH_RUN_ESTIMATE_H_

#include <cstdint>

#include "src/index/view/index.h"
#include "src/search/run/search_request.h"

namespace burin::internal {

inline constexpr uint64_t kProbedWork = 4096;
inline constexpr uint32_t kMostPlannedSlots = 128;

struct Estimate {
  double matches = 0;    // Expected, all of them: `top` and `max_hits` play no part.
  uint64_t at_most = 0;  // There are no more than so many: a bound, not an estimate.
  double work = 0;       // Units of SearchResult::work of a search for all of them, by order of magnitude.
};

// Budgets and `count_only` of the request play no part. REQUIRES: index.segments() are none.
Estimate EstimateSingle(const Index& index, const SearchRequest& request);

}  // namespace burin::internal

#endif
