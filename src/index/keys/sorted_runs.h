// Sorting more than is to be in memory at once: runs of so many items are sorted by themselves and laid aside
// (src/base/spill_arena.h), and merged by a heap of their fronts. The order is total (sort_keys.h), so what comes out
// does not depend on where runs end.
#ifndef BURIN_SRC_INDEX_KEYS_SORTED_RUNS_H_
#define BURIN_SRC_INDEX_KEYS_SORTED_RUNS_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "src/base/spill_arena.h"
#include "src/index/keys/sort_keys.h"

namespace burin::internal {

template <typename Item>
class SortedRuns {
 public:
  // `most`: items of a run, at least 1. Borrows the arena.
  SortedRuns(SpillArena* arena, size_t most) : arena_(arena), most_(most) {}

  void Add(const Item& item) {
    if (items_.empty()) items_.reserve(most_);
    items_.push_back(item);
    if (items_.size() == most_) LayAside();
  }

  // Calls with every item, ascending. Nothing is left here.
  template <typename Call>
  void Merge(const Call& call) {
    if (!items_.empty()) LayAside();
    std::vector<Item>().swap(items_);
    const auto later = [](const Run& a, const Run& b) { return ComesBefore(*b.next, *a.next); };
    std::make_heap(runs_.begin(), runs_.end(), later);
    while (!runs_.empty()) {
      std::pop_heap(runs_.begin(), runs_.end(), later);
      Run& run = runs_.back();
      call(*run.next);
      if (++run.next == run.end) {
        runs_.pop_back();
      } else {
        std::push_heap(runs_.begin(), runs_.end(), later);
      }
    }
    chunks_.clear();
  }

 private:
  struct Run {
    const Item* next;
    const Item* end;
  };
  static bool ComesBefore(uint64_t a, uint64_t b) { return a < b; }
  static bool ComesBefore(Uint128 a, Uint128 b) { return a < b; }
  static bool ComesBefore(const KeyedRecord128& a, const KeyedRecord128& b) {
    return a.key != b.key ? a.key < b.key : a.record < b.record;
  }

  void LayAside() {
    SortKeys(std::span(items_));
    Chunk& chunk = chunks_.emplace_back(arena_->AllocateSpilled(items_.size() * sizeof(Item)));
    std::memcpy(static_cast<void*>(chunk.get()), items_.data(), items_.size() * sizeof(Item));
    const Item* const first = reinterpret_cast<const Item*>(chunk.get());
    runs_.push_back({first, first + items_.size()});
    items_.clear();
    arena_->Release();
  }

  SpillArena* arena_;
  size_t most_;
  std::vector<Item> items_;
  std::vector<Chunk> chunks_;
  std::vector<Run> runs_;
};

}  // namespace burin::internal

#endif
