// The cost of a serial over all that can have happened to its mark as a whole (channel/compile/mark_changes.h), one
// serial at a time. Blocks that were swapped have a lattice for every slot at which they may meet; over a serial whose
// blocks are known they are one pass over the reading.
#ifndef BURIN_SRC_SEARCH_STRUCTURAL_CHANGED_SCORER_H_
#define BURIN_SRC_SEARCH_STRUCTURAL_CHANGED_SCORER_H_

#include <memory>
#include <string_view>
#include <vector>

#include "src/search/costs/mark_scorer.h"
#include "src/search/structural/priced_reading.h"

namespace burin::internal {

// One thread at a time.
class ChangedScorer {
 public:
  // Changes whose best cost is at most `cut`. The reading is borrowed.
  ChangedScorer(PricedReading* reading, Cost cut);

  // The lowest cost over marks of min_length .. max_length symbols; kNever if there is none. REQUIRES: no partial
  // record's items.
  Cost Of(std::u32string_view serial, uint32_t min_length = 0, uint32_t max_length = kMaxMarkSymbols);
  // What that takes for a serial of so many symbols (MovesOf).
  uint64_t Moves(uint32_t symbols) const;

 private:
  PricedReading& reading_;
  bool blocks_swapped_ = false;
  std::vector<std::shared_ptr<const CostLattice>> others_;
  std::vector<MarkScorer> scorers_;  // Of the others.
};

}  // namespace burin::internal

#endif
