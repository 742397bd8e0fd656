// Lists and loose rows: whatever a spreadsheet or an editor makes of them, the items are the same.
#include <unistd.h>

#include "tests/table/table_testing.h"

namespace burin::internal {
namespace {

TableOptions List() {
  TableOptions options;
  options.separator = '\n';
  options.encoding = "unicode";
  options.header = false;
  return options;
}

// "LINE:ITEM" of each, or "LINE!REASON".
std::vector<std::string> Items(std::string_view text, const TableOptions& options = List()) {
  std::vector<std::string> items;
  for (const size_t chunk : {size_t{1} << 20, size_t{1}}) {
    const auto list = OpenMemoryTable(text, "l", options, chunk);
    EXPECT_TRUE(list.ok()) << list.status().message();
    std::vector<std::string> found;
    for (;;) {
      const Result<RowState> state = (*list)->Next();
      EXPECT_TRUE(state.ok());
      if (*state == RowState::kEnd) break;
      std::string item = std::to_string((*list)->line());
      if (*state == RowState::kBad) item += "!" + (*list)->bad_reason();
      for (const std::string_view field : (*list)->fields()) item += ":" + std::string(field);
      found.push_back(item);
    }
    if (chunk > 1) items = found;
    EXPECT_EQ(found, items) << "in pieces of " << chunk;
  }
  return items;
}

using Strings = std::vector<std::string>;

std::string Utf16(std::string_view ascii, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) (out += big ? '\0' : c) += big ? c : '\0';
  return out;
}

TEST(ListReader, EveryWayToWriteOneList) {
  const Strings items = {"1:A1", "2:B 2", "3:C3"};
  EXPECT_EQ(Items("A1\nB 2\nC3\n"), items);
  EXPECT_EQ(Items("A1\nB 2\nC3"), items);
  EXPECT_EQ(Items("\xEF\xBB\xBF"
                  "A1\r\nB 2\r\nC3\r\n\r\n  \t \r\n"),
            items);
  EXPECT_EQ(Items("A1\rB 2\rC3\r\r"), items);
  EXPECT_EQ(Items("  A1\n\tB 2 \t\n\xC2\xA0 C3\xC2\xA0\n"), items);
  EXPECT_EQ(Items("\"A1\"\n \"B 2\" \n\"C3\""), items);
  EXPECT_EQ(Items(Utf16("A1\r\nB 2\r\nC3\r\n", false)), items);
  EXPECT_EQ(Items(Utf16("A1\nB 2\nC3", true)), items);
}

TEST(ListReader, WhatAnItemMayHold) {
  EXPECT_EQ(Items("A{1,2}\n#x\nA\"1\nA;B\tC\n"), (Strings{"1:A{1,2}", "2:#x", "3:A\"1", "4:A;B\tC"}));
  EXPECT_EQ(Items("\" A1 \"\n\"\"\n\"B\"\"2\"\n\"C\n3\"\nD4\n"), (Strings{"1: A1 ", "2:", "3:B\"2", "4:C\n3", "6:D4"}));
  EXPECT_EQ(Items("\n\n A1\n"), Strings{"3:A1"});
  EXPECT_EQ(Items("\xFF"), Strings{"1!text that is not valid utf-8: byte 0xFF"});
  EXPECT_EQ(Items(""), Strings());
  EXPECT_EQ(Items("\n \n"), Strings());
}

TEST(ListReader, AWrongLineCostsItself) {
  EXPECT_EQ(Items("\"A1\nB2\n"), (Strings{"1!quote opened on line 1 is not closed", "2:B2"}));
  EXPECT_EQ(Items("\"A1\" x\nB2\n"),
            (Strings{"1!text after a closing quote; expected a separator or the end of the line", "2:B2"}));
  EXPECT_EQ(Items(std::string_view("A\0B\nC\xC3\nD4\n", 9)),
            (Strings{"1!a NUL byte; expected text", "2!text that is not valid utf-8: byte 0xC3", "3:D4"}));
}

TEST(ListReader, LooseRows) {
  TableOptions options = List();
  options.separator = '\t';
  options.loose = true;
  EXPECT_EQ(Items("# \"one\n#\t\"two\n\na\t\"b c\"\td\r\ne\n \t \nf\t\"g\n", options),
            (Strings{"4:a:b c:d", "5:e", "7:f:\"g"}));
}

// What no text is ends the reading, wherever it begins.
TEST(ListReader, ALineWithoutEndIsRefused) {
  for (const bool list : {true, false}) {
    TableOptions options;
    if (list) options = List();
    const std::string begin = list ? "A1\n" : "a,b\n1,2\n";
    const TestTable table = ReadAll(begin + std::string((size_t{64} << 20) + 2, 'x'), options);
    EXPECT_EQ(table.error,
              "t.csv: line " + std::string(list ? "2" : "3") + ": has no end within 64 MiB; expected a table");
    EXPECT_EQ(table.rows.size(), 1u);
  }
  auto zeros = TableReader::Open("/dev/zero", {});
  EXPECT_EQ(zeros.status().code(), StatusCode::kBadInput);
  EXPECT_EQ(zeros.status().message(), "/dev/zero: line 1: has no end within 64 MiB; expected a table");
}

TEST(ListReader, WhatNeverEndsCanBeGivenUp) {
  int asked = 0;
  TableOptions options;
  options.cancelled = [&] { return ++asked == 3; };
  EXPECT_EQ(TableReader::Open("/dev/zero", options).status().code(), StatusCode::kCancelled);
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace burin::internal
