// Serials as found, put into the one order of results: cost, then serial.
#ifndef BURIN_SRC_SEARCH_EDITS_UNIT_ORDER_H_
#define BURIN_SRC_SEARCH_EDITS_UNIT_ORDER_H_

#include <vector>

#include "src/index/view/index.h"
#include "src/search/edits/unit_walk.h"

namespace burin::internal {

// Ascending, each once. False: the patience is over, and kOrderedAfterStop at most are left.
bool SortUnitHits(std::vector<UnitHit>* hits, Patience* patience);

// `hits` ascending. Only serials of one cost and length that lie in several groups need to be compared by their place
// (about 50 ns each), and of those only the ones at which another group's begin; all others are in order already.
// Answers how many hits are where they belong: if the patience ends, those behind are in order among themselves, and
// some are left out.
size_t OrderUnitHits(const Index& index, std::vector<UnitHit>* hits, Patience* patience);

}  // namespace burin::internal

#endif
