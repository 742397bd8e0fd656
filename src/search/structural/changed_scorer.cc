#include "src/search/structural/changed_scorer.h"

#include <algorithm>

namespace burin::internal {

ChangedScorer::ChangedScorer(PricedReading* reading, Cost cut) : reading_(*reading) {
  for (const ChangedLattice& changed : reading->changed(cut)) {
    if (changed.change == MarkChange::kBlocksSwapped) {
      blocks_swapped_ = true;
    } else {
      others_.push_back(changed.Costs());
    }
  }
  for (const auto& costs : others_) scorers_.emplace_back(*costs);
}

Cost ChangedScorer::Of(std::u32string_view serial, uint32_t min_length, uint32_t max_length) {
  Cost lowest = kNever;
  if (blocks_swapped_ && serial.size() >= min_length && serial.size() <= max_length) {
    lowest = CostOfBlocksSwapped(reading_.costs(), reading_.channel()->structure, serial);
  }
  for (MarkScorer& scorer : scorers_) lowest = std::min(lowest, scorer.Score(serial, min_length, max_length));
  return lowest;
}

uint64_t ChangedScorer::Moves(uint32_t symbols) const {
  uint64_t moves = blocks_swapped_ ? MovesOf(reading_.costs(), symbols) : 0;
  for (const auto& costs : others_) moves += MovesOf(*costs, symbols);
  return moves;
}

}  // namespace burin::internal
