#include "src/search/segments/segmented_search.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "src/base/after_stop.h"
#include "src/base/patience.h"
#include "src/index/view/segment_filters.h"
#include "src/search/costs/cuts.h"
#include "src/search/run/placed_mark.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// What is believed, of one segment's records.
class SegmentCosts final : public RecordCosts {
 public:
  SegmentCosts(const RecordCosts& whole, uint64_t first_record) : whole_(whole), first_record_(first_record) {}
  size_t count() const override { return whole_.count(); }
  Cost CostOf(size_t statement, uint64_t record) const override {
    return whole_.CostOf(statement, first_record_ + record);
  }
  bool Says(size_t statement, uint64_t record) const override { return whole_.Says(statement, first_record_ + record); }
  Cost Of(uint64_t record) const override { return whole_.Of(first_record_ + record); }
  Cost highest() const override { return whole_.highest(); }
  double RatioOf(uint64_t record) const override { return whole_.RatioOf(first_record_ + record); }
  double highest_ratio() const override { return whole_.highest_ratio(); }

 private:
  const RecordCosts& whole_;
  uint64_t first_record_;
};

Cost HighestBelieved(const SearchRequest& request) {
  return request.believed != nullptr ? request.believed->highest() : 0;
}

class Merger {
 public:
  Merger(const Index& index, const SearchRequest& request)
      : index_(index),
        by_(request.by),
        top_(request.top),
        believed_(request.believed != nullptr),
        patience_(request.deadline, request.cancelled) {
    result_.not_searched = NotSearched(index, request.filter);
    if (by_ == By::kWeapon) weapons_ = index.FindAttribute("weapon");
  }

  // What one segment found within `most`, in its order. REQUIRES: one after the other.
  void Add(size_t segment, const SearchResult& found, Cost most = kNever) {
    const IndexSegment& at = index_.segments()[segment];
    result_.work += found.work;
    result_.complete = result_.complete && found.complete;
    result_.gave_up = result_.gave_up || found.gave_up;
    certificate_ = std::min(certificate_, found.certificate);
    std::vector<PlacedMark> more;
    const Hit* last = nullptr;  // The one before.
    AfterStop after(&patience_);
    for (const Hit& hit : found.hits) {
      if (hit.cost > most) break;
      if (!after.Goes()) {
        LeaveOut(hit.cost);
        break;
      }
      PlacedMark& placed = more.emplace_back();
      placed.hit = hit;
      if (hit.partial) {
        at.index->partial_items(hit.mark, &placed.items);
      } else {
        // Hits of one serial follow each other.
        const bool same = last != nullptr && !last->partial && last->mark == hit.mark;
        placed.items = same ? more[more.size() - 2].items : SerialOfRank(*at.index, hit.mark);
      }
      last = &hit;
      placed.id = at.index->record_id(hit.record);
      placed.hit.record = static_cast<uint32_t>(at.first_record + hit.record);
      placed.hit.mark += hit.partial ? at.first_partial : at.first_rank;
    }
    Merge(std::move(more));
  }

  void GiveUpAbove(uint64_t most) {
    if (most == 0 || placed_.size() <= most) return;
    result_.gave_up = true;
    result_.complete = false;
  }
  bool complete() const { return result_.complete; }
  // The highest cost that a hit of a further segment may have to count.
  Cost cut(Cost most) const {
    return top_ > 0 && placed_.size() >= top_ ? std::min(most, placed_.back().hit.cost) : most;
  }

  // `most`: the highest cost that was searched.
  SearchResult Take(Cost most) {
    const bool full = top_ > 0 && placed_.size() >= top_;
    result_.certificate = !result_.complete ? certificate_ : full ? placed_.back().hit.cost : most + 1;
    for (const PlacedMark& placed : placed_) result_.hits.push_back(placed.hit);
    result_.count = result_.hits.size();
    return std::move(result_);
  }

 private:
  void Merge(std::vector<PlacedMark> more) {
    std::vector<PlacedMark> all;
    all.reserve(placed_.size() + more.size());
    AfterStop after(&patience_, kHandedOverAfterStop);
    auto a = placed_.begin(), b = more.begin();
    while (a != placed_.end() || b != more.end()) {
      const bool from_a = b == more.end() || (a != placed_.end() && !ComesBefore(*b, *a));
      PlacedMark& next = from_a ? *a++ : *b++;
      if (!after.Goes()) {
        LeaveOut(next.hit.cost);
        break;
      }
      all.push_back(std::move(next));
      if (by_ == By::kRecord && all.size() == top_) break;
    }
    placed_ = std::move(all);
    if (by_ == By::kSerial) DropSameSerials();
    if (by_ == By::kWeapon) DropSameWeapons();
    if (top_ > 0 && placed_.size() > top_) placed_.resize(top_);
  }
  // The patience is over, and so are hits that cost so much.
  void LeaveOut(Cost cost) {
    result_.complete = false;
    certificate_ = std::min(certificate_, cost);
  }
  // The first record of a serial stands for it; partial records each for itself.
  void DropSameSerials() {
    if (believed_) {  // Records of one serial cost different.
      std::unordered_set<std::u32string_view> seen;
      const auto again = [&](const PlacedMark& placed) {
        return !placed.hit.partial && !seen.insert(placed.items).second;
      };
      std::vector<PlacedMark> kept;
      for (const PlacedMark& placed : placed_) {
        if (!again(placed)) kept.push_back(placed);
      }
      placed_ = std::move(kept);
      return;
    }
    const auto same = [](const PlacedMark& a, const PlacedMark& b) {
      return !a.hit.partial && !b.hit.partial && a.items == b.items;
    };
    placed_.erase(std::unique(placed_.begin(), placed_.end(), same), placed_.end());
  }
  void DropSameWeapons() {
    std::unordered_set<std::string_view> seen;
    const auto again = [&](const PlacedMark& placed) {
      if (weapons_ == nullptr) return false;
      const std::string_view name = weapons_->text(weapons_->code(placed.hit.record));
      return !name.empty() && !seen.insert(name).second;
    };
    placed_.erase(std::remove_if(placed_.begin(), placed_.end(), again), placed_.end());
  }

  const Index& index_;
  By by_;
  uint64_t top_;
  bool believed_;
  Patience patience_;
  const AttributeColumn* weapons_ = nullptr;
  std::vector<PlacedMark> placed_;
  Cost certificate_ = kNever;
  SearchResult result_;
};

// One sweep over all segments within a cost, with what is believed; `spent` counts against the request's budget.
SearchResult Sweep(const Index& index, const SearchRequest& request, const SegmentFilters& filters, Cost max_cost,
                   uint64_t top, uint64_t spent, std::span<SearchScratch> scratches) {
  SearchRequest own = request;
  own.top = top;
  own.count_only = false;
  own.on_level = nullptr;
  SearchRequest merged = request;
  merged.top = top;
  Merger merger(index, merged);
  bool stopped = false;
  for (size_t i = 0; i < index.segments().size() && !stopped; ++i) {
    if (request.max_work != 0) {
      if (spent >= request.max_work) {
        // Nothing is known of the segments that are left.
        SearchResult none;
        none.complete = false;
        merger.Add(i, none);
        break;
      }
      own.max_work = request.max_work - spent;
    }
    own.filter = filters.of(i);
    own.max_cost = std::min(request.max_cost, merger.cut(max_cost));
    own.scratch = &scratches[i];
    std::optional<SegmentCosts> believed;
    if (request.believed != nullptr) {
      own.believed = &believed.emplace(*request.believed, index.segments()[i].first_record);
    }
    const SearchResult found = SearchSingle(*index.segments()[i].index, own);
    spent += found.work;
    merger.Add(i, found, max_cost);
    merger.GiveUpAbove(request.give_up_above);
    // Whoever stopped one segment stops all; what was found of it counts, and nothing of those behind it is known.
    stopped = !merger.complete();
    if (stopped && i + 1 < index.segments().size()) {
      SearchResult none;
      none.complete = false;
      merger.Add(i, none);
    }
  }
  return merger.Take(max_cost);
}

bool IsUnit(const SearchRequest& request) {
  return request.reading != nullptr ? request.reading->pattern() != nullptr || request.reading->costs().unit
                                    : request.lattice->unit;
}

// Level by level, as Search() does with max_hits or on_level.
class Levels {
 public:
  Levels(const Index& index, const SearchRequest& request, std::span<SearchScratch> scratches)
      : index_(index), request_(request), scratches_(scratches), filters_(index, request.filter) {}

  SearchResult Run() {
    const Cost most = std::min(AddCosts(request_.max_cost, HighestBelieved(request_)), kNever - 1);
    const bool unit = IsUnit(request_);
    const bool by_levels = request_.max_hits > 0 || request_.on_level;
    const bool rising = by_levels || (request_.top > 0 && !request_.count_only);
    const Cost first = unit ? 0 : AddCosts(request_.costs().best, 2 * kCostsPerNat);
    const uint64_t top = request_.count_only ? 0 : request_.top;
    // Each segment seeds its own search.
    const bool leaps = !unit && !by_levels && request_.believed == nullptr && request_.rescorer == nullptr;
    Cuts cuts(unit, rising ? first : most, most, leaps);
    SearchResult result;
    for (;;) {
      SearchResult level = Sweep(index_, request_, filters_, cuts.current(), top, spent_, scratches_);
      spent_ += level.work;
      const bool full = top > 0 && level.hits.size() >= top;
      const bool over = request_.max_hits > 0 && level.hits.size() > request_.max_hits;
      const bool complete = level.complete && !over;
      const Cost seen = result.certificate;
      if (!level.complete) AddEarlier(result.hits, seen, &level.hits);
      result = std::move(level);
      result.complete = complete;
      if (!complete) {
        result.certificate = seen;
        break;
      }
      const bool last = full || !cuts.Raise();
      if (request_.on_level && !request_.on_level(std::span<const Hit>(result.hits).subspan(told_))) {
        result.complete = false;
      }
      told_ = result.hits.size();
      if (last || !result.complete) break;
    }
    Finish(&result);
    return result;
  }

 private:
  // What was found in the level before, all that costs less than `seen`, and after it what else the one that was
  // stopped has.
  void AddEarlier(const std::vector<Hit>& earlier, Cost seen, std::vector<Hit>* hits) const {
    std::vector<Hit> all = earlier;
    std::unordered_set<std::string> known;
    if (request_.by != By::kRecord) {
      for (const Hit& hit : earlier) known.insert(WhatCounts(hit));
    }
    for (const Hit& hit : *hits) {
      if (hit.cost < seen || (request_.by != By::kRecord && !known.insert(WhatCounts(hit)).second)) continue;
      all.push_back(hit);
    }
    if (!request_.count_only && request_.top > 0 && all.size() > request_.top) all.resize(request_.top);
    *hits = std::move(all);
  }
  // What is one hit: a record, a serial or a weapon.
  std::string WhatCounts(const Hit& hit) const {
    if (request_.by == By::kSerial && !hit.partial) return "s" + ToUtf8(SerialOfRank(index_, hit.mark));
    if (request_.by == By::kWeapon) {
      const AttributeColumn* const weapons = index_.FindAttribute("weapon");
      const std::string_view name = weapons == nullptr ? std::string_view() : weapons->text(weapons->code(hit.record));
      if (!name.empty()) return "w" + std::string(name);
    }
    return "r" + std::to_string(hit.record);
  }
  void Finish(SearchResult* result) const {
    if (request_.max_hits > 0 && result->hits.size() > request_.max_hits) result->hits.resize(request_.max_hits);
    result->count = result->hits.size();
    if (request_.count_only) result->hits.clear();
    result->work = spent_;
  }

  const Index& index_;
  const SearchRequest& request_;
  std::span<SearchScratch> scratches_;
  SegmentFilters filters_;
  uint64_t spent_ = 0;
  size_t told_ = 0;
};

// Counts by record need no hits.
SearchResult CountRecords(const Index& index, const SearchRequest& request, std::span<SearchScratch> scratches) {
  const SegmentFilters filters(index, request.filter);
  SearchRequest own = request;
  SearchResult all;
  all.certificate = std::min(request.max_cost, kNever - 1) + 1;
  all.not_searched = NotSearched(index, request.filter);
  for (size_t i = 0; i < index.segments().size(); ++i) {
    if (!all.complete) continue;
    own.filter = filters.of(i);
    own.scratch = &scratches[i];
    if (request.max_work != 0) {
      own.max_work = request.max_work - std::min(all.work, request.max_work - 1);
      if (all.work >= request.max_work) {
        all.complete = false;
        all.certificate = 0;
        continue;
      }
    }
    const SearchResult found = SearchSingle(*index.segments()[i].index, own);
    all.count += found.count;
    all.work += found.work;
    if (found.complete) continue;
    all.complete = false;
    all.certificate = i + 1 < index.segments().size() ? 0 : std::min(all.certificate, found.certificate);
  }
  return all;
}

}  // namespace

bool GoesByLevels(const SearchRequest& request) {
  if (request.count_only || request.max_hits > 0 || request.on_level) return true;
  // What is stopped must know how far it came.
  return request.top > 0 && (request.max_work > 0 || request.deadline);
}

SearchResult SearchSegments(const Index& index, const SearchRequest& request, std::span<SearchScratch> scratches) {
  if (request.count_only && request.believed != nullptr) {  // It reorders, and neither adds nor drops.
    SearchRequest counting = request;
    counting.believed = nullptr;
    return SearchSegments(index, counting, scratches);
  }
  if (request.count_only && request.by == By::kRecord && request.max_hits == 0) {
    return CountRecords(index, request, scratches);
  }
  if (GoesByLevels(request)) return Levels(index, request, scratches).Run();
  const SegmentFilters filters(index, request.filter);
  const Cost most = std::min(AddCosts(request.max_cost, HighestBelieved(request)), kNever - 1);
  return Sweep(index, request, filters, most, request.top, 0, scratches);
}

void SearchSegmentsBatch(const Index& index, std::span<const SearchRequest> requests,
                         std::span<const std::span<SearchScratch>> scratches, std::span<SearchResult> results) {
  std::vector<Merger> mergers;
  std::vector<SegmentFilters> filters;
  std::vector<SearchRequest> own(requests.begin(), requests.end());
  for (const SearchRequest& request : requests) {
    mergers.emplace_back(index, request);
    filters.emplace_back(index, request.filter);
  }
  for (size_t s = 0; s < index.segments().size(); ++s) {
    std::vector<SearchScratch> lent(requests.size());
    std::vector<SearchResult> found(requests.size());
    for (size_t i = 0; i < requests.size(); ++i) {
      own[i].filter = filters[i].of(s);
      own[i].max_cost = mergers[i].cut(std::min(requests[i].max_cost, kNever - 1));
      std::swap(lent[i], scratches[i][s]);
    }
    SearchSingleBatch(*index.segments()[s].index, own, lent, found);
    for (size_t i = 0; i < requests.size(); ++i) {
      std::swap(lent[i], scratches[i][s]);
      mergers[i].Add(s, found[i]);
    }
  }
  for (size_t i = 0; i < requests.size(); ++i) {
    results[i] = mergers[i].Take(std::min(requests[i].max_cost, kNever - 1));
  }
}

Estimate EstimateSegments(const Index& index, const SearchRequest& request) {
  const SegmentFilters filters(index, request.filter);
  SearchRequest own = request;
  Estimate all;
  for (size_t i = 0; i < index.segments().size(); ++i) {
    own.filter = filters.of(i);
    own.scratch = nullptr;
    const Estimate estimate = EstimateSingle(*index.segments()[i].index, own);
    all.matches += estimate.matches;
    all.at_most += estimate.at_most;
    all.work += estimate.work;
  }
  return all;
}

}  // namespace burin::internal
