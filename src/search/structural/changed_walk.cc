#include "src/search/structural/changed_walk.h"

#include <algorithm>

#include "src/index/keys/packed_keys.h"

namespace burin::internal {

std::u32string SerialOfKey(const KeyGroup& group, uint64_t key) {
  uint16_t codes[kMaxMarkSymbols];
  group.Read(key, key + 1, codes);
  std::u32string out;
  for (uint32_t p = 0; p < group.length(); ++p) out += group.alphabet(p)[codes[p]];
  return out;
}

namespace {

// Whether a serial of the group can be a block of digits and a block of letters, either of them first, or one alone.
bool MayBeTwoBlocks(const KeyGroup& group) {
  const auto has = [&](uint32_t position, bool digits) {
    const auto alphabet = group.alphabet(position);
    return std::any_of(alphabet.begin(), alphabet.end(),
                       [&](Symbol s) { return BaseIndex(s) != kBaseSymbols && (BaseIndex(s) < 10) == digits; });
  };
  for (const bool digits_first : {false, true}) {
    uint32_t first = 0, second = group.length();
    while (first < group.length() && has(first, digits_first)) ++first;
    while (second > 0 && has(second - 1, !digits_first)) --second;
    if (second <= first) return true;
  }
  return false;
}

}  // namespace

bool ChangedWalk::Run(const KeyGroup& group, WalkVisitor* visitor) {
  walks_.resize(changed_.size());
  const bool two_blocks = MayBeTwoBlocks(group);
  const bool is_packed = group.packed64() != nullptr || group.packed128() != nullptr;
  for (size_t i = 0; i < changed_.size(); ++i) {
    if (changed_[i].least > visitor->cut()) continue;
    if (changed_[i].change == MarkChange::kBlocksSwapped && !two_blocks) continue;
    if (walks_[i] == nullptr && visitor->patience().Ask()) return false;  // To make one takes long.
    if (walks_[i] != nullptr && is_packed) {
      if (!WalkOne(i, walks_[i].get(), group, visitor)) return false;
      continue;
    }
    const std::shared_ptr<const CostLattice> costs = changed_[i].Costs();
    if (costs->best > visitor->cut()) continue;
    if (!is_packed) {
      if (!RunLong(*costs, group, visitor)) return false;
      continue;
    }
    auto walk = std::make_unique<CostWalk>(*costs, most_);
    if (!WalkOne(i, walk.get(), group, visitor)) return false;
    const size_t moves = costs->steps.size() + costs->free.size() + costs->swaps.size();
    if (changed_[i].kept == nullptr || moves > room_) continue;
    room_ -= moves;
    walks_[i] = std::move(walk);
  }
  return true;
}

bool ChangedWalk::WalkOne(size_t i, CostWalk* walk, const KeyGroup& group, WalkVisitor* visitor) const {
  const CostPlan ends = PlanOf(i, group);
  if (walk->Lowest(group.length(), !ends.forward) > visitor->cut()) return true;
  // Where letters are lost, how many prefixes there are depends on what the reading leaves room for: that is counted.
  if (changed_[i].change == MarkChange::kLettersLost) return walk->Run(group, visitor);
  const bool both = ends.forward && ends.backward;
  return walk->Run(group, both ? walk->Halves(visitor->cut()) : ends, visitor);
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

}  // namespace burin::internal
