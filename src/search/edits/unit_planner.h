// Where to cut a reading for each group: chosen by counting what the two walks of unit_walk.h would touch.
//
// The count is a recurrence over the positions of a group: how many prefixes with e edits a walk meets if serials were
// spread evenly over the group's alphabets, how many of them exist, and how many keys lie below the last ones. It
// depends on the shape of the reading alone (which slots are plain, sets, unreadable, gaps), so plans are the same on
// every machine, and those of shapes met before are remembered: 10 ns instead of a few microseconds.
#ifndef BURIN_SRC_SEARCH_EDITS_UNIT_PLANNER_H_
#define BURIN_SRC_SEARCH_EDITS_UNIT_PLANNER_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "src/index/view/index.h"
#include "src/search/edits/unit_pattern.h"
#include "src/search/edits/unit_walk.h"

namespace burin::internal {

// Whether the walk of unit_walk.h is exact for the pattern in a group.
bool FitsUnitWalk(const UnitPattern& pattern, const KeyGroup& group);
// Whether serials of that length can be within so many edits.
bool MayHaveLength(const UnitPattern& pattern, uint32_t length, uint32_t edits);

class UnitPlanner {
 public:
  // REQUIRES: packed keys; calls with the same number mean the same group.
  UnitPlan Plan(const UnitPattern& pattern, uint32_t edits, uint32_t number, const KeyGroup& group);
  // Units of work (UnitOutcome::work) that walks by that plan would take. It is known of the walk from the front that
  // it does not branch before symbol `prefix`, and that so many keys have what leads there. Errs where keys crowd.
  double ExpectedWork(const UnitPattern& pattern, uint32_t edits, uint32_t number, const KeyGroup& group,
                      uint32_t prefix, uint64_t keys);

 private:
  struct Shape {
    uint64_t any, sets, loops;
    uint32_t group;
    uint8_t last, edits, indels;
    bool operator==(const Shape&) const = default;
    template <typename H>
    friend H AbslHashValue(H h, const Shape& s) {
      return H::combine(std::move(h), s.any, s.sets, s.loops, s.group, s.last, s.edits, s.indels);
    }
  };
  static constexpr size_t kMostPlans = 1 << 16;

  absl::flat_hash_map<Shape, UnitPlan> plans_;
};

}  // namespace burin::internal

#endif
