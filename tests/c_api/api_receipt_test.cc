// Receipts and seals through the C API: what is kept, what is refused, what a replay finds.
#include <string>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

class ApiReceipt : public ::testing::Test {
 protected:
  void SetUp() override {
    BuildIndex(folder_ / "marks.burin", {{"1", "", "A13074", "Star", "1970"},
                                         {"2", "lab", "A18?47", "<script>alert(1)</script>", ""},
                                         {"3", "", "unknown", "", ""},
                                         {"4", "", "B77120", "Beretta", ""}});
    index_.emplace(folder_ / "marks.burin");
  }
  std::string Replayed(Receipt* receipt, bool exhaustive = true) {
    const burin_replay replay = receipt->Replay(*index_, exhaustive);
    EXPECT_EQ(replay.same == 1, *replay.difference == 0);
    return replay.difference;
  }

  Folder folder_;
  std::optional<Index> index_;
};

TEST_F(ApiReceipt, WrittenReadReplayed) {
  Searcher searcher(*index_);
  burin_receipt_options context = BURIN_RECEIPT_OPTIONS_INIT;
  context.examiner = "J. Roe";
  Receipt receipt(*index_, context);
  for (const char* pattern : {"A13079", "A18847", "B?7120"}) {
    Result result = searcher.Find(Reading(pattern));
    receipt.Add(pattern, result);
  }
  EXPECT_EQ(receipt.info().queries, 3u);
  receipt.Write(folder_ / "r.json");
  Receipt read = Receipt::Open(folder_ / "r.json");
  EXPECT_STREQ(read.info().hash, receipt.info().hash);
  EXPECT_EQ(read.text(), receipt.text());
  EXPECT_EQ(Replayed(&read), "");
  EXPECT_EQ(Replayed(&receipt), "");
  const burin_replay replay = read.Replay(*index_, true);
  EXPECT_EQ(replay.queries, 3u);
  EXPECT_EQ(replay.scored, 9u);
}

TEST_F(ApiReceipt, BatchesGiveTheSame) {
  const Reading readings[] = {Reading("A13079"), Reading("B?7120")};
  Searcher searcher(*index_);
  Receipt one(*index_), other(*index_);
  std::vector<Result> results = FindAll(*index_, readings, {}, 2);
  for (size_t i = 0; i < 2; ++i) {
    Result result = searcher.Find(readings[i]);
    one.Add(std::to_string(i), result);
    other.Add(std::to_string(i), results[i]);
  }
  EXPECT_EQ(one.text(), other.text());
}

TEST_F(ApiReceipt, Refusals) {
  Searcher searcher(*index_);
  Receipt receipt(*index_);
  Lattice lattice;
  Result built = searcher.Find(Reading(lattice));
  EXPECT_THROW(receipt.Add("1", built), Exception);
  Result found = searcher.Find(Reading("A13079"));
  receipt.Add("1", found);
  Search other;
  other.top = 3;
  Result differently = searcher.Find(Reading("A13079"), other);
  EXPECT_THROW(receipt.Add("2", differently), Exception);
  Result explained = Explain(searcher, Reading("A13079"), 1);
  EXPECT_THROW(receipt.Add("3", explained), Exception);
  const Seal seal((Reading("A13078")));
  EXPECT_THROW(receipt.Add("4", found, &seal), Exception);
  BuildIndex(folder_ / "other.burin", {{"1", "", "A13074", "Star", ""}});
  const Index index(folder_ / "other.burin");
  Result elsewhere = Searcher(index).Find(Reading("A13079"));
  EXPECT_THROW(receipt.Add("5", elsewhere), Exception);
  try {
    receipt.Replay(index);
    ADD_FAILURE() << "another index was taken";
  } catch (const Exception& exception) {
    EXPECT_EQ(exception.code(), BURIN_CHECKSUM);
  }
  EXPECT_EQ(receipt.info().queries, 1u);
  Receipt read = Receipt::Parse(receipt.text());
  EXPECT_THROW(read.Add("6", found), Exception);
}

TEST_F(ApiReceipt, Sealed) {
  burin_reading_options options = BURIN_READING_OPTIONS_INIT;
  options.part = BURIN_PART_START;
  const Reading reading("A1?", options);
  burin_seal_options who = BURIN_SEAL_OPTIONS_INIT;
  who.examiner = "J. Roe";
  const Seal seal(reading, who);
  EXPECT_EQ(seal.pattern(), "A1?");
  const Seal read = Seal::Parse(seal.text());
  EXPECT_EQ(read.hash(), seal.hash());
  EXPECT_EQ(read.reading().words(), reading.words());
  EXPECT_EQ(read.reading_options().part, static_cast<uint32_t>(BURIN_PART_START));
  Receipt receipt(*index_);
  Result result = Searcher(*index_).Find(read.reading());
  receipt.Add("1", result, &read);
  EXPECT_NE(receipt.text().find(seal.hash()), std::string_view::npos);
  EXPECT_EQ(Replayed(&receipt), "");
}

TEST_F(ApiReceipt, EvidenceIsKeptAndProven) {
  Searcher searcher(*index_);
  Search search;
  search.evidence = true;
  search.prior_present = 0.5;
  Receipt receipt(*index_);
  for (const char* pattern : {"A13079", "A18847", "B?7120", "*"}) {
    Result result = searcher.Find(Reading(pattern), search);
    receipt.Add(pattern, result);
  }
  EXPECT_NE(receipt.text().find("\"log10_lr\":"), std::string_view::npos);
  EXPECT_NE(receipt.text().find("\"prior_present\":0.5"), std::string_view::npos);
  Receipt read = Receipt::Parse(receipt.text());
  EXPECT_EQ(Replayed(&read), "");
}

TEST_F(ApiReceipt, Reports) {
  Searcher searcher(*index_);
  Search search;
  search.evidence = true;
  Result result = searcher.Find(Reading("A18847"), search);
  Receipt receipt(*index_);
  receipt.Add("1", result);
  burin_report_options options = BURIN_REPORT_OPTIONS_INIT;
  const std::string leads(receipt.Render(options));
  EXPECT_NE(leads.find("Investigative report"), std::string::npos);
  EXPECT_NE(leads.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(leads.find("<script"), std::string::npos);
  options.prior = 0.5;
  EXPECT_THROW(receipt.Render(options), Exception);
  options.kind = BURIN_REPORT_EVALUATIVE;
  EXPECT_NE(receipt.Render(options).find("0.5 (as given)"), std::string_view::npos);
  options.prior = 1;
  EXPECT_THROW(receipt.Render(options), Exception);
  options.prior = 0;
  options.kind = 3;
  EXPECT_THROW(receipt.Render(options), Exception);
  options.kind = BURIN_REPORT_INVESTIGATIVE;
  receipt.WriteReport(options, folder_ / "leads.html");
  EXPECT_EQ(Folder::Read(folder_ / "leads.html"), leads);
}

TEST_F(ApiReceipt, CancelledProof) {
  std::vector<TestRow> rows(5000, {"", "", "A13074", "", ""});
  std::vector<std::string> keys;
  for (size_t i = 0; i < rows.size(); ++i) keys.push_back(std::to_string(i));
  for (size_t i = 0; i < rows.size(); ++i) rows[i].key = keys[i];
  BuildIndex(folder_ / "many.burin", rows);
  const Index index(folder_ / "many.burin");
  Receipt receipt(index);
  Result result = Searcher(index).Find(Reading("A13079"));
  receipt.Add("1", result);
  try {
    receipt.Replay(index, true, [](uint64_t, uint64_t) { return false; });
    ADD_FAILURE() << "it was not cancelled";
  } catch (const Exception& exception) {
    EXPECT_EQ(exception.code(), BURIN_CANCELLED);
  }
  EXPECT_EQ(receipt.Replay(index, true).same, 1u);
}

}  // namespace
}  // namespace burin::testing
