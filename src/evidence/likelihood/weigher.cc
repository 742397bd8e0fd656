#include "src/evidence/likelihood/weigher.h"

#include <algorithm>
#include <string>

#include "src/base/exp_log.h"

namespace burin::internal {

Cost SummedCost(double likelihood) {
  if (!(likelihood > 0)) return kNever;
  const double cost = -Log(likelihood) * kCostsPerNat + 0.5;
  return cost < 0 ? 0 : static_cast<Cost>(cost);
}

Weigher::Weigher(const Index& index, const SearchRequest& request, const Channel& channel)
    : index_(index), request_(request), likelihood_(request.reading->lattice(), request.reading->costs(), channel) {}

std::u32string Weigher::ItemsOf(const Hit& hit) const {
  if (!hit.partial) return SerialOfRank(index_, hit.mark);
  std::u32string items;
  index_.partial_items(hit.mark, &items);
  return items;
}

double Weigher::Of(const Hit& hit) {
  const auto [at, is_new] = known_.try_emplace(hit.mark << 1 | (hit.partial ? 1 : 0), 0.0);
  if (is_new) {
    const std::u32string items = ItemsOf(hit);
    at->second = hit.partial ? likelihood_.Of(items, request_.min_length, request_.max_length) : likelihood_.Of(items);
  }
  return at->second;
}

uint32_t Weigher::LengthOf(const Hit& hit) const {
  const auto groups = index_.groups();
  const auto behind = std::upper_bound(groups.begin(), groups.end(), hit.mark,
                                       [](uint64_t r, const auto& group) { return r < group->first_rank(); });
  return (*(behind - 1))->length();
}

PlacedMark Weigher::Place(const Hit& hit, double likelihood) const {
  PlacedMark placed = {hit, ItemsOf(hit), index_.record_id(hit.record)};
  placed.hit.cost = SummedCost(likelihood);
  return placed;
}

}  // namespace burin::internal
