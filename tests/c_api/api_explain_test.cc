// Explanations through the C API: reasons parallel to moves, records and texts explained whatever they cost.
#include <cstring>
#include <string>

#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

class ApiExplain : public ::testing::Test {
 protected:
  void SetUp() override {
    BuildIndex(folder_ / "marks.burin", {{"1", "", "A13074", "Star", "1970"},
                                         {"2", "", "A18?47", "Astra", ""},
                                         {"3", "", "unknown", "", ""},
                                         {"4", "", "B77120", "Beretta", ""}});
    ASSERT_EQ(burin_index_open((folder_ / "marks.burin").c_str(), nullptr, &index_, nullptr), BURIN_OK);
    ASSERT_EQ(burin_searcher_create(index_, &searcher_, nullptr), BURIN_OK);
    ASSERT_EQ(burin_reading_parse("A13079", 6, nullptr, &reading_, nullptr), BURIN_OK);
  }
  void TearDown() override {
    burin_reading_destroy(reading_);
    burin_searcher_destroy(searcher_);
    burin_index_destroy(index_);
  }
  Owned<burin_result> Explain(uint64_t record, const burin_search_options* options = nullptr) {
    burin_result* result = nullptr;
    EXPECT_EQ(burin_explain(searcher_, reading_, options, record, &result, nullptr), BURIN_OK);
    return {result, burin_result_destroy};
  }

  Folder folder_;
  burin_index* index_ = nullptr;
  burin_searcher* searcher_ = nullptr;
  burin_reading* reading_ = nullptr;
};

TEST_F(ApiExplain, ReasonsAreParallelToMoves) {
  const auto result = Explain(1);
  const burin_move* moves = nullptr;
  const burin_reason* reasons = nullptr;
  size_t move_count = 0, count = 0;
  ASSERT_EQ(burin_result_alignment(result.get(), 0, &moves, &move_count, nullptr), BURIN_OK);
  ASSERT_EQ(burin_result_reasons(result.get(), 0, &reasons, &count, nullptr), BURIN_OK);
  ASSERT_EQ(count, move_count);
  for (size_t i = 0; i + 1 < count; ++i) {
    EXPECT_EQ(reasons[i].reason, BURIN_REASON_NONE);
    EXPECT_STREQ(reasons[i].text, "");
  }
  EXPECT_EQ(reasons[count - 1].reason, BURIN_REASON_LOOK_ALIKE);
  EXPECT_STREQ(reasons[count - 1].text, "9 read where 4 is recorded: look-alike");
}

TEST_F(ApiExplain, CostIsThatOfTheSearch) {
  for (const uint32_t costs : {BURIN_COSTS_CHANNEL, BURIN_COSTS_OSA, BURIN_COSTS_LEVENSHTEIN}) {
    burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
    options.costs = costs;
    options.top = 10;
    if (costs == BURIN_COSTS_CHANNEL) options.max_cost = 1u << 20;
    if (costs != BURIN_COSTS_CHANNEL) options.within = BURIN_WITHIN_ANY;
    burin_result* found = nullptr;
    ASSERT_EQ(burin_search(searcher_, reading_, &options, &found, nullptr), BURIN_OK);
    const Owned<burin_result> owned(found, burin_result_destroy);
    size_t count = 0;
    const burin_match* matches = burin_result_matches(found, &count);
    ASSERT_EQ(count, 3u);
    for (size_t i = 0; i < count; ++i) {
      const auto explained = Explain(matches[i].record_id, &options);
      size_t one = 0;
      const burin_match* match = burin_result_matches(explained.get(), &one);
      ASSERT_EQ(one, 1u);
      EXPECT_EQ(std::memcmp(match, &matches[i], sizeof(*match)), 0);
    }
  }
}

TEST_F(ApiExplain, NoMatchWhereThereIsNoMark) {
  size_t count = 9;
  const auto missing = Explain(3);
  EXPECT_EQ(burin_result_matches(missing.get(), &count), nullptr);
  EXPECT_EQ(burin_result_not_searched(missing.get()), 1u);
  burin_search_options hamming = BURIN_SEARCH_OPTIONS_INIT;
  hamming.costs = BURIN_COSTS_HAMMING;
  burin_result* result = nullptr;
  ASSERT_EQ(burin_explain_text(reading_, &hamming, "A1307", 5, &result, nullptr), BURIN_OK);
  EXPECT_EQ(burin_result_matches(result, &count), nullptr);
  burin_result_destroy(result);
}

TEST_F(ApiExplain, TextsAreCells) {
  burin_result* result = nullptr;
  const std::string text = "A13074 / B77120";
  ASSERT_EQ(burin_explain_text(reading_, nullptr, text.data(), text.size(), &result, nullptr), BURIN_OK);
  size_t count = 0;
  const burin_match* matches = burin_result_matches(result, &count);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(matches[0].record_id, 1u);
  EXPECT_STREQ(burin_result_serial(result, 1, nullptr), "B77120");
  EXPECT_EQ(matches[0].cost, burin_result_matches(Explain(1).get(), nullptr)[0].cost);
  burin_result_destroy(result);
}

TEST_F(ApiExplain, Names) {
  EXPECT_STREQ(burin_reason_name(BURIN_REASON_STROKE_GAIN), "stroke gain");
  EXPECT_STREQ(burin_reason_name(BURIN_REASON_NONE), "");
  EXPECT_EQ(burin_reason_name(19), nullptr);
  EXPECT_EQ(burin_reason_name(1000000), nullptr);
}

TEST_F(ApiExplain, Refusals) {
  burin_result* result = nullptr;
  EXPECT_EQ(Failure(BURIN_OUT_OF_RANGE, burin_explain, searcher_, reading_, nullptr, uint64_t{5}, &result),
            "there is no record 5");
  Failure(BURIN_OUT_OF_RANGE, burin_explain, searcher_, reading_, nullptr, uint64_t{0}, &result);
  Failure(BURIN_INVALID_ARGUMENT, burin_explain, nullptr, reading_, nullptr, uint64_t{1}, &result);
  EXPECT_EQ(Failure(BURIN_INVALID_ARGUMENT, burin_explain_text, reading_, nullptr, "\xFF", size_t{1}, &result),
            "text is not valid UTF-8");
  const burin_reason* reasons = nullptr;
  size_t count = 0;
  const auto one = Explain(1);
  Failure(BURIN_OUT_OF_RANGE, burin_result_reasons, one.get(), size_t{1}, &reasons, &count);
  Failure(BURIN_INVALID_ARGUMENT, burin_result_reasons, nullptr, size_t{0}, &reasons, &count);
}

}  // namespace
}  // namespace burin::testing
