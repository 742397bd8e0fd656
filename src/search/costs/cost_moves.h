// The moves of a cost lattice as a walk over keys asks for them: by the slot they start from, and with the symbols they
// read by what these cost. Which symbols can follow a prefix at all, and which of them differ there, is then answered
// from the few slots that are alive, without trying each symbol.
#ifndef BURIN_SRC_SEARCH_COSTS_COST_MOVES_H_
#define BURIN_SRC_SEARCH_COSTS_COST_MOVES_H_

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

// Sets of symbol classes: bit c for class c; those from 63 on share the last bit.
inline constexpr uint32_t kLastClassBit = 63;
constexpr uint64_t ClassBit(uint16_t c) { return uint64_t{1} << (c < kLastClassBit ? c : kLastClassBit); }

// The classes of a row that cost just so much.
struct CostLevel {
  Cost cost = 0;
  uint64_t classes = 0;
};

class CostMoves {
 public:
  // For marks of at most `most` symbols. The lattice is borrowed.
  CostMoves(const CostLattice& lattice, uint32_t most);

  const CostLattice& lattice() const { return *lattice_; }
  const LookAhead& ahead() const { return ahead_; }
  std::span<const CostLattice::Step> steps(uint32_t slot) const { return steps_.Of(slot); }
  std::span<const CostLattice::Free> free(uint32_t slot) const { return free_.Of(slot); }
  std::span<const CostLattice::Swap> swaps(uint32_t slot) const { return swaps_.Of(slot); }
  // Ascending by cost, without symbols that no mark has; kNever is no level.
  std::span<const CostLevel> levels(uint32_t row);
  std::span<const CostLevel> lost_levels() const { return lost_levels_; }

 private:
  // Moves in the order of the slots they start from.
  template <typename Move>
  struct BySlot {
    std::vector<Move> moves;
    std::vector<uint32_t> begin;
    void Make(const std::vector<Move>& all, uint32_t slots);
    std::span<const Move> Of(uint32_t slot) const { return {&moves[0] + begin[slot], begin[slot + 1] - begin[slot]}; }
  };

  const CostLattice* lattice_;
  LookAhead ahead_;
  BySlot<CostLattice::Step> steps_;
  BySlot<CostLattice::Free> free_;
  BySlot<CostLattice::Swap> swaps_;
  std::vector<std::vector<CostLevel>> levels_;  // By row; empty: not made yet.
  std::vector<CostLevel> lost_levels_;
};

// How many beginnings of marks there are for a reading, by symbols and by what they cost above the least they can: what
// a walk is planned with. Counted as if any symbol could follow any, and alignments rather than beginnings.
class PrefixCounts {
 public:
  static constexpr uint32_t kSteps = 16;

  // Costs up to `most_excess` above the reading's best.
  PrefixCounts(CostMoves* moves, uint32_t most_symbols, Cost most_excess);
  // With at most `excess`. REQUIRES: symbols <= most_symbols.
  double At(uint32_t symbols, Cost excess) const {
    const uint32_t step = std::min(excess / width_, kSteps - 1);
    return counts_[symbols * kSteps + step];
  }

 private:
  Cost width_;
  std::vector<double> counts_;  // By symbols, then step of excess: cumulative.
};

}  // namespace burin::internal

#endif
