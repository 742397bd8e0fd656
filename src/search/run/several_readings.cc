#include "src/search/run/several_readings.h"

#include <algorithm>

namespace burin::internal {
namespace {

// At each symbol that is read, three roundings of the joint cost (the symbol, its state, what was read) and one of the
// single reading's may add up to two units.
Cost SlackOf(const CostLattice& costs) {
  const bool loops = std::any_of(costs.steps.begin(), costs.steps.end(), [](const auto& s) { return s.from == s.to; });
  return 2 * (loops ? static_cast<Cost>(kMaxMarkSymbols) : costs.slots);
}

// A state of all readers is stepped twice a symbol, which takes about as long as so many units of other work.
constexpr uint64_t kStatesAUnit = 16;

}  // namespace

Result<std::unique_ptr<SeveralReadings>> SeveralReadings::Make(const std::vector<One>& readings, Cost above) {
  std::vector<const Lattice*> lattices;
  std::vector<const CostLattice*> costs;
  Cost best = 0, slack = 0;
  uint64_t states = 1;
  for (const One& one : readings) {
    lattices.push_back(&one.priced->lattice());
    costs.push_back(&one.priced->costs());
    best = AddCosts(best, costs.back()->best);
    slack = std::max(slack, SlackOf(*costs.back()));
    states *= costs.back()->slots;
  }
  Result<SharedDamage> damage = SharedDamage::Make(lattices, costs, *readings[0].priced->channel());
  if (!damage.ok()) return damage.status();
  std::unique_ptr<SeveralReadings> made(new SeveralReadings(*std::move(damage)));
  made->readings_ = readings;
  made->best_ = best;
  made->highest_ = std::min(AddCosts(best, above), kNever - 1);
  made->slack_ = slack;
  made->work_ = 1 + states / kStatesAUnit;
  for (const One& one : readings) {
    made->plain_.emplace_back(one.priced->costs());
    made->changed_.emplace_back(one.priced, AddCosts(made->highest_, slack));
    made->min_length_ = std::max(made->min_length_, one.min_length);
    made->max_length_ = std::min(made->max_length_, one.max_length);
  }
  return made;
}

Cost SeveralReadings::Of(std::u32string_view items, bool partial) {
  const size_t count = readings_.size();
  const uint32_t all = (uint32_t{1} << count) - 1;
  std::vector<Cost> plain(count), changed(count, kNever);
  for (size_t i = 0; i < count; ++i) {
    plain[i] = plain_[i].Score(items, min_length_, std::min<uint32_t>(max_length_, kMaxMarkSymbols));
    const bool fits = items.size() >= min_length_ && items.size() <= max_length_;
    if (!partial && fits) changed[i] = changed_[i].Of(items);
    // One of the readings excludes it.
    if (std::min(plain[i], changed[i]) > AddCosts(highest_, slack_)) return kNever;
  }
  Cost least = kNever;
  for (uint32_t which = 0; which <= all; ++which) {
    if (partial && which != all) continue;
    Cost cost = 0;
    for (size_t i = 0; i < count; ++i) {
      if ((which >> i & 1) == 0) cost = AddCosts(cost, changed[i]);
    }
    if (cost > highest_ || cost >= least) continue;
    if ((which & (which - 1)) != 0) {
      cost = AddCosts(cost, damage_.CostOf(items, which, min_length_, max_length_));
    } else {
      for (size_t i = 0; i < count; ++i) {
        if (which == uint32_t{1} << i) cost = AddCosts(cost, plain[i]);
      }
    }
    least = std::min(least, cost);
  }
  return least <= highest_ ? least : kNever;
}

}  // namespace burin::internal
