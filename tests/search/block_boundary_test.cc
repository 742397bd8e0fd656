// Searches where the borders of stored blocks lie: runs, bitmaps and split blocks of 64 keys, one behind the other,
// sets of a key more or less than whole blocks, one serial in many records, lengths without serials.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "tests/index/index_testing.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal {
namespace {

std::u32string Wide(const std::string& text) { return {text.begin(), text.end()}; }

class Records {
 public:
  // Serials in ascending order, one a record.
  explicit Records(std::vector<std::string> serials) : serials_(std::move(serials)) {
    TestBuilder builder;
    for (const std::string& serial : serials_) builder.Serial(serial);
    bytes_ = builder.Bytes();
    index_ = *Index::OpenBuffer(bytes_, "test");
    EXPECT_TRUE(index_->Verify().ok());
  }

  using Costs = std::vector<std::pair<Cost, uint32_t>>;  // With records, in the order of results.
  Costs Expected(const std::string& reading, Cost within) const {
    std::vector<std::tuple<Cost, size_t, uint32_t>> found;
    for (uint32_t i = 0; i < serials_.size(); ++i) {
      const Cost cost = reference::Distance(Metric::kOsa, Wide(reading), Wide(serials_[i]));
      if (cost <= within) found.emplace_back(cost, serials_[i].size(), i);
    }
    std::sort(found.begin(), found.end());
    Costs out;
    for (const auto& [cost, size, i] : found) out.emplace_back(cost, i);
    return out;
  }
  Costs Found(const std::string& reading, Cost within) const {
    const Result<Pattern> pattern = ParsePattern(reading);
    PricedReading priced = *PricedReading::Make(pattern->lattice, Metric::kOsa);
    SearchRequest request;
    request.reading = &priced;
    request.max_cost = within;
    const SearchResult result = Search(*index_, request);
    EXPECT_TRUE(result.complete);
    Costs out;
    for (const Hit& hit : result.hits) out.emplace_back(hit.cost, hit.record);
    return out;
  }
  void Check(const std::string& reading, Cost most) const {
    for (Cost within = 0; within <= most; ++within) {
      ASSERT_EQ(Found(reading, within), Expected(reading, within)) << reading << " within " << within;
    }
  }
  const std::vector<std::string>& serials() const { return serials_; }

 private:
  std::vector<std::string> serials_;
  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
};

std::string Digits(uint64_t number, size_t length) {
  std::string text = std::to_string(number);
  return std::string(length - text.size(), '0') + text;
}

// So many numbers each: consecutive ones, every third, ones far apart; then the same again.
std::vector<std::string> AllKinds(size_t each, size_t length, const std::string& front) {
  std::mt19937 random(3);
  std::vector<std::string> serials;
  uint64_t number = 100;
  for (int round = 0; round < 2; ++round) {
    for (const uint64_t step : {1, 3, 400}) {
      for (size_t i = 0; i < each; ++i) {
        number += step == 400 ? 1 + random() % step : step;
        serials.push_back(front + Digits(number, length));
      }
    }
  }
  return serials;
}

TEST(BlockBoundaries, EveryKindOfBlockAtEveryBorder) {
  for (const size_t each : {63, 64, 65, 128, 129}) {
    const Records records(AllKinds(each, 6, ""));
    for (size_t border = 0; border <= records.serials().size(); border += std::min<size_t>(each, 64)) {
      for (size_t i = border < 2 ? 0 : border - 2; i < std::min(border + 2, records.serials().size()); ++i) {
        records.Check(records.serials()[i], 2);
      }
    }
    records.Check("000000", 2);
    records.Check("999999", 2);
  }
}

TEST(BlockBoundaries, KeysOf128Bits) {
  const Records records(AllKinds(65, 8, "ABCDEFGHIJKLMN"));
  for (size_t i = 0; i < records.serials().size(); i += 32) records.Check(records.serials()[i], 1);
}

TEST(BlockBoundaries, OneSerialInManyRecords) {
  const Records records(std::vector<std::string>(300, "A1B2"));
  records.Check("A1B2", 0);
  EXPECT_EQ(records.Found("A1B2", 4).size(), 300u);
  EXPECT_EQ(records.Found("A1C2", 1).size(), 300u);
  EXPECT_EQ(records.Found("*B2", 0).size(), 300u);
  EXPECT_EQ(records.Found("X1C2", 1).size(), 0u);
}

// Lengths between those that serials have, none at all, and one of each.
TEST(BlockBoundaries, LengthsWithoutSerials) {
  const Records records({"A", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAA"});
  for (size_t length = 1; length <= 26; ++length) records.Check(std::string(length, 'A'), 4);
  const Records none({});
  EXPECT_TRUE(none.Found("A", 4).empty());
  EXPECT_TRUE(none.Found("*", 0).empty());
}

}  // namespace
}  // namespace burin::internal
