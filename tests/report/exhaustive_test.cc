// The proof by scoring all: right claims hold, and each way of being wrong is found.
#include "src/query/exhaustive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "src/channel/file/channel_file.h"
#include "src/channel/file/shipped.h"
#include "src/evidence/likelihood/evidence.h"
#include "src/mark/pattern/pattern.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

class Proving : public ::testing::Test {
 protected:
  void SetUp() override {
    bytes_ = SampleIndex(400);
    index_ = *Index::OpenBuffer(bytes_, "sample");
  }
  // What a search of the index finds, for a pattern under a metric or (nullptr) the channel typed.
  void Ask(const char* text, const Metric* metric, uint64_t top, By by = By::kRecord) {
    pattern_.emplace(*ParsePattern(text));
    priced_.emplace(metric != nullptr ? *PricedReading::Make(pattern_->lattice, *metric)
                                      : *PricedReading::Make(pattern_->lattice, TypedChannel()));
    request_ = {};
    request_.reading = &*priced_;
    request_.top = top;
    request_.by = by;
    request_.max_cost = metric != nullptr ? 2 : priced_->costs().best + 20 * kCostsPerNat;
    found_ = Search(*index_, request_);
  }
  std::string Contradiction() {
    Claim claim;
    claim.request = &request_;
    claim.found = &found_;
    claim.summed = summed_;
    const Result<Proof> proof = ProveByScoringAll(*index_, claim, nullptr);
    EXPECT_TRUE(proof.ok());
    likelihood_ = proof->likelihood;
    return proof->contradiction;
  }

  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
  std::optional<Pattern> pattern_;
  std::optional<PricedReading> priced_;
  SearchRequest request_;
  SearchResult found_;
  bool summed_ = false;
  double likelihood_ = 0;
};

TEST_F(Proving, RightClaimsHoldAndWrongOnesDoNot) {
  const Metric osa = Metric::kOsa;
  size_t claims = 0;
  for (const char* text : {"A1013", "?1O2*", "FLB10[13]5", "A1?"}) {
    for (const Metric* metric : {&osa, static_cast<const Metric*>(nullptr)}) {
      for (const uint64_t top : {uint64_t{0}, uint64_t{3}, uint64_t{20}}) {
        for (const By by : {By::kRecord, By::kSerial}) {
          Ask(text, metric, top, by);
          EXPECT_EQ(Contradiction(), "") << text << " " << top;
          if (found_.hits.size() < 2) continue;
          ++claims;
          const SearchResult right = found_;
          found_.hits.erase(found_.hits.begin());
          EXPECT_NE(Contradiction(), "") << text << ": the first was left out";
          found_ = right;
          found_.hits.back().cost += 1;
          EXPECT_NE(Contradiction(), "") << text << ": another cost";
          found_ = right;
          found_.hits[1].record = static_cast<uint32_t>(index_->missing_record(0));
          EXPECT_NE(Contradiction(), "") << text << ": another record";
        }
      }
    }
  }
  EXPECT_GT(claims, 20u);
}

// Costs that nothing but the number of a record makes.
class Beside final : public RecordCosts {
 public:
  size_t count() const override { return 1; }
  Cost CostOf(size_t, uint64_t record) const override { return static_cast<Cost>(record * 37 % 500); }
  bool Says(size_t, uint64_t) const override { return true; }
  Cost Of(uint64_t record) const override { return CostOf(0, record); }
  Cost highest() const override { return 499; }
  double RatioOf(uint64_t record) const override { return 8 * std::exp(-static_cast<double>(Of(record)) / 64); }
  double highest_ratio() const override { return 8; }
};

TEST_F(Proving, WhatIsBelievedIsAdded) {
  const Beside beside;
  Ask("?1O2*", nullptr, 5);
  request_.believed = &beside;
  found_ = Search(*index_, request_);
  ASSERT_EQ(found_.hits.size(), 5u);
  EXPECT_EQ(Contradiction(), "");
  const SearchResult right = found_;
  request_.believed = nullptr;
  EXPECT_NE(Contradiction(), "");
  found_ = Search(*index_, request_);
  request_.believed = &beside;
  EXPECT_NE(Contradiction(), "");
  found_ = right;
  found_.hits.erase(found_.hits.begin() + 2);
  EXPECT_NE(Contradiction(), "");
}

// By evidence: likelihoods times ratios give the order, and the sum.
TEST_F(Proving, WhatIsBelievedIsWeighed) {
  const Beside beside;
  Ask("?1O2*", nullptr, 5);
  request_.believed = &beside;
  WeighRequest weigh;
  weigh.search = request_;
  weigh.channel = &TypedChannel();
  weigh.population = index_->population();
  Evidence evidence;
  found_ = SearchAndWeigh(*index_, weigh, &evidence);
  ASSERT_EQ(found_.hits.size(), 5u);
  summed_ = true;
  EXPECT_EQ(Contradiction(), "");
  EXPECT_GE(likelihood_, evidence.seen * (1 - 1e-9));
  EXPECT_LE(likelihood_, (evidence.seen + evidence.unseen) * (1 + 1e-9));
  const SearchResult right = found_;
  found_.hits.erase(found_.hits.begin() + 2);
  EXPECT_NE(Contradiction(), "");
  found_ = right;
  request_.believed = nullptr;
  EXPECT_NE(Contradiction(), "");
  weigh.search.believed = nullptr;
  found_ = SearchAndWeigh(*index_, weigh, &evidence);
  EXPECT_EQ(Contradiction(), "");
  request_.believed = &beside;
  EXPECT_NE(Contradiction(), "");
}

TEST_F(Proving, CertificatesAreProven) {
  const Metric osa = Metric::kOsa;
  Ask("A1013", &osa, 0);
  ASSERT_GT(found_.hits.size(), 2u);
  const Cost last = found_.hits.back().cost;
  std::erase_if(found_.hits, [&](const Hit& hit) { return hit.cost == last; });
  found_.complete = false;
  found_.certificate = last;
  EXPECT_EQ(Contradiction(), "");
  found_.certificate = last + 1;
  EXPECT_NE(Contradiction(), "");
}

TEST_F(Proving, Cancels) {
  const Metric osa = Metric::kOsa;
  bytes_ = SampleIndex(9000);
  index_ = *Index::OpenBuffer(bytes_, "sample");
  Ask("A1013", &osa, 3);
  Claim claim;
  claim.request = &request_;
  claim.found = &found_;
  const Result<Proof> proof = ProveByScoringAll(*index_, claim, [](uint64_t, uint64_t) { return true; });
  EXPECT_EQ(proof.status().code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace burin::internal
