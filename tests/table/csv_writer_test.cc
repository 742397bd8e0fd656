#include "src/table/csv_writer.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

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

}  // namespace
}  // namespace burin::internal
