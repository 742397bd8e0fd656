#include "src/search/changed_walk.h"

#include <algorithm>

#include "src/index/packed_keys.h"
#include "src/search/mark_scorer.h"

namespace burin::internal {

std::u32string SerialOfKey(const KeyGroup& group, uint64_t key) {
  uint16_t codes[kMaxMarkSymbols];
  group.Read(key, key + 1, codes);
  std::u32string out;
  for (uint32_t p = 0; p < group.length(); ++p) out += group.alphabet(p)[codes[p]];
  return out;
}

bool ChangedWalk::Run(const KeyGroup& group, WalkVisitor* visitor) {
  walks_.resize(changed_.size());
  const bool is_packed = group.packed64() != nullptr || group.packed128() != nullptr;
  for (size_t i = 0; i < changed_.size(); ++i) {
    if (changed_[i].costs.best > visitor->cut()) continue;
    if (!is_packed) {
      if (!RunLong(changed_[i].costs, group, visitor)) return false;
      continue;
    }
    if (walks_[i] == nullptr) walks_[i] = std::make_unique<CostWalk>(changed_[i].costs, most_);
    CostWalk& walk = *walks_[i];
    const CostPlan ends = PlanOf(i, group);
    if (walk.Lowest(group.length(), !ends.forward) > visitor->cut()) continue;
    // Where letters are lost, how many prefixes there are depends on what the reading leaves room for: that is counted.
    const bool counted = changed_[i].change == MarkChange::kLettersLost;
    const bool both = ends.forward && ends.backward;
    const bool complete =
        counted ? walk.Run(group, visitor) : walk.Run(group, both ? walk.Halves(visitor->cut()) : ends, visitor);
    if (!complete) return false;
  }
  return true;
}

// From the end at which the mark is as it was; from both where it is so at both.
CostPlan ChangedWalk::PlanOf(size_t i, const KeyGroup& group) const {
  const bool has_backward =
      group.packed64() != nullptr ? group.packed64()->has_backward() : group.packed128()->has_backward();
  const MarkChange change = changed_[i].change;
  if (!has_backward || change == MarkChange::kAtEnd) return {true, false, {}};
  return {change != MarkChange::kLostBefore && change != MarkChange::kLastFour, true, {}};
}

bool ChangedWalk::RunLong(const CostLattice& lattice, const KeyGroup& group, WalkVisitor* visitor) const {
  const LookAhead ahead(lattice);
  if (ahead.at(0, group.length()) > visitor->cut()) return true;
  return Walk(lattice, ahead).Run(group, visitor);
}

Cost ChangedWalk::CostOf(std::u32string_view serial) const {
  Cost best = kNever;
  for (const ChangedLattice& changed : changed_) {
    best = std::min(best, MarkScorer(changed.costs).Score(serial, 0, kMaxMarkSymbols));
  }
  return best;
}

uint64_t ChangedWalk::Moves(uint32_t length) const {
  uint64_t moves = 0;
  for (const ChangedLattice& changed : changed_) moves += MovesOf(changed.costs, length);
  return moves;
}

}  // namespace burin::internal
