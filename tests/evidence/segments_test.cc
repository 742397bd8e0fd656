// Evidence does not know how records lie in segments: every number is that of one index of the live records, to the
// last bit. And searches that give up give up by the number of records alone.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <optional>
#include <string>

#include "src/channel/compile/likelihood.h"
#include "src/channel/file/shipped.h"
#include "src/evidence/attributes/beliefs.h"
#include "src/evidence/likelihood/evidence.h"
#include "tests/reference/cases.h"
#include "tests/reference/search_case.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Comparison;
using reference::Query;
using reference::SearchSet;

struct Weighed {
  Filter filter;
  SearchResult result;
  Evidence evidence;
  std::shared_ptr<const RecordPopulation> population;
  std::shared_ptr<const Beliefs> beliefs;
};

// `maker`: believed, if it can be under the conditions; nullptr: nothing is.
Weighed WeighIn(const Comparison& in, const Query& query, const char* maker, const Channel& channel,
                PricedReading* priced) {
  Weighed out;
  for (const size_t i : query.conditions) {
    EXPECT_TRUE(out.filter.Add(in.index(), reference::Conditions()[i].text).ok());
  }
  WeighRequest request;
  request.search.reading = priced;
  request.search.filter = query.conditions.empty() ? nullptr : &out.filter;
  request.search.max_cost = AddCosts(priced->costs().best, query.max_cost < 4000 ? query.max_cost + 64 : 1152);
  request.search.top = query.top;
  request.search.by = query.by;
  request.search.min_length = query.min_length;
  request.search.max_length = query.max_length;
  request.channel = &channel;
  request.population = query.conditions.empty() ? in.index().population() : CountPopulation(in.index(), &out.filter);
  out.population = request.population;
  if (maker != nullptr) {
    const std::vector<Belief> stated = {{"maker", maker, 0}};
    const auto beliefs = Beliefs::Make(in.index(), stated, Synonyms::Embedded(), out.filter);
    if (beliefs.ok()) out.beliefs = *beliefs;
    request.search.believed = out.beliefs.get();
  }
  out.result = SearchAndWeigh(in.index(), request, &out.evidence);
  return out;
}

void ExpectSame(const Comparison& whole, const Weighed& a, const Comparison& split, const Weighed& b) {
  EXPECT_EQ(a.population->hash, b.population->hash);
  EXPECT_EQ(a.population->partials, b.population->partials);
  EXPECT_EQ(a.population->occurs, b.population->occurs);
  EXPECT_EQ(a.population->serials, b.population->serials);
  EXPECT_EQ(a.result.complete, b.result.complete);
  EXPECT_EQ(a.result.certificate, b.result.certificate);
  EXPECT_EQ(a.result.not_searched, b.result.not_searched);
  ASSERT_EQ(a.result.hits.size(), b.result.hits.size());
  for (size_t i = 0; i < a.result.hits.size(); ++i) {
    EXPECT_EQ(whole.NumberOf(a.result.hits[i].record), split.NumberOf(b.result.hits[i].record)) << i;
    EXPECT_EQ(a.result.hits[i].cost, b.result.hits[i].cost) << i;
    const Weight &v = a.evidence.weights[i], &w = b.evidence.weights[i];
    EXPECT_EQ(v.log10_likelihood, w.log10_likelihood) << i;
    EXPECT_EQ(v.log10_lr, w.log10_lr) << i;
    EXPECT_EQ(v.posterior, w.posterior) << i;
    EXPECT_EQ(v.posterior_low, w.posterior_low) << i;
    EXPECT_EQ(v.posterior_high, w.posterior_high) << i;
    EXPECT_EQ(v.not_excluded, w.not_excluded) << i;
  }
  const Evidence &v = a.evidence, &w = b.evidence;
  EXPECT_EQ(v.complete, w.complete);
  EXPECT_EQ(v.ambiguous, w.ambiguous);
  EXPECT_EQ(v.more_not_excluded, w.more_not_excluded);
  EXPECT_EQ(v.population, w.population);
  EXPECT_EQ(v.not_in_registry, w.not_in_registry);
  EXPECT_EQ(v.not_in_registry_low, w.not_in_registry_low);
  EXPECT_EQ(v.not_in_registry_high, w.not_in_registry_high);
  EXPECT_EQ(v.not_excluded, w.not_excluded);
  EXPECT_EQ(v.chance_hits, w.chance_hits);
  EXPECT_EQ(v.seen, w.seen);
  EXPECT_EQ(v.unseen, w.unseen);
}

bool HasLikelihoods(const Weighed& weighed) {
  return std::isfinite(weighed.evidence.of_population) && std::isfinite(weighed.evidence.seen);
}

void RunCases(const reference::SetShape& shape, uint64_t wanted, uint64_t seed) {
  uint64_t cases = 0, hits = 0;
  for (; cases < wanted; ++seed) {
    Choices choices(seed);
    const SearchSet set = reference::RandomSet(shape, &choices);
    const Comparison whole(set.records), split(set.records, &choices);
    const auto& file =
        **ShippedChannel(ShippedChannelName(choices.Below(static_cast<uint32_t>(ShippedChannelCount()))));
    for (int i = 0; i < 6; ++i) {
      const Query query = reference::RandomQuery(set, &choices);
      Result<PricedReading> priced = PricedReading::Make(query.reading.lattice, file.channel);
      // As searches refuse evidence for them.
      if (!priced.ok() || priced->costs().best >= kNever || !HasLikelihood(priced->costs())) continue;
      const char* const maker = i % 2 == 0 ? nullptr : i == 1 ? "Colt" : "FN";
      const Weighed a = WeighIn(whole, query, maker, file.channel, &*priced);
      if (!HasLikelihoods(a)) continue;
      SCOPED_TRACE("seed " + std::to_string(seed) + ", query " + std::to_string(i) + ": " + query.reading.text);
      ExpectSame(whole, a, split, WeighIn(split, query, maker, file.channel, &*priced));
      if (testing::Test::HasFailure()) return;
      ++cases;
      hits += a.result.hits.size();
    }
  }
  EXPECT_GT(hits, cases / 2);
}

TEST(EvidenceOfSegments, SmallSets) { RunCases({}, TestCases() / 3, 1); }
TEST(EvidenceOfSegments, LargerSets) {
  RunCases({.readings = 3, .records = 400, .items = 8}, TestCases() / 50, 1'000'000);
}

// A search gives up if there are more records within the cost, and only then, however they lie and it walks.
TEST(EvidenceOfSegments, GivesUpByTheNumberOfRecords) {
  uint64_t gave_up = 0, cases = 0;
  for (uint64_t seed = 1; cases < TestCases() / 3; ++seed) {
    Choices choices(seed);
    const SearchSet set = reference::RandomSet({.readings = 3, .records = 60}, &choices);
    const Comparison whole(set.records), split(set.records, &choices);
    const Query query = reference::RandomQuery(set, &choices);
    auto priced = choices.OneIn(2) ? PricedReading::Make(query.reading.lattice, TypedChannel())
                                   : PricedReading::Make(query.reading.lattice, Metric::kOsa);
    if (!priced.ok() || priced->costs().best >= kNever) continue;
    SearchRequest request;
    request.reading = &*priced;
    request.max_cost = AddCosts(priced->costs().best, choices.Below(priced->unit() ? 4 : 1500));
    const uint64_t within = Search(whole.index(), request).hits.size();
    request.give_up_above = 1 + choices.Below(12);
    for (const Comparison* in : {&whole, &split}) {
      const SearchResult result = Search(in->index(), request);
      EXPECT_EQ(result.gave_up, within > request.give_up_above) << "seed " << seed << " " << query.reading.text;
      EXPECT_EQ(result.complete, !result.gave_up);
      if (result.complete) EXPECT_EQ(result.hits.size(), within);
    }
    ++cases;
    gave_up += within > request.give_up_above ? 1 : 0;
  }
  EXPECT_GT(gave_up, cases / 10);
}

}  // namespace
}  // namespace burin::internal
