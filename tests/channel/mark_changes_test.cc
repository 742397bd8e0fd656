// What can happen to a mark as a whole, as lattices: they cost what changing the mark costs, or less where they say so.
#include "src/channel/compile/mark_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/reference/choices.h"

namespace burin::internal {
namespace {

using reference::Choices;

Structure EverythingHappens() {
  Structure s;
  s.prefix_lost = {.03, {.5, .3, .2}};
  s.suffix_lost = {.02, {.7, .2, .1}};
  s.prefix_added = {.02, {.8, .2}};
  s.suffix_added = {.01, {.9, .1}};
  s.zeros_added = {.02, {.6, .3, .1}};
  s.zeros_lost = .04;
  s.last_four = .03;
  s.letters_lost = .02;
  s.blocks_swapped = .01;
  return s;
}

Cost Score(const CostLattice& lattice, std::u32string_view mark) {
  return MarkScorer(lattice).Score(mark, 0, kMaxMarkSymbols);
}

struct World {
  World(const std::string& reading, const Structure& structure, double swap) : channel(TypedChannel()) {
    channel.structure = structure;
    channel.swap = swap;
    channel.rewrites.clear();
    lattice = ParsePattern(reading)->lattice;
    plain = *CompileChannel(lattice, channel);
    read = plain;
    read.end = static_cast<Cost>(std::lround(-std::log(1 - channel.insert) * kCostsPerNat));
    changed = ChangedLattices(lattice, plain, channel, kNever - 1);
  }
  Cost Of(std::u32string_view mark) const {
    Cost best = kNever;
    for (const ChangedLattice& c : changed) best = std::min(best, Score(*c.Costs(), mark));
    return best;
  }
  Cost After(double p, std::u32string_view mark) const {
    return AddCosts(static_cast<Cost>(std::lround(-std::log(p) * kCostsPerNat)), Score(read, mark));
  }
  Channel channel;
  Lattice lattice;
  CostLattice plain, read;
  std::vector<ChangedLattice> changed;
};

const char* const kReadings[] = {"A1B2", "0012", "1200AB", "(A|00)12", "2B?", "B[12]0*", "12", "AB12", "21AB"};

// Random marks, for one thing that happens: the lattices (or the mark as it is) against changing the mark.
template <typename Change>
void Check(const Structure& structure, double swap, const Change& change) {
  Choices choices(3);
  const std::u32string alphabet = U"00A1B2";
  int changed = 0;
  for (const char* const reading : kReadings) {
    const World world(reading, structure, swap);
    for (int i = 0; i < 500; ++i) {
      std::u32string mark;
      for (uint32_t n = 1 + choices.Below(8); n > 0; --n) mark += choices.Of(alphabet);
      const Cost plain = Score(world.plain, mark);
      const Cost expected = std::min(plain, change(world, mark));
      ASSERT_EQ(std::min(plain, world.Of(mark)), expected) << reading << " " << std::string(mark.begin(), mark.end());
      changed += expected < plain ? 1 : 0;
    }
  }
  EXPECT_GT(changed, 20);
}

TEST(MarkChanges, PrefixLost) {
  Structure s;
  s.prefix_lost = EverythingHappens().prefix_lost;
  Check(s, .005, [&](const World& world, const std::u32string& mark) {
    Cost best = kNever;
    for (size_t k = 1; k <= std::min<size_t>(3, mark.size()); ++k) {
      best = std::min(best, world.After(s.prefix_lost.p * s.prefix_lost.counts[k - 1], mark.substr(k)));
    }
    return best;
  });
}

TEST(MarkChanges, SuffixLost) {
  Structure s;
  s.suffix_lost = EverythingHappens().suffix_lost;
  Check(s, .005, [&](const World& world, const std::u32string& mark) {
    Cost best = kNever;
    for (size_t k = 1; k <= std::min<size_t>(3, mark.size()); ++k) {
      const double p = s.suffix_lost.p * s.suffix_lost.counts[k - 1];
      best = std::min(best, world.After(p, mark.substr(0, mark.size() - k)));
    }
    return best;
  });
}

TEST(MarkChanges, ZerosLost) {
  Structure s;
  s.zeros_lost = .04;
  Check(s, .005, [&](const World& world, const std::u32string& mark) {
    const size_t zeros = std::min(mark.find_first_not_of(U'0'), mark.size());
    return zeros == 0 ? kNever : world.After(s.zeros_lost, mark.substr(zeros));
  });
}

TEST(MarkChanges, LastFour) {
  Structure s;
  s.last_four = .03;
  Check(s, .005, [&](const World& world, const std::u32string& mark) {
    return mark.size() <= 4 ? kNever : world.After(s.last_four, mark.substr(mark.size() - 4));
  });
}

// Without swaps: between symbols that were no neighbours there are none.
TEST(MarkChanges, LettersLost) {
  Structure s;
  s.letters_lost = .02;
  Check(s, 0, [&](const World& world, const std::u32string& mark) {
    const std::u32string left = WithoutLateLetters(mark).symbols;
    return left.empty() ? kNever : world.After(s.letters_lost, left);
  });
}

TEST(MarkChanges, BlocksSwapped) {
  Structure s;
  s.blocks_swapped = .02;
  Check(s, 0, [&](const World& world, const std::u32string& mark) {
    const std::u32string swapped = WithBlocksSwapped(mark).symbols;
    return swapped.empty() ? kNever : world.After(s.blocks_swapped, swapped);
  });
}

TEST(MarkChanges, SymbolsThatAreNoneOfTheMarks) {
  const World world("AB1234", EverythingHappens(), .004);
  const auto cost = [](double p) { return static_cast<int64_t>(-std::log(p) * kCostsPerNat); };
  const int64_t plain = Score(world.read, U"AB1234");
  EXPECT_NEAR(world.Of(U"AB123"), plain + cost(.009 / 37), 3);
  EXPECT_NEAR(world.Of(U"B1234"), plain + cost(.016 / 37), 3);
  EXPECT_NEAR(World("001234", EverythingHappens(), .004).Of(U"1234"), plain + cost(.02 * .3), 3);
}

TEST(MarkChanges, ThatCostTooMuchAreLeftOut) {
  const World world("AB1234", EverythingHappens(), .004);
  EXPECT_GT(world.changed.size(), 5u);
  EXPECT_TRUE(ChangedLattices(world.lattice, world.plain, world.channel, 100).empty());
  EXPECT_TRUE(ChangedLattices(world.lattice, world.plain, TypedChannel(), kNever - 1).empty() ||
              TypedChannel().structure.Sum() > 0);
}

}  // namespace
}  // namespace burin::internal
