// Partial records within k edits of a reading, where their beginnings are stored as integers
// (index/records/partial_keys.h).
//
// The walk of partial_walk.h with rows of bits: a word for each number of edits (unit_pattern.h). A record's unreadable
// character is a symbol that every element takes; a gap takes as many symbols as the reading has elements left, so that
// behind it every later slot is reached. Only symbols that the reading names near a node can differ from "some other
// symbol". While no other symbol leads on, those that do are looked for by binary search; else each that occurs is
// taken in turn, with one row for all others. Few records left under a node are read one by one.
//
// Records known at both ends are met from both, each walk with fewer edits allowed before the cut (unit_walk.h).
#ifndef BURIN_SRC_SEARCH_PARTIALS_UNIT_PARTIALS_H_
#define BURIN_SRC_SEARCH_PARTIALS_UNIT_PARTIALS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "src/index/view/index.h"
#include "src/search/edits/unit_pattern.h"
#include "src/search/partials/partial_walk.h"

namespace burin::internal {

struct UnitPartialSearch {
  const UnitPattern* forward = nullptr;
  const UnitPattern* backward = nullptr;  // forward->Reversed().
  uint32_t edits = 0;
  std::function<const CostLattice&()> costs;  // The same reading; asked for only if a record is very long.
  std::function<bool()> spend;                // Asked for each node and record; true stops the walk.
};

// Whether the walk finds just what scoring each record does, over marks of any length.
bool FitsUnitPartials(const Index& index, const UnitPattern& pattern, uint32_t edits);

// What `spend` would be asked, by order of magnitude.
double ExpectedPartialWork(const Index& index, const UnitPattern& pattern, uint32_t edits);

// Adds to *found the records within the edits, each at least once and once at its lowest cost, in no order. False:
// stopped; what there is then is right, but not all. REQUIRES: FitsUnitPartials().
bool RunUnitPartials(const Index& index, const UnitPartialSearch& search, std::vector<ScoredPartial>* found);

}  // namespace burin::internal

#endif
