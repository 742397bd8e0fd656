// Searches that weigh, against scoring every record.
#include "src/evidence/likelihood/evidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "src/channel/compile/likelihood.h"
#include "src/channel/file/shipped.h"
#include "src/evidence/attributes/beliefs.h"
#include "src/evidence/likelihood/population_sum.h"
#include "src/evidence/likelihood/unseen_bound.h"
#include "src/evidence/likelihood/weigher.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/reference/cases.h"
#include "tests/reference/search_case.h"
#include "tests/reference/twin_evidence.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Query;
using reference::SearchSet;
using reference::TwinRecord;

// Ratios as close are equal (evidence.cc).
constexpr double kTie = 1e-9;

// One reading against one set, in both ways.
class Case {
 public:
  Case(const Index& index, const SearchSet& set, const Query& query, const ChannelFile& file, Choices* choices)
      : index_(index), set_(set), query_(query), channel_(file.channel) {
    Result<PricedReading> priced = PricedReading::Make(query.reading.lattice, channel_);
    if (!priced.ok()) return;
    priced_.emplace(*std::move(priced));
    for (const size_t i : query.conditions) {
      if (!filter_.Add(index, reference::Conditions()[i].text).ok()) return;
    }
    request_.search.reading = &*priced_;
    request_.search.filter = query.conditions.empty() ? nullptr : &filter_;
    const Cost above = query.max_cost < 4000 ? query.max_cost + 64 : 1152;
    request_.search.max_cost = AddCosts(priced_->costs().best, above);
    request_.search.top = query.top;
    request_.search.by = query.by;
    request_.search.min_length = query.min_length;
    request_.search.max_length = query.max_length;
    request_.channel = &channel_;
    request_.population = CountPopulation(index, request_.search.filter);
    request_.prior = choices->OneIn(2) ? 0.9 : 0.5;
    good_ = true;
  }
  // Something is believed of the weapon, if it can be with these conditions.
  void Believe(Choices* choices) {
    std::vector<Belief> stated;
    for (const char* attribute : {"maker", "year"}) {
      const TwinRecord& record = choices->Of(set_.records);
      const std::string& value = attribute == std::string("maker") ? record.maker : record.year;
      if (value.empty() || !choices->OneIn(2)) continue;
      stated.push_back({attribute, value, choices->OneIn(2) ? 0 : 0.999});
    }
    if (stated.empty()) return;
    const auto made = Beliefs::Make(index_, stated, Synonyms::Embedded(), filter_);
    if (!made.ok()) return;
    beliefs_ = *made;
    request_.search.believed = beliefs_.get();
  }
  bool believes() const { return beliefs_ != nullptr; }
  bool good() { return good_ && priced_->costs().best < kNever && HasLikelihood(priced_->costs()); }

  void Check() {
    Evidence evidence;
    const SearchResult result = SearchAndWeigh(index_, request_, &evidence);
    ASSERT_TRUE(result.complete);
    ASSERT_EQ(result.hits.size(), evidence.weights.size());
    ScoreAll();
    ASSERT_EQ(evidence.population, likelihoods_.size());
    if (!IsFinite()) return;
    weighed_ = true;
    if (of_population_ == 0) {
      EXPECT_EQ(evidence.of_population, 0);
    } else {
      EXPECT_NEAR(evidence.of_population / of_population_, 1, 1e-9);
    }
    if (NothingExplainsIt()) {  // Where nothing could be read so, nothing can be said.
      EXPECT_TRUE(result.hits.empty());
      EXPECT_EQ(evidence.not_in_registry_low, 0);
      EXPECT_EQ(evidence.not_in_registry_high, 1);
      return;
    }
    const reference::TwinEvidence twin = reference::WeighAll(marks_, of_population_, request_.prior);
    CheckHits(result);
    CheckBounds(result, evidence, twin);
    complete_ = evidence.complete;
    seen_all_ = evidence.unseen == 0;
  }
  bool weighed() const { return weighed_; }
  bool complete() const { return complete_; }
  bool seen_all() const { return seen_all_; }

 private:
  bool Passes(const TwinRecord& record) const {
    return !record.missing && std::all_of(query_.conditions.begin(), query_.conditions.end(),
                                          [&](size_t i) { return reference::Conditions()[i].holds(record); });
  }

  // Where a loop takes in a symbol that its element explains a million times better than any other, and again, there is
  // no likelihood that a double holds.
  bool IsFinite() const {
    const auto finite = [](double p) { return std::isfinite(p); };
    return finite(of_population_) && finite(bound_) && std::all_of(likelihoods_.begin(), likelihoods_.end(), finite);
  }

  // No record does, and no mark that is in none.
  bool NothingExplainsIt() const {
    const auto is_zero = [](double p) { return p == 0; };
    return of_population_ == 0 && std::all_of(likelihoods_.begin(), likelihoods_.end(), is_zero);
  }

  void ScoreAll() {
    const CostLattice& costs = priced_->costs();
    const uint32_t most = std::min<uint32_t>(query_.max_length, kMaxMarkSymbols);
    Likelihood likelihood(query_.reading.lattice, costs, channel_);
    for (uint32_t i = 0; i < set_.records.size(); ++i) {
      const TwinRecord& record = set_.records[i];
      if (!Passes(record)) continue;
      const std::u32string& items = record.items;
      const bool counts = record.partial || (items.size() >= query_.min_length && items.size() <= most);
      const double of_mark = counts ? likelihood.Of(items, query_.min_length, most) : 0;
      const double p = beliefs_ == nullptr ? of_mark : of_mark * beliefs_->RatioOf(i);
      number_[i] = likelihoods_.size();
      likelihoods_.push_back(p);
      marks_.push_back({p, of_mark, record.partial ? std::u32string() : items,
                        record.partial ? 0 : request_.population->model.Of(items)});
    }
    PopulationSum sum(costs, channel_, likelihood);
    const UnseenBound bound(query_.reading.lattice, costs, channel_, kMaxMarkSymbols);
    of_population_ = sum.Of(request_.population->model, query_.min_length, most);
    for (uint32_t length = 0; length <= most; ++length) bound_ = std::max(bound_, bound.Of(length, 0));
  }

  Cost BestCost(std::u32string_view items) {
    const uint32_t most = std::min<uint32_t>(query_.max_length, kMaxMarkSymbols);
    Cost cost = MarkScorer(priced_->costs()).Score(items, query_.min_length, most);
    if (items.find_first_of(std::u32string{kUnreadable, kGap}) != std::u32string_view::npos) return cost;
    for (const ChangedLattice& change : priced_->changed(request_.search.max_cost)) {
      cost = std::min(cost, MarkScorer(*change.Costs()).Score(items, query_.min_length, most));
    }
    return cost;
  }

  // The best by summed cost of those whose best alignment is within the cost.
  void CheckHits(const SearchResult& result) {
    reference::TwinRequest twin;
    twin.top = query_.top;
    twin.by = query_.by;
    twin.max_cost = kNever - 1;
    twin.passes = [&](const TwinRecord& record) { return Passes(record); };
    const double shift = beliefs_ == nullptr ? 1 : beliefs_->highest_ratio();
    twin.cost = [&](const TwinRecord& record) {
      if (BestCost(record.items) > request_.search.max_cost) return kNever;
      const auto number = static_cast<uint32_t>(&record - set_.records.data());
      return SummedCost(likelihoods_[number_.at(number)] / shift);
    };
    const std::vector<reference::TwinHit> expected = reference::Scan(set_.records, twin);
    ASSERT_EQ(result.hits.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
      const uint32_t record = expected[i].record;
      EXPECT_EQ(result.hits[i].record, record) << i;
      const Cost believed = beliefs_ == nullptr ? 0 : beliefs_->Of(record);
      EXPECT_EQ(result.hits[i].cost, BestCost(set_.records[record].items) + believed) << i;
    }
  }

  void CheckBounds(const SearchResult& result, const Evidence& e, const reference::TwinEvidence& twin) {
    EXPECT_LE(e.not_in_registry_low, twin.not_in_registry);
    EXPECT_GE(e.not_in_registry_high, twin.not_in_registry);
    double sum = e.not_in_registry;
    uint64_t not_excluded = 0;
    for (const auto& weight : twin.records) not_excluded += weight.log10_lr >= request_.min_log10_lr - kTie ? 1 : 0;
    for (size_t i = 0; i < result.hits.size(); ++i) {
      const Weight& weight = e.weights[i];
      const double posterior = OfGroup(result.hits[i], twin);
      EXPECT_LE(weight.posterior_low, posterior);
      EXPECT_GE(weight.posterior_high, posterior);
      EXPECT_GE(weight.posterior, weight.posterior_low);
      sum += weight.posterior;
      if (e.unseen > 0) continue;
      EXPECT_NEAR(weight.posterior, posterior, 1e-9);
      EXPECT_NEAR(weight.log10_lr, twin.records[number_[result.hits[i].record]].log10_lr, 1e-9);
    }
    if (e.seen > 0) EXPECT_LE(sum, 1 + 1e-9 + e.unseen / e.seen);
    if (e.unseen > 0) {  // Against what was seen alone a ratio is too high if anything: none is excluded for that.
      if (!e.more_not_excluded) EXPECT_GE(e.not_excluded, not_excluded);
    } else if (e.more_not_excluded) {
      EXPECT_LE(e.not_excluded, not_excluded);
    } else {
      EXPECT_EQ(e.not_excluded, not_excluded);
    }
  }

  // The posteriors of all records that the hit stands for.
  double OfGroup(const Hit& hit, const reference::TwinEvidence& twin) {
    const TwinRecord& of = set_.records[hit.record];
    double sum = 0;
    for (const auto& [record, number] : number_) {
      const TwinRecord& r = set_.records[record];
      bool same = record == hit.record;
      if (query_.by == By::kSerial && !of.partial) same = !r.partial && r.items == of.items;
      if (query_.by == By::kWeapon && !of.weapon.empty()) same = r.weapon == of.weapon;
      if (same) sum += twin.records[number].posterior;
    }
    return sum;
  }

  const Index& index_;
  const SearchSet& set_;
  const Query& query_;
  Channel channel_;
  std::optional<PricedReading> priced_;
  Filter filter_;
  std::shared_ptr<const Beliefs> beliefs_;
  WeighRequest request_;
  bool good_ = false, weighed_ = false, complete_ = false, seen_all_ = false;
  std::vector<double> likelihoods_;
  std::vector<reference::TwinMarkWeight> marks_;
  std::map<uint32_t, size_t> number_;  // Of a record that counts, in likelihoods_.
  double of_population_ = 0;
  double bound_ = 0;  // No serial explains the reading better.
};

struct Counted {
  uint64_t cases = 0, complete = 0, all = 0, believed = 0;
};

// The cases of a seed: a set of records, and readings of them.
void CheckSeed(uint64_t seed, Counted* counted) {
  Choices choices(seed), stated(seed + 1'000'000);
  const SearchSet set = reference::RandomSet({}, &choices);
  const reference::Comparison comparison(set.records);
  const auto& file = **ShippedChannel(ShippedChannelName(choices.Below(static_cast<uint32_t>(ShippedChannelCount()))));
  for (int i = 0; i < 6; ++i) {
    Query query = reference::RandomQuery(set, &choices);
    Case one(comparison.index(), set, query, file, &choices);
    if (!one.good()) continue;
    if (stated.OneIn(3)) one.Believe(&stated);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", query " + std::to_string(i) + ": " + query.reading.text);
    one.Check();
    if (testing::Test::HasFailure()) return;
    counted->cases += one.weighed() ? 1 : 0;
    counted->complete += one.complete() ? 1 : 0;
    counted->all += one.seen_all() ? 1 : 0;
    counted->believed += one.believes() ? 1 : 0;
  }
}

TEST(Evidence, ContainsWhatScoringEveryRecordSays) {
  Counted counted;
  for (uint64_t seed = 1; counted.cases < TestCases() && !HasFailure(); ++seed) CheckSeed(seed, &counted);
  std::printf("%llu cases, %llu complete, %llu with nothing unseen, %llu with something believed\n",
              static_cast<unsigned long long>(counted.cases), static_cast<unsigned long long>(counted.complete),
              static_cast<unsigned long long>(counted.all), static_cast<unsigned long long>(counted.believed));
  EXPECT_GT(counted.complete, counted.cases / 4);
  EXPECT_GT(counted.believed, counted.cases / 20);
}

// Rare cases that something was wrong for: q's sum over the registered serials almost as large as over all, a reading
// that nothing explains, one that explains all records alike, and a record of a gap alone, which is too short for it.
TEST(Evidence, ContainsItWhereBoundsWereWrong) {
  Counted counted;
  for (const uint64_t seed : {563, 572, 618, 835, 1287}) CheckSeed(seed, &counted);
  EXPECT_GT(counted.cases, 0u);
}

// Which records are in the sum does not depend on how many are asked for.
TEST(Evidence, PosteriorsDoNotDependOnTop) {
  for (uint64_t seed = 1; seed < 40; ++seed) {
    Choices choices(seed);
    const SearchSet set = reference::RandomSet({}, &choices);
    const reference::Comparison comparison(set.records);
    const Query query = reference::RandomQuery(set, &choices);
    std::map<uint32_t, double> first;
    double outside = 0;
    for (const uint64_t top : {1, 2, 5, 0}) {
      Query asked = query;
      asked.top = top;
      asked.by = By::kRecord;
      PricedReading priced = *PricedReading::Make(query.reading.lattice, TypedChannel());
      WeighRequest request;
      request.search.reading = &priced;
      request.search.max_cost = AddCosts(priced.costs().best, 1152);
      request.search.top = top;
      request.channel = &TypedChannel();
      request.population = comparison.index().population();
      Evidence e;
      const SearchResult result = SearchAndWeigh(comparison.index(), request, &e);
      if (top == 1) outside = e.not_in_registry;
      EXPECT_EQ(e.not_in_registry, outside);
      for (size_t i = 0; i < result.hits.size(); ++i) {
        const auto [at, is_new] = first.try_emplace(result.hits[i].record, e.weights[i].posterior);
        EXPECT_EQ(at->second, e.weights[i].posterior);
      }
    }
  }
}

}  // namespace
}  // namespace burin::internal
