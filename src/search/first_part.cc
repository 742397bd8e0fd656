#include "src/search/first_part.h"

#include <algorithm>
#include <vector>

namespace burin::internal {
namespace {

// The lowest cost of the moves that end below a slot, over all ways to get across it. REQUIRES: 0 < slot < slots.
Cost LowestBelow(const CostLattice& lattice, uint32_t slot) {
  std::vector<Cost> cost(slot, kNever);
  cost[0] = 0;
  Cost across = kNever;
  const auto move = [&](uint32_t from, uint32_t to, Cost lowest) {
    if (from >= slot) return;
    if (to >= slot) {
      across = std::min(across, cost[from]);
    } else {
      cost[to] = std::min(cost[to], AddCosts(cost[from], lowest));
    }
  };
  for (uint32_t at = 0; at < slot; ++at) {  // Moves lead upwards: all ways to `at` are known.
    for (const auto& f : lattice.free) {
      if (f.from == at) move(at, f.to, f.cost);
    }
    for (const auto& s : lattice.steps) {
      if (s.from == at && s.to != at) move(at, s.to, s.lowest);
    }
    for (const auto& s : lattice.swaps) {
      if (s.from == at) move(at, s.to, AddCosts(s.first_lowest, s.second_lowest));
    }
  }
  return across;
}

}  // namespace

FirstParts SplitCost(const CostLattice& lattice, const CostLattice& reversed, uint32_t middle, Cost cut) {
  const uint32_t last = lattice.slots - 1;
  if (middle == 0 || middle > last) return {};
  const Cost below = LowestBelow(lattice, middle), behind = LowestBelow(reversed, last - middle + 1);
  if (AddCosts(below, behind) > cut) return {};
  const Cost left = cut - below - behind, half = left / 2;
  return {{middle, below + half}, {last - middle + 1, behind + (left > half ? left - half - 1 : 0)}};
}

}  // namespace burin::internal
