// The search itself: partial records scored one by one, then the walk over every group of serials, within a cut.
//
// For the best N the cut is not known beforehand. Rounds with a rising cut run until one of them is full: a full round
// has seen everything within its cut, so its N best are the N best. Costs of the rounds before are small beside the
// last.
#include "src/search/search.h"

#include <algorithm>

#include "src/index/packed_keys.h"
#include "src/search/collector.h"
#include "src/search/mark_scorer.h"
#include "src/search/unit_pattern.h"
#include "src/search/unit_planner.h"
#include "src/search/unit_walk.h"
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
    return spent_ % kUnitsBetweenQuestions == 1 && Interrupted();
  }
  // For walks that count their work themselves.
  uint64_t left() const { return request_.max_work == 0 ? UINT64_MAX : request_.max_work - spent_; }
  bool Interrupted() const {
    if (request_.cancelled && request_.cancelled()) return true;
    return request_.deadline && std::chrono::steady_clock::now() >= *request_.deadline;
  }
  bool can_be_interrupted() const { return request_.cancelled || request_.deadline; }
  void Add(uint64_t units) { spent_ += units; }

 private:
  const SearchRequest& request_;
  uint64_t spent_ = 0;
};

class Visitor : public WalkVisitor {
 public:
  Visitor(Collector* collector, Budget* budget) : collector_(collector), budget_(budget) {}
  Cost cut() const override { return collector_->cut(); }
  void Found(uint64_t key, Cost cost) override { collector_->AddSerial(group_, key, cost); }
  void Enter(size_t group) { group_ = group; }
  bool Spend() override { return budget_->Spend(); }

 private:
  Collector* collector_;
  Budget* budget_;
  size_t group_ = 0;
};

struct ScoredPartial {
  uint64_t partial;
  Cost cost;
};

// The cuts of successive rounds.
class Cuts {
 public:
  // `last` is below kNever.
  Cuts(const CostLattice& lattice, uint64_t top, Cost last) : unit_(lattice.unit), last_(last) {
    const Cost first = unit_ ? 0 : AddCosts(lattice.best, 2 * kCostsPerNat);
    current_ = top == 0 ? last_ : std::min(first, last_);
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
        max_cost_(std::min(request.max_cost, kNever - 1)),
        pattern_(MakeUnitPattern(lattice_)) {
    if (pattern_) reversed_ = pattern_->Reversed();
  }

  SearchResult Run() {
    result_.not_searched = index_.missing_count();
    result_.complete = ScorePartials();
    Cuts cuts(lattice_, request_.top, max_cost_);
    std::vector<Hit> earlier;  // Of the last complete round.
    while (result_.complete) {
      if (!Round(cuts.current())) {
        result_.complete = false;
        collector_.Merge(earlier);
        break;
      }
      result_.certificate = collector_.full() ? collector_.cut() : cuts.current() + 1;
      if (collector_.full() || !cuts.Raise()) break;
      earlier = collector_.Take();
    }
    result_.hits = collector_.Take();
    result_.work = budget_.spent();
    return std::move(result_);
  }

 private:
  uint32_t max_length() const { return std::min<uint32_t>(request_.max_length, kMaxMarkSymbols); }

  bool ScorePartials() {
    MarkScorer scorer(lattice_);
    std::u32string items;
    for (uint64_t i = 0; i < index_.partial_count(); ++i) {
      if (budget_.Spend()) return false;
      index_.partial_items(i, &items);
      const Cost cost = scorer.Score(items, request_.min_length, max_length());
      if (cost <= max_cost_) partials_.push_back({i, cost});
    }
    return true;
  }

  // False if the budget ran out.
  bool Round(Cost cut) {
    collector_.Restart(cut);
    for (const ScoredPartial& p : partials_) collector_.AddPartial(p.partial, p.cost);
    UnitSearch unit;
    Visitor visitor(&collector_, &budget_);
    Walk walk(lattice_, ahead_);
    const auto groups = index_.groups();
    for (size_t g = 0; g < groups.size(); ++g) {
      const uint32_t length = groups[g]->length();
      if (length < request_.min_length || length > max_length()) continue;
      if (ahead_.at(0, length) > collector_.cut()) continue;
      if (FitsUnitWalk(*groups[g], cut)) {
        const auto number = static_cast<uint32_t>(g);
        unit.tasks.push_back({number, groups[g].get(), planner_.Plan(*pattern_, cut, number, *groups[g])});
        continue;
      }
      visitor.Enter(g);
      if (!walk.Run(*groups[g], &visitor)) return false;
    }
    return unit.tasks.empty() || RunUnit(cut, &unit);
  }

  bool FitsUnitWalk(const KeyGroup& group, Cost cut) const {
    if (!pattern_ || cut > kMostEdits) return false;
    if (group.packed64() == nullptr && group.packed128() == nullptr) return false;
    if (!pattern_->lists) return true;
    for (uint32_t p = 0; p < group.length(); ++p) {
      const auto alphabet = group.alphabet(p);
      if (BaseIndex(alphabet.back()) == kBaseSymbols || BaseIndex(alphabet.front()) == kBaseSymbols) return false;
    }
    return true;
  }

  bool RunUnit(Cost cut, UnitSearch* unit) {
    unit->forward = &*pattern_;
    unit->backward = &reversed_;
    unit->edits = cut;
    unit->work_limit = budget_.left();
    if (budget_.can_be_interrupted()) unit->stop = [this] { return budget_.Interrupted(); };
    std::vector<UnitHit> hits;
    UnitScratch scratch;
    const UnitOutcome outcome = RunUnitWalk(*unit, &scratch, &hits);
    budget_.Add(outcome.work);
    for (const UnitHit& hit : hits) collector_.AddSerial(hit.group, hit.key, hit.cost);
    return outcome.complete;
  }

  const Index& index_;
  const SearchRequest& request_;
  const CostLattice& lattice_;
  LookAhead ahead_;
  Budget budget_;
  Collector collector_;
  Cost max_cost_;
  std::optional<UnitPattern> pattern_;
  UnitPattern reversed_;
  UnitPlanner planner_;
  std::vector<ScoredPartial> partials_;
  SearchResult result_;
};

}  // namespace

SearchResult Search(const Index& index, const SearchRequest& request) { return Searcher(index, request).Run(); }

}  // namespace burin::internal
