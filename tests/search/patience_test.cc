// Searches that something stops: answers stay honest whenever it strikes, and it is asked often enough, whatever is
// searched for. Steps and questions are counted here; no clock is looked at.
#include "src/base/patience.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/base/after_stop.h"
#include "src/base/sort_in_pieces.h"
#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/segments/search.h"
#include "src/search/structural/priced_reading.h"
#include "tests/reference/choices.h"
#include "tests/reference/search_case.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Comparison;
using reference::TwinRecord;

TEST(Patience, AsksOnceInSoManySteps) {
  uint64_t questions = 0;
  Patience patience(std::nullopt, [&] { return ++questions == 4; });
  EXPECT_TRUE(patience.can_end());
  uint64_t steps = 0;
  for (; !patience.Took(100); steps += 100) ASSERT_LT(steps, 10 * Patience::kStepsBetweenQuestions);
  EXPECT_EQ(questions, 4u);
  EXPECT_GE(steps, 2 * Patience::kStepsBetweenQuestions);
  EXPECT_TRUE(patience.over());
  EXPECT_TRUE(patience.Ask());
  EXPECT_EQ(questions, 4u) << "who has none left is not asked again";
}

TEST(Patience, HasNoEndByItself) {
  Patience patience;
  EXPECT_FALSE(patience.can_end());
  EXPECT_FALSE(patience.Took(UINT64_MAX));
  EXPECT_FALSE(patience.over());
}

// Sorted whole, or not at all; whatever was there still is.
TEST(SortInPieces, LosesNothingWhenItIsGivenUp) {
  std::vector<uint32_t> all;
  for (uint32_t i = 0; i < 50'000; ++i) all.push_back(i * 2654435761u);
  std::vector<uint32_t> sorted = all;
  std::sort(sorted.begin(), sorted.end());
  int given_up = 0;
  for (int most = 1;; ++most) {
    int questions = 0;
    Patience patience(std::nullopt, [&] { return ++questions == most; });
    std::vector<uint32_t> items = all;
    const bool whole = SortInPieces(&items, std::less<>(), &patience);
    if (whole) {
      EXPECT_EQ(items, sorted);
      break;
    }
    ++given_up;
    std::sort(items.begin(), items.end());
    ASSERT_EQ(items, sorted) << most;
  }
  EXPECT_GT(given_up, 20);
}

// 10,000 serials and 2,000 partial records, in one file or in segments.
std::vector<TwinRecord> Numbers() {
  Choices choices(1);
  std::vector<TwinRecord> records(12'000);
  for (size_t i = 0; i < records.size(); ++i) {
    std::u32string& items = records[i].items;
    for (int p = 0; p < 6; ++p) items += static_cast<char32_t>(U'0' + choices.Below(10));
    items += static_cast<char32_t>(U'A' + choices.Below(3));
    records[i].partial = i % 6 == 0;
    if (i % 6 == 0) items[choices.Below(7)] = kUnreadable;
    if (i % 60 == 0) items[choices.Below(7)] = kGap;
  }
  return records;
}
const Comparison& World(bool segments) {
  static const auto* const whole = new Comparison(Numbers());
  static const auto* const parts = [] {
    Choices layout(3);
    return new Comparison(Numbers(), &layout);
  }();
  return segments ? *parts : *whole;
}

struct Asked {
  std::string reading;
  bool typed = false;
  Cost within = 0;  // Of a channel: nats above the best cost.
  uint64_t top = 0;
};

// One reading, searched as often as one likes.
class Searches {
 public:
  Searches(const Comparison& world, const Asked& asked) : world_(world), pattern_(*ParsePattern(asked.reading)) {
    reading_.emplace(asked.typed ? *PricedReading::Make(pattern_.lattice, TypedChannel())
                                 : *PricedReading::Make(pattern_.lattice, Metric::kOsa));
    request_.reading = &*reading_;
    request_.max_cost = asked.typed ? reading_->costs().best + asked.within * kCostsPerNat : asked.within;
    all_ = Search(world.index(), request_);
    for (size_t i = 0; i < all_.hits.size(); ++i) place_[all_.hits[i].record] = i;
    request_.top = asked.top;
    complete_ = Search(world.index(), request_);
  }
  SearchRequest& request() { return request_; }
  const SearchResult& complete() const { return complete_; }

  // Every hit is one, at its cost and in its place; what costs less than the certificate is there.
  void CheckHonest(const SearchResult& found) const {
    size_t next = 0;
    for (const Hit& hit : found.hits) {
      const auto at = place_.find(hit.record);
      ASSERT_NE(at, place_.end()) << "record " << hit.record;
      ASSERT_EQ(hit.cost, all_.hits[at->second].cost) << "record " << hit.record;
      ASSERT_GE(at->second, next) << "out of order";
      next = at->second + 1;
    }
    const std::vector<Hit>& expected = complete_.hits;
    for (size_t i = 0; i < expected.size() && expected[i].cost < found.certificate; ++i) {
      ASSERT_LT(i, found.hits.size()) << "certificate " << found.certificate;
      ASSERT_EQ(found.hits[i].record, expected[i].record) << "certificate " << found.certificate;
    }
    if (found.complete) {
      ASSERT_EQ(found.hits.size(), expected.size());
    }
  }

 private:
  const Comparison& world_;
  Pattern pattern_;
  std::optional<PricedReading> reading_;
  SearchRequest request_;
  SearchResult all_, complete_;
  std::map<uint32_t, size_t> place_;  // Of each record in all_.
};

const std::vector<Asked>& Readings() {
  static const std::vector<Asked> readings = {
      {"*", false, 0, 0},       {"*5*", false, 1, 0},         {"?*?*?*", false, 2, 0},
      {"*5*", false, 2, 10},    {"12?4*", false, 3, 100},     {"(12|3)4*(A|BC)", false, 1, 0},
      {"*5*", true, 9, 10},     {"[0-9]{0,64}A", true, 9, 0}, {"123456A", true, 18, 10},
      {"12?456A", true, 14, 0}, {"A123456", true, 18, 10},    {"3456A", true, 16, 0},
  };
  return readings;
}

// Stopped by question after question, in walks, while hits are sorted, placed and turned into records.
TEST(StoppedSearch, IsHonestWheneverItIsStopped) {
  for (const bool segments : {false, true}) {
    for (const Asked& asked : Readings()) {
      SCOPED_TRACE(asked.reading + (segments ? " in segments" : ""));
      Searches searches(World(segments), asked);
      for (uint64_t most = 1;; most += 1 + most / 8) {
        uint64_t questions = 0;
        searches.request().cancelled = [&] { return ++questions >= most; };
        const SearchResult found = Search(World(segments).index(), searches.request());
        searches.CheckHonest(found);
        if (testing::Test::HasFatalFailure()) return;
        if (found.complete) break;
        ASSERT_LT(most, 100'000u);
      }
    }
  }
}

// Likewise by units of work, which come out the same each time.
TEST(StoppedSearch, IsHonestWithAnyBudgetOfWork) {
  for (const bool segments : {false, true}) {
    for (const Asked& asked : Readings()) {
      SCOPED_TRACE(asked.reading + (segments ? " in segments" : ""));
      Searches searches(World(segments), asked);
      for (uint64_t work = 1;; work += 1 + work / 2) {
        searches.request().max_work = work;
        const SearchResult found = Search(World(segments).index(), searches.request());
        ASSERT_LE(found.work, work);
        searches.CheckHonest(found);
        if (testing::Test::HasFatalFailure()) return;
        const SearchResult again = Search(World(segments).index(), searches.request());
        ASSERT_EQ(again.hits.size(), found.hits.size());
        ASSERT_EQ(again.certificate, found.certificate);
        ASSERT_EQ(again.work, found.work);
        if (found.complete) break;
      }
    }
  }
}

// Somebody is asked at least once in 256 units of work, and while hits are put in order, which is no work.
TEST(StoppedSearch, IsAskedOften) {
  for (const Asked& asked : Readings()) {
    SCOPED_TRACE(asked.reading);
    Searches searches(World(false), asked);
    uint64_t questions = 0;
    searches.request().cancelled = [&] { return ++questions == 0; };
    const SearchResult found = Search(World(false).index(), searches.request());
    EXPECT_TRUE(found.complete);
    EXPECT_GE(questions, found.work / 256);
    // Putting a hit in order and fetching its record takes at least as long as a quarter of a unit.
    if (asked.top == 0) {
      EXPECT_GE(questions, (4 * found.work + found.hits.size()) / 1024) << found.hits.size();
    }
  }
}

// A walk has many branches to leave once it is stopped: it does nothing more in any of them.
TEST(StoppedSearch, WalksNoFurther) {
  constexpr uint64_t kUnitsBetweenQuestions = 512;  // At most.
  for (const Asked& asked :
       std::vector<Asked>{{"[0-4]?9[A-Z]", false, 3, 0}, {"?4?[0-9]", false, 3, 0}, {"*5*", false, 2, 0}}) {
    SCOPED_TRACE(asked.reading);
    Searches searches(World(false), asked);
    for (uint64_t most = 1; most < 200; most += 3) {
      uint64_t questions = 0;
      searches.request().cancelled = [&] { return ++questions >= most; };
      const SearchResult found = Search(World(false).index(), searches.request());
      ASSERT_LE(found.work, kUnitsBetweenQuestions * (most + 1)) << most;
      if (found.complete) break;
    }
  }
}

// What only a part of the walks has met is scored once more, or left out: not more of it than takes some milliseconds.
TEST(StoppedSearch, ScoresLittleAfterTheStop) {
  const Pattern pattern = *ParsePattern("[0-9]{0,64}A");
  PricedReading reading = *PricedReading::Make(pattern.lattice, TypedChannel());
  SearchRequest request;
  request.reading = &reading;
  request.max_cost = reading.costs().best + 9 * kCostsPerNat;
  uint64_t moves = 0;
  for (const ChangedLattice& changed : reading.changed(request.max_cost)) moves += MovesOf(*changed.Costs(), 7);
  ASSERT_GT(moves, 0u);
  uint64_t most_hits = 0;
  for (uint64_t work = 500; work < 20'000; work += 500) {
    request.max_work = work;
    const SearchResult found = Search(World(false).index(), request);
    if (found.complete) break;
    most_hits = std::max<uint64_t>(most_hits, found.hits.size());
  }
  EXPECT_LE(most_hits, 1 + kMovesAfterStop / moves + World(false).index().partial_count());
}

}  // namespace
}  // namespace burin::internal
