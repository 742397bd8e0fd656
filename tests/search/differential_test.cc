// Random sets, readings and requests: the library's whole answer equals the twins'. BURIN_TEST_CASES is the number of
// cases (searches), 10,000 if it is not given.
#include <gtest/gtest.h>

#include <cstdio>

#include "tests/reference/cases.h"
#include "tests/reference/search_case.h"

namespace burin::internal::reference {
namespace {

// Runs `cases` searches, `per_set` on each set; stops at the first that differs.
void RunCases(const SetShape& shape, uint64_t cases, uint64_t per_set, uint64_t first_seed) {
  uint64_t searches = 0, hits = 0, refused = 0;
  for (uint64_t seed = first_seed; searches + refused < cases; ++seed) {
    Choices choices(seed);
    const SearchSet set = RandomSet(shape, &choices);
    Comparison comparison(set.records);
    for (uint64_t i = 0; i < per_set; ++i) {
      const Query query = RandomQuery(set, &choices);
      if (comparison.Check(query).empty()) continue;
      FAIL() << "seed " << seed << ", query " << i << "\n" << Reproducer(set.records, query);
    }
    searches += comparison.searches();
    refused += comparison.refused();
    hits += comparison.hits();
  }
  std::printf("%llu searches, %llu hits, %llu readings refused\n", static_cast<unsigned long long>(searches),
              static_cast<unsigned long long>(hits), static_cast<unsigned long long>(refused));
  EXPECT_GT(hits, searches / 4);
  EXPECT_LT(refused, cases / 10 + 20);  // Groups repeated without bound.
}

TEST(Differential, SmallSets) { RunCases({}, TestCases(), 6, 1); }
TEST(Differential, LargerSets) {
  RunCases({.readings = 3, .records = 400, .items = 8}, TestCases() / 50, 10, 1'000'000);
}
TEST(Differential, LongMarks) {
  RunCases({.readings = 3, .records = 40, .long_marks = true}, TestCases() / 100, 6, 2'000'000);
}

}  // namespace
}  // namespace burin::internal::reference
