#include "src/search/collector.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "src/index/serial_order.h"
#include "src/search/changed_walk.h"

namespace burin::internal {

int HitOrder::CompareItems(uint64_t a, uint64_t b) const {
  std::u32string x, y;
  index_->partial_items(a, &x);
  index_->partial_items(b, &y);
  if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
  return x.compare(y);
}

bool HitOrder::operator()(const Placed& a, const Placed& b) const {
  if (a.hit.cost != b.hit.cost) return a.hit.cost < b.hit.cost;
  if (a.length != b.length) return a.length < b.length;
  if (a.place != b.place) return a.place < b.place;
  if (a.hit.partial != b.hit.partial) return a.hit.partial;
  if (a.hit.partial && a.hit.mark != b.hit.mark) {
    const int items = CompareItems(a.hit.mark, b.hit.mark);
    if (items != 0) return items < 0;
  }
  return a.hit.record < b.hit.record;
}

HitOrder::Placed HitOrder::PlacePartial(uint64_t partial, Cost cost) const {
  const uint64_t record = index_->partial_record(partial);
  std::u32string items;
  index_->partial_items(partial, &items);
  const Uint128 place = index_->serial_order().PlaceOfItems(items);
  return {{cost, static_cast<uint32_t>(record), partial, true}, static_cast<uint32_t>(items.size()), place};
}

Collector::Collector(const Index& index, const SearchRequest& request)
    : request_(request), index_(index), order_(index), hits_(order_) {
  if (request.by == By::kWeapon) weapons_ = index.FindAttribute("weapon");
}

void Collector::Restart(Cost max_cost) {
  cut_ = max_cost;
  all_.clear();
  hits_.clear();
  best_.clear();
  count_ = 0;
  too_many_ = false;
  weapons_seen_.clear();
}

uint64_t Collector::Passing(uint64_t rank) const {
  const uint64_t count = index_.postings_size(rank);
  if (request_.filter == nullptr) return count;
  uint64_t passing = 0;
  for (uint64_t i = 0; i < count; ++i) passing += Passes(index_.posting(rank, i)) ? 1 : 0;
  return passing;
}

// Weapons by the code of their name; a record that names none is a weapon of its own.
uint64_t Collector::Weapon(uint32_t record) const {
  const uint32_t code = weapons_ == nullptr ? 0 : weapons_->code(record);
  return code != 0 ? code : (uint64_t{1} << 32) + record;
}

void Collector::AddSerial(size_t group, uint64_t key, Cost cost) {
  const KeyGroup& keys = *index_.groups()[group];
  const uint64_t rank = keys.first_rank() + key;
  const uint64_t count = index_.postings_size(rank);
  const bool as_walked = request_.rescorer == nullptr;
  if (request_.count_only && request_.filter == nullptr && request_.by == By::kRecord && as_walked) {
    count_ += cost <= cut_ ? count : 0;
    return;
  }
  const Uint128 place = index_.serial_order().PlaceOfKey(group, key);
  std::optional<Placed> best;
  bool priced = as_walked;
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t record = index_.posting(rank, i);
    if (!Passes(record)) continue;
    if (!priced) {
      cost = request_.rescorer->Of(SerialOfKey(keys, key), false);
      if (cost > request_.max_cost) return;
      priced = true;
    }
    const Placed placed{{Joint(cost, record), static_cast<uint32_t>(record), rank, false}, keys.length(), place};
    if (request_.by == By::kSerial) {
      if (!best || order_(placed, *best)) best = placed;
      if (request_.believed == nullptr) break;  // All cost the same.
      continue;
    }
    Add(placed);
    if (over()) return;
  }
  if (best) Add(*best);
}

Cost Collector::Joint(Cost cost, uint64_t record) const {
  return request_.believed == nullptr ? cost : AddCosts(cost, request_.believed->Of(record));
}

void Collector::AddPartial(uint64_t partial, Cost cost) {
  const uint64_t record = index_.partial_record(partial);
  if (!Passes(record)) return;
  if (request_.rescorer != nullptr) {
    std::u32string items;
    index_.partial_items(partial, &items);
    cost = request_.rescorer->Of(items, true);
    if (cost > request_.max_cost) return;
  }
  Add(order_.PlacePartial(partial, Joint(cost, record)));
}

bool Collector::Count(const Placed& placed) {
  if (request_.max_hits == 0 && !request_.count_only) return true;
  if (request_.by != By::kWeapon || weapons_seen_.insert(Weapon(placed.hit.record)).second) ++count_;
  return !request_.count_only;
}

void Collector::Add(const Placed& placed) {
  if (placed.hit.cost > cut_) return;
  if (request_.top == 0) {
    if (Count(placed)) all_.push_back(placed);
  } else {
    AddRanked(placed);
  }
}

void Collector::AddRanked(const Placed& placed) {
  if (request_.by == By::kWeapon) {
    const uint64_t weapon = Weapon(placed.hit.record);
    const auto [at, is_new] = best_.try_emplace(weapon, placed);
    if (!is_new) {
      if (!order_(placed, at->second)) return;
      hits_.erase(at->second);
      at->second = placed;
    }
  }
  hits_.insert(placed);
  if (hits_.size() > request_.top) {
    const auto worst = std::prev(hits_.end());
    if (request_.by == By::kWeapon) best_.erase(Weapon(worst->hit.record));
    hits_.erase(worst);
  }
  if (hits_.size() == request_.top) cut_ = std::min(cut_, std::prev(hits_.end())->hit.cost);
}

void Collector::Merge(const std::vector<Hit>& earlier) {
  std::unordered_set<uint32_t> seen;
  for (const Placed& p : all_) seen.insert(p.hit.record);
  for (const Placed& p : hits_) seen.insert(p.hit.record);
  for (const Hit& hit : earlier) {
    if (seen.count(hit.record) != 0) continue;
    if (hit.partial) {
      Add(order_.PlacePartial(hit.mark, hit.cost));
    } else {
      const auto groups = index_.groups();
      const auto behind = std::upper_bound(groups.begin(), groups.end(), hit.mark,
                                           [](uint64_t rank, const auto& group) { return rank < group->first_rank(); });
      const size_t group = static_cast<size_t>(behind - groups.begin()) - 1;
      const Uint128 place = index_.serial_order().PlaceOfKey(group, hit.mark - groups[group]->first_rank());
      Add({hit, groups[group]->length(), place});
    }
  }
}

std::vector<Hit> Collector::Take() {
  std::vector<Hit> out;
  if (request_.top > 0) {
    for (const Placed& p : hits_) out.push_back(p.hit);
    return out;
  }
  std::sort(all_.begin(), all_.end(), order_);
  out.reserve(all_.size());
  std::unordered_set<uint64_t> weapons;
  for (const Placed& p : all_) {
    if (request_.by == By::kWeapon && !weapons.insert(Weapon(p.hit.record)).second) continue;
    out.push_back(p.hit);
  }
  return out;
}

}  // namespace burin::internal
