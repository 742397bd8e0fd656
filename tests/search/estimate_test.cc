// The estimate against the number of matches: on random keys it is right where that is promised, and bounds the rest.
#include "src/search/run/estimate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <random>
#include <string>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "tests/reference/search_case.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::TwinRecord;

// Different serials of `length` symbols out of 0-9A-F.
std::vector<TwinRecord> RandomSerials(int count, uint32_t length, uint64_t seed) {
  Choices choices(seed);
  std::vector<TwinRecord> records(static_cast<size_t>(count));
  for (TwinRecord& record : records) {
    for (uint32_t i = 0; i < length; ++i) record.items += BaseSymbol(choices.Below(16));
  }
  return records;
}

struct Numbers {
  double estimate;
  double count;
  double at_most;
};

Numbers Ask(const Index& index, const char* text, Metric metric, Cost edits, const Filter* filter = nullptr) {
  const Pattern pattern = *ParsePattern(text);
  const CostLattice lattice = *CompileUnit(pattern.lattice, metric);
  SearchRequest request;
  request.lattice = &lattice;
  request.filter = filter;
  request.max_cost = edits;
  const Estimate estimate = EstimateMatches(index, request);
  request.count_only = true;
  const auto count = static_cast<double>(Search(index, request).count);
  const auto at_most = static_cast<double>(estimate.at_most);
  EXPECT_LE(count, at_most) << text;
  return {estimate.matches, count, at_most};
}

class EstimateTest : public ::testing::Test {
 public:
  reference::Comparison world_{RandomSerials(60000, 6, 1)};
  const Index& index_ = world_.index();
};

TEST_F(EstimateTest, RightForSetsAndSubstitutionsOnRandomKeys) {
  for (const char* text : {"A?[38]???", "??????", "?[^0-9]?7??", "?????[0-9]", "*3", "??*", "[A-F]?*[0-3]"}) {
    const Numbers n = Ask(index_, text, Metric::kHamming, 0);
    EXPECT_NEAR(n.estimate, n.count, 4 * std::sqrt(n.count + 1)) << text;
  }
  for (const char* text : {"A1?[38]4?", "[0-7][0-7]????", "A1234?", "?1?2?3"}) {
    for (const Cost edits : {1u, 2u, 3u}) {
      const Numbers n = Ask(index_, text, Metric::kHamming, edits);
      EXPECT_NEAR(n.estimate, n.count, 4 * std::sqrt(n.count + 1)) << text << " within " << edits;
    }
  }
}

TEST_F(EstimateTest, KnownSymbolsAtTheStartCountExactly) {
  std::vector<TwinRecord> records = RandomSerials(2000, 6, 2);
  for (uint32_t i = 0; i < 700; ++i) {
    records[i].items = U"SN2";
    for (const uint32_t digit : {i / 256, i / 16 % 16, i % 16}) records[i].items += BaseSymbol(digit);
  }
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.items < b.items; });
  const auto same = [](const auto& a, const auto& b) { return a.items == b.items; };
  records.erase(std::unique(records.begin(), records.end(), same), records.end());
  const reference::Comparison world(records);
  Numbers n = Ask(world.index(), "SN2???", Metric::kOsa, 0);
  EXPECT_NEAR(n.estimate, 700, 1e-6);
  EXPECT_EQ(n.at_most, 700);
  n = Ask(world.index(), "SN2*", Metric::kOsa, 0);
  EXPECT_NEAR(n.estimate, 700, 1e-6);
  n = Ask(world.index(), "SNX???", Metric::kOsa, 0);
  EXPECT_EQ(n.at_most, 0);
  EXPECT_EQ(n.estimate, 0);
}

TEST_F(EstimateTest, EverythingIsEverything) {
  for (const char* text : {"*", "?*", "*?*", "??????"}) {
    const Numbers n = Ask(index_, text, Metric::kOsa, 1);
    EXPECT_EQ(n.count, 60000) << text;
    EXPECT_NEAR(n.estimate, 60000, 1) << text;
    EXPECT_EQ(n.at_most, 60000) << text;
  }
}

TEST_F(EstimateTest, EditsAreOvercountedByLittle) {
  for (const char* text : {"A1B2C3", "[0-3]1?2[37]4", "A1B2C", "12*34"}) {
    for (const Cost edits : {1u, 2u, 3u}) {
      const Numbers n = Ask(index_, text, Metric::kOsa, edits);
      EXPECT_GT(n.estimate, n.count * 0.8 - 4 * std::sqrt(n.count + 1)) << text << " within " << edits;
      EXPECT_LT(n.estimate, n.count * 3.5 + 4 * std::sqrt(n.count + 1)) << text << " within " << edits;
    }
  }
}

TEST_F(EstimateTest, ConditionsAndPartialRecordsCount) {
  std::vector<TwinRecord> records = RandomSerials(20000, 4, 3);
  for (size_t i = 0; i < records.size(); ++i) records[i].maker = i % 4 == 0 ? "Colt" : "FN";
  for (size_t i = 0; i < records.size(); i += 10) {
    records[i].items[1] = kUnreadable;
    records[i].partial = true;
  }
  const reference::Comparison world(records);
  Filter filter;
  ASSERT_TRUE(filter.Add(world.index(), "maker=colt").ok());
  Numbers n = Ask(world.index(), "????", Metric::kOsa, 0);
  EXPECT_NEAR(n.estimate, 20000, 1);
  n = Ask(world.index(), "????", Metric::kOsa, 0, &filter);
  EXPECT_NEAR(n.estimate, 5000, 1500);
}

// The estimate of work against the work that is done: exactly where that is little, else within a factor of sixteen.
TEST_F(EstimateTest, WorkIsWithinAFactorOfSixteen) {
  std::mt19937 random(7);
  int probed = 0, counted = 0;
  for (int i = 0; i < 60; ++i) {
    std::string text;
    for (int p = 0; p < 6; ++p) text += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random() % 36];
    if (i % 3 == 1) text[random() % 6] = text[random() % 6] = '?';
    if (i % 3 == 2) text[random() % 6] = '*';
    const Pattern pattern = *ParsePattern(text);
    const CostLattice lattice = *CompileUnit(pattern.lattice, Metric::kOsa);
    for (const Cost edits : {0u, 1u, 2u, 3u}) {
      SearchRequest request;
      request.lattice = &lattice;
      request.max_cost = edits;
      const auto work = static_cast<double>(Search(index_, request).work);
      const double estimate = EstimateMatches(index_, request).work;
      if (work <= static_cast<double>(kProbedWork)) {
        ++probed;
        EXPECT_EQ(estimate, work) << text << " within " << edits;
      } else {
        ++counted;
        EXPECT_GT(estimate * 16, work) << text << " within " << edits;
        EXPECT_LT(estimate, work * 16) << text << " within " << edits;
      }
    }
  }
  EXPECT_GT(probed, 50);
  EXPECT_GT(counted, 20);
}

// Whatever the reading, the answer comes at once: a server asks before it refuses.
TEST_F(EstimateTest, LargeReadingsTakeNoLonger) {
  std::optional<CostLattice> largest;
  for (int items = 400; items > 0 && !largest; items -= 10) {  // The largest that a channel takes.
    std::string text;
    for (int i = 0; i < items; ++i) text += "?{0,1}[0-9]{0,1}";
    const Result<Pattern> pattern = ParsePattern(text + "*");
    if (!pattern.ok()) continue;
    Result<CostLattice> compiled = CompileChannel(pattern->lattice, TypedChannel());
    if (compiled.ok()) largest = *std::move(compiled);
  }
  ASSERT_TRUE(largest.has_value());
  const CostLattice& lattice = *largest;
  SearchRequest request;
  request.lattice = &lattice;
  request.max_cost = lattice.best + 18 * kCostsPerNat;
  const auto begin = std::chrono::steady_clock::now();
  const Estimate estimate = EstimateMatches(index_, request);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_LE(estimate.matches, 60000);
}

TEST_F(EstimateTest, ChannelsHaveNumbersToo) {
  const Pattern pattern = *ParsePattern("A1?[38]4*");
  const CostLattice lattice = *CompileChannel(pattern.lattice, TypedChannel());
  SearchRequest request;
  request.lattice = &lattice;
  request.max_cost = lattice.best + 6 * kCostsPerNat;
  const Estimate estimate = EstimateMatches(index_, request);
  request.count_only = true;
  const auto count = static_cast<double>(Search(index_, request).count);
  EXPECT_GT(estimate.matches, count / 10);
  EXPECT_LT(estimate.matches, count * 10 + 10);
}

// A reading of nothing known costs what all records cost; a known one little.
TEST_F(EstimateTest, WorkTellsDearReadingsFromCheapOnes) {
  const auto work = [&](const char* text, Cost edits, double* spent) {
    const Pattern pattern = *ParsePattern(text);
    const CostLattice lattice = *CompileUnit(pattern.lattice, Metric::kOsa);
    SearchRequest request;
    request.lattice = &lattice;
    request.max_cost = edits;
    *spent = static_cast<double>(Search(index_, request).work);
    return EstimateMatches(index_, request).work;
  };
  double cheap_spent = 0, dear_spent = 0;
  const double cheap = work("A1B2C3", 1, &cheap_spent), dear = work("?*", 0, &dear_spent);
  EXPECT_LT(cheap * 20, dear);
  EXPECT_LT(cheap_spent, dear_spent);
  EXPECT_GT(dear, 30000);
}

}  // namespace
}  // namespace burin::internal
