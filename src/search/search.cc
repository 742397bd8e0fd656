// The search itself: partial records scored one by one, then the walk over every group of serials, within a cut.
//
// For the best N the cut is not known beforehand. Rounds with a rising cut run until one of them is full: a full round
// has seen everything within its cut, so its N best are the N best. Costs of the rounds before are small beside the
// last. The same rounds are the levels of a search that stops at so many hits, or that tells of each level.
#include "src/search/search.h"

#include <algorithm>

#include "src/search/collector.h"
#include "src/search/mark_scorer.h"
#include "src/search/walk.h"

namespace burin::internal {
namespace {

// Deadline and cancel are asked once in so many units of work: some ten microseconds.
constexpr uint64_t kUnitsBetweenQuestions = 256;

// What the search may still spend.
class Budget {
 public:
  explicit Budget(const SearchRequest& request) : request_(request) {}
  uint64_t spent() const { return spent_; }
  bool Spend() {
    if (request_.max_work != 0 && spent_ >= request_.max_work) return true;
    ++spent_;
    if (spent_ % kUnitsBetweenQuestions != 1) return false;
    if (request_.cancelled && request_.cancelled()) return true;
    return request_.deadline && std::chrono::steady_clock::now() >= *request_.deadline;
  }

 private:
  const SearchRequest& request_;
  uint64_t spent_ = 0;
};

class Visitor : public WalkVisitor {
 public:
  Visitor(Collector* collector, Budget* budget) : collector_(collector), budget_(budget) {}
  Cost cut() const override { return collector_->cut(); }
  void Found(uint64_t rank, Cost cost) override { collector_->AddSerial(rank, cost); }
  bool Spend() override { return collector_->over() || budget_->Spend(); }

 private:
  Collector* collector_;
  Budget* budget_;
};

struct ScoredPartial {
  uint64_t partial, place;
  Cost cost;
};

// The cuts of successive rounds.
class Cuts {
 public:
  // `last` is below kNever.
  Cuts(const CostLattice& lattice, bool rising, Cost last) : unit_(lattice.unit), last_(last) {
    const Cost first = unit_ ? 0 : AddCosts(lattice.best, 2 * kCostsPerNat);
    current_ = rising ? std::min(first, last_) : last_;
    width_ = unit_ ? 1 : 4 * kCostsPerNat;
  }
  Cost current() const { return current_; }
  bool Raise() {
    if (current_ >= last_) return false;
    current_ = std::min(AddCosts(current_, width_), last_);
    if (++raised_ >= 3) width_ *= 2;
    return true;
  }

 private:
  bool unit_;
  Cost last_, current_, width_;
  int raised_ = 0;
};

class Searcher {
 public:
  Searcher(const Index& index, const SearchRequest& request)
      : index_(index),
        request_(request),
        lattice_(*request.lattice),
        ahead_(lattice_),
        budget_(request),
        collector_(index, request),
        max_cost_(std::min(request.max_cost, kNever - 1)) {}

  SearchResult Run() {
    result_.not_searched = index_.missing_count();
    result_.complete = ScorePartials();
    Cuts cuts(lattice_, request_.top > 0 || request_.max_hits > 0 || request_.on_level, max_cost_);
    while (result_.complete) {
      if (!Round(cuts.current())) {
        result_.complete = false;
        collector_.Merge(earlier_);
        break;
      }
      result_.certificate = collector_.full() ? collector_.cut() : cuts.current() + 1;
      const bool last = collector_.full() || !cuts.Raise();
      if ((!last || request_.on_level) && !KeepLevel()) result_.complete = false;
      if (last) break;
    }
    Finish();
    result_.work = budget_.spent();
    return std::move(result_);
  }

 private:
  // The round was complete. False: who is told of its hits wants no more.
  bool KeepLevel() {
    std::vector<Hit> found = collector_.Take();
    const bool more = !request_.on_level || request_.on_level(std::span<const Hit>(found).subspan(earlier_.size()));
    earlier_ = std::move(found);
    counted_ = collector_.count();
    return more;
  }

  void Finish() {
    result_.hits = collector_.Take();
    result_.count = request_.count_only ? std::max(counted_, collector_.count()) : result_.hits.size();
    if (request_.max_hits == 0 || result_.count <= request_.max_hits) return;
    result_.count = request_.max_hits;
    if (!request_.count_only) result_.hits.resize(request_.max_hits);
  }

  uint32_t max_length() const { return std::min<uint32_t>(request_.max_length, kMaxMarkSymbols); }

  bool ScorePartials() {
    MarkScorer scorer(lattice_);
    const HitOrder order(index_);
    std::u32string items;
    for (uint64_t i = 0; i < index_.partial_count(); ++i) {
      if (budget_.Spend()) return false;
      index_.partial_items(i, &items);
      const Cost cost = scorer.Score(items, request_.min_length, max_length());
      if (cost <= max_cost_) partials_.push_back({i, order.PlaceOf(items), cost});
    }
    return true;
  }

  // False if the budget ran out.
  bool Round(Cost cut) {
    collector_.Restart(cut);
    for (const ScoredPartial& p : partials_) collector_.AddPartial(p.partial, p.place, p.cost);
    if (collector_.over()) return false;
    Visitor visitor(&collector_, &budget_);
    Walk walk(lattice_, ahead_);
    for (const auto& group : index_.groups()) {
      const uint32_t length = group->length();
      if (length < request_.min_length || length > max_length()) continue;
      if (ahead_.at(0, length) > collector_.cut()) continue;
      if (!walk.Run(*group, &visitor)) return false;
    }
    return !collector_.over();
  }

  const Index& index_;
  const SearchRequest& request_;
  const CostLattice& lattice_;
  LookAhead ahead_;
  Budget budget_;
  Collector collector_;
  Cost max_cost_;
  std::vector<ScoredPartial> partials_;
  std::vector<Hit> earlier_;  // Of the last complete round.
  uint64_t counted_ = 0;      // In it.
  SearchResult result_;
};

}  // namespace

SearchResult Search(const Index& index, const SearchRequest& request) {
  if (!request.count_only) return Searcher(index, request).Run();
  SearchRequest counting = request;
  counting.top = 0;
  counting.on_level = nullptr;
  return Searcher(index, counting).Run();
}

}  // namespace burin::internal
