#include "src/search/structural/priced_reading.h"

#include <utility>

#include "src/channel/compile/compile.h"

namespace burin::internal {

Result<PricedReading> PricedReading::Make(const Lattice& lattice, Metric metric) {
  PricedReading out(lattice);
  out.metric_ = metric;
  out.pattern_ = MakeUnitPattern(lattice, metric);
  // What names further symbols may name too many of them.
  if (!out.pattern_ || out.pattern_->lists) {
    if (Status status = out.Compile(); !status.ok()) return status;
  }
  return out;
}

Result<PricedReading> PricedReading::Make(const Lattice& lattice, const Channel& channel) {
  PricedReading out(lattice);
  out.channel_ = &channel;
  if (Status status = out.Compile(); !status.ok()) return status;
  return out;
}

PricedReading PricedReading::Unsearched(const Lattice& lattice, const Channel* channel, Metric metric) {
  PricedReading out(lattice);
  out.channel_ = channel;
  out.metric_ = metric;
  return out;
}

Status PricedReading::Compile() {
  Result<CostLattice> costs = unit() ? CompileUnit(*lattice_, metric_) : CompileChannel(*lattice_, *channel_);
  if (!costs.ok()) return costs.status();
  costs_ = std::make_shared<const CostLattice>(*std::move(costs));
  return {};
}

const UnitPattern& PricedReading::reversed_pattern() {
  if (!reversed_) reversed_ = pattern_->Reversed();
  return *reversed_;
}

const CostLattice& PricedReading::costs() {
  // A chain has at most two neighbours for each element: it is never refused.
  if (costs_ == nullptr && !Compile().ok()) {
    CostLattice none;
    none.best = kNever;
    costs_ = std::make_shared<const CostLattice>(std::move(none));
  }
  return *costs_;
}

std::span<const ChangedLattice> PricedReading::changed(Cost max_cost, Patience* patience) {
  if (channel_ == nullptr) return {};
  if (!changed_ || changed_cut_ < max_cost) {
    auto made = ChangedLattices(*lattice_, costs(), *channel_, max_cost, patience);
    if (patience != nullptr && patience->over()) return {};
    changed_ = std::move(made);
    changed_cut_ = max_cost;
  }
  return *changed_;
}

}  // namespace burin::internal
