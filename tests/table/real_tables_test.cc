// Tables as people have them: saved by spreadsheets, written by programs that do not quote, of other kinds altogether.
#include <string>

#include "tests/table/table_testing.h"

namespace burin::internal {
namespace {

using Strings = std::vector<std::string>;

// The same however the bytes are cut.
TestTable Read(std::string_view bytes, const TableOptions& options = {}) {
  const TestTable whole = ReadAll(bytes, options);
  for (const size_t chunk : {1, 2, 3, 7}) EXPECT_EQ(ReadAll(bytes, options, chunk), whole) << chunk;
  return whole;
}

TestTable ReadUsing(std::string_view bytes, const std::vector<size_t>& columns, size_t chunk = size_t{1} << 20) {
  auto table = OpenMemoryTable(bytes, "t.csv", {}, chunk);
  if (table.ok()) (*table)->Use(columns);
  return ReadAll(std::move(table));
}

TEST(RealTables, SaysWhatIsNoText) {
  const std::string zip = "PK\x03\x04\x14\0\x06\0";
  EXPECT_EQ(Read(zip + std::string(22, '\0') + "[Content_Types].xml" + std::string(900, 'x') + "xl/workbook.xml").error,
            "t.csv: is an Excel workbook (.xlsx); expected CSV or TSV text: save the sheet as CSV (UTF-8)");
  EXPECT_EQ(Read(zip + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet").error,
            "t.csv: is an OpenDocument spreadsheet (.ods); expected CSV or TSV text: save the sheet as CSV (UTF-8)");
  EXPECT_EQ(Read(zip + "a.csv").error.find("t.csv: is a ZIP file; "), 0u);
  EXPECT_EQ(Read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on").error.find("t.csv: is an old Excel workbook (.xls)"),
            0u);
  EXPECT_EQ(Read(std::string("\x1F\x8B\x08\x00\x00", 5)).error.find("t.csv: is compressed (gzip)"), 0u);
  EXPECT_EQ(Read(std::string("SQLite format 3\0x", 17)).error.find("t.csv: is an SQLite database"), 0u);
  EXPECT_EQ(Read("%PDF-1.7\n%").error, "t.csv: is a PDF file; expected CSV or TSV text");
  // In every encoding, for it is the bytes that tell.
  for (const char* encoding : {"utf-16", "cp1252", "utf-16be"}) {
    EXPECT_EQ(Read(zip + "xl/", {0, encoding, true}).error.find("t.csv: is an Excel workbook"), 0u) << encoding;
    EXPECT_EQ(Read("\xD0\xCF\x11\xE0", {0, encoding, true}).error.find("t.csv: is an old Excel"), 0u) << encoding;
  }
  EXPECT_EQ(Read("PK,serial\n1,2\n").columns, (Strings{"PK", "serial"}));
}

TEST(RealTables, FirstLineNamesTheSeparator) {
  for (const std::string first :
       {"sep=;\n", "sep=;\r\n", "SEP=;\r", "\"sep=;\"\n", "sep=;;;\n", "\xEF\xBB\xBFsep=;\n"}) {
    const TestTable table = Read(first + "a,b;c\n1;2\n");
    EXPECT_EQ(table.columns, (Strings{"a,b", "c"})) << first;
    ASSERT_EQ(table.rows.size(), 1u);
    EXPECT_EQ(table.rows[0].line, 3u);
  }
  EXPECT_EQ(Read("sep=\t\na,b\tc\n").columns, (Strings{"a,b", "c"}));
  EXPECT_EQ(Read("sep=;\n1,5;2\n", {0, "utf-8", false}).rows.at(0).fields, (Strings{"1,5", "2"}));
  EXPECT_EQ(Read("sep=;\na,b\n", {',', "utf-8", true}).columns, (Strings{"a", "b"}));  // Who says so knows better.
  EXPECT_EQ(Read("sep=|\na|b\n").error, "t.csv: line 1: 'sep=|': expected ',', ';' or a tab as separator");
  // These are columns.
  EXPECT_EQ(Read("sep=\n1\n").columns, (Strings{"sep="}));
  EXPECT_EQ(Read("sep=ab,c\n1,2\n").columns, (Strings{"sep=ab", "c"}));
  EXPECT_EQ(Read("sep,c\n1,2\n").columns, (Strings{"sep", "c"}));
  EXPECT_EQ(Read("s").columns, (Strings{"s"}));
}

TEST(RealTables, QuotesOfTsvMayBeTheCells) {
  const auto row = [](std::string_view text) { return Read(std::string("a\tb\n").append(text)).rows.at(0).fields; };
  EXPECT_EQ(row("\"Star\" model B\t2\n"), (Strings{"\"Star\" model B", "2"}));
  EXPECT_EQ(row("\"A12\t2\n"), (Strings{"\"A12", "2"}));
  EXPECT_EQ(row("1\t\"A12\n"), (Strings{"1", "\"A12"}));
  EXPECT_EQ(row("\"\"A12\"\t2"), (Strings{"\"\"A12\"", "2"}));
  // Quoted as in CSV.
  EXPECT_EQ(row("\"Astra\t400\"\t\"5\"\" gun\"\n"), (Strings{"Astra\t400", "5\" gun"}));
  EXPECT_EQ(row("1\t\"two\nlines\"\n"), (Strings{"1", "two\nlines"}));
  EXPECT_EQ(row("\"Star\" B\t\"x\ty\"\n"), (Strings{"\"Star\" B", "x\ty"}));
  // A cell that would swallow the next row does not.
  const TestTable two = Read("a\tb\n1\t\"A12\n2\tB34\"\n3\t4\n");
  ASSERT_EQ(two.rows.size(), 3u);
  EXPECT_EQ(two.rows[0].fields, (Strings{"1", "\"A12"}));
  EXPECT_EQ(two.rows[1].fields, (Strings{"2", "B34\""}));
  EXPECT_EQ(two.rows[2].line, 4u);
  EXPECT_EQ(Read("\"a\tb\n1\t2\n").columns, (Strings{"\"a", "b"}));
}

TEST(RealTables, ColumnsThatNobodyUsesMakeNoRowBad) {
  const auto fields = [](std::string_view text) {
    const TestTable table = ReadUsing(std::string("s,k,note,more\n").append(text), {0, 1});
    EXPECT_EQ(ReadUsing(std::string("s,k,note,more\n").append(text), {0, 1}, 3), table);
    if (table.rows.size() != 1) return Strings{std::to_string(table.rows.size()) + " rows"};
    if (!table.rows[0].reason.empty()) return Strings{table.rows[0].reason};
    return Strings(table.rows[0].fields.begin(), table.rows[0].fields.begin() + 2);
  };
  const Strings good = {"A1", "5"};
  EXPECT_EQ(fields("A1,5,\xFF,\n"), good);
  EXPECT_EQ(fields(std::string_view("A1,5,\0,\n", 8)), good);
  EXPECT_EQ(fields("A1,5," + std::string(3 << 20, 'x') + ",\n"), good);
  EXPECT_EQ(fields("A1,5,\"" + std::string(3 << 20, 'x') + "\",\n"), good);
  EXPECT_EQ(fields("A1,5,\"nice\" gun,\n"), good);
  EXPECT_EQ(fields("A1,5,\"open,\n"), good);
  EXPECT_EQ(fields("A1,5,note\n"), good);
  EXPECT_EQ(fields("A1,5,,,,,\n"), good);  // Of a spreadsheet.
  // Where it is not plain which field belongs where, or where the key may be cut, the row is bad.
  EXPECT_EQ(fields("A1,5\n"), (Strings{"2 fields, expected 4"}));
  EXPECT_EQ(fields("A1,5,a,b,c\n"), (Strings{"5 fields, expected 4"}));
  EXPECT_EQ(fields("A1\xFF,5,a,b\n"), (Strings{"text that is not valid utf-8: byte 0xFF"}));
  EXPECT_EQ(fields("\"A1\" x,5,a,b\n"),
            (Strings{"text after a closing quote; expected a separator or the end of the line"}));
  EXPECT_EQ(fields("A1,5,\"nice\" gun,\"b,c\" d\n"),
            (Strings{"text after a closing quote; expected a separator or the end of the line"}));
  EXPECT_EQ(fields(std::string(3 << 19, 'x') + ",5,a,b\n"), (Strings{"a field is longer than 1 MiB"}));
  const std::string huge = std::string((16 << 20) + 1, 'x');
  EXPECT_EQ(fields("A1,5," + huge + ",\n"), (Strings{"a field is longer than 16 MiB"}));
}

TEST(RealTables, ColumnsWithoutANameMayBeMissing) {
  EXPECT_EQ(Read("a,b,,\n1,2\n").rows.at(0).fields, (Strings{"1", "2", "", ""}));
  EXPECT_EQ(Read("a,b,,\n1\n").rows.at(0).reason, "1 field, expected 4");
}

TEST(RealTables, FieldsOfABadRow) {
  auto table = OpenMemoryTable("a,b\n\"x\"\"y\",\xFF\n1\n2,3\n", "t.csv", {}, 1);
  ASSERT_TRUE(table.ok());
  TableReader& reader = **table;
  EXPECT_EQ(*reader.Next(), RowState::kBad);
  ASSERT_EQ(reader.bad_fields().size(), 2u);
  EXPECT_EQ(reader.bad_fields()[0], "x\"y");
  EXPECT_TRUE(reader.fields().empty());
  EXPECT_EQ(*reader.Next(), RowState::kBad);
  EXPECT_TRUE(reader.bad_fields().empty());
  EXPECT_EQ(*reader.Next(), RowState::kRow);
  EXPECT_TRUE(reader.bad_fields().empty());
}

}  // namespace
}  // namespace burin::internal
