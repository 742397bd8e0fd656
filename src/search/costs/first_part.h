// How the cost of an alignment is divided between two walks, from either end of the reading.
//
// An alignment splits at a slot m of the reading into moves that end before m (the first part), moves that start at m
// or behind it (the second), and at most one that goes across. If it costs no more than the cut, either the first part
// costs at most A or the second at most B, where A + B + 1 is the cut and what both cost at least is part of A and of
// B. So a walk from the front that drops what reaches a slot below m at more than A, and one from the back that drops
// what reaches a slot behind m, or m itself, at more than B, find everything between them; and one of them finds each
// best alignment.
#ifndef BURIN_SRC_SEARCH_COSTS_FIRST_PART_H_
#define BURIN_SRC_SEARCH_COSTS_FIRST_PART_H_

#include <cstdint>

#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

// Alignments that reach a slot below `slot` at more than `limit` are not wanted. Slot 0: all are.
struct FirstPart {
  uint32_t slot = 0;
  Cost limit = 0;
};

// For the walk from the front, and for that over the reversed reading.
struct FirstParts {
  FirstPart front, back;
};

// Cut at slot `middle`, with half of what is left of the cut for either part. Both are empty, and each walk finds
// everything, if `middle` is no slot between others or if nothing is within the cut. REQUIRES: `reversed` is
// lattice.Reversed(); cut < kNever.
FirstParts SplitCost(const CostLattice& lattice, const CostLattice& reversed, uint32_t middle, Cost cut);

}  // namespace burin::internal

#endif
