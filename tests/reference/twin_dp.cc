#include "tests/reference/twin_dp.h"

#include <algorithm>
#include <set>

#include "tests/reference/twin_unit.h"

namespace burin::internal::reference {

bool UnitTwin::Fits(int32_t element, Symbol symbol) const {
  return symbol == kUnreadable || Has(lattice_.elements[static_cast<size_t>(element)].members, symbol);
}
uint64_t UnitTwin::Read(int32_t element, Symbol symbol) const { return Fits(element, symbol) ? 0 : 1; }
uint64_t UnitTwin::Added(int32_t) const { return metric_ == Metric::kHamming ? kImpossible : 1; }
uint64_t UnitTwin::Lost() const { return metric_ == Metric::kHamming ? kImpossible : 1; }
uint64_t UnitTwin::Swapped(int32_t first, int32_t second, Symbol mark_first, Symbol mark_second) const {
  return metric_ == Metric::kOsa && Fits(first, mark_second) && Fits(second, mark_first) ? 1 : kImpossible;
}

TwinDp::TwinDp(const Lattice& lattice, const Prices& prices)
    : lattice_(lattice), prices_(prices), leaving_(lattice.slots), pairs_(lattice.slots) {
  for (const Arc& arc : lattice.arcs) leaving_[arc.from].push_back(arc);
  for (const Arc& first : lattice.arcs) {
    if (first.element == kEmpty) continue;
    std::set<uint32_t> seen = {first.to};
    for (auto slot = seen.begin(); slot != seen.end(); ++slot) {  // Passages lead upwards: inserted slots come later.
      for (const Arc& second : leaving_[*slot]) {
        if (second.element == kEmpty) {
          seen.insert(second.to);
        } else {
          pairs_[first.from].emplace_back(first, second);
        }
      }
    }
  }
}

Cost TwinDp::Of(std::u32string_view items, uint32_t min_length, uint32_t max_length) {
  items_ = items;
  min_length_ = min_length;
  max_length_ = max_length;
  memo_.assign(lattice_.slots * (items.size() + 1) * (max_length + 1), 0);
  return static_cast<Cost>(std::min<uint64_t>(From(0, 0, 0), kNever));
}

uint64_t TwinDp::From(uint32_t slot, size_t item, uint32_t symbols) {
  const size_t at = (slot * (items_.size() + 1) + item) * (max_length_ + 1) + symbols;
  if (memo_[at] == 0) memo_[at] = 1 + std::min(Compute(slot, item, symbols), kImpossible);
  return memo_[at] - 1;
}

uint64_t TwinDp::Compute(uint32_t slot, size_t item, uint32_t symbols) {
  uint64_t best = kImpossible;
  if (slot + 1 == lattice_.slots && AtEnd(item) && symbols >= min_length_) best = prices_.End();
  for (const Way& way : Ways(item)) {
    if (symbols < max_length_) best = std::min(best, Move(slot, symbols, way));
  }
  for (const Arc& arc : leaving_[slot]) {
    if (arc.from == arc.to) continue;  // A loop read in vain gains nothing.
    const uint64_t cost = arc.element == kEmpty ? 0 : prices_.Added(arc.element);
    best = std::min(best, cost + From(arc.to, item, symbols));
  }
  return best;
}

uint64_t TwinDp::Move(uint32_t slot, uint32_t symbols, const Way& way) {
  uint64_t best = prices_.Lost() + From(slot, way.second, symbols + 1);
  for (const Arc& arc : leaving_[slot]) {
    if (arc.element == kEmpty) continue;
    best = std::min(best, prices_.Read(arc.element, way.first) + From(arc.to, way.second, symbols + 1));
  }
  if (symbols + 2 > max_length_) return best;
  for (const Way& next : Ways(way.second)) {
    for (const auto& [first, second] : pairs_[slot]) {
      const uint64_t cost = prices_.Swapped(first.element, second.element, way.first, next.first);
      if (cost < kImpossible) best = std::min(best, cost + From(second.to, next.second, symbols + 2));
    }
  }
  return best;
}

std::vector<TwinDp::Way> TwinDp::Ways(size_t item) const {
  std::vector<Way> ways;
  for (; item < items_.size(); ++item) {
    if (items_[item] != kGap) {
      ways.emplace_back(items_[item], item + 1);
      break;
    }
    ways.emplace_back(kUnreadable, item);
  }
  return ways;
}

bool TwinDp::AtEnd(size_t item) const {
  return std::all_of(items_.begin() + static_cast<std::ptrdiff_t>(item), items_.end(),
                     [](Symbol s) { return s == kGap; });
}

}  // namespace burin::internal::reference
