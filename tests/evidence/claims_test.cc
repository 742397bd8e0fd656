// What evidence must say in cases that can be worked out by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/shipped.h"
#include "src/evidence/likelihood/evidence.h"
#include "src/evidence/likelihood/verbal_scale.h"
#include "src/evidence/likelihood/weigher.h"
#include "src/mark/pattern/pattern.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

// Each digit is misread with probability `error`, as each other one alike; nothing else happens.
Channel DigitsOnly(double error) {
  Channel channel = TypedChannel();
  std::fill(channel.error.begin(), channel.error.end(), error);
  channel.insert = channel.erase = channel.swap = 0;
  channel.rewrites.clear();
  channel.structure = {};
  for (size_t a = 0; a < 10; ++a) {
    for (size_t b = 0; b < kChannelSymbols; ++b)
      channel.confusion[a * kChannelSymbols + b] = b < 10 && b != a ? 1. / 9 : 0;
  }
  return channel;
}

Evidence Weigh(const Index& index, const std::string& reading, const Channel& channel, double prior,
               std::vector<Hit>* hits) {
  const Result<Pattern> pattern = ParsePattern(reading);
  EXPECT_TRUE(pattern.ok());
  Result<PricedReading> priced = PricedReading::Make(pattern->lattice, channel);
  EXPECT_TRUE(priced.ok());
  WeighRequest request;
  request.search.reading = &*priced;
  request.search.max_cost = priced->costs().best + 18 * kCostsPerNat;
  request.channel = &channel;
  request.population = index.population();
  request.prior = prior;
  Evidence evidence;
  *hits = SearchAndWeigh(index, request, &evidence).hits;
  return evidence;
}

// A number and all that differ from it in one digit are registered: which one is it?
TEST(Evidence, OfAFullBlock) {
  const std::string exact = "4711358";
  TestBuilder builder;
  builder.Serial(exact);
  for (size_t i = 0; i < exact.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string other = exact;
      other[i] = digit;
      if (other != exact) builder.Serial(other);
    }
  }
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = *Index::OpenBuffer(bytes, "test");
  const struct { double error, posterior; } kCases[] = {{0.0004, 0.997}, {0.01, 0.934}, {0.05, 0.731}};
  for (const auto& [error, posterior] : kCases) {
    std::vector<Hit> hits;
    const Evidence evidence = Weigh(*index, exact, DigitsOnly(error), 0.9999999, &hits);
    ASSERT_EQ(hits.size(), 64u);
    EXPECT_EQ(hits[0].record, 0u);
    EXPECT_NEAR(evidence.weights[0].posterior, posterior, 0.0005);
    EXPECT_TRUE(evidence.complete);
  }
}

// A level that has more records than are weighed is given up, and a narrower one tried: most of 200,000 dense serials
// lie within the widest, and the best 50,000 are asked for.
TEST(Evidence, TriesANarrowerLevelWhereOneIsTooWide) {
  TestBuilder builder;
  for (int i = 0; i < 200'000; ++i) builder.Serial((i < 100'000 ? "A" : "B") + std::to_string(100'000 + i % 100'000));
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = *Index::OpenBuffer(bytes, "test");
  const Channel& channel = TypedChannel();
  const Result<Pattern> pattern = ParsePattern("A112345");
  PricedReading priced = *PricedReading::Make(pattern->lattice, channel);
  WeighRequest request;
  request.search.reading = &priced;
  request.search.max_cost = priced.costs().best + 60 * kCostsPerNat;
  EXPECT_GT(Search(*index, request.search).hits.size(), size_t{1} << 17);
  request.search.top = 50'000;
  request.channel = &channel;
  request.population = index->population();
  Evidence evidence;
  const SearchResult result = SearchAndWeigh(*index, request, &evidence);
  ASSERT_EQ(result.hits.size(), 50'000u);
  EXPECT_TRUE(result.complete);
  EXPECT_TRUE(evidence.complete);
  Likelihood likelihood(pattern->lattice, priced.costs(), channel);
  std::vector<double> all;
  for (uint64_t rank = 0; rank < 200'000; ++rank) all.push_back(likelihood.Of(SerialOfRank(*index, rank)));
  std::sort(all.rbegin(), all.rend());
  for (size_t i = 0; i < result.hits.size(); ++i) {
    const double found = likelihood.Of(SerialOfRank(*index, result.hits[i].mark));
    ASSERT_EQ(SummedCost(found), SummedCost(all[i])) << i;
  }
}

// The ratio of a record whose neighbourhood is empty, and of the same one among its likes.
TEST(Evidence, ACrowdLowersTheRatio) {
  std::vector<double> ratios;
  for (const bool crowded : {false, true}) {
    TestBuilder builder;
    builder.Serial("1234567");
    for (int i = 0; i < 9; ++i)
      builder.Serial(crowded ? "123456" + std::to_string(i < 7 ? i : i + 1) : "887766" + std::to_string(i));
    if (crowded) builder.Serial("1234557");
    if (!crowded) builder.Serial("9988776");
    const std::vector<std::byte> bytes = builder.Bytes();
    const auto index = *Index::OpenBuffer(bytes, "test");
    std::vector<Hit> hits;
    const Evidence evidence = Weigh(*index, "123456?", TypedChannel(), 0.9, &hits);
    ASSERT_FALSE(hits.empty());
    ratios.push_back(evidence.weights[0].log10_lr);
    EXPECT_EQ(evidence.ambiguous, crowded);
  }
  EXPECT_GT(ratios[0], ratios[1] + 1);
}

TEST(Evidence, NoSearchWithoutRecordsSaysAnythingButThatItIsNotThere) {
  TestBuilder builder;
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = *Index::OpenBuffer(bytes, "test");
  std::vector<Hit> hits;
  const Evidence evidence = Weigh(*index, "A12", TypedChannel(), 0.9, &hits);
  EXPECT_TRUE(hits.empty());
  EXPECT_EQ(evidence.not_in_registry, 1);
  EXPECT_EQ(evidence.population, 0u);
}

// Machines read from left to right.
TEST(Evidence, NoMachineSwapsNeighbours) {
  for (const char* name : {"machine_read", "ocr"}) {
    const Channel& channel = (*ShippedChannel(name))->channel;
    EXPECT_EQ(channel.swap, 0) << name;
    const Result<Pattern> pattern = ParsePattern("AB1234567890XYZ");
    const Result<CostLattice> costs = CompileChannel(pattern->lattice, channel);
    for (const auto& swap : costs->swaps) EXPECT_TRUE(swap.rewritten) << name;
    EXPECT_FALSE(std::any_of(costs->swaps.begin(), costs->swaps.end(), [](const auto& s) { return !s.rewritten; }));
  }
}

// A worn 8 looks like a 3; a worn 3 does not look like an 8.
TEST(Evidence, StrokesAreLostMoreThanGained) {
  const Channel& worn = (*ShippedChannel("worn"))->channel;
  const auto read_as = [&](Symbol mark, Symbol read) {
    return worn.confusion[BaseIndex(mark) * kChannelSymbols + BaseIndex(read)];
  };
  EXPECT_GT(read_as(U'8', U'3'), 1.4 * read_as(U'3', U'8'));
  EXPECT_GT(read_as(U'B', U'3'), 1.4 * read_as(U'3', U'B'));
  EXPECT_GT(read_as(U'E', U'F'), 1.4 * read_as(U'F', U'E'));
}

TEST(VerbalScale, Bounds) {
  EXPECT_EQ(VerbalScale().size(), 7u);
  EXPECT_STREQ(VerbalWords(0), "no support");
  EXPECT_STREQ(VerbalWords(0.5), "weak support");
  EXPECT_STREQ(VerbalWords(1), "weak support");
  EXPECT_STREQ(VerbalWords(1.01), "moderate support");
  EXPECT_STREQ(VerbalWords(2.5), "moderately strong support");
  EXPECT_STREQ(VerbalWords(3.5), "strong support");
  EXPECT_STREQ(VerbalWords(6), "very strong support");
  EXPECT_STREQ(VerbalWords(9), "extremely strong support");
  EXPECT_STREQ(VerbalWords(-2.5), "moderately strong support for the other proposition");
}

}  // namespace
}  // namespace burin::internal
