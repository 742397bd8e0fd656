// Serials that lie near a reading, found at once: what they cost bounds what the best N cost, before a search under a
// channel begins. It then takes one round instead of several with a rising cut.
//
// The walk of unit_walk.h within one edit takes microseconds. Not every serial that costs little is within one edit,
// and not all that are need be found: any N serials bound the best N.
#ifndef BURIN_SRC_SEARCH_EDITS_SEEDS_H_
#define BURIN_SRC_SEARCH_EDITS_SEEDS_H_

#include <cstdint>
#include <vector>

#include "src/index/view/index.h"
#include "src/mark/pattern/lattice.h"
#include "src/search/edits/unit_planner.h"
#include "src/search/edits/unit_walk.h"

namespace burin::internal {

struct SeedLimits {
  uint32_t min_length = 0, max_length = kMaxMarkSymbols;
  uint64_t work = UINT64_MAX;
};

// At most kMostSeeds, those with fewest edits first; none if the reading does not fit the walk. Answers the work done.
// `search` is memory to work with.
inline constexpr size_t kMostSeeds = 64;
uint64_t FindSeeds(const Index& index, const Lattice& reading, const SeedLimits& limits, UnitPlanner* planner,
                   UnitSearch* search, std::vector<UnitHit>* seeds);

}  // namespace burin::internal

#endif
