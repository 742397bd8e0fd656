// Single properties of the search: highest costs, budgets, deadline, cancel, corners of requests.
#include "src/search/segments/search.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"
#include "tests/reference/search_case.h"

namespace burin::internal {
namespace {

using reference::Comparison;
using reference::TwinRecord;

std::vector<TwinRecord> Numbers(int count) {
  std::vector<TwinRecord> records(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    const std::string text = std::to_string(100000 + i * 7);
    records[static_cast<size_t>(i)].items = U"A" + std::u32string(text.begin(), text.end());
  }
  return records;
}

struct Asked {
  explicit Asked(const char* text, bool typed = false) : pattern(*ParsePattern(text)), lattice(Compile(typed)) {
    request.lattice = &lattice;
    request.max_cost = 2;
  }
  CostLattice Compile(bool typed) const {
    return typed ? *CompileChannel(pattern.lattice, TypedChannel()) : *CompileUnit(pattern.lattice, Metric::kOsa);
  }
  Pattern pattern;
  CostLattice lattice;
  SearchRequest request;
};

// The cut is raised until the best N are found; where there are not so many, that must come to an end.
TEST(Search, AnyHighestCostEnds) {
  const Comparison world(Numbers(3));
  for (const bool typed : {false, true}) {
    Asked asked("A100000", typed);
    asked.request.top = 10;
    for (const Cost most : {kNever - 1, kNever, kNever + 1, ~Cost{0}}) {
      asked.request.max_cost = most;
      const SearchResult result = Search(world.index(), asked.request);
      EXPECT_TRUE(result.complete);
      EXPECT_EQ(result.hits.size(), 3u);
      EXPECT_EQ(result.certificate, kNever);
    }
  }
}

TEST(Search, ReadingThatFitsNoMark) {
  const Comparison world(Numbers(3));
  Asked asked("A1");
  for (CostLattice::Step& step : asked.lattice.steps) step.from = step.to;  // No way through but by adding.
  asked.lattice.free.clear();
  asked.lattice.swaps.clear();
  asked.lattice.best = kNever;
  asked.request.top = 1;
  EXPECT_TRUE(Search(world.index(), asked.request).hits.empty());
}

TEST(Search, EveryBudgetGivesAnHonestAnswer) {
  const std::vector<TwinRecord> records = Numbers(900);
  Comparison world(records);
  reference::Query query;
  query.reading.lattice = ParsePattern("A10?4[56]*")->lattice;
  query.max_cost = 3;
  for (const uint64_t top : {uint64_t{0}, uint64_t{1}, uint64_t{7}}) {
    query.top = top;
    for (uint64_t work = 1; work < 1200; work += 1 + work / 16) {
      query.max_work = work;
      ASSERT_EQ(world.Check(query), "") << "top " << top << " work " << work;
    }
  }
}

TEST(Search, WorkIsTheSameEachTimeAndBoundsTheBudget) {
  const Comparison world(Numbers(2000));
  Asked asked("A1?0?3");
  const SearchResult all = Search(world.index(), asked.request);
  ASSERT_TRUE(all.complete);
  EXPECT_EQ(Search(world.index(), asked.request).work, all.work);
  asked.request.max_work = all.work;
  EXPECT_TRUE(Search(world.index(), asked.request).complete);
  asked.request.max_work = all.work - 1;
  const SearchResult less = Search(world.index(), asked.request);
  EXPECT_FALSE(less.complete);
  EXPECT_EQ(less.work, all.work - 1);
}

TEST(Search, CancelAndDeadlineStopIt) {
  const Comparison world(Numbers(3000));
  Asked asked("*");
  asked.request.cancelled = [] { return true; };
  SearchResult result = Search(world.index(), asked.request);
  EXPECT_FALSE(result.complete);
  EXPECT_EQ(result.certificate, 0u);
  int questions = 0;
  asked.request.cancelled = [&] { return ++questions > 3; };
  result = Search(world.index(), asked.request);
  EXPECT_FALSE(result.complete);
  EXPECT_GT(result.hits.size(), 100u);
  asked.request.cancelled = nullptr;
  asked.request.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  EXPECT_FALSE(Search(world.index(), asked.request).complete);
}

TEST(Search, RecordsThatCannotBeSearchedAreCounted) {
  std::vector<TwinRecord> records = Numbers(3);
  records[1].missing = true;
  const Comparison world(records);
  Asked asked("*");
  const SearchResult result = Search(world.index(), asked.request);
  EXPECT_EQ(result.hits.size(), 2u);
  EXPECT_EQ(result.not_searched, 1u);
}

// A reading of nothing known is every record, in the order of serials; few near ones cost little work.
TEST(Search, WorkFollowsTheReading) {
  const Comparison world(Numbers(5000));
  Asked all("*");
  EXPECT_EQ(Search(world.index(), all.request).hits.size(), 5000u);
  Asked one("A100070");
  one.request.max_cost = 0;
  const SearchResult result = Search(world.index(), one.request);
  ASSERT_EQ(result.hits.size(), 1u);
  EXPECT_EQ(result.hits[0].record, 10u);
  EXPECT_LT(result.work, 100u);
}

}  // namespace
}  // namespace burin::internal
