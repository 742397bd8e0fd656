// The fast path: all serials within k edits of a reading, by two frontiers over packed keys.
//
// Cut the reading at a slot m. An alignment splits into the moves before the cut, those behind it, and at most one that
// jumps over it; with k = a + b - 1 edits allowed in all, either fewer than a of them lie before the cut or fewer than
// b behind it. So a walk from the front that allows fewer than a edits before the cut, and a walk from the back that
// allows fewer than b behind it, find every serial between them; each walk alone is exact in all else. Moves belong to
// a half by the slot they start from: losing a symbol at the cut itself belongs to the second half, moves that jump it
// (swaps) to neither, and these are never cut (algorithms: docs/design.md, "Two frontiers").
//
// A node is a prefix with one word for each number of edits (unit_pattern.h). Only symbols that the reading names near
// the node can differ from "some other symbol", so a node costs a handful of steps, not one for each symbol. Prefixes
// with one way on are followed without looking at the keys; where ways branch, the directory of heads says how many
// blocks lie below. What fits few blocks is put aside, its memory fetched meanwhile, and then read key by key.
#ifndef BURIN_SRC_SEARCH_EDITS_UNIT_WALK_H_
#define BURIN_SRC_SEARCH_EDITS_UNIT_WALK_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "src/base/patience.h"
#include "src/index/keys/packed_keys.h"
#include "src/search/edits/unit_pattern.h"

namespace burin::internal {

// A serial that was found, in one word that sorts by cost, then group, then key's number in it.
class UnitHit {
 public:
  static constexpr uint32_t kKeyBits = 40, kGroupBits = 21;
  UnitHit() = default;
  UnitHit(uint32_t cost, uint32_t group, uint64_t key)
      : word_(uint64_t{cost} << (kKeyBits + kGroupBits) | uint64_t{group} << kKeyBits | key) {}
  uint32_t cost() const { return static_cast<uint32_t>(word_ >> (kKeyBits + kGroupBits)); }
  uint32_t group() const { return static_cast<uint32_t>(word_ >> kKeyBits & ((1u << kGroupBits) - 1)); }
  uint64_t key() const { return word_ & ((uint64_t{1} << kKeyBits) - 1); }
  auto operator<=>(const UnitHit&) const = default;

 private:
  uint64_t word_ = 0;
};

// Where the reading is cut in a group: edits before slot `cut` stay below `front`, edits behind it below `back`, and
// front + back = edits + 1. 0: that walk is not needed.
struct UnitPlan {
  uint32_t cut = 0;
  uint32_t front = 0;
  uint32_t back = 0;
};

struct UnitTask {
  uint32_t group = 0;
  const KeyGroup* keys = nullptr;  // packed64() or packed128() is not nullptr.
  UnitPlan plan;
};

struct UnitSearch {
  const UnitPattern* forward = nullptr;
  const UnitPattern* backward = nullptr;  // forward->Reversed(); may be nullptr if no plan has `back`.
  uint32_t edits = 0;                     // 0 .. kMostEdits.
  std::vector<UnitTask> tasks;
  uint64_t work_limit = UINT64_MAX;  // Units that may be spent.
  uint64_t hit_limit = UINT64_MAX;   // Stops soon after so many were found.
  Patience* patience = nullptr;      // Borrowed; its end stops the walk. nullptr: nothing does.
};

struct UnitOutcome {
  bool complete = true;
  uint64_t work = 0;  // Nodes, probes and keys looked at: the same on every machine.
};

// Every serial of the tasks' groups within `edits`, each once, ascending. Not complete: some of them, and if the
// patience is over, kOrderedAfterStop at most. Replaces *hits.
UnitOutcome RunUnitWalk(const UnitSearch& search, std::vector<UnitHit>* hits);

// A search among several.
struct UnitJob {
  const UnitSearch* search = nullptr;
  std::vector<UnitHit>* hits = nullptr;
  UnitOutcome outcome = {};
  uint64_t next_event = 0;  // The walk's own: at so much work there is something to ask.
};

// The same for several searches of as many edits, interleaved so that what one waits for from memory is fetched while
// others are worked on: each finds, and counts as work, just what it does alone. REQUIRES: one job, or none with a
// limit or something to ask.
void RunUnitWalks(std::span<UnitJob> jobs);

}  // namespace burin::internal

#endif
