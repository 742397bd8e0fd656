// Random sets and readings: counting, levels, a limit of hits and the estimate agree with the search. A tenth of
// BURIN_TEST_CASES, since each case searches some ten times.
#include <gtest/gtest.h>

#include "tests/reference/cases.h"
#include "tests/reference/search_case.h"

namespace burin::internal::reference {
namespace {

uint64_t Cases() { return TestCases() / 10; }

void RunCases(const SetShape& shape, uint64_t cases, uint64_t first_seed) {
  for (uint64_t seed = first_seed; seed < first_seed + cases / 6 + 1; ++seed) {
    Choices choices(seed);
    const SearchSet set = RandomSet(shape, &choices);
    Comparison comparison(set.records);
    for (int i = 0; i < 6; ++i) {
      const Query query = RandomQuery(set, &choices);
      const std::string wrong = comparison.CheckOtherWays(query);
      ASSERT_EQ(wrong, "") << "seed " << seed << ", query " << i << " " << query.reading.text;
    }
  }
}

TEST(OtherWays, SmallSets) { RunCases({}, Cases(), 1); }
TEST(OtherWays, LargerSets) { RunCases({.readings = 3, .records = 400, .items = 8}, Cases() / 20, 1'000'000); }
TEST(OtherWays, LongMarks) { RunCases({.readings = 3, .records = 40, .long_marks = true}, Cases() / 50, 2'000'000); }

}  // namespace
}  // namespace burin::internal::reference
