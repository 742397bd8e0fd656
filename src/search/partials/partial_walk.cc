#include "src/search/partials/partial_walk.h"

#include <algorithm>

#include "src/base/sort_in_pieces.h"
#include "src/index/records/partial_keys.h"
#include "src/index/records/partials.h"
#include "src/search/costs/mark_scorer.h"

namespace burin::internal {
namespace {

// No mark within the cut has more symbols than the reading has elements, but for symbols lost and loops.
uint32_t MostSymbols(const CostLattice& lattice, uint32_t max_length, Cost cut) {
  const bool loops = std::any_of(lattice.steps.begin(), lattice.steps.end(),
                                 [](const CostLattice::Step& s) { return s.from == s.to; });
  if (loops || lattice.lost_lowest == 0) return max_length;
  return static_cast<uint32_t>(std::min<uint64_t>(max_length, uint64_t{lattice.slots} - 1 + cut / lattice.lost_lowest));
}

// The records of one order.
class OrderWalk {
 public:
  OrderWalk(const Index& index, const PartialOrder& order, const CostLattice& lattice, const PartialBounds& bounds)
      : index_(index), keys_(index.partial_keys()), order_(order), cut_(bounds.cut), rows_(lattice, bounds) {}

  bool Run(const std::function<bool()>& spend, Patience* patience, std::vector<ScoredPartial>* found) {
    if (!rows_.possible()) return true;
    for (uint64_t place = order_.begin; place < order_.end;) {
      if (spend() || patience->Took(rows_.TakeMoves())) return false;
      Load(place, &other_);
      rows_.BackTo(std::min(rows_.depth(), Common()));
      items_.swap(other_);
      uint32_t depth = rows_.depth();
      while (depth < items_.size() && rows_.Push(items_[depth])) ++depth;
      if (depth < items_.size()) {
        place = Behind(place, depth + 1);
        continue;
      }
      const Cost cost = rows_.Score();
      if (cost <= cut_) found->push_back({index_.partial_at(place), cost});
      ++place;
    }
    return true;
  }

 private:
  void Load(uint64_t place, std::u32string* items) const {
    if (keys_ != nullptr && keys_->Items(place, items)) return;
    index_.partial_items(index_.partial_at(place), items);
    if (order_.backward) std::reverse(items->begin(), items->end());
  }
  uint32_t Common() const {
    const auto differ = std::mismatch(items_.begin(), items_.end(), other_.begin(), other_.end());
    return static_cast<uint32_t>(differ.first - items_.begin());
  }
  // The first place behind one that has the first `depth` items of items_, of which it is known that `place` has.
  uint64_t Behind(uint64_t place, uint32_t depth) {
    if (keys_ != nullptr && depth <= keys_->items()) {
      const uint64_t last = keys_->At(place) | keys_->Behind(depth);
      return FirstBehind(place, [&](uint64_t at) { return keys_->At(at) <= last; });
    }
    return FirstBehind(place, [&](uint64_t at) {
      Load(at, &other_);
      return Common() >= depth;
    });
  }
  template <typename Shares>
  uint64_t FirstBehind(uint64_t place, const Shares& shares) const {
    uint64_t step = 1;
    while (place + step < order_.end && shares(place + step)) {
      place += step;
      step *= 2;
    }
    uint64_t last = std::min(order_.end, place + step);  // Does not share; `place` does.
    while (last - place > 1) {
      const uint64_t middle = place + (last - place) / 2;
      (shares(middle) ? place : last) = middle;
    }
    return last;
  }

  const Index& index_;
  const PartialKeys* keys_;
  const PartialOrder& order_;
  Cost cut_;
  ItemRows rows_;
  std::u32string items_, other_;
};

}  // namespace

ItemRows::ItemRows(const CostLattice& lattice, const PartialBounds& bounds)
    : lattice_(lattice),
      cut_(bounds.cut),
      first_(bounds.first),
      scratch_(lattice.slots),
      moves_of_symbol_(MovesOf(lattice, 0)) {
  const uint32_t slots = lattice.slots;
  const uint32_t most = MostSymbols(lattice, bounds.max_length, cut_);
  const LookAhead look(lattice, most);
  for (uint32_t length = bounds.min_length; length <= most; ++length) {
    if (look.at(0, length) > cut_) continue;
    if (!possible_) least_ = length;
    most_ = length;
    possible_ = true;
  }
  levels_.resize(1);
  if (!possible_) return;
  ahead_.assign(size_t{most_ + 1} * slots, kNever);
  for (uint32_t n = 0; n <= most_; ++n) {
    Cost* lowest = &ahead_[size_t{n} * slots];
    for (uint32_t length = std::max(least_, n); length <= most_; ++length) {
      const Cost* row = look.row(length - n);
      for (uint32_t i = 0; i < slots; ++i) lowest[i] = std::min(lowest[i], row[i]);
    }
  }
  rows_.resize(slots);
  lattice.Start(rows_.data());
  Prune(rows_.data());
}

void ItemRows::Prune(Cost* row) const {
  for (uint32_t i = 0; i < first_.slot; ++i) row[i] = row[i] > first_.limit ? kNever : row[i];
}

size_t ItemRows::EndOfRows() const {
  const Level& last = levels_.back();
  return last.rows + size_t{last.high - last.low + 1} * lattice_.slots;
}

uint32_t ItemRows::WaysInto(size_t level, Way* ways) const {
  uint32_t count = 0;
  const Level& at = levels_[level];
  if (at.before >= 0) ways[count++] = {static_cast<size_t>(at.before), at.entered};
  if (at.gap) ways[count++] = {level, kAnyClass};
  return count;
}

void ItemRows::Lower(size_t level, uint32_t n, const Way& last) {
  if (n == 0 || !Has(levels_[last.from], n - 1)) return;
  const Cost* one_before = row(levels_[last.from], n - 1);
  Way before[2];
  // Once for each way into the level before, for swaps; once at least.
  const uint32_t befores = n >= 2 ? WaysInto(last.from, before) : 0;
  for (uint32_t b = 0; b < std::max(befores, 1u); ++b) {
    const bool two = b < befores && Has(levels_[before[b].from], n - 2);
    const Cost* two_before = two ? row(levels_[before[b].from], n - 2) : nullptr;
    lattice_.Advance(two_before, two ? before[b].symbol_class : uint16_t{0}, one_before, last.symbol_class,
                     scratch_.data());
    Prune(scratch_.data());
    moves_ += moves_of_symbol_;
    Cost* to = row(levels_[level], n);
    for (uint32_t i = 0; i < lattice_.slots; ++i) to[i] = std::min(to[i], scratch_[i]);
  }
}

void ItemRows::PushSymbol(Symbol item) {
  const size_t from = levels_.size() - 1;
  Level level;
  level.low = levels_[from].low + 1;
  level.high = std::min(levels_[from].high + 1, most_);
  level.before = static_cast<int32_t>(from);
  level.entered = lattice_.ClassOf(item);
  level.rows = EndOfRows();
  levels_.push_back(level);
  rows_.resize(std::max(rows_.size(), EndOfRows()));
  std::fill_n(row(level, level.low), size_t{level.high - level.low + 1} * lattice_.slots, kNever);
  for (uint32_t n = level.low; n <= level.high; ++n) Lower(from + 1, n, {from, level.entered});
}

void ItemRows::PushGap() {
  const size_t from = levels_.size() - 1;
  Level level = levels_[from];
  level.high = most_;
  level.gap = true;
  level.rows = EndOfRows();
  levels_.push_back(level);
  rows_.resize(std::max(rows_.size(), EndOfRows()));
  Cost* to = row(level, level.low);
  const size_t known = size_t{levels_[from].high - level.low + 1} * lattice_.slots;
  std::copy_n(row(levels_[from], level.low), known, to);
  std::fill(to + known, to + size_t{level.high - level.low + 1} * lattice_.slots, kNever);
  for (uint32_t n = level.low + 1; n <= most_; ++n) Lower(from + 1, n, {from + 1, kAnyClass});
}

bool ItemRows::Push(Symbol item) {
  if (item == kGap) {
    PushGap();
  } else if (levels_.back().low < most_) {
    PushSymbol(item);
  } else {
    return false;
  }
  if (Alive()) return true;
  levels_.pop_back();
  return false;
}

bool ItemRows::Alive() const {
  const Level& level = levels_.back();
  for (uint32_t n = level.low; n <= level.high; ++n) {
    const Cost* costs = row(level, n);
    const Cost* rest = ahead(n);
    for (uint32_t i = 0; i < lattice_.slots; ++i) {
      if (costs[i] + rest[i] <= cut_) return true;  // Both are at most kNever, and the cut is below it.
    }
  }
  Way ways[2];
  const uint32_t count = WaysInto(levels_.size() - 1, ways);
  return std::any_of(ways, ways + count, [&](const Way& way) { return AliveInSwap(way, level); });
}

// A swap that has read the last symbol of the mark as its second character and will read the next one as its first.
bool ItemRows::AliveInSwap(const Way& way, const Level& level) const {
  const Level& from = levels_[way.from];
  for (uint32_t n = std::max(level.low, 1u); n <= level.high && n < most_; ++n) {
    if (!Has(from, n - 1)) continue;
    const Cost* costs = row(from, n - 1);
    const Cost* rest = ahead(n + 1);
    for (const auto& s : lattice_.swaps) {
      const Cost sum =
          AddCosts(AddCosts(costs[s.from], lattice_.costs[s.second_row + way.symbol_class]), s.first_lowest);
      if (sum + rest[s.to] <= cut_) return true;
    }
  }
  return false;
}

Cost ItemRows::Score() const {
  const Level& level = levels_.back();
  Cost best = kNever;
  for (uint32_t n = std::max(level.low, least_); n <= level.high; ++n) {
    best = std::min(best, AddCosts(row(level, n)[lattice_.slots - 1], lattice_.end));
  }
  return best;
}

const CostLattice& PartialWalk::reversed() {
  if (!reversed_) reversed_ = lattice_.Reversed();
  return *reversed_;
}

bool PartialWalk::Run(const Index& index, Cost cut, const std::function<bool()>& spend, Patience* patience,
                      std::vector<ScoredPartial>* found) {
  found->clear();
  size_t exact = 0;  // Hits of walks that keep every alignment.
  const FirstParts parts = SplitCost(lattice_, reversed(), lattice_.slots / 2, cut);
  for (const PartialOrder& order : index.partial_orders()) {
    if (order.begin == order.end) continue;
    const CostLattice& lattice = order.backward ? reversed() : lattice_;
    PartialBounds bounds = {min_length_, max_length_, cut, {}};
    if (order.ends == PartialEnds::kBoth) bounds.first = order.backward ? parts.back : parts.front;
    if (!OrderWalk(index, order, lattice, bounds).Run(spend, patience, found)) {
      if (order.ends == PartialEnds::kBoth) found->resize(exact);
      return false;
    }
    if (order.ends != PartialEnds::kBoth) exact = found->size();
  }
  return KeepLowest(found, patience);
}

bool KeepLowest(std::vector<ScoredPartial>* found, Patience* patience) {
  if (!SortInPieces(found, std::less<>(), patience)) {
    found->clear();
    return false;
  }
  const auto same = [](const ScoredPartial& a, const ScoredPartial& b) { return a.partial == b.partial; };
  found->erase(std::unique(found->begin(), found->end(), same), found->end());
  return true;
}

}  // namespace burin::internal
