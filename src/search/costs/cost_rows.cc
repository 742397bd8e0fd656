#include "src/search/costs/cost_rows.h"

#include <algorithm>

namespace burin::internal {
namespace {

// Puts costs into a row that grows as slots are reached.
class RowWriter {
 public:
  RowWriter(Cost* row, uint32_t begin) : row_(row), end_(begin) {}
  uint32_t end() const { return end_; }
  // REQUIRES: slot >= begin.
  void Put(uint32_t slot, Cost cost) {
    while (end_ <= slot) row_[end_++] = kNever;
    row_[slot] = std::min(row_[slot], cost);
  }

 private:
  Cost* row_;
  uint32_t end_;
};

// Sets of classes that are told apart.
class Partition {
 public:
  explicit Partition(uint64_t* parts) : parts_(parts) {}
  uint32_t count() const { return count_; }
  // Classes of levels that cost at most `left` lead on, and those of one level from those of another are different.
  void Refine(std::span<const CostLevel> levels, int64_t left) {
    for (const CostLevel& level : levels) {
      if (level.cost > left) return;
      Add(level.classes);
    }
  }

 private:
  void Add(uint64_t classes) {
    uint64_t fresh = classes;
    for (uint32_t i = 0, count = count_; i < count; ++i) {
      const uint64_t both = parts_[i] & classes;
      fresh &= ~parts_[i];
      if (both == 0 || both == parts_[i]) continue;
      parts_[i] &= ~both;
      parts_[count_++] = both;
    }
    if (fresh != 0) parts_[count_++] = fresh;
  }

  uint64_t* parts_;
  uint32_t count_ = 0;
};

}  // namespace

void CostRows::Start(uint32_t length, Cost cut, const FirstPart& first) {
  slots_ = moves_.lattice().slots;
  length_ = length;
  cut_ = cut;
  first_ = first;
  rows_.resize(size_t{length + 1} * slots_);
  windows_.resize(length + 1);
  path_.resize(length + 1);
  row(0)[0] = 0;
  Settle(0, {0, 1});
}

void CostRows::Settle(uint32_t depth, Window window) {
  Cost* const to = row(depth);
  const Cost* const ahead = moves_.ahead().row(remaining(depth));
  RowWriter writer(to, window.end);
  for (uint32_t slot = window.begin; slot < writer.end(); ++slot) {
    if (to[slot] + ahead[slot] > cut_ || (slot < first_.slot && to[slot] > first_.limit)) {
      to[slot] = kNever;
      continue;
    }
    for (const auto& f : moves_.free(slot)) writer.Put(f.to, to[slot] + f.cost);
  }
  window.end = writer.end();
  while (window.begin < window.end && to[window.begin] == kNever) ++window.begin;
  while (window.begin < window.end && to[window.end - 1] == kNever) --window.end;
  windows_[depth] = window;
}

bool CostRows::Enter(uint32_t depth, uint16_t symbol_class) {
  const CostLattice& lattice = moves_.lattice();
  path_[depth] = symbol_class;
  const Window from = windows_[depth];
  const Window before = depth > 0 && lattice.has_swaps ? windows_[depth - 1] : Window();
  uint32_t begin = from.begin < from.end ? from.begin : slots_;
  if (before.begin < before.end) begin = std::min(begin, before.begin);
  RowWriter writer(row(depth + 1), begin);
  const Cost lost = lattice.lost[symbol_class];
  for (uint32_t slot = from.begin; slot < from.end; ++slot) {
    const Cost at = row(depth)[slot];
    if (at == kNever) continue;
    writer.Put(slot, at + lost);
    for (const auto& s : moves_.steps(slot)) writer.Put(s.to, at + lattice.costs[s.row + symbol_class]);
  }
  for (uint32_t slot = before.begin; slot < before.end; ++slot) {
    const Cost at = row(depth - 1)[slot];
    if (at == kNever) continue;
    for (const auto& s : moves_.swaps(slot)) {
      const Cost move = lattice.costs[s.first_row + symbol_class] + lattice.costs[s.second_row + path_[depth - 1]];
      writer.Put(s.to, at + move);
    }
  }
  Settle(depth + 1, {begin, writer.end()});
  const Window& made = windows_[depth + 1];
  return made.begin < made.end || SwapLeadsOn(depth, symbol_class);
}

bool CostRows::SwapLeadsOn(uint32_t depth, uint16_t symbol_class) const {
  if (remaining(depth) < 2 || !moves_.lattice().has_swaps) return false;
  const Cost* after = moves_.ahead().row(remaining(depth) - 2);
  const Window from = windows_[depth];
  for (uint32_t slot = from.begin; slot < from.end; ++slot) {
    const Cost at = row(depth)[slot];
    if (at == kNever) continue;
    for (const auto& s : moves_.swaps(slot)) {
      const Cost read = moves_.lattice().costs[s.second_row + symbol_class] + s.first_lowest;
      if (int64_t{read} <= Left(at, s.to, after[s.to])) return true;
    }
  }
  return false;
}

uint32_t CostRows::Parts(uint32_t depth, uint64_t* parts) {
  Partition partition(parts);
  const bool swaps = moves_.lattice().has_swaps;
  const Cost* next = moves_.ahead().row(remaining(depth) - 1);
  const Cost* after = remaining(depth) >= 2 ? moves_.ahead().row(remaining(depth) - 2) : nullptr;
  const Window from = windows_[depth];
  for (uint32_t slot = from.begin; slot < from.end; ++slot) {
    const Cost at = row(depth)[slot];
    if (at == kNever) continue;
    partition.Refine(moves_.lost_levels(), Left(at, slot, next[slot]));
    for (const auto& s : moves_.steps(slot)) {
      const int64_t left = Left(at, s.to, next[s.to]);
      if (left >= s.lowest) partition.Refine(moves_.levels(s.row), left);
    }
    if (!swaps || after == nullptr) continue;
    for (const auto& s : moves_.swaps(slot)) {
      const int64_t left = Left(at, s.to, after[s.to]) - s.first_lowest;
      if (left >= s.second_lowest) partition.Refine(moves_.levels(s.second_row), left);
    }
  }
  if (!swaps || depth == 0) return partition.count();
  const Window before = windows_[depth - 1];
  for (uint32_t slot = before.begin; slot < before.end; ++slot) {
    const Cost at = row(depth - 1)[slot];
    if (at == kNever) continue;
    for (const auto& s : moves_.swaps(slot)) {
      const int64_t left = Left(at, s.to, next[s.to]) - moves_.lattice().costs[s.second_row + path_[depth - 1]];
      if (left >= s.first_lowest) partition.Refine(moves_.levels(s.first_row), left);
    }
  }
  return partition.count();
}

Cost CostRows::Score() const {
  const Window& last = windows_[length_];
  return last.begin <= slots_ - 1 && last.end == slots_ ? AddCosts(row(length_)[slots_ - 1], moves_.lattice().end)
                                                        : kNever;
}

}  // namespace burin::internal
