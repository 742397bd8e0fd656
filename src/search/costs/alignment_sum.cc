#include "src/search/costs/alignment_sum.h"

#include <algorithm>

namespace burin::internal {
namespace {

// By slot: whether a loop there, or behind free passage, reads any symbol at no cost.
std::vector<char> SlotsThatSwallow(const CostLattice& lattice) {
  std::vector<char> swallows(lattice.slots);
  for (const CostLattice::Step& step : lattice.steps) {
    if (step.from != step.to) continue;
    const Cost* row = &lattice.costs[step.row];
    const bool any = std::all_of(row, row + lattice.classes, [](Cost cost) { return cost == 0; });
    if (any) swallows[step.from] = 1;
  }
  for (auto f = lattice.free.rbegin(); f != lattice.free.rend(); ++f) {
    if (f->element == kEmpty && f->cost == 0 && swallows[f->to]) swallows[f->from] = 1;
  }
  return swallows;
}

}  // namespace

AlignmentSum::AlignmentSum(const CostLattice& lattice, const LookAhead& ahead, Cost max_cost)
    : lattice_(lattice),
      ahead_(ahead),
      max_cost_(max_cost),
      width_(max_cost / kCostLevels + 1),
      levels_(max_cost / width_ + 1),
      swallows_(SlotsThatSwallow(lattice)) {
  for (const CostLattice::Step& step : lattice.steps) {
    uint32_t added = levels_;
    for (const CostLattice::Free& f : lattice.free) {
      const bool same = f.element != kEmpty && f.element == step.element && f.from == step.from && f.to == step.to;
      if (same && (swallows_[f.from] || swallows_[f.to])) added = std::min(added, LevelOf(f.cost));
    }
    too_dear_.push_back(added);
  }
}

void AlignmentSum::Start(uint32_t length) {
  length_ = length;
  position_ = 0;
  const size_t states = size_t{lattice_.slots} * kLasts * levels_;
  now_.assign(states, 0);
  one_before_.assign(states, 0);
  two_before_.assign(states, 0);
  *At(&now_, 0, kOther) = 1;
  Close(&now_);
  Prune();
}

AlignmentSum::Known& AlignmentSum::KnownOf(std::span<const Symbol> alphabet) {
  for (Known& known : known_) {
    if (std::equal(alphabet.begin(), alphabet.end(), known.symbols.begin(), known.symbols.end())) return known;
  }
  // Of a large reading few alphabets are remembered: the one before is, for swaps.
  const size_t rows = lattice_.steps.size() + 2 * lattice_.swaps.size() + 1;
  if (known_.size() >= std::max<size_t>(2, kMostKnownRows / rows)) {
    Known before = std::move(known_[before_]);
    known_.clear();
    known_.push_back(std::move(before));
    before_ = 0;
  }
  Known known;
  known.symbols.assign(alphabet.begin(), alphabet.end());
  known.classes.assign(lattice_.classes, 0);
  for (const Symbol s : alphabet) known.classes[lattice_.ClassOf(s)] += 1.0 / static_cast<double>(alphabet.size());
  for (size_t i = 0; i < lattice_.steps.size(); ++i) {
    known.rows.push_back(CostsOf(known, &lattice_.costs[lattice_.steps[i].row]));
    std::erase_if(known.rows.back(), [&](const auto& cost) { return cost.first > 0 && cost.first >= too_dear_[i]; });
  }
  for (const auto& swap : lattice_.swaps) {
    known.rows.push_back(CostsOf(known, &lattice_.costs[swap.first_row]));
    known.rows.push_back(CostsOf(known, &lattice_.costs[swap.second_row]));
  }
  known.rows.push_back(CostsOf(known, lattice_.lost.data()));
  known_.push_back(std::move(known));
  return known_.back();
}

AlignmentSum::Costs AlignmentSum::CostsOf(const Known& known, const Cost* row) const {
  Costs costs;
  for (uint32_t c = 0; c < lattice_.classes; ++c) {
    const uint32_t level = known.classes[c] > 0 ? LevelOf(row[c]) : levels_;
    if (level >= levels_) continue;
    const auto at = std::find_if(costs.begin(), costs.end(), [&](const auto& cost) { return cost.first == level; });
    if (at == costs.end()) {
      costs.emplace_back(level, known.classes[c]);
    } else {
      at->second += known.classes[c];
    }
  }
  return costs;
}

void AlignmentSum::AddMove(const double* from, const Costs& costs, double* to) const {
  for (uint32_t level = 0; level < levels_; ++level) {
    if (from[level] == 0) continue;
    for (const auto& [more, probability] : costs) {
      if (level + more < levels_) to[level + more] += from[level] * probability;
    }
  }
}

void AlignmentSum::AddSteps(const Known& known) {
  for (size_t i = 0; i < lattice_.steps.size(); ++i) {
    const auto& step = lattice_.steps[i];
    for (uint32_t last = 0; last < kLasts; ++last) {
      AddMove(At(one_before_, step.from, last), known.rows[i], At(&now_, step.to, kOther));
    }
  }
  for (uint32_t slot = 0; slot < lattice_.slots; ++slot) {
    if (swallows_[slot]) continue;
    AddMove(At(one_before_, slot, kOther), known.rows.back(), At(&now_, slot, kLost));
    AddMove(At(one_before_, slot, kLost), known.rows.back(), At(&now_, slot, kLost));
  }
}

void AlignmentSum::AddSwaps(const Known& before, const Known& known) {
  for (size_t i = 0; i < lattice_.swaps.size(); ++i) {
    const auto& swap = lattice_.swaps[i];
    Costs both;
    for (const auto& [first, p] : known.rows[lattice_.steps.size() + 2 * i]) {
      for (const auto& [second, q] : before.rows[lattice_.steps.size() + 2 * i + 1]) {
        both.emplace_back(first + second, p * q);
      }
    }
    for (uint32_t last = 0; last < kLasts; ++last) {
      AddMove(At(two_before_, swap.from, last), both, At(&now_, swap.to, kOther));
    }
  }
}

void AlignmentSum::Advance(std::span<const Symbol> alphabet) {
  std::swap(two_before_, one_before_);
  std::swap(one_before_, now_);
  std::fill(now_.begin(), now_.end(), 0);
  const Known& known = KnownOf(alphabet);
  const size_t number = static_cast<size_t>(&known - known_.data());
  AddSteps(known);
  if (position_ > 0) AddSwaps(known_[before_], known);
  before_ = number;
  ++position_;
  Close(&now_);
  Prune();
}

void AlignmentSum::Close(std::vector<double>* sums) const {
  for (const CostLattice::Free& f : lattice_.free) {
    const uint32_t level = LevelOf(f.cost);
    if (level >= levels_) continue;
    const Costs costs = {{level, 1.0}};
    if (f.element == kEmpty) {
      for (uint32_t last = 0; last < kLasts; ++last) AddMove(At(*sums, f.from, last), costs, At(sums, f.to, last));
    } else {
      AddMove(At(*sums, f.from, kOther), costs, At(sums, f.to, kAdded));
      AddMove(At(*sums, f.from, kAdded), costs, At(sums, f.to, kAdded));
    }
  }
}

// Drops what cannot end within the cost. A swap under way is in the rows before, not here: it is not counted as alive.
void AlignmentSum::Prune() {
  alive_ = 0;
  const Cost* ahead = ahead_.row(length_ - position_);
  for (uint32_t slot = 0; slot < lattice_.slots; ++slot) {
    const uint32_t level = LevelOf(ahead[slot]);
    for (uint32_t last = 0; last < kLasts; ++last) {
      double* sums = At(&now_, slot, last);
      for (uint32_t l = 0; l < levels_; ++l) {
        if (l + level >= levels_) {
          sums[l] = 0;
        } else {
          alive_ += sums[l];
        }
      }
    }
  }
}

double AlignmentSum::Matches() const {
  const uint32_t end = LevelOf(lattice_.end);
  double matches = 0;
  for (uint32_t last = 0; last < kLasts; ++last) {
    const double* sums = At(now_, lattice_.slots - 1, last);
    for (uint32_t l = 0; l + end < levels_; ++l) matches += sums[l];
  }
  return matches;
}

}  // namespace burin::internal
