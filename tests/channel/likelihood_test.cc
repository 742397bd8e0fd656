// The sum over all alignments: a proper probability, and the twin's.
#include "src/channel/compile/likelihood.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/channel/clumsy.h"
#include "tests/reference/choices.h"
#include "tests/reference/twin_channel.h"
#include "tests/reference/twin_likelihood.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Clumsy;

double Of(const std::string& reading, const std::u32string& mark, const Channel& channel) {
  const Result<Pattern> pattern = ParsePattern(reading);
  EXPECT_TRUE(pattern.ok()) << reading;
  const Result<CostLattice> costs = CompileChannel(pattern->lattice, channel);
  EXPECT_TRUE(costs.ok()) << reading;
  return Likelihood(pattern->lattice, *costs, channel).Of(mark);
}

const std::vector<std::u32string> kMarks = {U"A",       U"12",          U"0012", U"VV13",    U"AB1234",
                                            U"12AB34C", U"Ж123",        U"000",  U"1234AB",  U"W8B0VV",
                                            U"AЖ1B",    U"00130ABCD12", U"VV",   U"A1B2C3D4"};

// Any number of unreadable characters: every reading there is, each once.
TEST(Likelihood, OfAllReadingsTogetherIsOne) {
  for (const Channel& channel : {Clumsy(), TypedChannel()}) {
    for (const std::u32string& mark : kMarks) {
      EXPECT_NEAR(Of("*", mark, channel), 1, 1e-12);
      double sum = 0;
      for (size_t symbols = 1; symbols <= mark.size() + 14; ++symbols) {
        sum += Of("?{" + std::to_string(symbols) + "}", mark, channel);
      }
      EXPECT_NEAR(Of("?{0,20}", mark, channel), 1, 1e-9);
      const double nothing = 1 - Of("?{1,}", mark, channel);
      EXPECT_NEAR(sum + nothing, 1, 1e-9) << mark.size();
    }
  }
}

// An unreadable character is each of the channel's symbols in turn.
TEST(Likelihood, OfAnUnreadableCharacterIsTheSumOverSymbols) {
  const Channel channel = Clumsy();
  for (const std::u32string& mark : kMarks) {
    double sum = Of("1[^0-9A-Z]3", mark, channel);
    for (size_t i = 0; i < kBaseSymbols; ++i) {
      sum += Of(std::string("1") + static_cast<char>(BaseSymbol(i)) + "3", mark, channel);
    }
    EXPECT_NEAR(sum / Of("1?3", mark, channel), 1, 1e-12);
  }
}

TEST(Likelihood, IsTheTwins) {
  Choices choices(9);
  const std::u32string alphabet = U"0018BVVW13";
  int large = 0;
  for (int i = 0; i < 1500; ++i) {
    const Channel channel = i % 3 == 0 ? TypedChannel() : Clumsy();
    std::u32string mark, text;
    for (uint32_t n = 1 + choices.Below(8); n > 0; --n) mark += choices.Of(alphabet);
    if (choices.OneIn(4)) mark[choices.Below(static_cast<uint32_t>(mark.size()))] = U'Ж';
    text = mark;
    for (Symbol& s : text) {
      if (s == U'Ж' || choices.OneIn(8)) s = choices.Of(alphabet);
    }
    if (choices.OneIn(3)) text += choices.Of(alphabet);
    if (choices.OneIn(3) && text.size() > 1) text.erase(choices.Below(static_cast<uint32_t>(text.size())), 1);
    if (choices.OneIn(6)) text = text.substr(text.size() / 2);
    const double expected = reference::ReadingProbability(channel, text, mark);
    const double found = Of(std::string(text.begin(), text.end()), mark, channel);
    ASSERT_NEAR(found, expected, 1e-12 * expected + 1e-300) << i;
    large += expected > 1e-9 ? 1 : 0;
  }
  EXPECT_GT(large, 500);
}

// The best alignment is one of all: its cost is never below that of the sum, but for rounding.
TEST(Likelihood, IsNeverLessThanTheBestAlignments) {
  Choices choices(10);
  const std::u32string alphabet = U"018BVW";
  for (const char* const reading : {"VW", "8[B8]0", "W?1", "(VV|W)8", "B!810", "A*1", "0~1~~8", "[3:.6 8:.3]1"}) {
    for (int i = 0; i < 300; ++i) {
      std::u32string mark;
      for (uint32_t n = 1 + choices.Below(6); n > 0; --n) mark += choices.Of(alphabet);
      for (const Channel& channel : {Clumsy(), TypedChannel()}) {
        const Result<Pattern> pattern = ParsePattern(reading);
        const CostLattice costs = *CompileChannel(pattern->lattice, channel);
        const Cost best = MarkScorer(costs).Score(mark, 0, kMaxMarkSymbols);
        const double sum = Likelihood(pattern->lattice, costs, channel).Of(mark);
        const double rounding = 0.5 * (static_cast<double>(mark.size()) + costs.slots + 1);
        EXPECT_GE(best + rounding + 4, -std::log(sum) * kCostsPerNat) << reading;
      }
    }
  }
}

// Items of a partial record: the mean over what may stand there.
TEST(Likelihood, OfPartialRecords) {
  Channel channel = Clumsy();
  channel.structure = {};
  const std::u32string any(1, kUnreadable), gap(1, kGap);
  double sum = 0;
  for (uint32_t n = 0; n <= Likelihood::kMaxGapSymbols; ++n) {
    sum += Of("1234", U"12" + std::u32string(n, kUnreadable) + U"4", channel);
  }
  EXPECT_NEAR(Of("1234", U"12" + gap + U"4", channel), sum / (Likelihood::kMaxGapSymbols + 1), 1e-15);
  EXPECT_GT(Of("1234", U"12" + any + U"4", channel), Of("1734", U"12" + any + U"4", channel));
}

}  // namespace
}  // namespace burin::internal
