#include "src/search/segments/weapon_search.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "src/base/after_stop.h"
#include "src/base/patience.h"
#include "src/base/sort_in_pieces.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/run/budget.h"
#include "src/search/run/placed_mark.h"
#include "src/search/structural/changed_scorer.h"
#include "src/search/structural/changed_walk.h"

namespace burin::internal {
namespace {

using Item = WeaponRecords::Item;
using Kind = WeaponRecords::Kind;

std::u32string ItemsOf(const Index& index, const Item& item) {
  if (item.kind == Kind::kSerial) return SerialOfRank(index, item.mark);
  std::u32string items;
  index.partial_items(item.mark, &items);
  return items;
}

// The cost of one reading against single marks: what a search says of them.
class MarkPricer {
 public:
  explicit MarkPricer(const AskedMark& mark)
      : mark_(mark), scorer_(mark.reading->costs()), changed_(mark.reading, std::max(mark.max_cost, mark.other_part)) {}

  // `partial`: whether these are a partial record's items.
  Cost Of(std::u32string_view items, bool partial) {
    const uint32_t longest = std::min<uint32_t>(mark_.max_length, kMaxMarkSymbols);
    if (partial) {
      if (mark_.rescorer != nullptr) return mark_.rescorer->Of(items, true);
      return scorer_.Score(items, mark_.min_length, longest);
    }
    if (items.size() < mark_.min_length || items.size() > mark_.max_length) return kNever;
    if (mark_.rescorer != nullptr) return mark_.rescorer->Of(items, false);
    return std::min(scorer_.Score(items, 0, kMaxMarkSymbols), changed_.Of(items));
  }

 private:
  const AskedMark& mark_;
  MarkScorer scorer_;
  ChangedScorer changed_;
};

// How far one mark has been searched.
struct Frontier {
  Cost cut = 0;         // Of the next search.
  Cost seen_below = 0;  // Records that cost less were met.
  Cost width = 4 * kCostsPerNat;
  int raised = 0;
  bool done = false;  // All within the mark's limit were met.
};

class WeaponSearcher {
 public:
  WeaponSearcher(const Index& index, const WeaponRequest& request)
      : index_(index), request_(request), patience_(request.deadline, request.cancelled) {
    for (const AskedMark& mark : request.marks) {
      pricers_.emplace_back(mark);
      Frontier frontier;
      frontier.cut = std::min(AddCosts(mark.reading->costs().best, 2 * kCostsPerNat), mark.max_cost);
      frontiers_.push_back(frontier);
    }
    result_.not_searched = NotSearched(index, request.filter);
  }

  WeaponResult Run() {
    for (size_t m = 0; !Finished(); m = (m + 1) % frontiers_.size()) {
      if (frontiers_[m].done) continue;
      if (!Advance(m) || TooMany()) {
        result_.complete = false;
        break;
      }
    }
    Finish();
    return std::move(result_);
  }

 private:
  struct Found {
    PlacedMark placed;
    WeaponHit hit;
  };

  // What a weapon that was not met costs at least.
  Cost Bound() const {
    Cost sum = 0;
    for (size_t m = 0; m < frontiers_.size(); ++m) {
      sum = AddCosts(sum, std::min(frontiers_[m].seen_below, request_.marks[m].unrecorded));
    }
    return sum;
  }
  bool AllDone() const {
    return std::all_of(frontiers_.begin(), frontiers_.end(), [](const Frontier& f) { return f.done; });
  }
  // Hits that nothing can come before.
  size_t Certain() const {
    const Cost bound = Bound();
    return static_cast<size_t>(
        std::count_if(found_.begin(), found_.end(), [&](const Found& f) { return f.placed.hit.cost < bound; }));
  }
  bool Finished() const { return AllDone() || (request_.top != 0 && Certain() >= request_.top); }
  bool TooMany() const {
    if (request_.most_kept != 0 && found_.size() > request_.most_kept) return true;
    return request_.max_hits != 0 && Certain() > request_.max_hits;
  }

  // False: the budget ran out.
  bool Advance(size_t m) {
    Frontier& frontier = frontiers_[m];
    const AskedMark& mark = request_.marks[m];
    SearchRequest request;
    request.reading = mark.reading;
    request.rescorer = mark.rescorer;
    request.filter = mark.filter;
    request.max_cost = frontier.cut;
    request.min_length = mark.min_length;
    request.max_length = mark.max_length;
    request.max_hits = request_.most_kept;
    request.deadline = request_.deadline;
    request.cancelled = request_.cancelled;
    if (request_.max_work != 0) {
      if (result_.work >= request_.max_work) return false;
      request.max_work = request_.max_work - result_.work;
    }
    const SearchResult found = Search(index_, request);
    result_.work += found.work;
    for (const Hit& hit : found.hits) {
      const uint64_t weapon = request_.weapons->WeaponOf(hit.record);
      if (!met_.insert(weapon).second) continue;
      // A weapon is completed or not met: else its hit would not be what it costs.
      if (!Complete(weapon, {hit.record, hit.partial ? Kind::kPartial : Kind::kSerial, hit.mark})) return false;
    }
    frontier.seen_below = std::max(frontier.seen_below, found.complete ? AddCosts(frontier.cut, 1) : found.certificate);
    if (!found.complete) return false;
    frontier.done = frontier.cut >= mark.max_cost;
    frontier.cut = std::min(AddCosts(frontier.cut, frontier.width), mark.max_cost);
    if (++frontier.raised >= 3) frontier.width *= 2;
    return true;
  }

  bool Interrupted() {
    return (request_.max_work != 0 && result_.work >= request_.max_work) || patience_.Took(kStepsOfUnit);
  }

  bool Passes(uint64_t record) const { return request_.filter == nullptr || request_.filter->Passes(record); }

  // False: the budget ran out, and nothing was added.
  bool Complete(uint64_t weapon, const Item& met) {
    if (Interrupted()) return false;
    items_.clear();
    if (weapon >> 32 != 0) {
      items_.push_back(met);
    } else {
      const auto code = static_cast<uint32_t>(weapon);
      for (size_t i = 0; i < request_.weapons->size(code); ++i) {
        const Item item = request_.weapons->at(code, i);
        if (Passes(item.record)) items_.push_back(item);
      }
    }
    Found found;
    WeaponHit& hit = found.hit;
    Cost joint = 0;
    bool stands = false;
    for (size_t m = 0; m < request_.marks.size(); ++m) {
      PlacedMark best;
      const PaidMark paid = Pay(m, &best);
      joint = AddCosts(joint, paid.cost);
      if (!stands && paid.how != PaidMark::How::kUnrecorded) {
        stands = true;
        hit.standing = m;
        found.placed = best;
      }
      hit.marks.push_back(paid);
    }
    if (patience_.over()) return false;  // Not all of its records were scored.
    joint = AddCosts(joint, PayBeliefs(&hit));
    found.placed.hit.cost = joint;
    hit.hit = found.placed.hit;
    Keep(std::move(found));
    return true;
  }

  PaidMark Pay(size_t m, PlacedMark* best) {
    const AskedMark& mark = request_.marks[m];
    PaidMark paid;
    paid.cost = mark.unrecorded;
    for (const Item& item : items_) {
      if (item.kind == Kind::kNone || !mark.filter->Passes(item.record)) continue;
      const uint64_t work = mark.rescorer == nullptr ? 1 : mark.rescorer->work();
      result_.work += work;
      if (patience_.Took(work * kStepsOfUnit)) break;
      const bool partial = item.kind == Kind::kPartial;
      PlacedMark placed = {{0, item.record, item.mark, partial}, ItemsOf(index_, item), index_.record_id(item.record)};
      placed.hit.cost = pricers_[m].Of(placed.items, partial);
      if (paid.how != PaidMark::How::kUnrecorded && !ComesBefore(placed, *best)) continue;
      *best = std::move(placed);
      paid.how = best->hit.cost <= mark.other_part ? PaidMark::How::kRead : PaidMark::How::kOtherPart;
      paid.cost = std::min(best->hit.cost, mark.other_part);
      paid.item = item;
    }
    return paid;
  }

  // Of each statement: the cheapest of the records that say something about it; of none if none does.
  Cost PayBeliefs(WeaponHit* hit) const {
    Cost sum = 0;
    for (size_t b = 0; request_.believed != nullptr && b < request_.believed->count(); ++b) {
      const Item* best = nullptr;
      for (const Item& item : items_) {
        if (best == nullptr || Better(b, item.record, best->record)) best = &item;
      }
      hit->believed.push_back(request_.believed->CostOf(b, best->record));
      hit->believed_of.push_back(best->record);
      sum = AddCosts(sum, hit->believed.back());
    }
    return sum;
  }
  bool Better(size_t b, uint32_t record, uint32_t than) const {
    const bool says = request_.believed->Says(b, record), other_says = request_.believed->Says(b, than);
    if (says != other_says) return says;
    const Cost cost = request_.believed->CostOf(b, record), other = request_.believed->CostOf(b, than);
    return cost != other ? cost < other : index_.record_id(record) < index_.record_id(than);
  }

  static bool Before(const Found& a, const Found& b) { return ComesBefore(a.placed, b.placed); }

  void Keep(Found found) {
    const Cost cost = found.placed.hit.cost;
    found_.push_back(std::move(found));
    if (KeepsFew()) {
      // One more than are asked for: the others cost at least as much.
      const auto wanted = static_cast<size_t>(request_.top) + 1;
      if (found_.size() < 2 * wanted + kOrderedAfterStop) return;
      std::nth_element(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(wanted), found_.end(), Before);
      found_.resize(wanted);
      return;
    }
    if (cheapest_.size() > kOrderedAfterStop) {
      if (cost >= cheapest_.front().first) return;
      std::pop_heap(cheapest_.begin(), cheapest_.end());
      cheapest_.pop_back();
    }
    cheapest_.emplace_back(cost, found_.size() - 1);
    std::push_heap(cheapest_.begin(), cheapest_.end());
  }
  bool KeepsFew() const { return request_.top != 0 && request_.top <= kOrderedAfterStop; }

  // Found weapons in their order. If the patience ends, the cheapest of them; all others cost what is returned, or
  // more.
  Cost Order() {
    std::vector<size_t> order(found_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto before = [this](size_t a, size_t b) { return Before(found_[a], found_[b]); };
    Cost below = kNever;
    if (KeepsFew()) {
      std::sort(order.begin(), order.end(), before);
    } else if (patience_.over() || !SortInPieces(&order, before, &patience_)) {
      result_.complete = false;
      order.clear();
      for (const auto& [cost, number] : cheapest_) order.push_back(number);
      std::sort(order.begin(), order.end(), before);
      if (order.size() > kOrderedAfterStop) {
        below = found_[order.back()].placed.hit.cost;
        order.pop_back();
      }
    }
    std::vector<Found> ordered;
    ordered.reserve(order.size());
    for (const size_t i : order) ordered.push_back(std::move(found_[i]));
    found_ = std::move(ordered);
    return below;
  }

  void Finish() {
    const Cost below = Order();
    result_.certificate = std::min(Bound(), below);
    const uint64_t most = request_.max_hits != 0 && !result_.complete ? request_.max_hits : found_.size();
    size_t kept = std::min<uint64_t>(found_.size(), most);
    if (request_.top != 0) kept = std::min<uint64_t>(kept, request_.top);
    // What is cut off was seen, and what comes behind the last that is kept may cost as much.
    if (kept < found_.size()) result_.certificate = std::min(result_.certificate, found_[kept].placed.hit.cost);
    for (size_t i = 0; i < kept; ++i) result_.hits.push_back(std::move(found_[i].hit));
  }

  const Index& index_;
  const WeaponRequest& request_;
  std::vector<MarkPricer> pricers_;
  std::vector<Frontier> frontiers_;
  absl::flat_hash_set<uint64_t> met_;
  std::vector<Found> found_;
  // Where many are kept: numbers of the cheapest in found_ and what they cost, a heap with the dearest in front.
  std::vector<std::pair<Cost, size_t>> cheapest_;
  std::vector<Item> items_;  // Of the weapon at hand.
  Patience patience_;
  WeaponResult result_;
};

}  // namespace

WeaponResult SearchWeapons(const Index& index, const WeaponRequest& request) {
  return WeaponSearcher(index, request).Run();
}

}  // namespace burin::internal
