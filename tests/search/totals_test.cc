// A million generated serials: totals that independent exact programs agree on, and each query of a sample against a
// plain scan. Only with BURIN_TEST_FULL=1.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "bench/workload.h"
#include "src/channel/compile/compile.h"
#include "src/index/write/index_builder.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "tests/reference/cases.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal {
namespace {

using bench::Damage;

constexpr size_t kSampled = 20;

class Totals : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!FullTests()) return;
    serials_ = bench::RandomSerials(1'000'000);
    const auto builder = IndexBuilder::Create();
    for (const std::string& serial : serials_) {
      RecordedMark mark;
      const std::string key = std::to_string(builder->records() + 1);
      mark.symbols.assign(serial.begin(), serial.end());
      int attribute = -1;
      ASSERT_TRUE(builder->Add({key, "", serial, {&mark, 1}, {}}, &attribute).ok());
    }
    ASSERT_TRUE(builder->Write(&bytes_).ok());
    index_ = *Index::OpenBuffer(bytes_, "w1_1m");
    std::printf("%.3f bytes a serial\n", static_cast<double>(bytes_.size()) / 1e6);
  }
  void SetUp() override {
    if (!FullTests()) GTEST_SKIP() << "a million serials: BURIN_TEST_FULL=1";
  }

  static SearchResult Find(const std::string& text, Cost within, Metric metric) {
    const Result<Pattern> pattern = ParsePattern(text);
    const Result<CostLattice> lattice = CompileUnit(pattern->lattice, metric);
    SearchRequest request;
    request.lattice = &*lattice;
    request.max_cost = within;
    return Search(*index_, request);
  }

  // Records within so many edits, by looking at all. `?` is any character.
  static std::vector<std::pair<Cost, uint32_t>> Scan(const std::string& text, Cost within, Metric metric) {
    std::vector<std::pair<Cost, uint32_t>> out;
    for (uint32_t i = 0; i < serials_.size(); ++i) {
      const std::string& serial = serials_[i];
      const size_t shorter = std::min(serial.size(), text.size()), longer = std::max(serial.size(), text.size());
      if (longer - shorter > within) continue;
      std::string asked = text;
      for (size_t p = 0; p < shorter; ++p) asked[p] = text[p] == '?' ? serial[p] : text[p];
      const Cost cost = reference::Distance(metric, std::u32string(asked.begin(), asked.end()),
                                            std::u32string(serial.begin(), serial.end()));
      if (cost <= within) out.emplace_back(cost, i);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  // Hits of all queries of a kind; the first few are checked one by one.
  static uint64_t Total(Damage damage, Cost within, Metric metric) {
    uint64_t total = 0;
    const std::vector<std::string> queries = bench::Readings(serials_, serials_.size(), damage, bench::kRandomReadings);
    for (size_t i = 0; i < queries.size(); ++i) {
      const SearchResult result = Find(queries[i], within, metric);
      EXPECT_TRUE(result.complete);
      total += result.hits.size();
      if (i % (queries.size() / kSampled) != 0) continue;
      std::vector<std::pair<Cost, uint32_t>> found;
      for (const Hit& hit : result.hits) found.emplace_back(hit.cost, hit.record);
      std::sort(found.begin(), found.end());
      EXPECT_EQ(found, Scan(queries[i], within, metric)) << queries[i];
    }
    return total;
  }

  static std::vector<std::string> serials_;
  static std::vector<std::byte> bytes_;
  static std::shared_ptr<const Index> index_;
};

std::vector<std::string> Totals::serials_;
std::vector<std::byte> Totals::bytes_;
std::shared_ptr<const Index> Totals::index_;

TEST_F(Totals, OneEditWithinOne) {
  EXPECT_EQ(Total(Damage::kOneEdit, 1, Metric::kLevenshtein), 896u);
  EXPECT_EQ(Total(Damage::kOneEdit, 1, Metric::kOsa), 1002u);
}
TEST_F(Totals, OneEditWithinTwo) {
  EXPECT_EQ(Total(Damage::kOneEdit, 2, Metric::kLevenshtein), 1093u);
  EXPECT_EQ(Total(Damage::kOneEdit, 2, Metric::kOsa), 1094u);
}
TEST_F(Totals, TwoEditsWithinOne) {
  EXPECT_EQ(Total(Damage::kTwoEdits, 1, Metric::kLevenshtein), 89u);
  EXPECT_EQ(Total(Damage::kTwoEdits, 1, Metric::kOsa), 89u);
}
TEST_F(Totals, TwoEditsWithinTwo) {
  EXPECT_EQ(Total(Damage::kTwoEdits, 2, Metric::kLevenshtein), 969u);
  EXPECT_EQ(Total(Damage::kTwoEdits, 2, Metric::kOsa), 1099u);
}
TEST_F(Totals, TwoUnknown) {
  EXPECT_EQ(Total(Damage::kTwoUnreadable, 0, Metric::kHamming), 1003u);
  EXPECT_EQ(Total(Damage::kTwoUnreadable, 1, Metric::kHamming), 1570u);
}
TEST_F(Totals, ThreeUnknownOneWrong) {
  EXPECT_EQ(Total(Damage::kThreeUnreadableOneSubstituted, 0, Metric::kHamming), 157u);
  EXPECT_EQ(Total(Damage::kThreeUnreadableOneSubstituted, 1, Metric::kHamming), 16947u);
}

}  // namespace
}  // namespace burin::internal
