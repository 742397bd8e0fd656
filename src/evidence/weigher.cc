#include "src/evidence/weigher.h"

#include <algorithm>
#include <string>

#include "src/base/exp_log.h"
#include "src/index/serial_order.h"
#include "src/search/changed_walk.h"

namespace burin::internal {

Cost SummedCost(double likelihood) {
  if (!(likelihood > 0)) return kNever;
  const double cost = -Log(likelihood) * kCostsPerNat + 0.5;
  return cost < 0 ? 0 : static_cast<Cost>(cost);
}

Weigher::Weigher(const Index& index, const SearchRequest& request, const Channel& channel)
    : index_(index),
      request_(request),
      likelihood_(request.reading->lattice(), request.reading->costs(), channel),
      order_(index) {}

double Weigher::Of(const Hit& hit) {
  const auto [at, is_new] = known_.try_emplace(hit.mark << 1 | (hit.partial ? 1 : 0), 0.0);
  if (!is_new) return at->second;
  double p = 0;
  if (hit.partial) {
    std::u32string items;
    index_.partial_items(hit.mark, &items);
    p = likelihood_.Of(items, request_.min_length, request_.max_length);
  } else {
    const KeyGroup& group = *index_.groups()[GroupOf(hit.mark)];
    p = likelihood_.Of(SerialOfKey(group, hit.mark - group.first_rank()));
  }
  at->second = p;
  return p;
}

size_t Weigher::GroupOf(uint64_t rank) const {
  const auto groups = index_.groups();
  const auto behind = std::upper_bound(groups.begin(), groups.end(), rank,
                                       [](uint64_t r, const auto& group) { return r < group->first_rank(); });
  return static_cast<size_t>(behind - groups.begin()) - 1;
}

HitOrder::Placed Weigher::Place(const Hit& hit, double likelihood) const {
  const Cost cost = SummedCost(likelihood);
  if (hit.partial) {
    HitOrder::Placed placed = order_.PlacePartial(hit.mark, cost);
    placed.hit = hit;
    placed.hit.cost = cost;
    return placed;
  }
  const size_t group = GroupOf(hit.mark);
  const KeyGroup& keys = *index_.groups()[group];
  const Uint128 place = index_.serial_order().PlaceOfKey(group, hit.mark - keys.first_rank());
  return {{cost, hit.record, hit.mark, false}, keys.length(), place};
}

}  // namespace burin::internal
