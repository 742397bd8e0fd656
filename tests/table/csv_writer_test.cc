#include "src/text/csv_writer.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

#include "tests/table/table_testing.h"

namespace burin::internal {
namespace {

TEST(CsvWriter, QuotesOnlyWhereItMust) {
  std::string out;
  AppendCsvRow({"a", "", "b c", "d,e", "f\"g", "h\ni", "Ж"}, &out);
  EXPECT_EQ(out, "a,,b c,\"d,e\",\"f\"\"g\",\"h\ni\",Ж\n");
}

TEST(RejectsFile, IsThereOnlyOnceCommitted) {
  const std::string path = ::testing::TempDir() + "/rejects_test.csv";
  std::remove(path.c_str());
  {
    auto file = RejectsFile::Create(path);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->Add("t.csv", 3, 4, "year", "not a number", "19x0").ok());
  }
  EXPECT_FALSE(std::ifstream(path).good());
  auto file = RejectsFile::Create(path);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Add("t.csv", 3, 4, "year", "not a number", "19x0").ok());
  ASSERT_TRUE(file->Commit().ok());
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(), "file,row,line,column,reason,text\nt.csv,3,4,year,not a number,19x0\n");
  std::remove(path.c_str());
}

TEST(RejectsFile, ADirectoryIsNoFile) { EXPECT_EQ(RejectsFile::Create("/").status().code(), StatusCode::kIo); }

TEST(CsvWriter, ASeparatorOfAnotherKindIsNoReasonForQuotes) {
  std::string out;
  AppendCsvRow({"a,b", "c;d", "e\rf"}, &out, ';');
  AppendCsvRow({""}, &out);
  AppendCsvRow({"", ""}, &out);
  EXPECT_EQ(out, "a,b;\"c;d\";\"e\rf\"\n\"\"\n,\n");
}

TEST(CsvWriter, WhatIsWrittenIsReadBack) {
  std::mt19937 random(11);
  static constexpr const char* kPieces[] = {"a", ",", ";", "\t", "\"", "\n", "\r", "\r\n", " ", "Ж"};
  for (int round = 0; round < 3000; ++round) {
    const size_t columns = 1 + random() % 3;
    const char separator = ",;\t"[random() % 3];
    std::string text;
    std::vector<std::vector<std::string>> rows(1 + random() % 4);
    for (auto& row : rows) {
      row.resize(columns);
      for (std::string& field : row) {
        for (size_t n = random() % 5; n > 0; --n) field += kPieces[random() % std::size(kPieces)];
        // Of TSV that may as well be rows whose quotes are the cells' own.
        if (separator == '\t' && field.find_first_of("\r\n") != std::string::npos) std::erase(field, '\t');
      }
    }
    // Without a header the first row must not look blank.
    rows[0][0] = "x" + rows[0][0];
    for (const auto& row : rows) {
      AppendCsvRow(std::vector<std::string_view>(row.begin(), row.end()), &text, separator);
    }
    const TestTable table = ReadAll(text, {separator, "utf-8", false});
    ASSERT_EQ(table.rows.size(), rows.size()) << text;
    for (size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(table.rows[i].fields, rows[i]) << text;
  }
}

TEST(CsvWriter, AFullDiskIsTold) {
  auto file = CsvWriter::Create("/dev/full");
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Add({"a", "b"}).ok());
  const Status status = file->Commit();
  EXPECT_EQ(status.code(), StatusCode::kIo);
  EXPECT_EQ(status.message(), "/dev/full: cannot write: No space left on device");
}

TEST(RejectsFile, GoesToADeviceAndCounts) {
  auto file = RejectsFile::Create("/dev/null");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->count(), 0u);
  ASSERT_TRUE(file->Add("t.csv", 1, 2, "", "1 field, expected 2", "a\nb").ok());
  EXPECT_EQ(file->count(), 1u);
  EXPECT_TRUE(file->Commit().ok());
}

}  // namespace
}  // namespace burin::internal
