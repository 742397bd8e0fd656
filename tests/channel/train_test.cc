// Training: it comes to the rates that readings were drawn with, and depends on the pairs alone.
#include "src/channel/train/train.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "src/channel/file/channel_check.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/channel_write.h"
#include "src/channel/file/shipped.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"
#include "tests/channel/clumsy.h"
#include "tests/reference/cases.h"
#include "tests/reference/choices.h"
#include "tests/reference/draw_reading.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Clumsy;
using reference::DrawReading;

size_t Cases(size_t few, size_t many) { return FullTests() ? many : few; }

std::u32string RandomMark(Choices* choices) {
  std::u32string mark;
  for (uint32_t n = 5 + choices->Below(6); n > 0; --n) mark += BaseSymbol(choices->Below(kBaseSymbols));
  return mark;
}

// Rates unlike the parent's, over the whole alphabet.
Channel Odd() {
  Channel channel = TypedChannel();
  channel.insert = 0.004;
  channel.erase = 0.011;
  channel.swap = 0.003;
  Choices choices(5);
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    channel.error[a] = 0.005 + 0.03 * choices.Below(1000) / 1000;
    double sum = 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      double& p = channel.confusion[a * kChannelSymbols + b];
      p = a == b || b == kBaseSymbols ? 0 : 0.05 + choices.Below(1000);
      sum += p;
    }
    for (size_t b = 0; b < kChannelSymbols; ++b) channel.confusion[a * kChannelSymbols + b] /= sum;
  }
  channel.rewrites = {{U"VV", U"W", .1}, {U"W", U"VV", .03}};
  channel.structure = {};
  channel.structure.prefix_lost = {.03, {.5, .3, .2}};
  channel.structure.last_four = .02;
  channel.structure.suffix_added = {.01, {.6, .4}};
  return channel;
}

std::vector<TrainingPair> Draw(const Channel& channel, size_t count, uint64_t seed) {
  Choices choices(seed);
  std::vector<TrainingPair> pairs;
  while (pairs.size() < count) {
    const std::u32string mark = RandomMark(&choices);
    const std::u32string reading = DrawReading(channel, mark, &choices);
    pairs.push_back({reading, nullptr, mark});
  }
  return pairs;
}

TrainingOptions Plain() {
  TrainingOptions options;
  options.folds = 0;
  options.weight = 0.5;
  options.threads = 2;
  return options;
}

// Within `deviations` of the binomial error of so many draws, and what the parent's word weighs.
void ExpectRate(double found, double rate, double draws, double deviations, const std::string& what) {
  const double error = deviations * std::sqrt(rate * (1 - rate) / draws) + 2 / draws;
  EXPECT_NEAR(found, rate, error) << what;
}

void ExpectChannel(const Channel& found, const Channel& channel, double marks) {
  const double symbols = 7.5 * marks;
  ExpectRate(found.insert, channel.insert, symbols, 4, "insert");
  ExpectRate(found.erase, channel.erase, symbols, 4, "erase");
  ExpectRate(found.swap, channel.swap, symbols, 4, "swap");
  double off = 0;
  for (size_t a = 0; a < kBaseSymbols; ++a) {
    const std::string name = ToUtf8(std::u32string(1, BaseSymbol(a)));
    ExpectRate(found.error[a], channel.error[a], symbols / 37, 5, "misread " + name);
    const double misread = channel.error[a] * symbols / 37;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      const double p = channel.confusion[a * kChannelSymbols + b];
      off += std::abs(found.confusion[a * kChannelSymbols + b] - p) / std::sqrt(p * (1 - p) / misread + 1e-4) / 37 / 36;
    }
  }
  EXPECT_LT(off, 1) << "confusion";
  for (size_t r = 0; r < channel.rewrites.size(); ++r) {
    ExpectRate(found.rewrites[r].p, channel.rewrites[r].p, symbols / 36 / (r == 0 ? 36 : 1), 5, "rewrite");
  }
  ExpectRate(found.structure.prefix_lost.p, channel.structure.prefix_lost.p, marks, 5, "prefix_lost");
  ExpectRate(found.structure.last_four, channel.structure.last_four, marks, 5, "last_four");
  ExpectRate(found.structure.suffix_added.p, channel.structure.suffix_added.p, marks, 5, "suffix_added");
}

// The parent: of the same kind, all rates elsewhere.
Channel ParentOf(const Channel& odd) {
  Channel parent = TypedChannel();
  parent.rewrites = odd.rewrites;
  for (Rewrite& r : parent.rewrites) r.p = 1e-4;
  parent.structure = odd.structure;
  parent.structure.prefix_lost.p = parent.structure.last_four = parent.structure.suffix_added.p = 0.001;
  return parent;
}

TEST(Train, ComesToTheRatesThatReadingsWereDrawnWith) {
  const Channel odd = Odd();
  const size_t count = Cases(5000, 200000);
  const auto trained = TrainChannel(ParentOf(odd), Draw(odd, count, 1), Plain());
  ASSERT_TRUE(trained.ok()) << trained.status().message();
  ExpectChannel(trained->channel, odd, static_cast<double>(count));
  EXPECT_LT(trained->outliers, 0.001);
  EXPECT_TRUE(trained->limited.empty());
  EXPECT_GT(trained->log_likelihood, trained->parent_log_likelihood);
  const Status proper = CheckChannel(trained->channel);
  EXPECT_TRUE(proper.ok()) << proper.message();
}

// Nobody knows the mark; each of two readings is wrong on its own.
TEST(Train, ComesToThemWithoutTruth) {
  Channel odd = Odd();
  odd.structure = {};
  odd.rewrites.clear();
  for (size_t a = 0; a < kChannelSymbols; ++a) odd.error[a] /= 4;
  odd.insert /= 4;
  odd.erase /= 4;
  odd.swap /= 4;
  Channel parent = TypedChannel();
  parent.structure = {};
  parent.rewrites.clear();
  const size_t count = Cases(2000, 100000);
  Choices choices(2);
  std::vector<TrainingPair> pairs;
  for (size_t i = 0; i < count; ++i) {
    const std::u32string mark = RandomMark(&choices);
    pairs.push_back({DrawReading(odd, mark, &choices), nullptr, DrawReading(odd, mark, &choices)});
  }
  TrainingOptions options = Plain();
  options.pairs = PairsAre::kReadings;
  const auto trained = TrainChannel(parent, pairs, options);
  ASSERT_TRUE(trained.ok());
  const double symbols = 15.0 * static_cast<double>(count);
  double misread = 0, expected = 0;
  for (size_t a = 0; a < kBaseSymbols; ++a) {
    misread += trained->channel.error[a] / kBaseSymbols;
    expected += odd.error[a] / kBaseSymbols;
  }
  ExpectRate(misread, expected, symbols, 6, "misread");
  ExpectRate(trained->channel.insert, odd.insert, symbols, 8, "insert");
  ExpectRate(trained->channel.erase, odd.erase, symbols, 8, "erase");
  ExpectRate(trained->channel.swap, odd.swap, symbols, 8, "swap");
}

// From those that were found wrong: what errors are, each rate by the same factor.
TEST(Train, ComesToTheSharesOfErrorsFromErrorsAlone) {
  const Channel odd = Odd();
  std::vector<TrainingPair> pairs = Draw(odd, Cases(2000, 100000), 12);
  std::erase_if(pairs, [](const TrainingPair& pair) { return pair.read == pair.other; });
  TrainingOptions options = Plain();
  options.pairs = PairsAre::kErrors;
  const auto trained = TrainChannel(ParentOf(odd), pairs, options);
  ASSERT_TRUE(trained.ok());
  const double draws = static_cast<double>(pairs.size());
  const Channel& found = trained->channel;
  double misread = 0, expected = 0;
  for (size_t a = 0; a < kBaseSymbols; ++a) {
    misread += found.error[a] / kBaseSymbols;
    expected += odd.error[a] / kBaseSymbols;
  }
  const double level = misread / expected;
  EXPECT_NEAR(found.erase / odd.erase / level, 1, 6 / std::sqrt(0.2 * draws));
  EXPECT_NEAR(found.insert / odd.insert / level, 1, 6 / std::sqrt(0.1 * draws));
  EXPECT_NEAR(found.swap / odd.swap / level, 1, 6 / std::sqrt(0.05 * draws));
}

// Each iteration raises what it maximises, whatever kinds of pairs there are.
TEST(Train, NeverLosesPenalisedLikelihood) {
  const Channel clumsy = Clumsy();
  Channel parent = TypedChannel();
  parent.rewrites = clumsy.rewrites;
  for (Rewrite& r : parent.rewrites) r.p /= 20;
  std::vector<TrainingPair> pairs = Draw(clumsy, 120, 3);
  Choices choices(4);
  for (size_t i = 0; i < pairs.size(); i += 9) pairs[i].other = RandomMark(&choices);
  std::vector<TrainingPair> patterns = pairs;
  for (const char* const pattern : {"1?3B", "A[38]B1~", "*17", "8!31", "1~~2~34", "(VV|W)81", "8{0,2}13"}) {
    TrainingPair pair;
    ASSERT_TRUE(TakePattern(pattern, &pair).ok());
    for (const char32_t* const mark : {U"1383B", U"A3B1", U"AB17", U"831", U"1234", U"VV81", U"813"}) {
      pair.other = mark;
      pair.weight = 0.5;
      patterns.push_back(pair);
    }
  }
  std::vector<TrainingPair> errors = pairs;
  std::erase_if(errors, [](const TrainingPair& pair) { return pair.read == pair.other; });
  for (const PairsAre kind : {PairsAre::kAll, PairsAre::kErrors, PairsAre::kReadings}) {
    for (const double weight : {0.1, 2.0, 50.0}) {
      TrainingOptions options = Plain();
      options.pairs = kind;
      options.weight = weight;
      const auto trained = TrainChannel(parent,
                                        kind == PairsAre::kAll      ? patterns
                                        : kind == PairsAre::kErrors ? errors
                                                                    : pairs,
                                        options);
      ASSERT_TRUE(trained.ok());
      ASSERT_EQ(trained->objectives.size(), 3u);
      for (const std::vector<double>& round : trained->objectives) {
        ASSERT_GE(round.size(), 2u);
        for (size_t i = 1; i < round.size(); ++i) {
          EXPECT_GE(round[i], round[i - 1] - 1e-9 * std::abs(round[i])) << i << " of " << round.size();
        }
      }
      const Status proper = CheckChannel(trained->channel);
      EXPECT_TRUE(proper.ok()) << proper.message();
    }
  }
}

TEST(Train, WithoutPairsIsTheParent) {
  for (size_t i = 0; i < ShippedChannelCount(); ++i) {
    const ChannelFile& parent = **ShippedChannel(ShippedChannelName(i));
    const auto trained = TrainChannel(parent.channel, {}, {});
    ASSERT_TRUE(trained.ok());
    EXPECT_EQ(*HashChannel(trained->channel, {}), *HashChannel(parent.channel, {})) << parent.channel.name;
  }
}

// What a parent calls impossible is not learnt: a machine swaps nothing.
TEST(Train, LearnsNothingThatTheParentExcludes) {
  const ChannelFile& machine = **ShippedChannel("machine_read");
  std::vector<TrainingPair> pairs;
  for (int i = 0; i < 50; ++i)
    pairs.push_back({U"123546" + std::u32string(1, U'0' + static_cast<Symbol>(i % 10)), nullptr,
                     U"123456" + std::u32string(1, U'0' + static_cast<Symbol>(i % 10))});
  const auto trained = TrainChannel(machine.channel, pairs, Plain());
  ASSERT_TRUE(trained.ok());
  EXPECT_EQ(trained->channel.swap, 0);
}

TEST(Train, DependsOnThePairsAlone) {
  std::vector<TrainingPair> pairs = Draw(Clumsy(), 300, 6);
  const std::vector<TrainingPair> some(pairs.begin(), pairs.begin() + 100);
  pairs.insert(pairs.end(), some.begin(), some.end());
  Channel parent = TypedChannel();
  TrainingOptions options = Plain();
  options.folds = 3;
  options.threads = 1;
  const auto first = TrainChannel(parent, pairs, options);
  ASSERT_TRUE(first.ok());
  std::reverse(pairs.begin(), pairs.end());
  std::swap(pairs[3], pairs[200]);
  for (const unsigned threads : {1u, 3u}) {
    options.threads = threads;
    const auto again = TrainChannel(parent, pairs, options);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*HashChannel(again->channel, {}), *HashChannel(first->channel, {}));
    EXPECT_EQ(again->log_likelihood, first->log_likelihood);
    EXPECT_EQ(again->held_out_log_likelihood, first->held_out_log_likelihood);
    EXPECT_EQ(again->outliers, first->outliers);
  }
  // A pair of weight 2 is two pairs.
  std::vector<TrainingPair> twice = pairs, weighed = pairs;
  twice.insert(twice.end(), pairs.begin(), pairs.end());
  for (TrainingPair& pair : weighed) pair.weight = 2;
  EXPECT_EQ(*HashChannel(TrainChannel(parent, twice, Plain())->channel, {}),
            *HashChannel(TrainChannel(parent, weighed, Plain())->channel, {}));
}

// Pairs that have nothing to do with each other are found, and rates hardly change.
TEST(Train, PutsOutliersAside) {
  const Channel odd = Odd();
  std::vector<TrainingPair> pairs = Draw(odd, 1200, 7);
  const auto clean = TrainChannel(ParentOf(odd), pairs, Plain());
  Choices choices(8);
  const size_t good = pairs.size();
  for (size_t i = 0; i < 120; ++i) pairs.push_back({RandomMark(&choices), nullptr, RandomMark(&choices)});
  const auto trained = TrainChannel(ParentOf(odd), pairs, Plain());
  ASSERT_TRUE(trained.ok());
  EXPECT_NEAR(trained->outliers, 120.0 / 1320, 0.01);
  for (size_t i = good; i < pairs.size(); ++i) EXPECT_LT(trained->related[i], 0.5) << i;
  size_t lost = 0;
  for (size_t i = 0; i < good; ++i) lost += trained->related[i] < 0.5 ? 1 : 0;
  EXPECT_LT(lost, good / 100);
  EXPECT_NEAR(trained->channel.erase / clean->channel.erase, 1, 0.1);
  EXPECT_NEAR(trained->channel.swap / clean->channel.swap, 1, 0.1);
}

// Held-out pairs are better explained by what others taught.
TEST(Train, HeldOutPairsGain) {
  const Channel odd = Odd();
  TrainingOptions options;
  options.threads = 2;
  const auto trained = TrainChannel(TypedChannel(), Draw(odd, 1000, 9), options);
  ASSERT_TRUE(trained.ok());
  EXPECT_EQ(trained->held_out_weight, 1000);
  EXPECT_GT(trained->held_out_log_likelihood, trained->held_out_parent_log_likelihood + 150);
  EXPECT_LT(trained->held_out_log_likelihood, trained->log_likelihood);
}

TEST(Train, LimitsAreKeptAndSaid) {
  Channel odd = Odd();
  odd.swap = 0.05;
  const auto trained = TrainChannel(TypedChannel(), Draw(odd, 1000, 10), Plain());
  ASSERT_TRUE(trained.ok());
  EXPECT_EQ(trained->channel.swap, 0.0075);
  ASSERT_EQ(trained->limited.size(), 1u);
  EXPECT_EQ(trained->limited[0], "swap: the pairs say more than the limit of 0.0075, which is kept");
  EXPECT_TRUE(CheckChannel(trained->channel).ok());
}

TEST(Train, StopsWhenTold) {
  TrainingOptions options;
  options.progress = [](uint32_t, uint32_t iteration, double) { return iteration < 3; };
  const auto trained = TrainChannel(TypedChannel(), Draw(Odd(), 200, 11), options);
  ASSERT_FALSE(trained.ok());
  EXPECT_EQ(trained.status().code(), StatusCode::kCancelled);
}

TEST(TruthCandidates, TakeEachDifferenceFromOneOrTheOther) {
  using Texts = std::vector<std::u32string>;
  EXPECT_EQ(TruthCandidates(U"123", U"123"), (Texts{U"123"}));
  EXPECT_EQ(TruthCandidates(U"123", U"124"), (Texts{U"123", U"124"}));
  EXPECT_EQ(TruthCandidates(U"A23", U"B24"), (Texts{U"A23", U"A24", U"B23", U"B24"}));
  EXPECT_EQ(TruthCandidates(U"132", U"123"), (Texts{U"123", U"132"}));
  EXPECT_EQ(TruthCandidates(U"1", U""), (Texts{U"1"}));
  EXPECT_LE(TruthCandidates(std::u32string(64, U'1'), std::u32string(64, U'2')).size(), 128u);
}

}  // namespace
}  // namespace burin::internal
