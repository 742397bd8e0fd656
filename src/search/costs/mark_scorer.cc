#include "src/search/costs/mark_scorer.h"

#include <algorithm>

namespace burin::internal {

void MarkScorer::Prepare(std::u32string_view items, uint32_t max_length) {
  classes_.assign(1, 0);
  items_.assign(1, -1);
  gaps_.assign(1, -1);
  bool any_gap = false;
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i] == kGap) {
      gaps_.back() = static_cast<int32_t>(i);
      any_gap = true;
      continue;
    }
    classes_.push_back(lattice_.ClassOf(items[i]));
    items_.push_back(static_cast<int32_t>(i));
    gaps_.push_back(-1);
  }
  nodes_ = static_cast<uint32_t>(classes_.size());
  layers_ = (any_gap ? max_length : std::min(max_length, nodes_ - 1)) + 1;
  reached_.assign(size_t{layers_} * nodes_, 0);
  rows_made_ = 0;
  scratch_.resize(lattice_.slots);
}

Cost* MarkScorer::AddRow(uint32_t n, uint32_t node) {
  const size_t slots = lattice_.slots, end = size_t{++rows_made_} * slots;
  if (rows_.size() < end) rows_.resize(end);
  reached_[n * nodes_ + node] = rows_made_;
  return &rows_[end - slots];
}

uint32_t MarkScorer::WaysInto(uint32_t node, Way* ways) const {
  uint32_t count = 0;
  if (node > 0) ways[count++] = {node - 1, classes_[node]};
  if (gaps_[node] >= 0) ways[count++] = {node, kAnyClass};
  return count;
}

void MarkScorer::Fill(uint32_t n, uint32_t node) {
  Way last[2], before[2];
  const uint32_t lasts = WaysInto(node, last);
  for (uint32_t l = 0; l < lasts; ++l) {
    if (!reached(n - 1, last[l].from)) continue;
    // Once for each way into the node before, for swaps; once at least.
    const uint32_t befores = n >= 2 ? WaysInto(last[l].from, before) : 0;
    for (uint32_t b = 0; b < std::max(befores, 1u); ++b) {
      const bool two = b < befores && reached(n - 2, before[b].from);
      const Cost* two_before = two ? row(n - 2, before[b].from) : nullptr;
      lattice_.Advance(two_before, two ? before[b].symbol_class : uint16_t{0}, row(n - 1, last[l].from),
                       last[l].symbol_class, scratch_.data());
      if (!reached(n, node)) {
        std::copy(scratch_.begin(), scratch_.end(), AddRow(n, node));
      } else {
        Cost* known = &rows_[size_t{reached_[n * nodes_ + node] - 1} * lattice_.slots];
        for (uint32_t i = 0; i < lattice_.slots; ++i) known[i] = std::min(known[i], scratch_[i]);
      }
    }
  }
}

Cost MarkScorer::Score(std::u32string_view items, uint32_t min_length, uint32_t max_length) {
  Prepare(items, max_length);
  lattice_.Start(AddRow(0, 0));
  Cost best = kNever;
  for (uint32_t n = 0; n < layers_; ++n) {
    if (n > 0) {
      for (uint32_t node = 0; node < nodes_ && node <= n; ++node) Fill(n, node);
    }
    if (n < min_length || !reached(n, nodes_ - 1)) continue;
    const Cost cost = AddCosts(row(n, nodes_ - 1)[lattice_.slots - 1], lattice_.end);
    if (cost < best) {
      best = cost;
      best_length_ = n;
    }
  }
  return best;
}

}  // namespace burin::internal
