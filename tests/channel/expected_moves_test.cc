// The expectation step of training: the likelihood's sum, and the twin's counts.
#include "src/channel/train/expected_moves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/file/shipped.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/pattern.h"
#include "src/text/utf8.h"
#include "tests/channel/clumsy.h"
#include "tests/reference/choices.h"
#include "tests/reference/twin_training.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Clumsy;

// Counts under the twin's names, those that are not 0.
std::map<std::string, double> ByName(const Channel& channel, const MoveCounts& counts) {
  std::map<std::string, double> named;
  const auto add = [&](const std::string& name, double count) {
    if (count > 0) named[name] += count;
  };
  add("insert", counts.inserted);
  add("gap", counts.gaps);
  add("erase", counts.erased);
  add("swap", counts.swapped);
  add("rest", counts.rest);
  const auto name = [](size_t s) { return s == kBaseSymbols ? "other" : ToUtf8(std::u32string(1, BaseSymbol(s))); };
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    add("right " + name(a), counts.right[a]);
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      add("wrong " + name(a) + " " + name(b), counts.wrong[a * kChannelSymbols + b]);
    }
  }
  for (size_t r = 0; r < channel.rewrites.size(); ++r) {
    const std::string rewrite = ToUtf8(channel.rewrites[r].mark) + " " + ToUtf8(channel.rewrites[r].read);
    add("rewrite " + rewrite, counts.rewritten[r]);
    add("chance " + rewrite, counts.chances[r]);
  }
  const char* const affixes[] = {"prefix_lost", "suffix_lost", "prefix_added", "suffix_added", "zeros_added"};
  for (size_t affix = 0; affix < 5; ++affix) {
    for (size_t i = 0; i < kAffixCounts; ++i) {
      add(std::string(affixes[affix]) + " " + std::to_string(i + 1), counts.structure[affix * kAffixCounts + i]);
    }
  }
  const char* const others[] = {"zeros_lost", "last_four", "letters_lost", "blocks_swapped", "nothing"};
  for (size_t i = 0; i < 5; ++i) add(others[i], counts.structure[kZerosLost + i]);
  return named;
}

std::u32string RandomText(const std::u32string& alphabet, uint32_t most, Choices* choices) {
  std::u32string text;
  for (uint32_t n = 1 + choices->Below(most); n > 0; --n) text += choices->Of(alphabet);
  return text;
}

TEST(ExpectedMoves, AreTheTwins) {
  Choices choices(21);
  const std::u32string alphabet = U"0018BVVW13Ж";
  for (int i = 0; i < 120; ++i) {
    const Channel channel = i % 4 == 0 ? TypedChannel() : Clumsy();
    const std::u32string mark = RandomText(alphabet, 5, &choices);
    std::u32string reading = choices.OneIn(2) ? mark : RandomText(alphabet, 5, &choices);
    if (choices.OneIn(2)) reading[choices.Below(static_cast<uint32_t>(reading.size()))] = choices.Of(alphabet);
    const reference::ExpectedDraws expected = reference::EnumerateDraws(channel, reading, mark);
    ExpectedMoves moves(channel);
    ReadingMoves read;
    read.Take(reading);
    const double p = moves.Probability(read, mark);
    ASSERT_NEAR(p, expected.probability, 1e-11 * expected.probability) << ToUtf8(reading) << " of " << ToUtf8(mark);
    MoveCounts counts(channel);
    moves.Count(1, &counts);
    const auto found = ByName(channel, counts);
    for (const auto& [name, count] : expected.draws) {
      const auto at = found.find(name);
      ASSERT_NEAR(at == found.end() ? 0 : at->second, count, 1e-9)
          << name << ": " << ToUtf8(reading) << " of " << ToUtf8(mark);
    }
    for (const auto& [name, count] : found) {
      const auto at = expected.draws.find(name);
      ASSERT_NEAR(count, at == expected.draws.end() ? 0 : at->second, 1e-9) << name;
    }
  }
}

// Whatever the reading looks like.
TEST(ExpectedMoves, SumToTheLikelihood) {
  Choices choices(22);
  const std::u32string alphabet = U"0018BVVW13Ж";
  const Channel channel = Clumsy();
  for (const char* const text : {"VW", "V?1", "8[B8]0", "(VV|W)8", "B!810", "8!1", "1*0", "0~1~~8", "[3:.6 8:.3]1", "*",
                                 "?{2,5}", "8{2,}1", "(1|13)[0-3]*B", "*8*", "Ж1", "[^0-9]1", "1[[:letter:]]{0,1}8"}) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text;
    const CostLattice costs = *CompileChannel(pattern->lattice, channel);
    Likelihood likelihood(pattern->lattice, costs, channel);
    ReadingMoves read;
    read.Take(pattern->lattice);
    ExpectedMoves moves(channel);
    for (int i = 0; i < 60; ++i) {
      const std::u32string mark = RandomText(alphabet, 7, &choices);
      const double expected = likelihood.Of(mark), p = moves.Probability(read, mark);
      ASSERT_NEAR(p, expected, 1e-12 * expected) << text << " of " << ToUtf8(mark);
    }
  }
}

// Of a pattern: the expectation over the plain readings it stands for.
TEST(ExpectedMoves, OfPatternsAreThoseOfTheirReadings) {
  Choices choices(23);
  const Channel channel = Clumsy();
  for (const auto& [text, readings] : std::vector<std::pair<std::string, std::vector<std::u32string>>>{
           {"1[38B]0", {U"130", U"180", U"1B0"}},
           {"(VV|W)8", {U"VV8", U"W8"}},
           {"1{1,3}8", {U"18", U"118", U"1118"}},
           {"8{0,1}W(0|00)", {U"8W0", U"8W00", U"W0", U"W00"}}}) {
    for (int i = 0; i < 40; ++i) {
      const std::u32string mark = RandomText(U"0018BVVW13", 5, &choices);
      ExpectedMoves moves(channel);
      ReadingMoves read;
      double whole = 0;
      std::map<std::string, double> expected;
      for (const std::u32string& reading : readings) {
        read.Take(reading);
        const double p = moves.Probability(read, mark);
        MoveCounts counts(channel);
        moves.Count(p, &counts);
        whole += p;
        for (const auto& [name, count] : ByName(channel, counts)) expected[name] += count;
      }
      const Result<Pattern> pattern = ParsePattern(text);
      read.Take(pattern->lattice);
      ASSERT_NEAR(moves.Probability(read, mark), whole, 1e-12 * whole) << text;
      MoveCounts counts(channel);
      moves.Count(1, &counts);
      const auto found = ByName(channel, counts);
      for (const auto& [name, count] : expected) {
        const auto at = found.find(name);
        ASSERT_NEAR(at == found.end() ? 0 : at->second, count / whole, 1e-9) << name << " of " << text;
      }
    }
  }
}

// The slope of ln P in each number is what its expected draws say: of loops and doubt too.
TEST(ExpectedMoves, AreTheSlopesOfTheLikelihood) {
  Choices choices(24);
  for (const char* const text : {"1*8", "*B8*", "8{2,}1", "1~8~~B", "B!810"}) {
    const Result<Pattern> pattern = ParsePattern(text);
    ReadingMoves read;
    read.Take(pattern->lattice);
    for (int i = 0; i < 6; ++i) {
      const std::u32string mark = RandomText(U"018BVW", 6, &choices);
      const Channel channel = Clumsy();
      ExpectedMoves moves(channel);
      const double p = moves.Probability(read, mark);
      MoveCounts counts(channel);
      moves.Count(1, &counts);
      const auto slope = [&](const auto& change) {
        double around[2];
        for (const int sign : {0, 1}) {
          Channel changed = channel;
          change(sign == 0 ? -1e-6 : 1e-6, &changed);
          around[sign] = ExpectedMoves(changed).Probability(read, mark);
        }
        return (around[1] - around[0]) / 2e-6 / p;
      };
      const double insert = slope([](double by, Channel* c) { c->insert += by; });
      EXPECT_NEAR(insert, counts.inserted / channel.insert - counts.gaps / (1 - channel.insert), 1e-5) << text;
      const double erase = slope([](double by, Channel* c) { c->erase += by; });
      // More erasing is less reading, and what is rewritten stays.
      double read_share = 0;
      for (size_t doubt = 0; doubt < kDoubts; ++doubt) {
        for (size_t a = 0; a < kChannelSymbols; ++a) {
          const double error = channel.error[doubt * kChannelSymbols + a];
          double wrong = 0;
          for (size_t b = 0; b < kChannelSymbols; ++b) {
            wrong += counts.wrong[(doubt * kChannelSymbols + a) * kChannelSymbols + b];
          }
          const double by_error = slope([&](double by, Channel* c) { c->error[doubt * kChannelSymbols + a] += by; });
          EXPECT_NEAR(by_error, wrong / error - counts.right[doubt * kChannelSymbols + a] / (1 - error), 1e-4) << text;
          read_share += counts.right[doubt * kChannelSymbols + a] + wrong;
        }
      }
      EXPECT_LE(erase, counts.erased / channel.erase + 1e-5);
      EXPECT_GT(read_share, 0);
    }
  }
}

}  // namespace
}  // namespace burin::internal
