#include "src/search/run/collector.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "src/base/after_stop.h"
#include "src/base/sort_in_pieces.h"
#include "src/index/keys/serial_order.h"
#include "src/search/structural/changed_walk.h"

namespace burin::internal {
namespace {

// In steps of the patience.
constexpr uint64_t kStepsOfRecord = 16;
constexpr uint64_t kRecordsAtOnce = 512;

}  // namespace

uint32_t PartialItems::Add(std::u32string_view items) {
  if (all_.size() + items.size() >= kNone) return kNone;
  const auto begin = static_cast<uint32_t>(all_.size());
  all_.insert(all_.end(), items.begin(), items.end());
  return begin;
}

int HitOrder::CompareItems(const Placed& a, const Placed& b) const {
  if (a.items != PartialItems::kNone && b.items != PartialItems::kNone) {
    return items_->At(a.items, a.length).compare(items_->At(b.items, b.length));
  }
  std::u32string x, y;
  index_->partial_items(a.hit.mark, &x);
  index_->partial_items(b.hit.mark, &y);
  return x.compare(y);
}

bool HitOrder::operator()(const Placed& a, const Placed& b) const {
  if (a.hit.cost != b.hit.cost) return a.hit.cost < b.hit.cost;
  if (a.length != b.length) return a.length < b.length;
  if (a.place != b.place) return a.place < b.place;
  if (a.hit.partial != b.hit.partial) return a.hit.partial;
  if (a.hit.partial && a.hit.mark != b.hit.mark) {
    const int items = CompareItems(a, b);  // They are of one length.
    if (items != 0) return items < 0;
  }
  return a.hit.record < b.hit.record;
}

HitOrder::Placed HitOrder::PlacePartial(uint64_t partial, Cost cost) const {
  const uint64_t record = index_->partial_record(partial);
  std::u32string items;
  index_->partial_items(partial, &items);
  const Uint128 place = index_->serial_order().PlaceOfItems(items);
  const auto length = static_cast<uint32_t>(items.size());
  return {{cost, static_cast<uint32_t>(record), partial, true}, length, items_->Add(items), place};
}

Collector::Collector(const Index& index, const SearchRequest& request, Patience* patience)
    : request_(request), index_(index), patience_(*patience), order_(index, &items_), hits_(order_) {
  if (request.by == By::kWeapon) weapons_ = index.FindAttribute("weapon");
  if (patience->can_end()) items_.Reserve(index.partial_count());
}

void Collector::Restart(Cost max_cost) {
  cut_ = max_cost;
  all_.clear();
  hits_.clear();
  items_.Clear();
  best_.clear();
  count_ = 0;
  too_many_ = false;
  weapons_seen_.clear();
  // What may be kept at most, where that is not much: to move it to a larger room would ask nobody.
  if (request_.give_up_above > 0) all_.reserve(std::min(request_.give_up_above + 1, index_.info().records));
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
    if (i % kRecordsAtOnce == kRecordsAtOnce - 1 && patience_.Took(kStepsOfRecord * kRecordsAtOnce)) break;
    if (!Passes(record)) continue;
    if (!priced) {
      if (!MayRescore()) return;
      cost = request_.rescorer->Of(SerialOfKey(keys, key), false);
      if (cost > request_.max_cost) return;
      priced = true;
    }
    const Placed placed{
        {Joint(cost, record), static_cast<uint32_t>(record), rank, false}, keys.length(), PartialItems::kNone, place};
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

// Once the patience is over, some more are rescored, and then no more.
bool Collector::MayRescore() {
  constexpr uint64_t kMovesOfUnit = 16;
  const uint64_t moves = kMovesOfUnit * request_.rescorer->work();
  if (!patience_.Took(moves)) return true;
  if (rescored_after_stop_ > kMovesAfterStop) return false;
  rescored_after_stop_ += moves;
  return true;
}

Cost Collector::Joint(Cost cost, uint64_t record) const {
  return request_.believed == nullptr ? cost : AddCosts(cost, request_.believed->Of(record));
}

void Collector::AddPartial(uint64_t partial, Cost cost) {
  const uint64_t record = index_.partial_record(partial);
  if (!Passes(record)) return;
  if (request_.rescorer != nullptr) {
    if (!MayRescore()) return;
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

// False: the patience is over, and only some are left.
bool Collector::SortAll(Cost from) {
  if (from > 0) std::erase_if(all_, [&](const Placed& p) { return p.hit.cost < from; });
  if (!patience_.over() && SortInPieces(&all_, order_, &patience_)) return true;
  const bool few = all_.size() <= kOrderedAfterStop;
  if (!few) all_.resize(kOrderedAfterStop);
  std::sort(all_.begin(), all_.end(), order_);
  return few;
}

template <typename Hits>
Cost Collector::HandOver(const Hits& hits, Cost from, std::vector<Hit>* out) {
  std::unordered_set<uint64_t> weapons;
  if (request_.by == By::kWeapon) {
    for (const Hit& hit : *out) weapons.insert(Weapon(hit.record));
  }
  uint64_t after_stop = 0;
  for (const Placed& p : hits) {
    if (p.hit.cost < from) continue;
    if (request_.top > 0 && out->size() >= request_.top) break;
    if (patience_.Took(kStepsOfRecord) && ++after_stop > kOrderedAfterStop) return p.hit.cost;
    if (request_.by == By::kWeapon && !weapons.insert(Weapon(p.hit.record)).second) continue;
    out->push_back(p.hit);
  }
  return kNever;
}

Cost Collector::Take(Cost from, std::vector<Hit>* out) {
  if (patience_.over() && out->size() > kHandedOverAfterStop) return from;
  if (request_.top > 0) return HandOver(hits_, from, out);
  const bool sorted = SortAll(from);
  const Cost below = HandOver(all_, from, out);
  all_.clear();
  return sorted ? below : from;
}

}  // namespace burin::internal
