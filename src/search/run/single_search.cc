// The search itself, within a cut: a walk over the partial records, then one over every group of serials.
//
// For the best N the cut is not known beforehand. Rounds with a rising cut run until one of them is full: a full round
// has seen everything within its cut, so its N best are the N best. Costs of the rounds before are small beside the
// last. The same rounds are the levels of a search that stops at so many hits, or that tells of each level. Under a
// channel a few serials nearby say how high the cut need be (seeds.h): one round is enough then, unless something may
// stop the search, which should have found the best by then.
#include "src/search/run/single_search.h"

#include <algorithm>

#include "src/base/after_stop.h"
#include "src/index/keys/packed_keys.h"
#include "src/search/costs/cost_walk.h"
#include "src/search/costs/cuts.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/costs/walk.h"
#include "src/search/edits/seeds.h"
#include "src/search/edits/unit_pattern.h"
#include "src/search/edits/unit_planner.h"
#include "src/search/edits/unit_walk.h"
#include "src/search/partials/partial_walk.h"
#include "src/search/partials/unit_partials.h"
#include "src/search/run/budget.h"
#include "src/search/run/collector.h"
#include "src/search/run/hit_taker.h"
#include "src/search/structural/changed_candidates.h"
#include "src/search/structural/changed_scorer.h"
#include "src/search/structural/changed_walk.h"

namespace burin::internal {

struct SearchScratch::State {
  UnitPlanner planner;
  UnitSearch unit;
  std::vector<UnitHit> hits;
  std::vector<SearchScratch> segments;  // One each, of an index that has some.
};

namespace {

class Visitor : public WalkVisitor {
 public:
  // `most`: of the mark alone.
  Visitor(Collector* collector, Budget* budget, Cost most, const MarkRescorer* rescorer)
      : collector_(collector), budget_(budget), most_(most) {
    if (rescorer == nullptr) return;
    slack_ = rescorer->slack();
    rescoring_ = rescorer->work();
  }
  Cost cut() const override { return std::min(AddCosts(collector_->cut(), slack_), most_); }
  void Found(uint64_t key, Cost cost) override {
    if (rescoring_ != 0) budget_->Add(rescoring_);
    collector_->AddSerial(group_, key, cost);
  }
  void Enter(size_t group) { group_ = group; }
  bool Spend() override { return collector_->over() || budget_->Spend(); }
  Patience& patience() override { return budget_->patience(); }

 private:
  Collector* collector_;
  Budget* budget_;
  Cost most_;
  Cost slack_ = 0;
  uint64_t rescoring_ = 0;
  size_t group_ = 0;
};

class Searcher {
 public:
  Searcher(const Index& index, const SearchRequest& request, SearchScratch::State* scratch)
      : index_(index),
        request_(request),
        scratch_(*scratch),
        budget_(request),
        collector_(index, request, &budget_.patience()),
        mark_cost_(std::min(request.max_cost, kNever - 1)),
        max_cost_(std::min(AddCosts(mark_cost_, Believed(request)), kNever - 1)),
        walk_cost_(std::min(AddCosts(mark_cost_, Slack(request)), kNever - 1)) {
    if (request.reading != nullptr) {
      pattern_ = request.reading->pattern();
    } else if ((own_pattern_ = MakeUnitPattern(*request.lattice))) {
      pattern_ = &*own_pattern_;
    }
  }

  // Nothing else but walks that can be interleaved with others, and nothing that could stop it.
  bool Interleaves() const { return OnlyUnitWalks() && !budget_.limited(); }

  // A search that interleaves, in steps: rounds until done(). What a round wants walked, by PrepareRound() and before
  // EndRound(). REQUIRES: Interleaves().
  void BeginRounds() { cuts_.emplace(true, request_.top == 0 ? max_cost_ : 0, max_cost_); }
  bool done() const { return done_; }
  UnitJob PrepareRound() {
    WalkPartials(cuts_->current());
    CollectTasks(cuts_->current());
    SetUpWalk(cuts_->current());
    return {&scratch_.unit, &scratch_.hits, {}};
  }
  void PrefetchRecords() const {
    for (const UnitHit& hit : scratch_.hits) index_.prefetch_posting(RankOf(hit));
  }
  void EndRound(const UnitOutcome& outcome) {
    budget_.Add(outcome.work);
    FinishRound(outcome.complete);
  }
  SearchResult Take() {
    result_.not_searched = NotSearched(index_, request_.filter);
    result_.work = budget_.spent();
    return std::move(result_);
  }

  SearchResult Run() {
    if (OnlyUnitWalks()) {
      BeginRounds();
      while (!done()) FinishRound(WalkPartials(cuts_->current()) && WalkUnits(cuts_->current()));
      return Take();
    }
    result_.not_searched = NotSearched(index_, request_.filter);
    const bool unit = pattern_ != nullptr || costs().unit;
    const Cost first = unit ? 0 : AddCosts(costs().best, 2 * kCostsPerNat);
    const bool by_levels = request_.max_hits > 0 || request_.on_level;
    // What a seed costs says nothing of what it costs with beliefs or further readings.
    const bool plain = request_.believed == nullptr && request_.rescorer == nullptr;
    const bool seeded = !unit && plain && request_.top > 0 && !by_levels;
    const Cost last_cut = seeded ? SeededCut() : max_cost_;
    const bool rising = by_levels || (request_.top > 0 && (!seeded || budget_.limited()));
    Cuts cuts(unit, rising ? first : last_cut, last_cut, seeded);
    if (seeded && rising) TrySmallRound(&cuts);
    while (!ended_ && KeepLevel(cuts.current(), Round(cuts.current()), &cuts)) {
    }
    Finish();
    result_.work = budget_.spent();
    return std::move(result_);
  }

 private:
  static Cost Believed(const SearchRequest& request) {
    return request.believed != nullptr ? request.believed->highest() : 0;
  }

  static Cost Slack(const SearchRequest& request) {
    return request.rescorer != nullptr ? request.rescorer->slack() : 0;
  }

  // The round that a leap begins with is there for its certificate. Where it is not small it would double the work of
  // the search: it is given up, and the last one comes next.
  void TrySmallRound(Cuts* cuts) {
    constexpr uint64_t kSmall = uint64_t{1} << 15;  // Units: some milliseconds.
    if (cuts->is_last()) return;
    budget_.LimitRound(kSmall);
    const bool complete = Round(cuts->current());
    const bool gave_up = !complete && budget_.OnlyRoundIsOver() && !collector_.over();
    budget_.LimitRound(UINT64_MAX);
    if (gave_up) {
      (void)cuts->Raise();
    } else if (!KeepLevel(cuts->current(), complete, cuts)) {
      ended_ = true;
    }
  }
  // Takes the hits of a round. False: it was the last one.
  bool KeepLevel(Cost cut, bool complete, Cuts* cuts) {
    if (!complete) {
      Stop();
      return false;
    }
    std::vector<Hit> found;
    const bool full = collector_.full();
    const Cost seen = full ? collector_.cut() : cut + 1;
    const Cost below = collector_.Take(0, &found);
    if (below < kNever) {
      // What the level before had is in order, and may be more.
      result_.complete = false;
      if (below < result_.certificate) return false;
      result_.certificate = std::min(below, seen);
      result_.hits = std::move(found);
      return false;
    }
    const size_t told = result_.hits.size();
    result_.hits = std::move(found);
    counted_ = collector_.count();
    result_.certificate = seen;
    const bool last = full || !cuts->Raise();
    if (request_.on_level && !request_.on_level(std::span<const Hit>(result_.hits).subspan(told))) {
      result_.complete = false;
    }
    return !last && result_.complete;
  }
  // The round was not complete. All that costs less than the certificate is in place.
  void Stop() {
    result_.complete = false;
    result_.gave_up = collector_.gave_up();
    if (!result_.gave_up) (void)collector_.Take(result_.certificate, &result_.hits);
  }

  void Finish() {
    result_.count = request_.count_only ? std::max(counted_, collector_.count()) : result_.hits.size();
    if (request_.max_hits == 0 || result_.count <= request_.max_hits) return;
    result_.count = request_.max_hits;
    if (!request_.count_only) result_.hits.resize(request_.max_hits);
  }

  uint32_t max_length() const { return std::min<uint32_t>(request_.max_length, kMaxMarkSymbols); }
  const CostLattice& costs() const { return request_.costs(); }
  const LookAhead& ahead() {
    if (!ahead_) ahead_.emplace(costs());
    return *ahead_;
  }
  const UnitPattern& reversed_pattern() {
    if (request_.reading != nullptr) return request_.reading->reversed_pattern();
    if (!own_reversed_) own_reversed_ = pattern_->Reversed();
    return *own_reversed_;
  }

  // No serials but those that the fast path finds, each record a hit of its own or one a serial: such hits are put in
  // order as they are, without the collector.
  bool OnlyUnitWalks() const {
    if (pattern_ == nullptr || request_.give_up_above > 0 || request_.believed != nullptr || request_.by == By::kWeapon)
      return false;
    if (request_.count_only || request_.max_hits > 0 || request_.on_level) return false;
    const auto groups = index_.groups();
    return std::all_of(groups.begin(), groups.end(), [&](const auto& g) { return IsUnitWalked(*g, max_cost_); });
  }

  // The round's hits are in scratch_.hits and partials_.
  void FinishRound(bool complete) {
    const Cost seen = result_.certificate;  // What costs less is in place.
    HitTaker taker(index_, request_, &budget_.patience());
    done_ = true;
    if (!complete) {
      result_.complete = false;
      std::erase_if(scratch_.hits, [&](const UnitHit& hit) { return hit.cost() < seen; });
      std::erase_if(partials_, [&](const ScoredPartial& partial) { return partial.cost < seen; });
      (void)taker.Take(&scratch_.hits, partials_, &result_.hits);
      return;
    }
    std::vector<Hit> found;
    Cost below = taker.Take(&scratch_.hits, partials_, &found);
    const bool full = request_.top > 0 && found.size() >= request_.top;
    if (full && found.back().cost < below) below = kNever;
    result_.complete = below == kNever;
    if (!result_.complete && below < seen) return;
    result_.hits = std::move(found);
    result_.certificate = full ? result_.hits.back().cost : cuts_->current() + 1;
    if (!result_.complete) result_.certificate = std::min(result_.certificate, below);
    done_ = full || !result_.complete || !cuts_->Raise();
  }

  // Every group, into scratch_.hits.
  bool WalkUnits(Cost cut) {
    CollectTasks(cut);
    return scratch_.unit.tasks.empty() || WalkUnit(cut);
  }
  void CollectTasks(Cost cut) {
    scratch_.unit.tasks.clear();
    const auto groups = index_.groups();
    for (uint32_t g = 0; g < groups.size(); ++g) AddTask(g, cut);
  }

  uint64_t RankOf(const UnitHit& hit) const { return index_.groups()[hit.group()]->first_rank() + hit.key(); }

  void AddTask(uint32_t number, Cost cut) {
    const KeyGroup& group = *index_.groups()[number];
    const uint32_t length = group.length();
    if (length < request_.min_length || length > max_length() || !MayHaveLength(*pattern_, length, cut)) return;
    scratch_.unit.tasks.push_back({number, &group, scratch_.planner.Plan(*pattern_, cut, number, group)});
  }

  // Leaves what it finds in partials_, and nothing in scratch_.hits. False if the budget ran out.
  bool WalkPartials(Cost cut) {
    partials_.clear();
    scratch_.hits.clear();
    if (index_.partial_count() == 0) return true;
    if (CountsPartialEdits(cut)) return WalkUnitPartials(cut);
    if (!partial_walk_) partial_walk_.emplace(costs(), request_.min_length, max_length());
    return partial_walk_->Run(
        index_, cut, [this] { return budget_.Spend(); }, &budget_.patience(), &partials_);
  }

  bool CountsPartialEdits(Cost cut) const {
    const bool any_length = request_.min_length == 0 && max_length() == kMaxMarkSymbols;
    return pattern_ != nullptr && any_length && FitsUnitPartials(index_, *pattern_, cut);
  }
  bool WalkUnitPartials(Cost cut) {
    UnitPartialSearch search;
    search.forward = pattern_;
    search.backward = &reversed_pattern();
    search.edits = cut;
    search.costs = [this]() -> const CostLattice& { return costs(); };
    search.spend = [this] { return budget_.Spend(); };
    const bool complete = RunUnitPartials(index_, search, &partials_);
    if (!complete && budget_.patience().over()) {
      Patience endless;
      partials_.resize(std::min(partials_.size(), kPlacedAfterStop));
      (void)KeepLowest(&partials_, &endless);
      return false;
    }
    return KeepLowest(&partials_, &budget_.patience()) && complete;
  }

  // False if the budget ran out.
  bool Round(Cost cut) {
    collector_.Restart(cut);
    cut = std::min(AddCosts(cut, Slack(request_)), walk_cost_);
    filtered_ = FindCandidates(cut);
    // To compile what may have happened to a long reading takes milliseconds.
    if (budget_.left() == 0 || budget_.patience().Ask()) return false;
    if (!filtered_) SetChanged(cut);
    if (budget_.patience().over()) return false;
    const bool all_partials = WalkPartials(cut);
    if (!AddPartials() || !all_partials || collector_.over()) return false;
    UnitSearch& unit = scratch_.unit;
    unit.tasks.clear();
    const auto groups = index_.groups();
    for (size_t g = 0; g < groups.size(); ++g) {
      const uint32_t length = groups[g]->length();
      if (length < request_.min_length || length > max_length()) continue;
      if (pattern_ != nullptr && !MayHaveLength(*pattern_, length, cut)) continue;
      if (IsUnitWalked(*groups[g], cut)) {
        AddTask(static_cast<uint32_t>(g), cut);
      } else if (!WalkGroup(g)) {
        return false;
      }
    }
    if (unit.tasks.empty()) return !collector_.over();
    const bool complete = WalkUnit(cut);
    AfterStop after(&budget_.patience());
    for (const UnitHit& hit : scratch_.hits) {
      if (!after.Goes()) break;
      collector_.AddSerial(hit.group(), hit.key(), hit.cost());
      if (collector_.over()) break;
    }
    return complete && !collector_.over() && !budget_.patience().over();
  }
  // False: the patience is over.
  bool AddPartials() {
    AfterStop after(&budget_.patience(), kPlacedAfterStop);
    for (const ScoredPartial& p : partials_) {
      if (!after.Goes()) break;
      collector_.AddPartial(p.partial, p.cost);
    }
    return !budget_.patience().over();
  }

  bool WalkGroup(size_t number) {
    const KeyGroup& group = *index_.groups()[number];
    Visitor visitor(&collector_, &budget_, walk_cost_, request_.rescorer);
    visitor.Enter(number);
    if (filtered_) return WalkFiltered(number, &visitor);
    return changed_.empty() ? WalkPlain(group, &visitor) : WalkChanged(group, &visitor);
  }
  bool WalkPlain(const KeyGroup& group, WalkVisitor* visitor) {
    if (group.packed64() != nullptr || group.packed128() != nullptr) {
      if (!cost_walk_) cost_walk_.emplace(costs(), longest_packed());
      return cost_walk_->Run(group, visitor);
    }
    if (ahead().at(0, group.length()) > visitor->cut()) return true;
    return Walk(costs(), ahead()).Run(group, visitor);
  }

  uint32_t longest_packed() const {
    uint32_t longest = 0;
    for (const auto& group : index_.groups()) {
      const bool packed = group->packed64() != nullptr || group->packed128() != nullptr;
      if (packed && group->length() <= max_length()) longest = std::max(longest, group->length());
    }
    return longest;
  }

  // At most what the best N cost, of those that are nearby at once.
  Cost SeededCut() {
    if (request_.reading == nullptr) return max_cost_;
    const SeedLimits limits = {request_.min_length, max_length(), budget_.left()};
    budget_.Add(
        FindSeeds(index_, request_.reading->lattice(), limits, &scratch_.planner, &scratch_.unit, &scratch_.hits));
    collector_.Restart(max_cost_);
    MarkScorer scorer(costs());
    for (const UnitHit& hit : scratch_.hits) {
      const Cost cost = scorer.Score(SerialOfKey(*index_.groups()[hit.group()], hit.key()), 0, kMaxMarkSymbols);
      if (cost <= max_cost_) collector_.AddSerial(hit.group(), hit.key(), cost);
    }
    return collector_.full() ? collector_.cut() : max_cost_;
  }

  // What can have happened to marks, of the reading under a channel, within a round's cut.
  void SetChanged(Cost cut) {
    if (request_.reading == nullptr || (changed_walk_ && cut <= changed_cut_)) return;
    changed_ = request_.reading->changed(cut, &budget_.patience());
    changed_cut_ = cut;
    changed_walk_.reset();
    scorers_.clear();
    scored_.clear();
  }
  // A serial has the lowest of the costs that the walks find it at.
  bool WalkChanged(const KeyGroup& group, Visitor* visitor) {
    if (!changed_walk_) changed_walk_.emplace(changed_, longest_packed());
    found_.clear();
    GatherHits gather = Gather(group, visitor);
    bool complete = WalkPlain(group, &gather) && changed_walk_->Run(group, &gather);
    complete = KeepLowestHits() && complete;
    if (collector_.gave_up()) return false;
    return complete ? TellAll(visitor) : TellSome(group, visitor);
  }
  // Of found_. False: the patience is over.
  bool TellAll(Visitor* visitor) {
    AfterStop after(&budget_.patience());
    for (const CostHit& hit : found_) {
      if (!after.Goes()) break;
      visitor->Found(hit.key, hit.cost);
    }
    return !budget_.patience().over();
  }
  // What was found by some of the walks may be cheaper by another: as many of the cheapest as can be scored after the
  // stop. False, as the group was not walked to its end.
  bool TellSome(const KeyGroup& group, Visitor* visitor) {
    ChangedScorer changed(request_.reading, changed_cut_);
    const uint64_t moves = MovesOf(costs(), group.length()) + changed.Moves(group.length());
    const uint64_t count = std::min<uint64_t>(found_.size(), std::max<uint64_t>(kMovesAfterStop / moves, 1));
    const auto cheaper = [](const CostHit& a, const CostHit& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.key < b.key;
    };
    const auto end = found_.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(found_.begin(), end, found_.end(), cheaper);
    for (auto hit = found_.begin(); hit != end; ++hit) {
      const std::u32string serial = SerialOfKey(group, hit->key);
      const Cost plain = MarkScorer(costs()).Score(serial, 0, kMaxMarkSymbols);
      visitor->Found(hit->key, std::min({hit->cost, plain, changed.Of(serial)}));
    }
    return false;
  }
  // Into found_, until it has more records than are wanted at all.
  GatherHits Gather(const KeyGroup& group, WalkVisitor* visitor) {
    return GatherHits(visitor, &found_, request_.give_up_above, [this, &group] {
      if (!KeepLowestHits()) return true;
      uint64_t records = 0;
      for (const CostHit& hit : found_) records += collector_.Passing(group.first_rank() + hit.key);
      if (records > request_.give_up_above) collector_.GiveUp();
      return collector_.gave_up();
    });
  }
  // A serial that several walks found has the lowest of its costs. False: the patience is over, and only some are left.
  bool KeepLowestHits() { return KeepLowestCosts(&found_, &budget_.patience()); }

  // Marks that changed as a whole, found by edits; false: they must be walked.
  bool FindCandidates(Cost cut) {
    candidates_.clear();
    const bool by_levels = request_.max_hits > 0 || request_.on_level;
    if (request_.reading == nullptr || request_.reading->unit() || by_levels) return false;
    // Such a search goes further than edits are cheap for.
    if (request_.give_up_above > 0) return false;
    for (const auto& group : index_.groups()) {
      if (group->packed64() == nullptr && group->packed128() == nullptr) return false;
    }
    const auto candidates = ChangedCandidates::Make(request_.reading->lattice(), costs(), *request_.reading->channel(),
                                                    cut, longest_packed());
    if (!candidates) return false;
    uint64_t work = 0;
    const CandidateLimits limits = {request_.min_length, max_length(),
                                    std::min(ChangedCandidates::kMostWork, budget_.left()), &budget_.patience()};
    const bool found =
        candidates->Find(index_, limits, &scratch_.planner, &scratch_.unit, &scratch_.hits, &candidates_, &work);
    budget_.Add(work);
    if (found && !candidates_.empty()) SetChanged(cut);
    return found;
  }
  bool WalkFiltered(size_t number, Visitor* visitor) {
    const KeyGroup& group = *index_.groups()[number];
    const auto before = [](const ChangedCandidate& c, size_t group_number) { return c.group < group_number; };
    auto next = std::lower_bound(candidates_.begin(), candidates_.end(), number, before);
    if (next == candidates_.end() || next->group != number) return WalkPlain(group, visitor);
    found_.clear();
    GatherHits gather = Gather(group, visitor);
    bool complete = WalkPlain(group, &gather);
    if (collector_.gave_up()) return false;
    for (; complete && next != candidates_.end() && next->group == number; ++next) {
      complete = MayScore(next->change, group.length());
      if (!complete) break;
      const Cost cost = CostOfChange(next->change, SerialOfKey(group, next->key));
      if (cost <= visitor->cut()) found_.push_back({next->key, cost});
    }
    complete = KeepLowestHits() && complete;
    if (complete) return TellAll(visitor);
    // A candidate may cost less than the plain walk says.
    const auto behind = std::find_if(next, candidates_.end(), [&](const auto& c) { return c.group != number; });
    std::erase_if(found_, [&](const CostHit& hit) {
      const auto at = std::lower_bound(next, behind, hit.key, [](const auto& c, uint64_t key) { return c.key < key; });
      return at != behind && at->key == hit.key;
    });
    (void)TellAll(visitor);
    return false;
  }
  // Whether a serial may be scored under the lattices of a change: each is a unit.
  bool MayScore(MarkChange change, uint32_t symbols) {
    MakeScorers();
    uint64_t units = 0, moves = 0;
    for (size_t i = 0; i < changed_.size(); ++i) {
      if (changed_[i].change != change) continue;
      ++units;
      moves += MovesOf(*scored_[i], symbols);
    }
    if (budget_.left() < units || budget_.patience().Took(moves)) return false;
    budget_.Add(units);
    return true;
  }
  // Readings that have candidates are short, and so few lattices.
  void MakeScorers() {
    for (size_t i = scorers_.size(); i < changed_.size(); ++i) {
      scored_.push_back(changed_[i].Costs());
      scorers_.emplace_back(*scored_.back());
    }
  }
  // REQUIRES: MayScore() said so.
  Cost CostOfChange(MarkChange change, std::u32string_view serial) {
    Cost lowest = kNever;
    for (size_t i = 0; i < changed_.size(); ++i) {
      if (changed_[i].change == change) lowest = std::min(lowest, scorers_[i].Score(serial, 0, kMaxMarkSymbols));
    }
    return lowest;
  }

  bool IsUnitWalked(const KeyGroup& group, Cost cut) const {
    return pattern_ != nullptr && cut <= kMostEdits && FitsUnitWalk(*pattern_, group);
  }

  void SetUpWalk(Cost cut) {
    UnitSearch& unit = scratch_.unit;
    unit.forward = pattern_;
    unit.backward = &reversed_pattern();
    unit.edits = cut;
    unit.work_limit = budget_.left();
    // A serial may be found twice, and each has a record at least: past this there are too many for certain.
    const bool every = request_.filter == nullptr && request_.by == By::kRecord && request_.max_hits > 0;
    unit.hit_limit = every && request_.max_hits < UINT64_MAX / 4 ? 2 * request_.max_hits + 2 : UINT64_MAX;
    unit.patience = &budget_.patience();
  }
  // Leaves what it finds in scratch_.hits.
  bool WalkUnit(Cost cut) {
    SetUpWalk(cut);
    const UnitOutcome outcome = RunUnitWalk(scratch_.unit, &scratch_.hits);
    budget_.Add(outcome.work);
    return outcome.complete;
  }

  const Index& index_;
  const SearchRequest& request_;
  SearchScratch::State& scratch_;
  Budget budget_;
  Collector collector_;
  Cost mark_cost_;                        // The highest of a mark,
  Cost max_cost_;                         // and of a hit;
  Cost walk_cost_;                        // how far a walk must go for them.
  const UnitPattern* pattern_ = nullptr;  // nullptr: the reading is none.
  std::optional<UnitPattern> own_pattern_, own_reversed_;
  std::optional<LookAhead> ahead_;  // For long keys.
  std::optional<CostWalk> cost_walk_;
  std::span<const ChangedLattice> changed_;
  Cost changed_cut_ = 0;  // That they are for.
  std::optional<ChangedWalk> changed_walk_;
  bool filtered_ = false;  // Marks that changed are in candidates_; else they are walked.
  std::vector<ChangedCandidate> candidates_;
  std::vector<std::shared_ptr<const CostLattice>> scored_;  // By lattice of changed_, as far as they are needed.
  std::vector<MarkScorer> scorers_;                         // Of these.
  std::vector<CostHit> found_;
  std::optional<PartialWalk> partial_walk_;
  std::vector<ScoredPartial> partials_;  // Of this round.
  uint64_t counted_ = 0;                 // In the last complete round.
  bool ended_ = false;                   // With the first round of a leap.
  // Where only unit walks are needed.
  std::optional<Cuts> cuts_;
  bool done_ = false;
  SearchResult result_;
};

// Searches of one chunk that can be interleaved, in rounds: those of as many edits together.
class Interleaver {
 public:
  explicit Interleaver(std::span<Searcher*> searchers) : active_(searchers.begin(), searchers.end()) {}
  void Run() {
    for (Searcher* searcher : active_) searcher->BeginRounds();
    while (!active_.empty()) {
      for (Searcher* searcher : active_) jobs_.push_back(searcher->PrepareRound());
      WalkJobs();
      for (const Searcher* searcher : active_) searcher->PrefetchRecords();
      for (size_t i = 0; i < active_.size(); ++i) active_[i]->EndRound(jobs_[i].outcome);
      active_.erase(std::remove_if(active_.begin(), active_.end(), [](const Searcher* s) { return s->done(); }),
                    active_.end());
      jobs_.clear();
    }
  }

 private:
  void WalkJobs() {
    std::vector<UnitJob> together;
    std::vector<size_t> numbers;
    for (uint32_t edits = 0; edits <= kMostEdits; ++edits) {
      together.clear();
      numbers.clear();
      for (size_t i = 0; i < jobs_.size(); ++i) {
        if (jobs_[i].search->edits != edits) continue;
        together.push_back(jobs_[i]);
        numbers.push_back(i);
      }
      RunUnitWalks(together);
      for (size_t i = 0; i < numbers.size(); ++i) jobs_[numbers[i]].outcome = together[i].outcome;
    }
  }

  std::vector<Searcher*> active_;
  std::vector<UnitJob> jobs_;
};

}  // namespace

SearchScratch::SearchScratch() : state_(std::make_unique<State>()) {}
SearchScratch::SearchScratch(SearchScratch&&) noexcept = default;
SearchScratch& SearchScratch::operator=(SearchScratch&&) noexcept = default;
SearchScratch::~SearchScratch() = default;

std::span<SearchScratch> SearchScratch::OfSegments(size_t count) {
  if (state_->segments.size() < count) state_->segments.resize(count);
  return state_->segments;
}

SearchResult SearchSingle(const Index& index, const SearchRequest& asked) {
  SearchScratch::State scratch;
  SearchScratch::State* state = asked.scratch != nullptr ? &asked.scratch->state() : &scratch;
  if (!asked.count_only) return Searcher(index, asked, state).Run();
  SearchRequest counting = asked;
  counting.top = 0;
  counting.on_level = nullptr;
  counting.believed = nullptr;  // It reorders, and neither adds nor drops.
  return Searcher(index, counting, state).Run();
}

void SearchSingleBatch(const Index& index, std::span<const SearchRequest> requests, std::span<SearchScratch> scratches,
                       std::span<SearchResult> results) {
  std::vector<std::optional<Searcher>> searchers(requests.size());
  std::vector<Searcher*> interleaved;
  for (size_t i = 0; i < requests.size(); ++i) {
    if (requests[i].count_only) {
      results[i] = SearchSingle(index, requests[i]);
      continue;
    }
    Searcher& searcher = searchers[i].emplace(index, requests[i], &scratches[i].state());
    if (searcher.Interleaves()) {
      interleaved.push_back(&searcher);
    } else {
      results[i] = searcher.Run();
      searchers[i].reset();
    }
  }
  Interleaver(interleaved).Run();
  for (size_t i = 0; i < requests.size(); ++i) {
    if (searchers[i]) results[i] = searchers[i]->Take();
  }
}

}  // namespace burin::internal
