// Any layout of segments and deletions gives the answer of one index of the live records: random sets, readings,
// requests and layouts against the twins, which know of no segments. A third of BURIN_TEST_CASES.
#include <gtest/gtest.h>

#include "src/channel/compile/compile.h"
#include "tests/reference/cases.h"
#include "tests/reference/search_case.h"

namespace burin::internal::reference {
namespace {

uint64_t Cases() { return TestCases() / 3; }

void RunCases(const SetShape& shape, uint64_t cases, uint64_t first_seed) {
  uint64_t searches = 0, hits = 0;
  for (uint64_t seed = first_seed; seed < first_seed + cases / 6 + 1; ++seed) {
    Choices choices(seed);
    const SearchSet set = RandomSet(shape, &choices);
    Comparison comparison(set.records, &choices);
    for (int i = 0; i < 6; ++i) {
      const Query query = RandomQuery(set, &choices);
      ASSERT_EQ(comparison.Check(query), "") << "seed " << seed << ", query " << i << " " << query.reading.text;
      if (i > 0) continue;
      ASSERT_EQ(comparison.CheckOtherWays(query), "")
          << "seed " << seed << ", query " << i << " " << query.reading.text;
    }
    searches += comparison.searches();
    hits += comparison.hits();
  }
  EXPECT_GT(hits, searches / 4);
}

TEST(SegmentedSearch, SmallSets) { RunCases({}, Cases(), 1); }
TEST(SegmentedSearch, LargerSets) { RunCases({.readings = 3, .records = 400, .items = 8}, Cases() / 50, 1'000'000); }
TEST(SegmentedSearch, LongMarks) {
  RunCases({.readings = 3, .records = 40, .long_marks = true}, Cases() / 50, 2'000'000);
}

// Interleaved searches answer what single ones do.
TEST(SegmentedSearch, Batch) {
  for (uint64_t seed = 5; seed < 5 + Cases() / 100; ++seed) {
    Choices choices(seed);
    const SearchSet set = RandomSet({.readings = 6, .records = 60}, &choices);
    Comparison comparison(set.records, &choices);
    std::vector<CostLattice> lattices;
    std::vector<SearchRequest> requests;
    for (const Reading& reading : set.readings) {
      auto costs = CompileUnit(reading.lattice, Metric::kOsa);
      if (costs.ok()) lattices.push_back(*std::move(costs));
    }
    for (const CostLattice& lattice : lattices) {
      SearchRequest& request = requests.emplace_back();
      request.lattice = &lattice;
      request.max_cost = choices.Below(4);
      request.top = choices.Below(4);
      if (choices.OneIn(4)) request.max_hits = 3;
    }
    std::vector<SearchScratch> scratches(requests.size());
    std::vector<SearchResult> results(requests.size());
    SearchBatch(comparison.index(), requests, scratches, results);
    for (size_t i = 0; i < requests.size(); ++i) {
      const SearchResult single = Search(comparison.index(), requests[i]);
      ASSERT_EQ(results[i].hits.size(), single.hits.size()) << "seed " << seed;
      for (size_t j = 0; j < single.hits.size(); ++j) {
        EXPECT_EQ(results[i].hits[j].record, single.hits[j].record);
        EXPECT_EQ(results[i].hits[j].cost, single.hits[j].cost);
      }
      EXPECT_EQ(results[i].complete, single.complete);
      EXPECT_EQ(results[i].certificate, single.certificate);
      EXPECT_EQ(results[i].not_searched, single.not_searched);
    }
  }
}

}  // namespace
}  // namespace burin::internal::reference
