// max_memory through the C API and the wrapper: it strikes as max_hits does at as many matches as fit, in searches of
// every kind; counts take no notice, and where all records fit nothing changes.
#include <set>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

constexpr uint64_t kFit = 20;
constexpr uint64_t kAll = UINT64_MAX;

class MemoryTest : public ::testing::Test {
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
  static burin::Search Bounded(burin::Search search, uint64_t matches) {
    search.max_memory = matches * (search.evidence ? BURIN_BYTES_PER_WEIGHED_MATCH : BURIN_BYTES_PER_MATCH);
    return search;
  }
  // What a bounded search says is true: some of all matches, and everything below the certificate.
  void ExpectHonest(const Result& bounded, const Result& all, uint64_t most) {
    EXPECT_FALSE(bounded.complete());
    EXPECT_LE(bounded.matches().size(), most);
    std::set<uint64_t> found, known;
    for (const burin_match& match : bounded.matches()) EXPECT_TRUE(found.insert(match.record_id).second);
    for (const burin_match& match : all.matches()) {
      known.insert(match.record_id);
      if (match.cost < bounded.certificate()) {
        EXPECT_TRUE(found.contains(match.record_id)) << match.record_id;
      }
    }
    for (const uint64_t id : found) EXPECT_TRUE(known.contains(id)) << id;
  }

  Folder folder_;
  std::unique_ptr<Index> index_;
  std::unique_ptr<Searcher> searcher_;
  const Reading reading_{"A12?[37]1"};
  const burin::Search unit_ = {.costs = BURIN_COSTS_OSA, .within = 2};
  const burin::Search channel_ = {.top = kAll};
  const burin::Search weighed_ = {.top = kAll, .evidence = true};
};

TEST_F(MemoryTest, StopsWithACertificate) {
  for (const burin::Search& search : {unit_, channel_}) {
    const Result all = searcher_->Find(reading_, search);
    ASSERT_GT(all.matches().size(), kFit);
    const Result bounded = searcher_->Find(reading_, Bounded(search, kFit));
    EXPECT_EQ(bounded.matches().size(), kFit);
    ExpectHonest(bounded, all, kFit);
    burin::Search by_hits = search;
    by_hits.max_hits = kFit;
    const Result same = searcher_->Find(reading_, by_hits);
    EXPECT_EQ(bounded.certificate(), same.certificate());
    EXPECT_EQ(bounded.work(), same.work());
    for (size_t i = 0; i < kFit; ++i) EXPECT_EQ(bounded.matches()[i].record_id, same.matches()[i].record_id);
  }
}

TEST_F(MemoryTest, BoundsWhatIsWeighed) {
  const Result all = searcher_->Find(reading_, weighed_);
  ASSERT_TRUE(all.complete());
  ASSERT_GT(all.matches().size(), 2 * kFit);
  const Result bounded = searcher_->Find(reading_, Bounded(weighed_, kFit));
  // Those of the round before and those of the one that was given up.
  ExpectHonest(bounded, all, 2 * kFit);
  EXPECT_EQ(WeightsOf(bounded).size(), bounded.matches().size());
  EXPECT_LE(EvidenceOf(bounded).not_in_registry_low, EvidenceOf(all).not_in_registry_high);
  EXPECT_GE(EvidenceOf(bounded).not_in_registry_high, EvidenceOf(all).not_in_registry_low);
}

TEST_F(MemoryTest, OneMatchFitsAlways) {
  burin::Search search = unit_;
  search.max_memory = 1;
  EXPECT_EQ(searcher_->Find(reading_, search).matches().size(), 1u);
  search.max_hits = 5;
  EXPECT_EQ(searcher_->Find(reading_, search).matches().size(), 1u);
  search = Bounded(unit_, kFit);
  search.max_hits = 5;
  EXPECT_EQ(searcher_->Find(reading_, search).matches().size(), 5u);
}

// The best N need no bound where they fit; where they do not, it is as if all were wanted.
TEST_F(MemoryTest, TheBestThatFitAreFound) {
  burin::Search search = unit_;
  search.top = kFit;
  const Result fit = searcher_->Find(reading_, Bounded(search, kFit));
  EXPECT_TRUE(fit.complete());
  EXPECT_EQ(fit.matches().size(), kFit);
  search.top = kFit + 1;
  ExpectHonest(searcher_->Find(reading_, Bounded(search, kFit)), searcher_->Find(reading_, unit_), kFit);
  search.within = 0;
  const Result few = searcher_->Find(reading_, Bounded(search, kFit));
  EXPECT_TRUE(few.complete());
  EXPECT_EQ(few.matches().size(), searcher_->Find(reading_, {.costs = BURIN_COSTS_OSA}).matches().size());
}

TEST_F(MemoryTest, ChangesNothingWhereAllRecordsFit) {
  for (const burin::Search& search : {unit_, channel_, weighed_}) {
    const Result all = searcher_->Find(reading_, search), same = searcher_->Find(reading_, Bounded(search, 2000));
    EXPECT_TRUE(same.complete());
    EXPECT_EQ(same.work(), all.work());
    EXPECT_EQ(same.certificate(), all.certificate());
    EXPECT_EQ(same.matches().size(), all.matches().size());
  }
}

TEST_F(MemoryTest, BatchesAndStreams) {
  std::vector<Reading> readings;
  readings.emplace_back("A12?[37]1");
  readings.emplace_back("A1*7");
  for (const burin::Search& search : {unit_, channel_, weighed_}) {
    const burin::Search bounded = Bounded(search, kFit);
    const std::vector<Result> results = FindAll(*index_, readings, bounded, 2);
    for (size_t i = 0; i < readings.size(); ++i) {
      const Result one = searcher_->Find(readings[i], bounded);
      EXPECT_FALSE(results[i].complete());
      EXPECT_EQ(results[i].certificate(), one.certificate());
      EXPECT_EQ(results[i].matches().size(), one.matches().size());
    }
    if (search.evidence) continue;
    size_t told = 0;
    const auto streamed = searcher_->Stream(reading_, bounded, [&](Result&, size_t) { return ++told <= kFit; });
    ASSERT_TRUE(streamed.has_value());
    EXPECT_FALSE(streamed->complete());
    EXPECT_LE(told, kFit);
    EXPECT_EQ(streamed->matches().size(), told);
  }
}

TEST_F(MemoryTest, CountsTakeNoNotice) {
  const uint64_t all = searcher_->Find(reading_, unit_).matches().size();
  const burin_count count = searcher_->Count(reading_, Bounded(unit_, 1));
  EXPECT_EQ(count.matches, all);
  EXPECT_EQ(count.complete, 1);
}

TEST_F(MemoryTest, OptionsOfBeforeAreTaken) {
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  options.costs = BURIN_COSTS_OSA;
  options.max_memory = 1;
  options.struct_size = offsetof(burin_search_options, max_memory);
  EXPECT_TRUE(searcher_->FindWith(Reading("A*"), options).complete());
  options.struct_size = sizeof(options);
  EXPECT_FALSE(searcher_->FindWith(Reading("A*"), options).complete());
}

// The option is a part of what was asked; without it a receipt is what it always was.
TEST_F(MemoryTest, ReceiptsHoldIt) {
  Receipt without(*index_);
  Result all = searcher_->Find(reading_, unit_);
  without.Add("1", all);
  EXPECT_EQ(without.text().find("max_memory"), std::string_view::npos);
  for (const burin::Search& search : {unit_, channel_, weighed_}) {
    Receipt receipt(*index_);
    Result bounded = searcher_->Find(reading_, Bounded(search, kFit));
    receipt.Add("1", bounded);
    EXPECT_NE(receipt.text().find("\"max_memory\":"), std::string_view::npos);
    Receipt read = Receipt::Parse(receipt.text());
    const burin_replay replay = read.Replay(*index_, true);
    EXPECT_EQ(replay.same, 1) << replay.difference;
  }
}

TEST(Memory, BoundsWeapons) {
  const Folder folder;
  Builder builder;
  builder.AddAttribute("weapon");
  builder.AddAttribute("component");
  for (int i = 0; i < 300; ++i) {
    for (const char* component : {"frame", "barrel"}) {
      const std::string weapon = "w" + std::to_string(i), serial = "A" + std::to_string(1000 + i);
      builder.AddRow(weapon + component, "s", serial, {weapon, component});
    }
  }
  builder.Write(folder / "w.burin");
  const Index index(folder / "w.burin");
  Searcher searcher(index);
  Joint joint;
  joint.Mark("barrel", Reading("A1?34"));
  burin::Search search = {.top = kAll, .joint = joint.get()};
  const Result all = searcher.Find(Reading("A12?4"), search);
  ASSERT_TRUE(all.complete());
  ASSERT_GT(all.matches().size(), 2 * kFit);
  search.max_memory = kFit * BURIN_BYTES_PER_WEIGHED_MATCH;
  const Result bounded = searcher.Find(Reading("A12?4"), search);
  EXPECT_FALSE(bounded.complete());
  EXPECT_LE(bounded.matches().size(), 2 * kFit);
  EXPECT_LE(bounded.certificate(), all.matches().back().cost);
  for (size_t i = 0; all.matches()[i].cost < bounded.certificate(); ++i) {
    ASSERT_LT(i, bounded.matches().size());
    EXPECT_EQ(bounded.matches()[i].record_id, all.matches()[i].record_id);
  }
}

}  // namespace
}  // namespace burin::testing
