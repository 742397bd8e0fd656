// A channel is a proper probability, and what a reading compiles to is that probability.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/reference/choices.h"
#include "tests/reference/twin_channel.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Probability;

CostLattice Compiled(const std::string& text) {
  const Result<Pattern> pattern = ParsePattern(text);
  EXPECT_TRUE(pattern.ok()) << text;
  return *CompileChannel(pattern->lattice, reference::PlainTyped());
}

Cost Score(const CostLattice& costs, std::u32string_view mark) {
  return MarkScorer(costs).Score(mark, 0, kMaxMarkSymbols);
}

// Over all readings the probabilities of a mark sum to 1. Two symbols, so that all readings can be listed.
TEST(Channel, ProbabilitiesOfAllReadingsSumToOne) {
  Channel channel;
  channel.symbols = 2;
  channel.error.assign(3 * 2, 0.2);
  channel.insert = 0.004;
  channel.erase = 0.1;
  channel.swap = 0.15;
  channel.confusion = {0, 1, 1, 0};
  const std::vector<std::vector<size_t>> marks = {{}, {0}, {1}, {0, 1}, {1, 1}, {0, 1, 0}, {1, 0, 0}, {0, 1, 1, 0}};
  for (const std::vector<size_t>& mark : marks) {
    double sum = 0;
    const size_t longest = mark.size() + 8;  // Nine symbols added: below 1e-12.
    for (size_t length = 0; length <= longest; ++length) {
      for (size_t bits = 0; bits < (size_t{1} << length); ++bits) {
        std::vector<size_t> reading(length);
        for (size_t i = 0; i < length; ++i) reading[i] = bits >> i & 1;
        sum += Probability(channel, reading, mark);
      }
    }
    EXPECT_NEAR(sum, 1, 1e-9) << mark.size();
  }
}

TEST(Channel, RowsSumToOne) {
  std::string names;
  ASSERT_EQ(FindChannel("no such channel", &names), nullptr);
  ASSERT_EQ(names.substr(0, 7), "typed, ");
  const Channel* typed = FindChannel("typed", nullptr);
  ASSERT_NE(typed, nullptr);
  ASSERT_EQ(typed->symbols, kChannelSymbols);
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    double confused = 0, altered = 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      const double p = typed->confusion[a * kChannelSymbols + b], q = typed->alteration[a * kChannelSymbols + b];
      EXPECT_GT(q, 0);  // Nothing is impossible.
      EXPECT_TRUE(p > 0 || (a == b && a != kBaseSymbols)) << a << " " << b;
      confused += p;
      altered += q;
    }
    EXPECT_NEAR(confused, 1, 1e-12) << a;
    EXPECT_NEAR(altered, 1, 1e-12) << a;
  }
  for (const double rate : {typed->insert, typed->erase, typed->swap, typed->Error(0, Doubt::kCertain),
                            typed->Error(0, Doubt::kPossible)}) {
    EXPECT_GT(rate, 0);
    EXPECT_LT(rate, 0.5);
  }
  EXPECT_LT(typed->Error(0, Doubt::kCertain), typed->Error(0, Doubt::kProbable));
  EXPECT_LT(typed->Error(0, Doubt::kProbable), typed->Error(0, Doubt::kPossible));
}

// The compiled moves that start at one symbol of a mark, over everything that can be read there, sum to going on from
// the gap before it. A cost is rounded to 1/64 nat: less than 0.8 %.
TEST(Channel, CompiledMovesOfASymbolSumToOne) {
  const Channel& typed = reference::PlainTyped();
  for (const char* doubt : {"", "~", "~~"}) {
    std::array<double, kBaseSymbols> sums{};
    for (size_t b = 0; b < kBaseSymbols; ++b) {
      const CostLattice costs = Compiled(std::string(1, static_cast<char>(BaseSymbol(b))) + doubt);
      for (size_t a = 0; a < kBaseSymbols; ++a) sums[a] += std::exp(-double{1} * costs.costs[a] / kCostsPerNat);
    }
    const CostLattice foreign = Compiled(std::string("Ж") + doubt);
    for (size_t a = 0; a < kBaseSymbols; ++a) {
      sums[a] += std::exp(-double{1} * foreign.costs[a] / kCostsPerNat);
      sums[a] += std::exp(-double{1} * foreign.lost[a] / kCostsPerNat);
      sums[a] += (1 - typed.insert) * typed.swap;
      EXPECT_NEAR(sums[a], 1 - typed.insert, 0.008) << a << doubt;
      EXPECT_GT(foreign.costs[a], CostLattice(Compiled("?")).costs[a]);
    }
  }
}

// The cost of the best alignment is never below -ln of the sum over all alignments, but for rounding, and equals it
// where one alignment has all the mass.
TEST(Channel, CostsArePartsOfTheSum) {
  Choices choices(5);
  const std::u32string alphabet = U"0O8B1A";
  for (int i = 0; i < 3000; ++i) {
    std::u32string mark, text;
    for (uint32_t n = 1 + choices.Below(8); n > 0; --n) mark += choices.Of(alphabet);
    text = mark;
    for (uint32_t n = choices.Below(3); n > 0; --n)
      text[choices.Below(static_cast<uint32_t>(text.size()))] = choices.Of(alphabet);
    if (choices.OneIn(4)) text += choices.Of(alphabet);
    if (choices.OneIn(4) && text.size() > 1) text.erase(choices.Below(static_cast<uint32_t>(text.size())), 1);
    std::vector<size_t> reading, truth;
    for (const Symbol s : text) reading.push_back(BaseIndex(s));
    for (const Symbol s : mark) truth.push_back(BaseIndex(s));
    const double exact = -std::log(Probability(reference::PlainTyped(), reading, truth)) * kCostsPerNat;
    const Cost cost = Score(Compiled(std::string(text.begin(), text.end())), mark);
    const double rounding = 0.5 * static_cast<double>(text.size() + mark.size() + 2);
    EXPECT_GE(cost + rounding, exact);
    if (text == mark) {
      EXPECT_NEAR(cost, exact, rounding);
    }
    EXPECT_LT(cost, exact + rounding + kCostsPerNat * std::log(100));  // No more alignments than that.
  }
}

// An unreadable character costs no more than the chance that none was lost; one of unknown length no more than a known.
TEST(Channel, UnreadableCharactersAreFree) {
  EXPECT_EQ(Score(Compiled("????????"), U"AB123456"), Score(Compiled("*"), U"AB123456"));
  EXPECT_LE(Score(Compiled("????????"), U"AB123456"), 1u);
  EXPECT_EQ(Compiled("AB?").best, Score(Compiled("AB?"), U"AB0"));
}

TEST(Channel, DoubtAndLookAlikesHaveTheirPrice) {
  const auto cost = [](const char* text, std::u32string_view mark) { return Score(Compiled(text), mark); };
  EXPECT_LT(cost("8", U"8"), cost("8~", U"8"));
  EXPECT_LT(cost("8~", U"8"), cost("8~~", U"8"));
  EXPECT_GT(cost("8", U"3"), cost("8~", U"3"));
  EXPECT_GT(cost("8~", U"3"), cost("8~~", U"3"));
  EXPECT_LT(cost("8", U"B"), cost("8", U"W"));
  EXPECT_LT(cost("[38]", U"3"), cost("8", U"3"));
  EXPECT_LT(cost("[3:.6 8:.3]", U"3"), cost("[3:.6 8:.3]", U"8"));
  EXPECT_LT(cost("[3:.6 8:.3]", U"8"), cost("[3:.6 8:.3]", U"W"));
  EXPECT_LT(cost("AB", U"BA"), cost("AC", U"BA"));
}

// Strokes are added, not taken away: a 3 becomes an 8, not the other way round.
TEST(Channel, AlterationHasADirection) {
  const auto cost = [](const char* text, std::u32string_view mark) { return Score(Compiled(text), mark); };
  EXPECT_LT(cost("8! ", U"3"), cost("3! ", U"8"));
  EXPECT_LT(cost("B! ", U"P"), cost("P! ", U"B"));
  EXPECT_LT(cost("8! ", U"3"), cost("8! ", U"M"));
  EXPECT_LT(cost("8!3", U"3"), cost("8!3", U"8"));
  EXPECT_LT(cost("8! ", U"M"), 18 * kCostsPerNat);  // Restamped.
}

// A symbol outside the base seen beneath an alteration supports itself, and no other one.
TEST(Channel, ForeignSymbolsBeneathAnAlterationAreThemselves) {
  const CostLattice altered = Compiled("8!Ж");
  EXPECT_LT(Score(altered, U"Ж"), Score(altered, U"Я"));
  const CostLattice twice = Compiled("Я!Ж");
  EXPECT_LT(Score(twice, U"Ж"), Score(twice, U"Я"));
}

TEST(Channel, RefusesWhatItCannotPrice) {
  const Result<Pattern> pattern = ParsePattern("A1");
  Channel channel = TypedChannel();
  channel.symbols = 2;
  EXPECT_EQ(CompileChannel(pattern->lattice, channel).status().code(), StatusCode::kInvalidArgument);
  channel = TypedChannel();
  channel.swap = 0.02;
  EXPECT_EQ(CompileChannel(pattern->lattice, channel).status().code(), StatusCode::kOutOfRange);
}

}  // namespace
}  // namespace burin::internal
