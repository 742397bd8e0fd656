// One reader of several (shared_damage.h): the moves of a compiled reading, as a step over one symbol of the mark.
//
// A state is a slot that was reached, or a swap under way: its second element read, its first to come. Moves that read
// no symbol belong to the step after them.
#ifndef BURIN_SRC_CHANNEL_COMPILE_READER_MOVES_H_
#define BURIN_SRC_CHANNEL_COMPILE_READER_MOVES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

class ReaderMoves {
 public:
  // `given`: the reading compiled over intact and over damaged symbols: the same moves, of rows of their own. All
  // borrowed but `given`.
  ReaderMoves(const Lattice& reading, const CostLattice& costs, std::array<CostLattice, 2> given)
      : costs_(costs), given_(std::move(given)), in_vain_(costs.slots) {
    for (const auto& loop : costs.loops) in_vain_[loop.slot] += loop.weight;
    for (const auto& step : costs.steps) {
      const bool altered = reading.elements[static_cast<size_t>(step.element)].altered;
      shares_.push_back(!step.rewritten && !altered);
    }
    reached_.resize(costs.slots);
    passed_.resize(costs.slots);
    low_.resize(costs.slots);
  }

  size_t states() const { return costs_.slots + costs_.swaps.size(); }
  const CostLattice& costs() const { return costs_; }

  // One more symbol. `damaged`: 0 or 1, or -1 for a symbol whose state says nothing (the channel's own rates).
  // `factor` as in ReadFactor. Probabilities.
  void Step(const double* from, uint16_t symbol_class, double factor, int damaged, double* to) const {
    Close(from);
    const size_t slots = costs_.slots;
    for (size_t i = 0; i < slots; ++i) to[i] = reached_[i] * costs_.lost_weight;
    for (size_t i = 0; i < costs_.steps.size(); ++i) {
      const auto& s = costs_.steps[i];
      const CostLattice& by = damaged >= 0 && shares_[i] ? given_[static_cast<size_t>(damaged)] : costs_;
      const double move = by.weights[by.steps[i].row + symbol_class];
      to[s.to] += passed_[s.from] * (s.rewritten ? move : move * factor);
    }
    for (size_t j = 0; j < costs_.swaps.size(); ++j) {
      const auto& s = costs_.swaps[j];
      to[s.to] += from[slots + j] * costs_.weights[s.first_row + symbol_class];
      to[slots + j] = passed_[s.from] * costs_.weights[s.second_row + symbol_class];
    }
  }
  double End(const double* from) const {
    Close(from);
    return passed_.back() * costs_.end_weight;
  }

  // The same with costs, of the cheapest ways.
  void Step(const Cost* from, uint16_t symbol_class, double, int damaged, Cost* to) const {
    CloseLow(from);
    const size_t slots = costs_.slots;
    for (size_t i = 0; i < slots; ++i) to[i] = AddCosts(low_[i], costs_.lost[symbol_class]);
    for (size_t i = 0; i < costs_.steps.size(); ++i) {
      const auto& s = costs_.steps[i];
      const CostLattice& by = damaged >= 0 && shares_[i] ? given_[static_cast<size_t>(damaged)] : costs_;
      to[s.to] = std::min(to[s.to], AddCosts(low_[s.from], by.costs[by.steps[i].row + symbol_class]));
    }
    for (size_t j = 0; j < costs_.swaps.size(); ++j) {
      const auto& s = costs_.swaps[j];
      to[s.to] = std::min(to[s.to], AddCosts(from[slots + j], costs_.costs[s.first_row + symbol_class]));
      to[slots + j] = AddCosts(low_[s.from], costs_.costs[s.second_row + symbol_class]);
    }
  }
  Cost End(const Cost* from) const {
    CloseLow(from);
    return AddCosts(low_.back(), costs_.end);
  }

 private:
  // Moves that read nothing, as Likelihood closes its states.
  void Close(const double* from) const {
    std::copy(from, from + costs_.slots, reached_.begin());
    std::fill(passed_.begin(), passed_.end(), 0.0);
    auto free = costs_.free.begin();
    for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
      if (in_vain_[slot] > 0) {
        reached_[slot] = (reached_[slot] + in_vain_[slot] * passed_[slot]) / (1 - in_vain_[slot]);
      }
      passed_[slot] += reached_[slot];
      for (; free != costs_.free.end() && free->from == slot; ++free) {
        std::vector<double>& row = free->element == kEmpty ? passed_ : reached_;
        row[free->to] += passed_[slot] * free->weight;
      }
    }
  }
  void CloseLow(const Cost* from) const {
    std::copy(from, from + costs_.slots, low_.begin());
    for (const auto& free : costs_.free) low_[free.to] = std::min(low_[free.to], AddCosts(low_[free.from], free.cost));
  }

  const CostLattice& costs_;
  std::array<CostLattice, 2> given_;
  std::vector<double> in_vain_;
  std::vector<char> shares_;  // By step: whether damage changes it.
  mutable std::vector<double> reached_, passed_;
  mutable std::vector<Cost> low_;
};

}  // namespace burin::internal

#endif
