// The walk over partial records against scoring each by itself, and a reading against its reverse.
#include "src/search/partials/partial_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/index/records/partial_keys.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/partials/unit_partials.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

const std::string kItems = "AB01?*";

// No two gaps in a row, and something unread at least.
std::string RandomItems(std::mt19937* random) {
  for (;;) {
    std::string out;
    for (size_t length = 1 + (*random)() % 7; out.size() < length;) {
      const char item = kItems[(*random)() % kItems.size()];
      if (item != '*' || out.empty() || out.back() != '*') out += item;
    }
    if (out.find_first_of("?*") != std::string::npos) return out;
  }
}

class World {
 public:
  explicit World(const std::vector<std::string>& lists) : lists_(lists) {
    TestBuilder builder;
    for (const std::string& items : lists_) {
      EXPECT_TRUE(builder.Add(std::to_string(builder->records() + 1), items, {PartialMark(items)}).ok());
    }
    bytes_ = builder.Bytes();
    index_ = *Index::OpenBuffer(bytes_, "test");
  }
  const Index& index() const { return *index_; }

  std::vector<ScoredPartial> Expected(const CostLattice& lattice, uint32_t least, uint32_t most, Cost cut) const {
    std::vector<ScoredPartial> out;
    MarkScorer scorer(lattice);
    for (uint64_t i = 0; i < lists_.size(); ++i) {
      const Cost cost = scorer.Score(PartialMark(lists_[i]).symbols, least, most);
      if (cost <= cut) out.push_back({i, cost});
    }
    return out;
  }
  std::vector<ScoredPartial> Found(const CostLattice& lattice, uint32_t least, uint32_t most, Cost cut) {
    std::vector<ScoredPartial> out;
    Patience patience;
    PartialWalk walk(lattice, least, most);
    const auto spend = [this] {
      ++looked_at_;
      return false;
    };
    EXPECT_TRUE(walk.Run(*index_, cut, spend, &patience, &out));
    return out;
  }
  // By bits; `fits`: whether they can.
  std::vector<ScoredPartial> FoundByBits(const Lattice& lattice, Metric metric, uint32_t edits, bool* fits) {
    std::vector<ScoredPartial> out;
    const std::optional<UnitPattern> pattern = MakeUnitPattern(lattice, metric);
    *fits = pattern && FitsUnitPartials(*index_, *pattern, edits);
    if (!*fits) return out;
    const UnitPattern reversed = pattern->Reversed();
    const CostLattice costs = *CompileUnit(lattice, metric);
    UnitPartialSearch search;
    search.forward = &*pattern;
    search.backward = &reversed;
    search.edits = edits;
    search.costs = [&]() -> const CostLattice& { return costs; };
    search.spend = [this] {
      ++looked_at_;
      return false;
    };
    EXPECT_TRUE(RunUnitPartials(*index_, search, &out));
    Patience patience;
    EXPECT_TRUE(KeepLowest(&out, &patience));
    return out;
  }
  uint64_t looked_at() const { return looked_at_; }

 private:
  std::vector<std::string> lists_;
  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
  uint64_t looked_at_ = 0;
};

World RandomWorld(size_t count) {
  std::mt19937 random(1);
  std::vector<std::string> lists;
  while (lists.size() < count) lists.push_back(RandomItems(&random));
  return World(lists);
}

const std::vector<std::string> kReadings = {
    "A",      "AB01",  "0110AB",     "A?1",     "*B0",           "A*",       "*", "A*01*", "[AB]0[01]1",
    "A?{2}B", "BA{3}", "A1?{0..2}B", "(AB|0)1", "[A:.7 B:.3]01", "AA?(01)?", "?", "B!01A", "01BA10AB",
};

TEST(PartialWalk, FindsWhatScoringEachFinds) {
  World world = RandomWorld(3000);
  ASSERT_TRUE(world.index().Verify().ok()) << world.index().Verify().message();
  ASSERT_NE(world.index().partial_keys(), nullptr);
  int found = 0, readings = 0, by_bits = 0;
  for (const std::string& reading : kReadings) {
    const Result<Pattern> pattern = ParsePattern(reading);
    if (!pattern.ok()) continue;
    ++readings;
    for (const Metric metric : {Metric::kHamming, Metric::kLevenshtein, Metric::kOsa}) {
      const Result<CostLattice> lattice = CompileUnit(pattern->lattice, metric);
      ASSERT_TRUE(lattice.ok());
      for (Cost cut = 0; cut <= 4; ++cut) {
        const auto expected = world.Expected(*lattice, 0, kMaxMarkSymbols, cut);
        ASSERT_EQ(world.Found(*lattice, 0, kMaxMarkSymbols, cut), expected) << reading << " within " << cut;
        ASSERT_EQ(world.Found(*lattice, 3, 5, cut), world.Expected(*lattice, 3, 5, cut)) << reading << ", lengths";
        found += expected.empty() ? 0 : 1;
        bool fits = false;
        const auto bits = world.FoundByBits(pattern->lattice, metric, cut, &fits);
        if (!fits) continue;
        ++by_bits;
        ASSERT_EQ(bits, expected) << reading << " within " << cut << ", by bits";
      }
    }
    const Result<CostLattice> typed = CompileChannel(pattern->lattice, TypedChannel());
    ASSERT_TRUE(typed.ok());
    for (const Cost nats : {2, 6, 12, 18}) {
      const Cost cut = typed->best + nats * kCostsPerNat;
      ASSERT_EQ(world.Found(*typed, 0, kMaxMarkSymbols, cut), world.Expected(*typed, 0, kMaxMarkSymbols, cut))
          << reading << " within " << nats << " nats";
    }
  }
  EXPECT_GE(readings, 14);
  EXPECT_GT(found, 100);
  EXPECT_GT(by_bits, 150);
}

// Records and readings of many symbols: keys hold the beginnings of such lists only, and marks end at 64 symbols.
TEST(PartialWalk, LongRecords) {
  std::mt19937 random(4);
  std::vector<std::string> lists;
  const std::string tail = "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";
  while (lists.size() < 2 * kLeastKeyedPartials) {
    std::string list = tail.substr(random() % 3, 8 + random() % 50);
    for (int i = 0; i < 2; ++i) list[random() % list.size()] = i == 0 ? '*' : '?';
    if (list.find("**") == std::string::npos) lists.push_back(list);
  }
  for (std::string& list : lists) {
    if (list.size() > 60) list.resize(60);
  }
  World world(lists);
  ASSERT_TRUE(world.index().Verify().ok()) << world.index().Verify().message();
  size_t found = 0;
  for (const std::string& reading :
       {tail.substr(0, 12), tail.substr(0, 40), tail.substr(2, 60), tail.substr(0, 5) + "*"}) {
    const Result<Pattern> pattern = ParsePattern(reading);
    ASSERT_TRUE(pattern.ok());
    for (Cost cut = 0; cut <= 4; ++cut) {
      const auto expected = world.Expected(*CompileUnit(pattern->lattice, Metric::kOsa), 0, kMaxMarkSymbols, cut);
      bool fits = false;
      ASSERT_EQ(world.FoundByBits(pattern->lattice, Metric::kOsa, cut, &fits), expected) << reading << " in " << cut;
      ASSERT_TRUE(fits);
      found += expected.size();
    }
  }
  EXPECT_GT(found, 50u);
}

// A file without keys is walked by its lists.
TEST(PartialWalk, FewRecordsHaveNoKeys) {
  World few(std::vector<std::string>(kLeastKeyedPartials - 1, "A1?B"));
  EXPECT_EQ(few.index().partial_keys(), nullptr);
  const CostLattice lattice = *CompileUnit(ParsePattern("A1CB")->lattice, Metric::kOsa);
  EXPECT_EQ(few.Found(lattice, 0, kMaxMarkSymbols, 0).size(), kLeastKeyedPartials - 1);
  World enough(std::vector<std::string>(kLeastKeyedPartials, "A1?B"));
  EXPECT_NE(enough.index().partial_keys(), nullptr);
  EXPECT_TRUE(enough.index().Verify().ok());
}

TEST(PartialWalk, ReversedReadingsCostTheSame) {
  std::mt19937 random(2);
  for (const std::string& reading : kReadings) {
    const Result<Pattern> pattern = ParsePattern(reading);
    if (!pattern.ok()) continue;
    for (const bool unit : {true, false}) {
      const CostLattice lattice =
          unit ? *CompileUnit(pattern->lattice, Metric::kOsa) : *CompileChannel(pattern->lattice, TypedChannel());
      const CostLattice reversed = lattice.Reversed();
      MarkScorer forward(lattice), backward(reversed);
      for (int i = 0; i < 300; ++i) {
        std::u32string items = PartialMark(RandomItems(&random)).symbols;
        const Cost cost = forward.Score(items, 0, kMaxMarkSymbols);
        std::reverse(items.begin(), items.end());
        ASSERT_EQ(backward.Score(items, 0, kMaxMarkSymbols), cost) << reading;
      }
    }
  }
}

// Ten thousand records known at both ends: a reading looks at few of them.
TEST(PartialWalk, LooksAtFew) {
  std::mt19937 random(3);
  const std::string symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::vector<std::string> lists;
  for (int i = 0; i < 10000; ++i) {
    std::string serial;
    while (serial.size() < 8) serial += symbols[random() % symbols.size()];
    serial[2 + random() % 4] = '?';
    lists.push_back(serial);
  }
  World world(lists);
  const Result<Pattern> pattern = ParsePattern("K7P23X41");
  const CostLattice lattice = *CompileUnit(pattern->lattice, Metric::kOsa);
  ASSERT_EQ(world.Found(lattice, 0, kMaxMarkSymbols, 2), world.Expected(lattice, 0, kMaxMarkSymbols, 2));
  EXPECT_LT(world.looked_at(), 2500u);
  const uint64_t before = world.looked_at();
  bool fits = false;
  ASSERT_EQ(world.FoundByBits(pattern->lattice, Metric::kOsa, 2, &fits).size(),
            world.Expected(lattice, 0, kMaxMarkSymbols, 2).size());
  ASSERT_TRUE(fits);
  EXPECT_LT(world.looked_at() - before, 2500u);
}

}  // namespace
}  // namespace burin::internal
