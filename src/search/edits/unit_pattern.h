// A reading under unit costs as bits: the form in which it is matched against millions of serials.
//
// Slots 0 .. last in a chain; between slot i and slot i+1 stands an element, at a slot there may be a loop (`*`). Which
// slots can be reached with how many edits is one word for each number of edits (unit_walk.inc), so a step over one
// symbol of a serial is a few instructions for all slots together (Wu and Manber 1992, with swaps after Hyyrö 2003).
// Optional items and branches, readings of more than 62 slots and more than kMostEdits edits do not fit: they take the
// general walk (walk.h).
#ifndef BURIN_SRC_SEARCH_EDITS_UNIT_PATTERN_H_
#define BURIN_SRC_SEARCH_EDITS_UNIT_PATTERN_H_

#include <cstdint>
#include <optional>

#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// Classes of symbols: 0 .. 35 the base symbols, kOtherClass every other one.
inline constexpr uint32_t kUnitClasses = kBaseSymbols + 1;
inline constexpr uint64_t kAllUnitClasses = (uint64_t{1} << kUnitClasses) - 1;
inline constexpr uint32_t kMostUnitSlots = 62;
inline constexpr uint32_t kMostEdits = 4;

struct UnitPattern {
  uint32_t last = 0;   // The last slot.
  bool lists = false;  // Names symbols outside the base: exact only for serials of base symbols.
  bool indels = false, swaps = false;
  uint64_t members[kMostUnitSlots + 1] = {};  // Classes of the element from slot i.
  uint64_t loop_at[kMostUnitSlots + 1] = {};  // Classes of the loop at slot i; 0: none.
  // By class: bit i says that the element from slot i, the loop at slot i, takes it.
  uint64_t step[kUnitClasses] = {};
  uint64_t loop[kUnitClasses] = {};
  uint64_t loops = 0;                   // Slots that have one.
  uint64_t any_step = 0, any_loop = 0;  // Elements and loops that take every class.

  uint64_t arcs() const { return (uint64_t{1} << last) - 1; }
  uint64_t final_bit() const { return uint64_t{1} << last; }
  // The first slot with a loop, or last + 1.
  uint32_t first_loop() const;
  // The reading from its end to its beginning.
  UnitPattern Reversed() const;
};

// The pattern of a reading, if it has one.
std::optional<UnitPattern> MakeUnitPattern(const Lattice& lattice, Metric metric);
// The same from a compiled reading with unit costs.
std::optional<UnitPattern> MakeUnitPattern(const CostLattice& lattice);

}  // namespace burin::internal

#endif
