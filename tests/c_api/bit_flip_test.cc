// Every single bit of an index of 100 records, flipped, through the public interface: verify finds it, and whatever
// still opens can be told about, dumped and searched three ways without harm.
#include <gtest/gtest.h>

#include <string>

#include "burin/burin.h"
#include "tests/index/index_testing.h"
#include "tests/reference/cases.h"

namespace burin::internal {
namespace {

constexpr int kRows = 91;  // 100 records.

size_t volatile sink;

void Info(const burin_index* index) {
  burin_index_info info = BURIN_INDEX_INFO_INIT;
  ASSERT_EQ(burin_index_get_info(index, &info, nullptr), BURIN_OK);
  burin_section section;
  for (size_t i = 0; i < burin_index_section_count(index); ++i) {
    ASSERT_EQ(burin_index_get_section(index, i, &section, nullptr), BURIN_OK);
  }
  sink = static_cast<size_t>(info.records);
}

void Dump(const burin_index* index) {
  burin_cursor* cursor = nullptr;
  ASSERT_EQ(burin_cursor_create(index, &cursor, nullptr), BURIN_OK);
  burin_mark mark;
  int32_t more = 1;
  size_t total = 0, size = 0;
  while (burin_cursor_next(cursor, &mark, &more, nullptr) == BURIN_OK && more) {
    for (const auto part : {burin_cursor_serial, burin_cursor_text, burin_cursor_key, burin_cursor_source}) {
      part(cursor, &size);
      total += size;
    }
    for (uint32_t a = 0; a < burin_index_attribute_count(index); ++a) {
      burin_index_attribute_text(index, mark.record_id, a, &size);
      total += size;
    }
  }
  burin_cursor_destroy(cursor);
  sink = total;
}

class Reading {
 public:
  explicit Reading(const std::string& pattern) {
    EXPECT_EQ(burin_reading_parse(pattern.data(), pattern.size(), nullptr, &reading_, nullptr), BURIN_OK);
  }
  ~Reading() { burin_reading_destroy(reading_); }
  void Match(const burin_index* index, const burin_search_options& options) const {
    burin_searcher* searcher = nullptr;
    ASSERT_EQ(burin_searcher_create(index, &searcher, nullptr), BURIN_OK);
    burin_result* result = nullptr;
    if (burin_search(searcher, reading_, &options, &result, nullptr) == BURIN_OK) {
      size_t count = 0, moves = 0, total = 0;
      const burin_move* alignment = nullptr;
      burin_result_matches(result, &count);
      for (size_t i = 0; i < count; ++i) {
        burin_result_text(result, i, &moves);
        total += moves;
        (void)burin_result_alignment(result, i, &alignment, &moves, nullptr);
        total += moves;
      }
      sink = total;
    }
    burin_result_destroy(result);
    burin_searcher_destroy(searcher);
  }

 private:
  burin_reading* reading_ = nullptr;
};

TEST(BitFlipThroughTheApi, VerifyFindsItAndNothingHarms) {
  std::vector<std::byte> bytes = SampleIndex(kRows);
  burin_search_options unit = BURIN_SEARCH_OPTIONS_INIT;
  unit.costs = BURIN_COSTS_OSA;
  unit.within = 1;
  burin_search_options best = unit;
  best.within = BURIN_WITHIN_ANY;
  best.top = 5;
  best.by = BURIN_BY_WEAPON;
  const char* where[] = {"maker!=colt"};
  burin_search_options typed = BURIN_SEARCH_OPTIONS_INIT;
  typed.where = where;
  typed.where_count = 1;
  const Reading plain("A12?4"), gaps("*[12]3~*"), doubt("AB8!3(12|3)");
  size_t opened = 0;
  // Where few cases are asked for, as under the sanitizers, every eleventh bit: each place in a byte comes up.
  const size_t step = TestCases() < 1000 ? 11 : 1;
  for (size_t bit = 0; bit < bytes.size() * 8; bit += step) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    burin_index* index = nullptr;
    if (burin_index_open_buffer(bytes.data(), bytes.size(), &index, nullptr) == BURIN_OK) {
      ++opened;
      ASSERT_NE(burin_index_verify(index, nullptr), BURIN_OK) << "bit " << bit;
      Info(index);
      Dump(index);
      plain.Match(index, unit);
      gaps.Match(index, best);
      doubt.Match(index, typed);
      burin_index_destroy(index);
    }
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  EXPECT_GT(opened * step, bytes.size());  // Most bits lie in what opening does not read.
}

}  // namespace
}  // namespace burin::internal
