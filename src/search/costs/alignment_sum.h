// The expected number of alignments of a reading with a random mark, by cost: the sum behind estimate.h.
//
// A random mark has at each position a symbol of that position's alphabet, all with the same probability. State: slot
// of the reading, cost so far, and whether the last move was a loss or an addition: one behind the other is never
// better than a substitution and would count twice.
#ifndef BURIN_SRC_SEARCH_COSTS_ALIGNMENT_SUM_H_
#define BURIN_SRC_SEARCH_COSTS_ALIGNMENT_SUM_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "src/channel/model/cost_lattice.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

// Costs are counted in classes of equal width where there are more of them.
inline constexpr Cost kCostLevels = 32;

class AlignmentSum {
 public:
  AlignmentSum(const CostLattice& lattice, const LookAhead& ahead, Cost max_cost);

  // What one more symbol costs, by order of magnitude.
  uint64_t moves() const {
    return uint64_t{kLasts} * levels_ * (lattice_.steps.size() + lattice_.swaps.size() + lattice_.slots);
  }
  // Before a mark of `length` symbols.
  void Start(uint32_t length);
  // One more symbol, any of these. REQUIRES: not empty; fewer symbols so far than the length.
  void Advance(std::span<const Symbol> alphabet);
  // Expected alignments that can still end within the cost. Above 0 and below 1: the probability that there is one, at
  // most.
  double alive() const { return alive_; }
  // Expected alignments within the cost. REQUIRES: as many symbols as the length.
  double Matches() const;

 private:
  static constexpr size_t kMostKnownRows = size_t{1} << 16;  // Of all alphabets.
  enum Last : uint32_t { kOther, kLost, kAdded, kLasts };
  // Probabilities of the costs of one move: (level, probability).
  using Costs = std::vector<std::pair<uint32_t, double>>;
  // What is known of an alphabet: the probability of each class, and the costs of rows, made when they are needed.
  struct Known {
    std::vector<Symbol> symbols;
    std::vector<double> classes;
    std::vector<Costs> rows;  // By step, then by first and second half of each swap, then of a lost symbol.
  };

  uint32_t LevelOf(Cost cost) const { return cost >= kNever ? levels_ : (cost + width_ / 2) / width_; }
  double* At(std::vector<double>* sums, uint32_t slot, uint32_t last) const {
    return &(*sums)[(size_t{slot} * kLasts + last) * levels_];
  }
  const double* At(const std::vector<double>& sums, uint32_t slot, uint32_t last) const {
    return &sums[(size_t{slot} * kLasts + last) * levels_];
  }
  Known& KnownOf(std::span<const Symbol> alphabet);
  Costs CostsOf(const Known& known, const Cost* row) const;
  void AddMove(const double* from, const Costs& costs, double* to) const;
  void AddSteps(const Known& known);
  void AddSwaps(const Known& before, const Known& known);
  void Close(std::vector<double>* sums) const;
  void Prune();

  const CostLattice& lattice_;
  const LookAhead& ahead_;
  Cost max_cost_, width_;
  uint32_t levels_;
  std::vector<char> swallows_;  // By slot: a gap takes any symbol there at no cost, so that none need be lost.
  // By step: beside a gap, a wrong symbol is no better than the gap's taking it and the element's being added; that is
  // counted, and steps that cost as much or more are not.
  std::vector<uint32_t> too_dear_;
  std::vector<Known> known_;
  uint32_t length_ = 0, position_ = 0;
  size_t before_ = 0;  // The alphabet one position before, in known_.
  double alive_ = 0;
  std::vector<double> two_before_, one_before_, now_;
};

}  // namespace burin::internal

#endif
