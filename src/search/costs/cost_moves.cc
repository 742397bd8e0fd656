#include "src/search/costs/cost_moves.h"

#include <algorithm>

namespace burin::internal {
namespace {

std::vector<CostLevel> Levels(const Cost* costs, uint32_t classes) {
  std::vector<CostLevel> levels;
  for (uint16_t c = 0; c < classes; ++c) {
    if (c == kAnyClass || costs[c] >= kNever) continue;
    const auto at = std::lower_bound(levels.begin(), levels.end(), costs[c],
                                     [](const CostLevel& level, Cost cost) { return level.cost < cost; });
    if (at != levels.end() && at->cost == costs[c]) {
      at->classes |= ClassBit(c);
    } else {
      levels.insert(at, {costs[c], ClassBit(c)});
    }
  }
  return levels;
}

}  // namespace

template <typename Move>
void CostMoves::BySlot<Move>::Make(const std::vector<Move>& all, uint32_t slots) {
  begin.assign(slots + 1, 0);
  for (const Move& move : all) ++begin[move.from + 1];
  for (uint32_t slot = 0; slot < slots; ++slot) begin[slot + 1] += begin[slot];
  std::vector<uint32_t> at(begin.begin(), begin.end() - 1);
  moves.resize(all.size() + 1);  // One more, so that there is a first one to point to.
  for (const Move& move : all) moves[at[move.from]++] = move;
}

CostMoves::CostMoves(const CostLattice& lattice, uint32_t most) : lattice_(&lattice), ahead_(lattice, most) {
  steps_.Make(lattice.steps, lattice.slots);
  free_.Make(lattice.free, lattice.slots);
  swaps_.Make(lattice.swaps, lattice.slots);
  levels_.resize(lattice.costs.size() / std::max(lattice.classes, 1u));
  lost_levels_ = Levels(lattice.lost.data(), lattice.classes);
}

std::span<const CostLevel> CostMoves::levels(uint32_t row) {
  std::vector<CostLevel>& levels = levels_[row / lattice_->classes];
  if (levels.empty()) levels = Levels(&lattice_->costs[row], lattice_->classes);
  return levels;
}

PrefixCounts::PrefixCounts(CostMoves* moves, uint32_t most_symbols, Cost most_excess)
    : width_(most_excess / kSteps + 1), counts_(size_t{most_symbols + 1} * kSteps) {
  const CostLattice& lattice = moves->lattice();
  const uint32_t slots = lattice.slots;
  const std::vector<Cost> to_end = lattice.LowestToEnd();
  std::vector<double> now(size_t{slots} * kSteps), next(now.size());
  // From slot `from` at step `step`, `ways` symbols on at `cost`: into `to`.
  const auto add = [&](uint32_t from, uint32_t step, uint32_t to, Cost cost, double ways, std::vector<double>* out) {
    if (to_end[to] >= kNever || cost >= kNever) return;
    const Cost excess = cost + to_end[to] - to_end[from];
    const uint32_t reached = step + excess / width_;
    if (reached < kSteps) (*out)[to * kSteps + reached] += ways * now[from * kSteps + step];
  };
  const auto each = [&](const auto& visit) {
    for (uint32_t slot = 0; slot < slots; ++slot) {
      for (uint32_t step = 0; step < kSteps; ++step) {
        if (now[slot * kSteps + step] > 0) visit(slot, step);
      }
    }
  };
  const auto ways = [](const CostLevel& level) { return static_cast<double>(std::popcount(level.classes)); };
  if (to_end[0] < kNever) now[0] = 1;
  for (uint32_t symbols = 0; symbols <= most_symbols; ++symbols) {
    each([&](uint32_t slot, uint32_t step) {
      for (const auto& f : moves->free(slot)) add(slot, step, f.to, f.cost, 1, &now);
    });
    double* counts = &counts_[size_t{symbols} * kSteps];
    each([&](uint32_t slot, uint32_t step) { counts[step] += now[slot * kSteps + step]; });
    for (uint32_t step = 1; step < kSteps; ++step) counts[step] += counts[step - 1];
    std::fill(next.begin(), next.end(), 0.0);
    each([&](uint32_t slot, uint32_t step) {
      for (const auto& s : moves->steps(slot)) {
        for (const CostLevel& level : moves->levels(s.row)) add(slot, step, s.to, level.cost, ways(level), &next);
      }
      for (const CostLevel& level : moves->lost_levels()) add(slot, step, slot, level.cost, ways(level), &next);
    });
    now.swap(next);
  }
}

}  // namespace burin::internal
