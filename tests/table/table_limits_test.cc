// What the reader does at its limits, with broken encodings, on pipes and when reading fails.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/table/table_testing.h"

namespace burin::internal {
namespace {

constexpr size_t kMiB = size_t{1} << 20;

std::vector<std::string> Reasons(const TestTable& table) {
  std::vector<std::string> reasons;
  for (const TestRow& row : table.rows) reasons.push_back(row.reason);
  return reasons;
}

TEST(TableLimits, AFieldOfOneMiBIsReadAndOneByteMoreIsNot) {
  for (const bool quoted : {false, true}) {
    const std::string quote = quoted ? "\"" : "";
    for (const size_t chunk : {kMiB, size_t{70001}}) {
      const std::string full = "a,b\n1," + quote + std::string(kMiB, 'x') + quote + "\n2,3\n";
      const TestTable good = ReadAll(full, {}, chunk);
      ASSERT_EQ(good.rows.size(), 2u);
      EXPECT_EQ(good.rows[0].fields[1].size(), kMiB);
      const std::string over = "a,b\n1," + quote + std::string(kMiB + 1, 'x') + quote + "\n2,3\n";
      const TestTable bad = ReadAll(over, {}, chunk);
      ASSERT_EQ(bad.rows.size(), 2u);
      EXPECT_EQ(bad.rows[0].reason,
                quoted ? "quote opened on line 2 is not closed within 1 MiB" : "a field is longer than 1 MiB");
      EXPECT_EQ(bad.rows[0].text.size(), 203u);
      EXPECT_EQ(bad.rows[1].fields, (std::vector<std::string>{"2", "3"}));
      EXPECT_EQ(bad.rows[1].line, 3u);
    }
  }
}

TEST(TableLimits, AnUnclosedQuoteCostsItsOwnLineOnly) {
  std::string text = "a,b\n1,\"open\n";
  for (int i = 0; i < 300000; ++i) text += "2,3456\n";
  const TestTable table = ReadAll(text, {}, 65536);
  ASSERT_EQ(table.rows.size(), 300001u);
  EXPECT_EQ(table.rows[0].reason, "quote opened on line 2 is not closed within 1 MiB");
  EXPECT_EQ(table.rows[0].text, "1,\"open");
  for (size_t i = 1; i < table.rows.size(); ++i) ASSERT_EQ(table.rows[i].line, i + 2);
  // The quote's own line is named, not the row's.
  // Line 3, read again as a row of its own, opens the same quote.
  const std::string reason = "quote opened on line 3 is not closed";
  EXPECT_EQ(Reasons(ReadAll("a,b\n\"1\n2\",\"3\n4,5\n")), (std::vector<std::string>{reason, reason, ""}));
}

TEST(TableLimits, ALineIsSkippedHoweverLongAndHoweverItEnds) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    for (const size_t chunk : {kMiB, size_t{4097}}) {
      const std::string text = std::string("a,b") + end + std::string(3 * kMiB, 'x') + end + "2,3" + end;
      const TestTable table = ReadAll(text, {}, chunk);
      ASSERT_EQ(table.rows.size(), 2u);
      EXPECT_EQ(table.rows[1].line, 3u);
      EXPECT_EQ(table.rows[1].fields.size(), 2u);
    }
  }
}

TEST(TableLimits, RowsOfTooManyFieldsOrBytesAreGivenUp) {
  const std::string commas(200, ',');
  EXPECT_EQ(Reasons(ReadAll("a,b\n" + commas + "\n1,2\n")),
            (std::vector<std::string>{"more than 66 fields, expected 2", ""}));
  EXPECT_EQ(Reasons(ReadAll("a,b\n" + commas.substr(0, 65) + "\n1,2\n")),
            (std::vector<std::string>{"", ""}));  // A spreadsheet's empty cells.
  std::string header = "0", row = std::string(kMiB, 'x');
  for (int i = 1; i < 20; ++i) {
    header += "," + std::to_string(i);
    row += "," + std::string(kMiB, 'x');
  }
  const TestTable table = ReadAll(header + "\n" + row + "\n" + header + "\n");
  EXPECT_EQ(Reasons(table), (std::vector<std::string>{"the row is longer than 16 MiB", ""}));
  EXPECT_EQ(ReadAll(std::string(70000, ',') + "\n").error,
            "t.csv: line 1: more than 65536 fields; expected a header line");
}

// Each line leaves a quote open, whether one was open before it or not: rows that never end, begun on every line.
TEST(TableLimits, HostileQuotesTakeNoSquareOfTime) {
  std::string text = "a,b,c,d\n";
  for (int i = 0; i < 100000; ++i) text += "x\",y,\"\n";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ReadAll(text).rows.size(), 100000u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(TableLimits, OnlyTheRowThatHoldsABadByteIsBad) {
  const TestTable table = ReadAll("a,b\n1,\xE9t\xE9\nÄ,2\n\xED\xA0\x80,2\n\xC0\xAF,\xF4\x90\x80\x80,3\nx,y\n");
  ASSERT_EQ(table.rows.size(), 5u);
  EXPECT_EQ(table.rows[0].column, "b");
  EXPECT_EQ(table.rows[0].reason, "text that is not valid utf-8: byte 0xE9");
  EXPECT_EQ(table.rows[0].text, "\xEF\xBF\xBDt\xEF\xBF\xBD");
  EXPECT_EQ(table.rows[1].fields, (std::vector<std::string>{"Ä", "2"}));
  EXPECT_EQ(table.rows[2].reason, "text that is not valid utf-8: byte 0xED");  // A surrogate.
  EXPECT_EQ(table.rows[3].column, "");                                         // Fields and columns do not match.
  EXPECT_EQ(table.rows[3].reason, "text that is not valid utf-8: byte 0xC0");
  EXPECT_EQ(table.rows[4].fields.size(), 2u);
}

TEST(TableLimits, BrokenUtf16IsToldAndReadOn) {
  const std::string_view lone("a\0\n\0\x00\xD8\n\0b\0\n\0", 12);  // A lone high surrogate in the first row.
  const TestTable table = ReadAll(lone, {0, "UTF-16LE", true});
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].reason, "text that is not valid utf-16le");
  EXPECT_EQ(table.rows[1].fields[0], "b");
  const std::string_view cut(
      "a\0,\0b\0\n\0"
      "1\0,\0"
      "2\0\n\0x",
      17);  // Half a unit behind the last row.
  const TestTable half = ReadAll(cut, {0, "utf-16", true});
  ASSERT_EQ(half.rows.size(), 2u);
  EXPECT_EQ(half.rows[0].fields[1], "2");
  EXPECT_EQ(half.rows[1].reason, "text that is not valid utf-16");
  const std::string_view pair("a\0\n\0\x34\xD8\x1E\xDD\n\0", 10);
  EXPECT_EQ(ReadAll(pair, {0, "utf-16le", true}, 1).rows.at(0).fields.at(0), "\xF0\x9D\x84\x9E");
  EXPECT_EQ(ReadAll("\xFF\xFE"
                    "a",
                    {})
                .error,
            "t.csv: begins with a byte order mark of utf-16; expected utf-8");
}

TEST(TableLimits, OneColumnAndNoHeader) {
  EXPECT_EQ(ReadAll("a\n\n\n").rows.size(), 2u);
  EXPECT_EQ(ReadAll("a\n\"\"").rows.size(), 1u);
  const TestTable table = ReadAll("\n\n1;2\n3;4\n", {0, "utf-8", false});
  EXPECT_EQ(table.columns, (std::vector<std::string>{"1", "2"}));
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].line, 3u);
  EXPECT_EQ(ReadAll("1,\xFF\n", {0, "utf-8", false}).rows.at(0).column, "2");
  EXPECT_EQ(ReadAll("\"1,2\n", {0, "utf-8", false}).error,
            "t.csv: line 1: quote opened on line 1 is not closed; expected a first row");
  EXPECT_EQ(ReadAll("\n\r\n", {0, "utf-8", false}).error, "t.csv: is empty; expected at least one row");
  EXPECT_EQ(ReadAll("\xEF\xBB\xBF").error, "t.csv: is empty; expected a header line with the names of the columns");
  EXPECT_EQ(ReadAll("a,,\n1,2,3\n").rows.size(), 1u);  // Columns without a name may be many.
  EXPECT_EQ(ReadAll("a,\"a\"\n").columns, (std::vector<std::string>{"a", "a"}));
  EXPECT_EQ(ReadAll("\"a\nb\"\"c\";d\n").columns, (std::vector<std::string>{"a\nb\"c", "d"}));
  EXPECT_EQ(ReadAll("5\" gun;a,b;c\n1;2;3\n").columns.size(), 3u);  // The quote is inside a field.
}

// Puts a pipe in the place of standard input.
class Piped {
 public:
  Piped() : saved_(dup(STDIN_FILENO)) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    EXPECT_EQ(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    to_ = ends[1];
  }
  ~Piped() {
    Close();
    EXPECT_EQ(fcntl(STDIN_FILENO, F_GETFD), 0) << "the reader closed standard input";
    dup2(saved_, STDIN_FILENO);
    close(saved_);
  }
  void Send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = write(to_, text.data(), text.size());
      if (sent <= 0) return;
      text.remove_prefix(static_cast<size_t>(sent));
    }
  }
  void Close() {
    if (to_ >= 0) close(to_);
    to_ = -1;
  }

 private:
  int saved_;
  int to_ = -1;
};

TEST(TableInput, StandardInputIsReadAsItComes) {
  Piped input;
  input.Send("a,b\n1,2\n3,");
  auto table = TableReader::Open("-", {});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ((*table)->path(), "standard input");
  EXPECT_EQ((*table)->bytes_total(), 0u);
  EXPECT_EQ(*(*table)->Next(), RowState::kRow);  // Without waiting for the rest.
  input.Send("4\n");
  EXPECT_EQ(*(*table)->Next(), RowState::kRow);
  EXPECT_EQ((*table)->fields()[1], "4");
  input.Close();
  EXPECT_EQ(*(*table)->Next(), RowState::kEnd);
  EXPECT_EQ((*table)->bytes_read(), 12u);
}

TEST(TableInput, APipeOfManyPiecesIsOneTable) {
  Piped input;
  std::string text = "a,b\n";
  for (int i = 0; i < 100000; ++i) text += "\"" + std::to_string(i) + "\",Ж\n";
  std::thread sender([&] {
    for (size_t at = 0; at < text.size(); at += 777) input.Send(std::string_view(text).substr(at, 777));
    input.Close();
  });
  const TestTable table = ReadAll(TableReader::Open("-", {}));
  sender.join();
  EXPECT_TRUE(table.rows == ReadAll(text).rows);
}

TEST(TableInput, EmptyStandardInputIsNamed) {
  Piped input;
  input.Close();
  EXPECT_EQ(ReadAll(TableReader::Open("-", {})).error,
            "standard input: is empty; expected a header line with the names of the columns");
}

TEST(TableInput, AFailureOfReadingIsToldOnceAndEndsTheTable) {
  const char* path = "/proc/self/mem";  // Opens, but its beginning cannot be read.
  const auto table = TableReader::Open(path, {});
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.status().code(), StatusCode::kIo);
  EXPECT_EQ(table.status().message(), "/proc/self/mem: cannot read: Input/output error");
}

TEST(TableInput, AnUnreadableFileIsToldByItsPath) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string path = testing::TempDir() + "/table_unreadable.csv";
  std::ofstream(path) << "a\n";
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  EXPECT_EQ(ReadAll(TableReader::Open(path, {})).error, path + ": cannot open: Permission denied");
  unlink(path.c_str());
}

TEST(TableInput, ArgumentsAreCheckedAndNamed) {
  const auto encoding = OpenMemoryTable("a\n", "t.csv", {0, "latin9", true}, 1);
  EXPECT_EQ(encoding.status().code(), StatusCode::kInvalidArgument);
  EXPECT_TRUE(encoding.status().message().starts_with("t.csv: unknown encoding 'latin9'; expected utf-8"));
  EXPECT_EQ(OpenMemoryTable("a\n", "t.csv", {'|', "utf-8", true}, 1).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace burin::internal
