#include "src/channel/model/cost_lattice.h"

#include <algorithm>
#include <utility>

namespace burin::internal {

uint16_t CostLattice::ClassOf(Symbol s) const {
  if (s == kUnreadable) return kAnyClass;
  const size_t base = BaseIndex(s);
  if (base < kBaseSymbols) return static_cast<uint16_t>(base);
  const auto at = std::lower_bound(listed.begin(), listed.end(), s);
  if (at == listed.end() || *at != s) return kOtherClass;
  return static_cast<uint16_t>(kFirstListedClass + (at - listed.begin()));
}

void CostLattice::Start(Cost* row) const {
  std::fill(row, row + slots, kNever);
  row[0] = 0;
  Close(row);
}

void CostLattice::Close(Cost* row) const {
  for (const Free& f : free) row[f.to] = std::min(row[f.to], AddCosts(row[f.from], f.cost));
}

void CostLattice::Advance(const Cost* two_before, uint16_t before, const Cost* one_before, uint16_t c,
                          Cost* row) const {
  for (uint32_t i = 0; i < slots; ++i) row[i] = AddCosts(one_before[i], lost[c]);
  for (const Step& s : steps) row[s.to] = std::min(row[s.to], AddCosts(one_before[s.from], costs[s.row + c]));
  if (two_before != nullptr) {
    for (const Swap& s : swaps) {
      const Cost move = AddCosts(costs[s.first_row + c], costs[s.second_row + before]);
      row[s.to] = std::min(row[s.to], AddCosts(two_before[s.from], move));
    }
  }
  Close(row);
}

std::vector<Cost> CostLattice::LowestToEnd() const {
  std::vector<Cost> lowest(slots, kNever);
  lowest[slots - 1] = end;
  // Moves lead upwards: by the slots they start from, highest first.
  std::vector<std::vector<std::pair<uint32_t, Cost>>> moves(slots);
  for (const Step& s : steps) {
    if (s.to != s.from) moves[s.from].emplace_back(s.to, s.lowest);
  }
  for (const Free& f : free) moves[f.from].emplace_back(f.to, f.cost);
  for (const Swap& s : swaps) {
    if (s.to != s.from) moves[s.from].emplace_back(s.to, AddCosts(s.first_lowest, s.second_lowest));
  }
  for (uint32_t slot = slots; slot-- > 0;) {
    for (const auto& [to, cost] : moves[slot]) lowest[slot] = std::min(lowest[slot], AddCosts(cost, lowest[to]));
  }
  return lowest;
}

CostLattice CostLattice::Reversed() const {
  CostLattice out = *this;
  const uint32_t last = slots - 1;
  const auto turn = [last](auto* move) {
    const uint32_t from = move->from;
    move->from = last - move->to;
    move->to = last - from;
  };
  for (Step& s : out.steps) turn(&s);
  for (Free& f : out.free) turn(&f);
  std::sort(out.free.begin(), out.free.end(), [](const Free& a, const Free& b) { return a.from < b.from; });
  for (Swap& s : out.swaps) {
    turn(&s);
    std::swap(s.first, s.second);
    std::swap(s.first_row, s.second_row);
    std::swap(s.first_lowest, s.second_lowest);
  }
  return out;
}

LookAhead::LookAhead(const CostLattice& lattice, uint32_t most)
    : slots_(lattice.slots), costs_(size_t{most + 1} * lattice.slots, kNever) {
  for (uint32_t r = 0; r <= most; ++r) {
    Cost* row = &costs_[size_t{r} * slots_];
    if (r == 0) row[slots_ - 1] = lattice.end;
    if (r >= 1) {
      const Cost* next = row - slots_;
      for (uint32_t i = 0; i < slots_; ++i) row[i] = AddCosts(next[i], lattice.lost_lowest);
      for (const auto& s : lattice.steps) row[s.from] = std::min(row[s.from], AddCosts(next[s.to], s.lowest));
    }
    if (r >= 2) {
      const Cost* after = row - 2 * slots_;
      for (const auto& s : lattice.swaps) {
        const Cost move = AddCosts(s.first_lowest, s.second_lowest);
        row[s.from] = std::min(row[s.from], AddCosts(after[s.to], move));
      }
    }
    for (auto f = lattice.free.rbegin(); f != lattice.free.rend(); ++f) {
      row[f->from] = std::min(row[f->from], AddCosts(row[f->to], f->cost));
    }
  }
}

}  // namespace burin::internal
