// The walk under cost lattices against scoring each serial by itself: along every plan, with symbols of all kinds, with
// branched readings, with keys of 64 and 128 bits, and stopped after every amount of work.
#include "src/search/costs/cost_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/index/keys/packed_keys.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

using Hits = std::vector<CostHit>;

std::u32string Text(const std::u32string& symbols, size_t length, std::mt19937* random) {
  std::u32string out;
  while (out.size() < length) out += symbols[(*random)() % symbols.size()];
  return out;
}

class World {
 public:
  World(const std::u32string& symbols, const std::vector<size_t>& lengths, size_t count, Profile profile) {
    std::mt19937 random(11);
    std::set<std::u32string> serials;
    while (serials.size() < count) serials.insert(Text(symbols, lengths[random() % lengths.size()], &random));
    std::unique_ptr<IndexBuilder> builder = IndexBuilder::Create();
    builder->SetProfile(profile);
    int attribute = 0, key = 0;
    for (const std::u32string& serial : serials) {
      const std::string number = std::to_string(++key);
      EXPECT_TRUE(builder->Add({number, "", number, std::vector{SerialMark(serial)}, {}}, &attribute).ok());
    }
    EXPECT_TRUE(builder->Write(&bytes_).ok());
    index_ = *Index::OpenBuffer(bytes_, "test");
  }
  const Index& index() const { return *index_; }

  static Hits Expected(const KeyGroup& group, const CostLattice& lattice, Cost cut) {
    MarkScorer scorer(lattice);
    Hits out;
    std::vector<uint16_t> codes(group.length());
    for (uint64_t key = 0; key < group.size(); ++key) {
      group.Read(key, key + 1, codes.data());
      std::u32string serial;
      for (uint32_t p = 0; p < group.length(); ++p) serial += group.alphabet(p)[codes[p]];
      const Cost cost = scorer.Score(serial, 0, kMaxMarkSymbols);
      if (cost <= cut) out.push_back({key, cost});
    }
    return out;
  }

 private:
  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
};

class Listener : public WalkVisitor {
 public:
  explicit Listener(Cost cut, uint64_t work = UINT64_MAX) : cut_(cut), left_(work) {}
  Cost cut() const override { return cut_; }
  void Found(uint64_t key, Cost cost) override { found_.push_back({key, cost}); }
  bool Spend() override { return left_-- == 0; }
  const Hits& Sorted() {
    std::sort(found_.begin(), found_.end());
    return found_;
  }

 private:
  Hits found_;
  Cost cut_;
  uint64_t left_;
};

// Every plan there is for a group: either walk alone, and both cut at any slot.
std::vector<CostPlan> Plans(const CostLattice& lattice, Cost cut, bool backward) {
  std::vector<CostPlan> plans = {{true, false, {}}};
  if (!backward) return plans;
  plans.push_back({false, true, {}});
  const CostLattice reversed = lattice.Reversed();
  for (uint32_t middle = 1; middle < lattice.slots; ++middle) {
    plans.push_back({true, true, SplitCost(lattice, reversed, middle, cut)});
  }
  return plans;
}

// Cuts from what fits nothing to what fits much.
std::vector<Cost> CutsOf(const CostLattice& lattice) {
  if (lattice.unit) return {0, 1, 2, 3};
  std::vector<Cost> cuts;
  for (const Cost nats : {0, 3, 7, 12}) cuts.push_back(lattice.best + nats * kCostsPerNat);
  return cuts;
}

struct Tally {
  int found = 0, plans = 0;
};

void Check(const World& world, const CostLattice& lattice, const std::string& reading, Tally* tally) {
  CostWalk walk(lattice, kMaxPackedLength);
  for (const auto& group : world.index().groups()) {
    const bool backward =
        group->packed64() != nullptr ? group->packed64()->has_backward() : group->packed128()->has_backward();
    for (const Cost cut : CutsOf(lattice)) {
      const Hits expected = World::Expected(*group, lattice, cut);
      tally->found += static_cast<int>(expected.size());
      for (const CostPlan& plan : Plans(lattice, cut, backward)) {
        Listener listener(cut);
        ASSERT_TRUE(walk.Run(*group, plan, &listener));
        ASSERT_EQ(listener.Sorted(), expected) << reading << " within " << cut << ", cut at " << plan.parts.front.slot;
        ++tally->plans;
      }
      Listener listener(cut);
      ASSERT_TRUE(walk.Run(*group, &listener));
      ASSERT_EQ(listener.Sorted(), expected) << reading << " within " << cut << ", own plan";
    }
  }
}

void CheckAll(const World& world, const std::vector<std::string>& readings) {
  Tally tally;
  for (const std::string& reading : readings) {
    const Result<Pattern> pattern = ParsePattern(reading);
    ASSERT_TRUE(pattern.ok()) << reading;
    Check(world, *CompileChannel(pattern->lattice, TypedChannel()), reading, &tally);
    Check(world, *CompileUnit(pattern->lattice, Metric::kOsa), reading, &tally);
    Check(world, *CompileUnit(pattern->lattice, Metric::kHamming), reading, &tally);
  }
  EXPECT_GT(tally.found, 100);
  EXPECT_GT(tally.plans, 100);
}

const std::vector<std::string> kReadings = {
    "AB01", "01BA0", "A?1", "?{1,3}B0", "[AB]0[01]1", "(AB|0)1?", "[A:.7 B:.3]01~", "B!01A", "A*1", "*B0", "0Ж1", "8B0",
};

TEST(CostWalk, AlongEveryPlan) { CheckAll(World(U"AB018", {1, 2, 3, 4, 5, 6}, 2500, Profile::kFast), kReadings); }

TEST(CostWalk, SymbolsThatAreNoLetters) {
  CheckAll(World(U"A0Ж五☆", {2, 3, 4, 5}, 1500, Profile::kFast), {"A0Ж", "Ж五0A", "[Ж☆]A0", "A?五", "(Ж0|A)☆", "*☆A"});
}

TEST(CostWalk, KeysOf128Bits) {
  const World world(U"AB8", {20, 22}, 1500, Profile::kFast);
  Tally tally;
  std::mt19937 random(3);
  for (int i = 0; i < 6; ++i) {
    const std::u32string serial = Text(U"AB8", 21, &random);
    const std::string reading(serial.begin(), serial.end());
    Check(world, *CompileChannel(ParsePattern(reading)->lattice, TypedChannel()), reading, &tally);
  }
  Check(world, *CompileChannel(ParsePattern("?{12}AB8AB8AB")->lattice, TypedChannel()), "?{12}AB8AB8AB", &tally);
  EXPECT_GT(tally.found, 0);
}

TEST(CostWalk, OneOrderOnly) { CheckAll(World(U"AB01", {3, 4, 5}, 600, Profile::kSmall), kReadings); }

// Wherever it is stopped, what it has told is true: no serial twice, and each at what it costs.
TEST(CostWalk, StoppedAnywhere) {
  const World world(U"AB01", {5, 6}, 1500, Profile::kFast);
  const CostLattice lattice = *CompileChannel(ParsePattern("AB01A")->lattice, TypedChannel());
  const Cost cut = lattice.best + 14 * kCostsPerNat;
  CostWalk walk(lattice, kMaxPackedLength);
  int stopped = 0, told = 0;
  for (const auto& group : world.index().groups()) {
    const Hits expected = World::Expected(*group, lattice, cut);
    for (const CostPlan& plan : Plans(lattice, cut, true)) {
      for (uint64_t work = 0;; ++work) {
        Listener listener(cut, work);
        const bool complete = walk.Run(*group, plan, &listener);
        const Hits& found = listener.Sorted();
        EXPECT_TRUE(std::includes(expected.begin(), expected.end(), found.begin(), found.end()));
        if (complete) break;
        ++stopped;
        told += static_cast<int>(found.size());
      }
    }
  }
  EXPECT_GT(stopped, 50);
  EXPECT_GT(told, 50);
}

// Cutting the reading is worth it: an error at the front must not open everything that could be behind it.
TEST(CostWalk, LooksAtFew) {
  const World world(U"0123456789", {7}, 200000, Profile::kFast);
  const CostLattice lattice = *CompileChannel(ParsePattern("5713096")->lattice, TypedChannel());
  const Cost cut = lattice.best + 18 * kCostsPerNat;
  const auto work = [&](auto... plan) {
    struct Counter : Listener {
      using Listener::Listener;
      bool Spend() override { return ++spent == 0; }
      uint64_t spent = 0;
    } counter(cut);
    CostWalk walk(lattice, kMaxPackedLength);
    EXPECT_TRUE(walk.Run(*world.index().groups()[0], plan..., &counter));
    return counter.spent;
  };
  const uint64_t own = work(), forward = work(CostPlan{true, false, {}});
  EXPECT_LT(own * 3, forward * 2);
  EXPECT_LT(own, 200u);
}

}  // namespace
}  // namespace burin::internal
