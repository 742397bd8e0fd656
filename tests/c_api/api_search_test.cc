// The index and searches through the C API: results, alignments, options, lifetimes, threads.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

using Strings = std::vector<std::string>;

class SearchTest : public ::testing::Test {
 public:
  void SetUp() override {
    BuildIndex(path(), {{"k1", "north", "A1-23", "Astra", "1990"},
                        {"k2", "north", "A124", "Astra", "1991"},
                        {"k3", "south", "B777", "Beretta", ""},
                        {"k4", "south", "A1?3", "Star", "2001"},
                        {"k5", "south", "unknown", "Colt", ""},
                        {"k6", "south", "A123", "Star", "2002"}});
    burin_index* index = nullptr;
    ASSERT_EQ(burin_index_open(path().c_str(), nullptr, &index, nullptr), BURIN_OK);
    index_.reset(index);
    burin_searcher* searcher = nullptr;
    ASSERT_EQ(burin_searcher_create(index, &searcher, nullptr), BURIN_OK);
    searcher_.reset(searcher);
  }
  std::string path() const { return folder_ / "x.burin"; }
  static Owned<burin_reading> Parse(std::string_view pattern, const burin_reading_options* options = nullptr) {
    burin_reading* reading = nullptr;
    EXPECT_EQ(burin_reading_parse(pattern.data(), pattern.size(), options, &reading, nullptr), BURIN_OK);
    return {reading, burin_reading_destroy};
  }
  static burin_search_options Within(int32_t edits) {
    burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
    options.costs = BURIN_COSTS_OSA;
    options.within = edits;
    return options;
  }
  Owned<burin_result> Search(std::string_view pattern, const burin_search_options* options,
                             const burin_reading_options* reading_options = nullptr) {
    const auto reading = Parse(pattern, reading_options);
    burin_result* result = nullptr;
    burin_error* error = nullptr;
    EXPECT_EQ(burin_search(searcher_.get(), reading.get(), options, &result, &error), BURIN_OK)
        << burin_error_message(error);
    burin_error_destroy(error);
    return {result, burin_result_destroy};
  }
  static Strings Keys(burin_result* result) {
    size_t count = 0;
    const burin_match* matches = burin_result_matches(result, &count);
    Strings keys;
    for (size_t i = 0; i < count; ++i) {
      const std::string edits = matches[i].edits == BURIN_NO_EDITS ? "" : ":" + std::to_string(matches[i].edits);
      keys.push_back(burin_result_key(result, i, nullptr) + edits);
    }
    return keys;
  }
  Strings Find(std::string_view pattern, const burin_search_options& options) {
    return Keys(Search(pattern, &options).get());
  }
  std::string Refused(const burin_search_options& options, burin_status status = BURIN_INVALID_ARGUMENT) {
    const auto reading = Parse("A");
    burin_result* result = nullptr;
    const std::string message = Failure(status, burin_search, searcher_.get(), reading.get(), &options, &result);
    EXPECT_EQ(result, nullptr);
    return message;
  }

  Folder folder_;
  Owned<burin_index> index_{nullptr, burin_index_destroy};
  Owned<burin_searcher> searcher_{nullptr, burin_searcher_destroy};
};

TEST_F(SearchTest, IndexTellsWhatItHolds) {
  burin_index_info info = BURIN_INDEX_INFO_INIT;
  ASSERT_EQ(burin_index_get_info(index_.get(), &info, nullptr), BURIN_OK);
  EXPECT_EQ(info.records, 6u);
  EXPECT_EQ(info.serials, 3u);
  EXPECT_EQ(info.partial_records, 1u);
  EXPECT_EQ(info.missing[BURIN_MISSING_UNKNOWN], 1u);
  EXPECT_EQ(info.file_bytes, Folder::Read(path()).size());
  uint64_t bytes = 0;
  burin_section section;
  for (size_t i = 0; i < burin_index_section_count(index_.get()); ++i) {
    ASSERT_EQ(burin_index_get_section(index_.get(), i, &section, nullptr), BURIN_OK);
    EXPECT_EQ(std::strlen(section.name), 4u);
    bytes += section.bytes;
  }
  EXPECT_LT(bytes, info.file_bytes);
  EXPECT_EQ(burin_index_get_section(index_.get(), 999, &section, nullptr), BURIN_OUT_OF_RANGE);
  ASSERT_EQ(burin_index_attribute_count(index_.get()), 3u);
  EXPECT_STREQ(burin_index_attribute_name(index_.get(), 0), "maker");
  EXPECT_STREQ(burin_index_attribute_name(index_.get(), 1), "source");
  EXPECT_EQ(burin_index_attribute_type(index_.get(), 2), static_cast<uint32_t>(BURIN_ATTRIBUTE_INTEGER));
  EXPECT_EQ(burin_index_attribute_name(index_.get(), 3), nullptr);
  EXPECT_EQ(burin_index_find_attribute(index_.get(), "none"), BURIN_NO_ATTRIBUTE);
  EXPECT_EQ(burin_index_attribute_text(index_.get(), 3, 2, nullptr), nullptr);
  EXPECT_EQ(burin_index_attribute_text(index_.get(), 0, 0, nullptr), nullptr);
  EXPECT_EQ(burin_index_attribute_text(index_.get(), 7, 0, nullptr), nullptr);
}

TEST_F(SearchTest, CursorMeetsEveryMarkInOrder) {
  burin_cursor* cursor = nullptr;
  ASSERT_EQ(burin_cursor_create(index_.get(), &cursor, nullptr), BURIN_OK);
  Strings marks;
  burin_mark mark;
  for (int32_t more = 1; burin_cursor_next(cursor, &mark, &more, nullptr) == BURIN_OK && more != 0;) {
    marks.push_back(std::to_string(mark.record_id) + " " + std::to_string(mark.kind) + " " +
                    burin_cursor_serial(cursor, nullptr) + " " + burin_cursor_text(cursor, nullptr));
  }
  EXPECT_EQ(marks, (Strings{"1 1 A123 A1-23", "6 1 A123 A123", "2 1 A124 A124", "3 1 B777 B777", "4 2 A1?3 A1?3",
                            "5 3  unknown"}));
  burin_cursor_destroy(cursor);
}

TEST_F(SearchTest, UnitCosts) {
  EXPECT_EQ(Find("A123", Within(0)), (Strings{"k1:0", "k6:0", "k4:0"}));
  EXPECT_EQ(Find("A123", Within(1)), (Strings{"k1:0", "k6:0", "k4:0", "k2:1"}));
  burin_search_options best = Within(BURIN_WITHIN_ANY);
  best.top = 5;
  EXPECT_EQ(Find("A123", best), (Strings{"k1:0", "k6:0", "k4:0", "k2:1", "k3:4"}));
  best.top = 100;
  EXPECT_EQ(Find("A123", best).size(), 5u);
  best.top = 2;
  EXPECT_EQ(Find("A123", best).size(), 2u);
  burin_search_options hamming = Within(1);
  hamming.costs = BURIN_COSTS_HAMMING;
  EXPECT_EQ(Find("A12", hamming), Strings());
  EXPECT_EQ(Find("A1?4", hamming).size(), 4u);
}

TEST_F(SearchTest, ChannelIsTheDefault) {
  const auto result = Search("A123", nullptr);
  const Strings keys = Keys(result.get());
  ASSERT_GE(keys.size(), 3u);
  EXPECT_EQ(burin_result_complete(result.get()), 1);
  EXPECT_EQ(burin_result_not_searched(result.get()), 1u);
  EXPECT_GT(burin_result_work(result.get()), 0u);
  size_t count = 0;
  const burin_match* matches = burin_result_matches(result.get(), &count);
  for (size_t i = 0; i < count; ++i) {
    EXPECT_GE(matches[i].cost, burin_result_best_cost(result.get()));
    EXPECT_LE(matches[i].cost, burin_result_best_cost(result.get()) + 18 * BURIN_COSTS_PER_NAT);
    EXPECT_EQ(matches[i].edits, BURIN_NO_EDITS);
  }
  EXPECT_STREQ(burin_result_channel_name(result.get()), "typed");
  EXPECT_EQ(std::string_view(burin_result_channel_hash(result.get())).size(), 64u);
}

TEST_F(SearchTest, MatchesTellTheirRecord) {
  const burin_search_options options = Within(0);
  const auto result = Search("A123", &options);
  size_t count = 0, size = 0;
  const burin_match* matches = burin_result_matches(result.get(), &count);
  ASSERT_EQ(count, 3u);
  EXPECT_EQ(matches[2].flags, static_cast<uint32_t>(BURIN_MATCH_PARTIAL));
  EXPECT_EQ(matches[2].record_id, 4u);
  EXPECT_STREQ(burin_result_serial(result.get(), 2, &size), "A1?3");
  EXPECT_EQ(size, 4u);
  EXPECT_STREQ(burin_result_serial(result.get(), 0, nullptr), "A123");
  EXPECT_STREQ(burin_result_text(result.get(), 0, nullptr), "A1-23");
  EXPECT_STREQ(burin_result_source(result.get(), 0, nullptr), "north");
  const char* first = burin_result_key(result.get(), 0, nullptr);
  EXPECT_STREQ(burin_result_key(result.get(), 1, nullptr), "k6");
  EXPECT_STREQ(first, "k1");
  EXPECT_EQ(burin_result_key(result.get(), 3, &size), nullptr);
  EXPECT_EQ(size, 0u);
}

TEST_F(SearchTest, AlignmentsAddUp) {
  burin_search_options options = Within(2);
  for (const char* pattern : {"A132", "1?24", "A1*", "A1234", "[AB]?{3}", "(A1|B7)7~7!"}) {
    for (const uint32_t costs : {BURIN_COSTS_OSA, BURIN_COSTS_LEVENSHTEIN, BURIN_COSTS_HAMMING}) {
      options.costs = costs;
      const auto result = Search(pattern, &options);
      size_t count = 0, moves_count = 0;
      const burin_match* matches = burin_result_matches(result.get(), &count);
      for (size_t i = 0; i < count; ++i) {
        const burin_move* moves = nullptr;
        ASSERT_EQ(burin_result_alignment(result.get(), i, &moves, &moves_count, nullptr), BURIN_OK);
        uint32_t sum = 0;
        for (size_t m = 0; m < moves_count; ++m) sum += moves[m].cost;
        EXPECT_EQ(sum, matches[i].cost) << pattern;
      }
      const burin_move* moves = nullptr;
      EXPECT_EQ(burin_result_alignment(result.get(), count, &moves, &moves_count, nullptr), BURIN_OUT_OF_RANGE);
      EXPECT_EQ(moves, nullptr);
    }
  }
}

TEST_F(SearchTest, Filters) {
  burin_search_options options = Within(1);
  const char* where[] = {"maker=star|astra", "year>=1991"};
  options.where = where;
  options.where_count = 2;
  EXPECT_EQ(Find("A123", options), (Strings{"k6:0", "k4:0", "k2:1"}));
  where[0] = "shelf=1";
  EXPECT_NE(Refused(options).find("maker"), std::string::npos);
  options.where_count = 0;
  const char* classes[] = {"serial"};
  options.classes = classes;
  options.class_count = 1;
  Refused(options);
  options.class_count = 0;
  options.date = "1990";
  const auto reading = Parse("A");
  burin_result* result = nullptr;
  const burin_status status = burin_search(searcher_.get(), reading.get(), &options, &result, nullptr);
  EXPECT_TRUE(status == BURIN_OK || status == BURIN_INVALID_ARGUMENT);  // The index has no dates.
  burin_result_destroy(result);
}

TEST_F(SearchTest, GroupsBySerial) {
  burin_search_options options = Within(1);
  options.by = BURIN_BY_SERIAL;
  const Strings keys = Find("A123", options);
  EXPECT_EQ(std::count(keys.begin(), keys.end(), "k6:0"), 0);
  EXPECT_EQ(std::count(keys.begin(), keys.end(), "k1:0"), 1);
}

TEST_F(SearchTest, ReadingOptionsCount) {
  burin_reading_options part = BURIN_READING_OPTIONS_INIT;
  part.part = BURIN_PART_END;
  const burin_search_options options = Within(0);
  EXPECT_EQ(Keys(Search("23", &options, &part).get()), (Strings{"k1:0", "k6:0", "k4:0"}));
  burin_reading_options length = BURIN_READING_OPTIONS_INIT;
  length.min_length = 5;
  EXPECT_EQ(Keys(Search("A*", &options, &length).get()), Strings());
}

TEST_F(SearchTest, OptionsAreChecked) {
  burin_search_options options = Within(BURIN_WITHIN_ANY);
  Refused(options);
  options.within = -2;
  Refused(options, BURIN_OUT_OF_RANGE);
  options = Within(1);
  options.channel = "typed";
  Refused(options);
  options = Within(1);
  options.max_cost = 5;
  Refused(options);
  options = Within(1);
  options.costs = 4;
  Refused(options, BURIN_OUT_OF_RANGE);
  options = Within(1);
  options.by = 3;
  Refused(options, BURIN_OUT_OF_RANGE);
  options = BURIN_SEARCH_OPTIONS_INIT;
  options.within = 1;
  Refused(options);
  options = BURIN_SEARCH_OPTIONS_INIT;
  options.channel = "none";
  EXPECT_NE(Refused(options).find("typed"), std::string::npos);
  options = BURIN_SEARCH_OPTIONS_INIT;
  options.where_count = 1;
  Refused(options);
  const char* null[] = {nullptr};
  options.where = null;
  Refused(options);
  options = BURIN_SEARCH_OPTIONS_INIT;
  options.struct_size = 16;
  Refused(options);
}

TEST_F(SearchTest, NewerCallers) {
  struct {
    burin_search_options known = BURIN_SEARCH_OPTIONS_INIT;
    uint64_t more = 0;
  } newer;
  newer.known.struct_size = sizeof(newer);
  EXPECT_FALSE(Keys(Search("A123", &newer.known).get()).empty());
  newer.more = 1;
  Refused(newer.known);
}

TEST_F(SearchTest, BudgetsAndCancelAnswerIncomplete) {
  burin_search_options options = Within(3);
  options.max_work = 1;
  auto result = Search("A*", &options);
  EXPECT_EQ(burin_result_complete(result.get()), 0);
  EXPECT_EQ(burin_result_certificate(result.get()), 0u);
  options.max_work = 0;
  options.cancel = [](void* user) -> int32_t { return ++*static_cast<int*>(user); };
  int asked = 0;
  options.cancel_user = &asked;
  result = Search("A*", &options);
  EXPECT_EQ(burin_result_complete(result.get()), asked > 0 ? 0 : 1);  // Asked now and then: small searches may not be.
  options.cancel = nullptr;
  options.deadline_ms = ~uint64_t{0};
  result = Search("A*", &options);
  EXPECT_EQ(burin_result_complete(result.get()), 1);
}

TEST_F(SearchTest, ResultsOutliveEverything) {
  const burin_search_options options = Within(1);
  const auto result = Search("A12*", &options);
  burin_cursor* cursor = nullptr;
  ASSERT_EQ(burin_cursor_create(index_.get(), &cursor, nullptr), BURIN_OK);
  searcher_.reset();
  index_.reset();
  ASSERT_FALSE(Keys(result.get()).empty());
  EXPECT_STRNE(burin_result_serial(result.get(), 0, nullptr), "");
  const burin_move* moves = nullptr;
  size_t count = 0;
  EXPECT_EQ(burin_result_alignment(result.get(), 0, &moves, &count, nullptr), BURIN_OK);
  EXPECT_GT(count, 0u);
  int32_t more = 0;
  EXPECT_EQ(burin_cursor_next(cursor, nullptr, &more, nullptr), BURIN_OK);
  EXPECT_EQ(more, 1);
  burin_cursor_destroy(cursor);
}

TEST_F(SearchTest, ThreadsShareOneIndexAndReading) {
  const auto reading = Parse("A1?3");
  const burin_search_options options = Within(1);
  const Strings expected = Find("A1?3", options);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      burin_searcher* searcher = nullptr;
      if (burin_searcher_create(index_.get(), &searcher, nullptr) != BURIN_OK) ++wrong;
      for (int i = 0; i < 200; ++i) {
        burin_result* result = nullptr;
        if (burin_search(searcher, reading.get(), &options, &result, nullptr) != BURIN_OK) ++wrong;
        if (Keys(result) != expected) ++wrong;
        burin_result_destroy(result);
      }
      burin_searcher_destroy(searcher);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(SearchTest, OpensFromMemoryAtAnyAlignment) {
  const std::string bytes = "x" + Folder::Read(path());
  burin_index* index = nullptr;
  ASSERT_EQ(burin_index_open_buffer(bytes.data() + 1, bytes.size() - 1, &index, nullptr), BURIN_OK);
  EXPECT_EQ(burin_index_verify(index, nullptr), BURIN_OK);
  burin_index_destroy(index);
  EXPECT_NE(burin_index_open_buffer(bytes.data() + 1, bytes.size() - 2, &index, nullptr), BURIN_OK);
  EXPECT_EQ(index, nullptr);
  EXPECT_EQ(burin_index_open_buffer(nullptr, 1, &index, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_NE(burin_index_open_buffer(nullptr, 0, &index, nullptr), BURIN_OK);
}

TEST_F(SearchTest, OpenErrors) {
  burin_index* index = nullptr;
  EXPECT_NE(Failure(BURIN_IO, burin_index_open, (folder_ / "none").c_str(), nullptr, &index).find("none"),
            std::string::npos);
  EXPECT_EQ(burin_index_open((folder_ / "").c_str(), nullptr, &index, nullptr), BURIN_IO);
  EXPECT_EQ(burin_index_open(folder_.Write("foreign", std::string(100, 'x')).c_str(), nullptr, &index, nullptr),
            BURIN_CORRUPT);
  EXPECT_EQ(burin_index_open(nullptr, nullptr, &index, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_open(path().c_str(), nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  burin_index_options options = BURIN_INDEX_OPTIONS_INIT;
  options.read_into_memory = 2;
  EXPECT_EQ(burin_index_open(path().c_str(), &options, &index, nullptr), BURIN_OUT_OF_RANGE);
  options.read_into_memory = 1;
  EXPECT_EQ(burin_index_open(path().c_str(), &options, &index, nullptr), BURIN_OK);
  burin_index_destroy(index);
}

TEST_F(SearchTest, NullArguments) {
  const auto reading = Parse("A");
  burin_result* result = nullptr;
  EXPECT_EQ(burin_search(nullptr, reading.get(), nullptr, &result, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search(searcher_.get(), nullptr, nullptr, &result, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search(searcher_.get(), reading.get(), nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  burin_searcher* searcher = nullptr;
  EXPECT_EQ(burin_searcher_create(nullptr, &searcher, nullptr), BURIN_INVALID_ARGUMENT);
  burin_cursor* cursor = nullptr;
  EXPECT_EQ(burin_cursor_create(nullptr, &cursor, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_cursor_next(nullptr, nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_cursor_serial(nullptr, nullptr), nullptr);
  EXPECT_EQ(burin_index_get_info(nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_verify(nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_result_matches(nullptr, nullptr), nullptr);
  EXPECT_EQ(burin_result_serial(nullptr, 0, nullptr), nullptr);
  EXPECT_EQ(burin_result_complete(nullptr), 0);
  burin_index_destroy(nullptr);
  burin_searcher_destroy(nullptr);
  burin_result_destroy(nullptr);
  burin_cursor_destroy(nullptr);
}

}  // namespace
}  // namespace burin::testing
