// Searches for marks to which something happened as a whole, against scoring each record by itself: as it is, and by
// every lattice of a change.
#include "src/search/structural/changed_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/segments/search.h"
#include "src/search/structural/changed_candidates.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

class World {
 public:
  World(std::string_view symbols, std::vector<size_t> lengths, size_t count, Profile profile) {
    std::mt19937 random(5);
    builder_->SetProfile(profile);
    while (serials_.size() < count) {
      std::string serial;
      for (size_t n = lengths[random() % lengths.size()]; serial.size() < n;)
        serial += symbols[random() % symbols.size()];
      if (random() % 4 == 0) serial.replace(0, 2, "00");
      if (std::find(serials_.begin(), serials_.end(), serial) != serials_.end()) continue;
      serials_.push_back(serial);
      builder_.Serial(serial);
    }
    bytes_ = builder_.Bytes();
    index_ = *Index::OpenBuffer(bytes_, "test");
  }
  const Index& index() const { return *index_; }
  const std::vector<std::string>& serials() const { return serials_; }

  // Number of each record and its cost.
  std::map<uint32_t, Cost> Expected(PricedReading* reading, Cost cut) const {
    std::map<uint32_t, Cost> out;
    for (uint32_t i = 0; i < serials_.size(); ++i) {
      const std::u32string mark(serials_[i].begin(), serials_[i].end());
      Cost cost = MarkScorer(reading->costs()).Score(mark, 0, kMaxMarkSymbols);
      for (const ChangedLattice& changed : reading->changed(kNever - 1)) {
        cost = std::min(cost, MarkScorer(*changed.Costs()).Score(mark, 0, kMaxMarkSymbols));
      }
      if (cost <= cut) out[i] = cost;
    }
    return out;
  }

 private:
  TestBuilder builder_;
  std::vector<std::string> serials_;
  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
};

// What a careless reader makes of a serial.
std::vector<std::string> Misread(const std::string& s) {
  const size_t digit = std::min(s.find_first_of("0123456789"), s.size() - 1);
  return {s,
          s.substr(2),
          s.substr(0, s.size() - 1),
          "X" + s,
          s + "9",
          "00" + s,
          s.substr(std::min(s.find_first_not_of('0'), s.size() - 1)),
          s.size() > 4 ? s.substr(s.size() - 4) : s,
          s.substr(digit) + s.substr(0, digit),
          s.substr(0, 1) + "?" + s.substr(3)};
}

// Answers how many hits were cheaper than their marks as they are.
int Check(const World& world, const std::string& text, const Channel& channel, Cost above_best) {
  const Result<Pattern> pattern = ParsePattern(text);
  PricedReading reading = *PricedReading::Make(pattern->lattice, channel);
  SearchRequest request;
  request.reading = &reading;
  request.max_cost = reading.costs().best + above_best;
  const SearchResult result = Search(world.index(), request);
  EXPECT_TRUE(result.complete);
  std::map<uint32_t, Cost> found;
  int changed = 0;
  for (const Hit& hit : result.hits) {
    found[hit.record] = hit.cost;
    const std::string& serial = world.serials()[hit.record];
    const std::u32string mark(serial.begin(), serial.end());
    changed += hit.cost < MarkScorer(reading.costs()).Score(mark, 0, kMaxMarkSymbols) ? 1 : 0;
  }
  EXPECT_EQ(found.size(), result.hits.size());
  EXPECT_EQ(found, world.Expected(&reading, request.max_cost)) << text;
  // A search that may be stopped walks every lattice, where this one may have filtered by edits; the best few are
  // sought with a cut that others gave.
  const auto same = [](const Hit& a, const Hit& b) { return a.record == b.record && a.cost == b.cost; };
  request.cancelled = [] { return false; };
  const SearchResult walked = Search(world.index(), request);
  EXPECT_TRUE(std::equal(walked.hits.begin(), walked.hits.end(), result.hits.begin(), result.hits.end(), same)) << text;
  for (const bool stoppable : {false, true}) {
    request.top = 3;
    if (!stoppable) request.cancelled = nullptr;
    const SearchResult best = Search(world.index(), request);
    const size_t size = std::min<size_t>(3, result.hits.size());
    EXPECT_TRUE(std::equal(best.hits.begin(), best.hits.end(), result.hits.begin(),
                           result.hits.begin() + static_cast<std::ptrdiff_t>(size), same))
        << text;
    request.cancelled = [] { return false; };
  }
  return changed;
}

int CheckAll(const World& world, size_t readings) {
  Channel channel = TypedChannel();
  channel.structure.letters_lost = 0.01;
  channel.structure.blocks_swapped = 0.01;
  int changed = 0;
  std::mt19937 random(9);
  for (size_t i = 0; i < readings; ++i) {
    for (const std::string& text : Misread(world.serials()[random() % world.serials().size()])) {
      changed += Check(world, text, channel, (8 + random() % 8) * kCostsPerNat);
    }
  }
  return changed;
}

// Ordinary readings need no walks for changed marks.
TEST(ChangedCandidates, AreThereForChains) {
  const auto fits = [](const char* text, Cost nats) {
    const Pattern pattern = *ParsePattern(text);
    const CostLattice plain = *CompileChannel(pattern.lattice, TypedChannel());
    return ChangedCandidates::Make(pattern.lattice, plain, TypedChannel(), plain.best + nats * kCostsPerNat, 10)
        .has_value();
  };
  EXPECT_TRUE(fits("K7P23X41", 18));
  EXPECT_TRUE(fits("WB4713", 18));  // Symbols that others are rewritten as.
  EXPECT_TRUE(fits("AB?1234", 18));
  EXPECT_FALSE(fits("K7P23X41", 30));
  EXPECT_FALSE(fits("K7*23X41", 18));
  EXPECT_FALSE(fits("K7(P|Q1)23X41", 18));
  EXPECT_FALSE(fits("K7[3:.6 8:.3]23X41", 18));
  EXPECT_FALSE(fits("41", 18));
}

// A search walks each lattice then.
TEST(ChangedCandidates, AreGivenUpWhenTheyTakeTooMuch) {
  const World world("0123456789ABXYZ", {6, 7, 8}, 2000, Profile::kFast);
  const Pattern pattern = *ParsePattern(world.serials()[0]);
  const CostLattice plain = *CompileChannel(pattern.lattice, TypedChannel());
  const auto candidates =
      ChangedCandidates::Make(pattern.lattice, plain, TypedChannel(), plain.best + 18 * kCostsPerNat, 8);
  ASSERT_TRUE(candidates.has_value());
  UnitPlanner planner;
  UnitSearch search;
  std::vector<UnitHit> hits;
  std::vector<ChangedCandidate> all, some;
  uint64_t work = 0;
  const auto find = [&](uint64_t most_work, std::vector<ChangedCandidate>* out) {
    work = 0;
    return candidates->Find(world.index(), {.most_work = most_work}, &planner, &search, &hits, out, &work);
  };
  ASSERT_TRUE(find(UINT64_MAX, &all));
  const uint64_t needed = work;
  ASSERT_GT(needed, 100u);
  EXPECT_TRUE(find(needed + 1, &some));
  EXPECT_EQ(some, all);
  EXPECT_EQ(work, needed);
  for (const uint64_t limit : {uint64_t{1}, needed / 2, needed}) EXPECT_FALSE(find(limit, &some)) << limit;
}

TEST(ChangedWalk, AsScoringEachRecord) {
  EXPECT_GT(CheckAll(World("01A", {4, 5, 6, 7}, 600, Profile::kFast), 8), 100);
  EXPECT_GT(CheckAll(World("0123456789ABXYZ", {6, 7, 8}, 2000, Profile::kFast), 8), 20);
}

TEST(ChangedWalk, WithoutTheBackwardOrder) { EXPECT_GT(CheckAll(World("01A", {5, 6}, 300, Profile::kSmall), 6), 50); }

TEST(ChangedWalk, LongKeys) { EXPECT_GT(CheckAll(World("0123456789ABXYZ", {20, 24, 40}, 150, Profile::kFast), 3), 5); }

}  // namespace
}  // namespace burin::internal
