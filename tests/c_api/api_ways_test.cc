// max_hits, counts, estimates and streams through the C API and the wrapper; budgets and their certificates.
#include <chrono>
#include <thread>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

class WaysTest : public ::testing::Test {
 public:
  void SetUp() override {
    Builder builder;
    for (int i = 0; i < 2000; ++i) {
      std::string text = "A" + std::to_string(10000 + i * 7);
      if (i % 100 == 0) text[2] = '?';
      builder.AddRow(std::to_string(i + 1), "s", text);
    }
    builder.Write(folder_ / "x.burin");
    index_ = std::make_unique<Index>(folder_ / "x.burin");
    searcher_ = std::make_unique<Searcher>(*index_);
  }
  static std::vector<uint64_t> Ids(const Result& result) {
    std::vector<uint64_t> ids;
    for (const burin_match& match : result.matches()) ids.push_back(match.record_id);
    return ids;
  }

  Folder folder_;
  std::unique_ptr<Index> index_;
  std::unique_ptr<Searcher> searcher_;
  const Reading reading_{"A12?[37]1"};
  const burin::Search within_ = {.costs = BURIN_COSTS_OSA, .within = 2};
};

TEST_F(WaysTest, MaxHitsStopsWithACertificate) {
  const Result all = searcher_->Find(reading_, within_);
  ASSERT_GT(all.matches().size(), 40u);
  burin::Search limited = within_;
  limited.max_hits = all.matches().size();
  EXPECT_TRUE(searcher_->Find(reading_, limited).complete());
  for (const uint64_t limit : {uint64_t{1}, uint64_t{10}, uint64_t{all.matches().size() - 1}}) {
    limited.max_hits = limit;
    const Result result = searcher_->Find(reading_, limited);
    EXPECT_FALSE(result.complete());
    EXPECT_LE(result.certificate(), 2u);
    const std::vector<uint64_t> ids = Ids(result), expected = Ids(all);
    EXPECT_EQ(ids.size(), limit);
    for (size_t i = 0; i < expected.size() && all.matches()[i].cost < result.certificate(); ++i) {
      EXPECT_EQ(ids[i], expected[i]);
    }
    EXPECT_EQ(Ids(searcher_->Find(reading_, limited)), ids);
  }
}

TEST_F(WaysTest, OptionsOfBeforeMaxHitsAreTaken) {
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  options.costs = BURIN_COSTS_OSA;
  options.max_hits = 1;
  options.struct_size = offsetof(burin_search_options, max_hits);
  EXPECT_TRUE(searcher_->FindWith(Reading("A*"), options).complete());
  options.struct_size = sizeof(options);
  EXPECT_FALSE(searcher_->FindWith(Reading("A*"), options).complete());
}

TEST_F(WaysTest, CountIsTheNumberOfMatches) {
  const uint64_t all = searcher_->Find(reading_, within_).matches().size();
  burin::Search search = within_;
  search.top = 5;
  burin_count count = searcher_->Count(reading_, search);
  EXPECT_EQ(count.matches, all);
  EXPECT_EQ(count.complete, 1);
  EXPECT_EQ(count.certificate, 3u);
  EXPECT_EQ(count.struct_size, sizeof(count));
  search.max_hits = 7;
  count = searcher_->Count(reading_, search);
  EXPECT_EQ(count.matches, 7u);
  EXPECT_EQ(count.complete, 0);
  search.max_hits = 0;
  search.max_work = 100;
  count = searcher_->Count(reading_, search);
  EXPECT_EQ(count.complete, 0);
  EXPECT_EQ(count.work, 100u);
  EXPECT_LE(count.matches, all);
  EXPECT_EQ(searcher_->Count(Reading("A"), {.costs = BURIN_COSTS_OSA, .within = BURIN_WITHIN_ANY}).matches, 2000u);
  EXPECT_GT(searcher_->Count(Reading("A10007"), {.max_cost = 40 * BURIN_COSTS_PER_NAT}).matches, 10u);
}

TEST_F(WaysTest, EstimateBoundsTheCount) {
  for (const char* text : {"*", "A12?[37]1", "A10007", "Z", "A1*", "?????"}) {
    for (const int edits : {0, 1, 2}) {
      const burin::Search search = {.costs = BURIN_COSTS_OSA, .within = edits};
      const burin_estimate estimate = searcher_->Estimate(Reading(text), search);
      const uint64_t count = searcher_->Count(Reading(text), search).matches;
      EXPECT_LE(count, estimate.at_most) << text << edits;
      EXPECT_LE(estimate.matches, static_cast<double>(estimate.at_most)) << text << edits;
    }
  }
  EXPECT_NEAR(searcher_->Estimate(Reading("?*"), {.costs = BURIN_COSTS_OSA}).matches, 2000, 1);
}

TEST_F(WaysTest, StreamIsTheSearchLevelByLevel) {
  for (const burin::Search& search :
       {within_, burin::Search{}, burin::Search{.costs = BURIN_COSTS_OSA, .within = BURIN_WITHIN_ANY, .top = 30}}) {
    Result expected = searcher_->Find(reading_, search);
    std::vector<uint64_t> ids;
    std::optional<Result> result = searcher_->Stream(reading_, search, [&](Result& so_far, size_t i) {
      EXPECT_EQ(so_far.matches().size(), i + 1);
      EXPECT_EQ(so_far.serial(i), expected.serial(i));
      EXPECT_EQ(so_far.alignment(i).size(), expected.alignment(i).size());
      ids.push_back(so_far.matches()[i].record_id);
      return true;
    });
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(ids, Ids(expected));
    EXPECT_EQ(Ids(*result), ids);
    EXPECT_TRUE(result->complete());
    EXPECT_EQ(result->certificate(), expected.certificate());
  }
}

TEST_F(WaysTest, StreamStopsWhenToldTo) {
  size_t seen = 0;
  const auto result = searcher_->Stream(reading_, within_, [&](Result&, size_t) { return ++seen < 5; });
  EXPECT_FALSE(result.has_value());
  EXPECT_EQ(seen, 5u);
}

TEST_F(WaysTest, StreamHandsOverWholeLevelsOnly) {
  const Result all = searcher_->Find(reading_, within_);
  for (uint64_t work = 10; work < all.work() * 2; work += work / 2) {
    burin::Search search = within_;
    search.max_work = work;
    const auto result = searcher_->Stream(reading_, search, [](Result&, size_t) { return true; });
    ASSERT_TRUE(result.has_value());
    size_t below = 0;
    while (below < all.matches().size() && all.matches()[below].cost < result->certificate()) ++below;
    EXPECT_EQ(result->matches().size(), below) << work;
    EXPECT_LE(result->work(), work);
  }
}

TEST_F(WaysTest, EveryBudgetStopsWithACertificate) {
  burin::Search work = within_, deadline = within_, cancel = within_;
  work.max_work = 300;
  deadline.deadline_ms = 1;
  deadline.cancel = [] {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    return false;
  };
  cancel.cancel = [] { return true; };
  const Result all = searcher_->Find(Reading("*"), within_);
  for (const burin::Search& search : {work, deadline, cancel}) {
    const Result result = searcher_->Find(Reading("*"), search);
    EXPECT_FALSE(result.complete());
    EXPECT_EQ(result.certificate(), 0u);
    EXPECT_LT(result.matches().size(), all.matches().size());
    EXPECT_EQ(searcher_->Count(Reading("*"), search).complete, 0);
  }
}

TEST_F(WaysTest, Errors) {
  burin_searcher* searcher = nullptr;
  ASSERT_EQ(burin_searcher_create(index_->get(), &searcher, nullptr), BURIN_OK);
  burin_estimate estimate = BURIN_ESTIMATE_INIT;
  burin_count count = BURIN_COUNT_INIT;
  burin_result* result = nullptr;
  const auto on_match = [](void*, burin_result*, size_t) -> int32_t { return 0; };
  const burin_reading* reading = reading_.get();
  EXPECT_EQ(burin_search_estimate(nullptr, reading, nullptr, &estimate, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_estimate(searcher, nullptr, nullptr, &estimate, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_estimate(searcher, reading, nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_count(searcher, reading, nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_stream(searcher, reading, nullptr, nullptr, nullptr, &result, nullptr),
            BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_stream(searcher, reading, nullptr, on_match, nullptr, nullptr, nullptr),
            BURIN_INVALID_ARGUMENT);
  count.struct_size = 8;
  EXPECT_EQ(burin_search_count(searcher, reading, nullptr, &count, nullptr), BURIN_INVALID_ARGUMENT);
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  options.within = 3;
  EXPECT_EQ(burin_search_estimate(searcher, reading, &options, &estimate, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_stream(searcher, reading, &options, on_match, nullptr, &result, nullptr),
            BURIN_INVALID_ARGUMENT);
  burin_searcher_destroy(searcher);
}

}  // namespace
}  // namespace burin::testing
