// Interleaved searches answer what each answers alone: matches, work and certificate, for any company.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

const std::string kSymbols = "0123456789ABCDEF";

std::string RandomText(const std::string& symbols, size_t length, std::mt19937* random) {
  std::string out;
  while (out.size() < length) out += symbols[(*random)() % symbols.size()];
  return out;
}

// Keys of 64 and of 128 bits, several formats, crowded beginnings, serials with several records, partial records.
std::vector<std::byte> SomeOfEverything() {
  std::mt19937 random(1);
  TestBuilder builder;
  for (int i = 0; i < 6000; ++i) {
    builder.Serial(RandomText(kSymbols, 3 + random() % 5, &random));
    if (i % 3 == 0) builder.Serial("AB" + std::to_string(10000 + i));
    if (i % 5 == 0) builder.Serial(RandomText(kSymbols, 20, &random));
  }
  for (int i = 0; i < 40; ++i) {
    const std::string items = RandomText(kSymbols, 2, &random) + "?" + RandomText(kSymbols, 2, &random);
    EXPECT_TRUE(builder.Add("P" + std::to_string(i), items, {PartialMark(items)}).ok());
  }
  return builder.Bytes();
}

struct Query {
  Lattice lattice;
  std::optional<PricedReading> priced;
  SearchRequest request;
};

// Readings of all kinds, most of them with nothing that could stop them.
std::vector<std::unique_ptr<Query>> RandomQueries(size_t count, std::mt19937* random) {
  std::vector<std::unique_ptr<Query>> out;
  const char* const shapes[] = {"?", "*", "[38]", "?{0,1}", "(A|12)"};
  while (out.size() < count) {
    std::string text = RandomText(kSymbols, 1 + (*random)() % 6, random);
    if ((*random)() % 3 == 0) text.insert((*random)() % (text.size() + 1), shapes[(*random)() % 5]);
    if ((*random)() % 6 == 0) text = "AB1" + RandomText("0123456789", 4, random);
    auto query = std::make_unique<Query>();
    const Result<Pattern> pattern = ParsePattern(text);
    if (!pattern.ok()) continue;
    query->lattice = pattern->lattice;
    const bool typed = (*random)() % 8 == 0;
    query->priced = typed ? *PricedReading::Make(query->lattice, TypedChannel())
                          : *PricedReading::Make(query->lattice, static_cast<Metric>((*random)() % 3));
    SearchRequest& request = query->request;
    request.reading = &*query->priced;
    request.max_cost = typed ? query->priced->costs().best + 8 * kCostsPerNat : (*random)() % 5;
    request.top = (*random)() % 2 == 0 ? 0 : 1 + (*random)() % 20;
    request.by = (*random)() % 4 == 0 ? By::kSerial : By::kRecord;
    if ((*random)() % 8 == 0) request.max_work = 1 + (*random)() % 300;
    if ((*random)() % 8 == 0) request.max_hits = 1 + (*random)() % 30;
    if ((*random)() % 8 == 0) request.min_length = 4;
    request.count_only = (*random)() % 10 == 0;
    out.push_back(std::move(query));
  }
  return out;
}

void ExpectSame(const SearchResult& found, const SearchResult& alone) {
  ASSERT_EQ(found.hits.size(), alone.hits.size());
  for (size_t i = 0; i < found.hits.size(); ++i) {
    EXPECT_EQ(found.hits[i].cost, alone.hits[i].cost);
    EXPECT_EQ(found.hits[i].record, alone.hits[i].record);
    EXPECT_EQ(found.hits[i].mark, alone.hits[i].mark);
    EXPECT_EQ(found.hits[i].partial, alone.hits[i].partial);
  }
  EXPECT_EQ(found.count, alone.count);
  EXPECT_EQ(found.complete, alone.complete);
  EXPECT_EQ(found.certificate, alone.certificate);
  EXPECT_EQ(found.work, alone.work);
  EXPECT_EQ(found.not_searched, alone.not_searched);
}

TEST(SearchBatch, AnswersWhatEachAnswersAlone) {
  const std::vector<std::byte> bytes = SomeOfEverything();
  const std::shared_ptr<const Index> index = *Index::OpenBuffer(bytes, "test");
  std::mt19937 random(2);
  uint64_t hits = 0, stopped = 0;
  for (const size_t size : {1, 2, 3, 8, 16, 40}) {
    std::vector<SearchScratch> scratches(size);  // Kept, as by a thread that searches on.
    for (int round = 0; round < 12; ++round) {
      const auto queries = RandomQueries(size, &random);
      std::vector<SearchRequest> requests;
      for (const auto& query : queries) requests.push_back(query->request);
      std::vector<SearchResult> results(size);
      SearchBatch(*index, requests, scratches, results);
      for (size_t i = 0; i < size; ++i) {
        const SearchResult alone = Search(*index, queries[i]->request);
        ExpectSame(results[i], alone);
        hits += alone.hits.size();
        stopped += alone.complete ? 0 : 1;
      }
    }
  }
  EXPECT_GT(hits, 10000u);
  EXPECT_GT(stopped, 50u);
}

// Many readings that are the same.
TEST(SearchBatch, ManyOfOneReading) {
  const std::vector<std::byte> bytes = SomeOfEverything();
  const std::shared_ptr<const Index> index = *Index::OpenBuffer(bytes, "test");
  const Result<Pattern> pattern = ParsePattern("AB1?0*");
  std::vector<PricedReading> priced;
  for (int i = 0; i < 20; ++i) priced.push_back(*PricedReading::Make(pattern->lattice, Metric::kOsa));
  std::vector<SearchRequest> requests(priced.size());
  for (size_t i = 0; i < requests.size(); ++i) {
    requests[i].reading = &priced[i];
    requests[i].max_cost = 1;
  }
  std::vector<SearchScratch> scratches(requests.size());
  std::vector<SearchResult> results(requests.size());
  SearchBatch(*index, requests, scratches, results);
  const SearchResult alone = Search(*index, requests[0]);
  EXPECT_GT(alone.hits.size(), 100u);
  for (const SearchResult& result : results) ExpectSame(result, alone);
}

}  // namespace
}  // namespace burin::internal
