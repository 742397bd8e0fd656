#include "src/search/costs/first_part.h"

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
  // Moves lead upwards: in the order of the slots they start from, all ways to a slot are known before it is left.
  struct Move {
    uint32_t from, to;
    Cost lowest;
  };
  std::vector<Move> moves;
  for (const auto& f : lattice.free) moves.push_back({f.from, f.to, f.cost});
  for (const auto& s : lattice.steps) {
    if (s.to != s.from) moves.push_back({s.from, s.to, s.lowest});
  }
  for (const auto& s : lattice.swaps) moves.push_back({s.from, s.to, AddCosts(s.first_lowest, s.second_lowest)});
  std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) { return a.from < b.from; });
  for (const Move& m : moves) move(m.from, m.to, m.lowest);
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
