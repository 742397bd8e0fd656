#include "src/search/changed_walk.h"

#include <algorithm>

#include "src/search/mark_scorer.h"

namespace burin::internal {

std::u32string SerialOfKey(const KeyGroup& group, uint64_t key) {
  uint16_t codes[kMaxMarkSymbols];
  group.Read(key, key + 1, codes);
  std::u32string out;
  for (uint32_t p = 0; p < group.length(); ++p) out += group.alphabet(p)[codes[p]];
  return out;
}

bool ChangedWalk::Run(const KeyGroup& group, WalkVisitor* visitor, std::vector<CostHit>* hits) {
  walks_.resize(changed_.size());
  const bool is_packed = group.packed64() != nullptr || group.packed128() != nullptr;
  GatherHits gather(visitor, hits);
  for (size_t i = 0; i < changed_.size(); ++i) {
    if (changed_[i].costs.best > visitor->cut()) continue;
    if (!is_packed) {
      if (!RunLong(changed_[i].costs, group, &gather)) return false;
      continue;
    }
    if (walks_[i] == nullptr) walks_[i] = std::make_unique<CostWalk>(changed_[i].costs, most_);
    if (!walks_[i]->Run(group, &gather)) return false;
  }
  return true;
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

}  // namespace burin::internal
