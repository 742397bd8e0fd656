#include "src/search/run/hit_taker.h"

#include <algorithm>

#include "src/base/after_stop.h"
#include "src/base/sort_in_pieces.h"
#include "src/index/keys/serial_order.h"
#include "src/search/edits/unit_order.h"

namespace burin::internal {
namespace {

// Records of hits are fetched so many hits ahead: about as long as memory takes to answer.
constexpr size_t kPostingsAhead = 16;
// Of a record, and of a partial one that is placed: in steps of the patience.
constexpr uint64_t kStepsOfRecord = 16, kStepsOfPartial = 512;

}  // namespace

HitTaker::HitTaker(const Index& index, const SearchRequest& request, Patience* patience)
    : index_(index),
      request_(request),
      patience_(*patience),
      order_(index, &items_),
      left_after_stop_(kOrderedAfterStop) {}

Cost HitTaker::Take(std::vector<UnitHit>* hits, const std::vector<ScoredPartial>& partials, std::vector<Hit>* out) {
  out_ = out;
  // All at once: to move what is there, again and again, takes longer than anybody is asked.
  if (request_.top == 0) out->reserve(out->size() + hits->size() + partials.size());
  Cost below = kNever;
  if (!PlacePartials(partials)) below = 0;
  Patience endless;  // Few are put in order, come what may.
  const size_t ordered = OrderUnitHits(index_, hits, hits->size() <= kOrderedAfterStop ? &endless : &patience_);
  if (ordered < hits->size()) below = std::min(below, (*hits)[ordered].cost());
  auto next = placed_.begin();
  for (size_t i = 0; i < hits->size(); ++i) {
    if (i + kPostingsAhead < hits->size()) index_.prefetch_posting(RankOf((*hits)[i + kPostingsAhead]));
    for (; next != placed_.end() && StandsBefore(*next, (*hits)[i]); ++next) {
      if (Stopped()) return std::min(below, next->hit.cost);
      if (!TakeRecord(next->hit)) return below;
    }
    const bool more = TakeSerial((*hits)[i]);
    if (stopped_) return std::min(below, (*hits)[i].cost());
    if (!more) return below;
  }
  for (; next != placed_.end(); ++next) {
    if (Stopped()) return std::min(below, next->hit.cost);
    if (!TakeRecord(next->hit)) return below;
  }
  return below;
}

bool HitTaker::PlacePartials(const std::vector<ScoredPartial>& partials) {
  bool all = true;
  size_t left = kPlacedAfterStop;
  items_.Reserve(partials.size());
  if (request_.top == 0) placed_.reserve(partials.size());
  for (const ScoredPartial& partial : partials) {
    if (patience_.Took(kStepsOfPartial) && left-- == 0) {
      all = false;
      break;
    }
    if (request_.filter != nullptr && !request_.filter->Passes(index_.partial_record(partial.partial))) continue;
    placed_.push_back(order_.PlacePartial(partial.partial, partial.cost));
    KeepBest();
  }
  if (SortInPieces(&placed_, order_, &patience_)) return all;
  const bool few = placed_.size() <= kOrderedAfterStop;
  if (!few) placed_.resize(kOrderedAfterStop);
  std::sort(placed_.begin(), placed_.end(), order_);
  return all && few;
}

// Those that cannot be among the best leave from time to time.
void HitTaker::KeepBest() {
  constexpr uint64_t kRoom = 4096;
  if (request_.top == 0 || request_.top > kRoom || placed_.size() < request_.top + kRoom) return;
  const auto end = placed_.begin() + static_cast<std::ptrdiff_t>(request_.top);
  std::nth_element(placed_.begin(), end, placed_.end(), order_);
  placed_.erase(end, placed_.end());
}

bool HitTaker::StandsBefore(const Placed& partial, const UnitHit& hit) const {
  if (partial.hit.cost != hit.cost()) return partial.hit.cost < hit.cost();
  const uint32_t length = index_.groups()[hit.group()]->length();
  if (partial.length != length) return partial.length < length;
  return partial.place <= index_.serial_order().PlaceOfKey(hit.group(), hit.key());
}

uint64_t HitTaker::RankOf(const UnitHit& hit) const { return index_.groups()[hit.group()]->first_rank() + hit.key(); }

bool HitTaker::Stopped(uint64_t records) {
  if (!patience_.Took(kStepsOfRecord * records)) return false;
  stopped_ = left_after_stop_ < records;
  left_after_stop_ -= std::min(left_after_stop_, records);
  return stopped_;
}

bool HitTaker::TakeRecord(const Hit& hit) {
  if (full()) return false;
  out_->push_back(hit);
  return !full();
}

bool HitTaker::TakeSerial(const UnitHit& hit) {
  const uint64_t rank = RankOf(hit);
  const uint64_t count = index_.postings_size(rank);
  for (uint64_t i = 0; i < count; ++i) {
    if (Stopped()) return false;
    const Hit record = {hit.cost(), static_cast<uint32_t>(index_.posting(rank, i)), rank, false};
    if (request_.filter != nullptr && !request_.filter->Passes(record.record)) continue;
    if (!TakeRecord(record)) return false;
    if (request_.by == By::kSerial) break;
  }
  return true;
}

}  // namespace burin::internal
