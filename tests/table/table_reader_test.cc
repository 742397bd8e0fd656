// Tables as they come: each rule of reading, every way of cutting the bytes, each encoding, and a slow twin.
#include "src/table/table_reader.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <random>

namespace burin::internal {
namespace {

// The whole table as one text: rows as [a][b], bad rows as !column:reason.
std::string Everything(std::string_view bytes, const TableOptions& options = {}, size_t chunk = 1 << 20) {
  auto table = OpenMemoryTable(bytes, "t.csv", options, chunk);
  if (!table.ok()) return table.status().message();
  std::string out;
  for (const std::string& name : (*table)->columns()) out += "<" + name + ">";
  for (;;) {
    auto state = (*table)->Next();
    EXPECT_TRUE(state.ok());
    if (!state.ok() || *state == RowState::kEnd) return out;
    out += " " + std::to_string((*table)->row()) + "@" + std::to_string((*table)->line());
    if (*state == RowState::kBad) {
      out += "!" + (*table)->bad_column() + ":" + (*table)->bad_reason();
      continue;
    }
    for (std::string_view field : (*table)->fields()) out += "[" + std::string(field) + "]";
  }
}

TEST(TableReader, PlainRows) {
  EXPECT_EQ(Everything("a,b\n1,2\n3,4\n"), "<a><b> 1@2[1][2] 2@3[3][4]");
  EXPECT_EQ(Everything("a,b\n1,2"), "<a><b> 1@2[1][2]");
  EXPECT_EQ(Everything("a,b\r\n1,\r\n"), "<a><b> 1@2[1][]");
  EXPECT_EQ(Everything("a,b\r1,2\r3,4"), "<a><b> 1@2[1][2] 2@3[3][4]");
  EXPECT_EQ(Everything("\xEF\xBB\xBF"
                       "a\n1\n"),
            "<a> 1@2[1]");
  EXPECT_EQ(Everything(" a ,b\n 1 ,2\n"), "<a><b> 1@2[ 1 ][2]");
}

TEST(TableReader, Separators) {
  EXPECT_EQ(Everything("a;b,c\n1;2,3\n"), "<a;b><c> 1@2[1;2][3]");
  EXPECT_EQ(Everything("a;b;c,d\n1;2;3\n"), "<a><b><c,d> 1@2[1][2][3]");
  EXPECT_EQ(Everything("a\tb\n1\t2,3\n"), "<a><b> 1@2[1][2,3]");
  EXPECT_EQ(Everything("\"a;;;\",b\n1,2\n"), "<a;;;><b> 1@2[1][2]");
  EXPECT_EQ(Everything("a;b\n1;2\n", {',', "utf-8", true}), "<a;b> 1@2[1;2]");
  EXPECT_EQ(Everything("a\n", {'|', "utf-8", true}),
            "t.csv: unknown separator; expected ',', ';', a tab or a line end");
}

TEST(TableReader, Quotes) {
  EXPECT_EQ(Everything("a,b\n\"1,\"\"x\"\"\",2\n"), "<a><b> 1@2[1,\"x\"][2]");
  EXPECT_EQ(Everything("a,b\n\"1\n2\r\n3\",4\n5,6\n"), "<a><b> 1@2[1\n2\r\n3][4] 2@5[5][6]");
  EXPECT_EQ(Everything("a,b\n1\"2,3\n"), "<a><b> 1@2[1\"2][3]");
  EXPECT_EQ(Everything("a,b\n\"\",\"\"\n"), "<a><b> 1@2[][]");
  EXPECT_EQ(Everything("a,b\n\"1\"x,2\n3,4\n"),
            "<a><b> 1@2!:text after a closing quote; expected a separator or the end of the line 2@3[3][4]");
  EXPECT_EQ(Everything("a,b\n1,\"2\n3,4\n"), "<a><b> 1@2!:quote opened on line 2 is not closed 2@3[3][4]");
}

TEST(TableReader, BadRows) {
  EXPECT_EQ(Everything("a,b\n1\n1,2,3\n4,5\n"), "<a><b> 1@2!:1 field, expected 2 2@3!:3 fields, expected 2 3@4[4][5]");
  EXPECT_EQ(Everything("a,b\n1,\xC3\n4,5\n"), "<a><b> 1@2!b:text that is not valid utf-8: byte 0xC3 2@3[4][5]");
  EXPECT_EQ(Everything(std::string_view("a,b\n1,\0\n4,5\n", 12)), "<a><b> 1@2!b:a NUL byte; expected text 2@3[4][5]");
  const std::string quote = "a,b\n1,\"" + std::string(3 << 20, 'x') + "\n2,3\n";
  EXPECT_EQ(Everything(quote), "<a><b> 1@2!:quote opened on line 2 is not closed within 1 MiB 2@3[2][3]");
  const std::string field = "a,b\n1," + std::string(3 << 19, 'x') + "\n2,3\n";
  EXPECT_EQ(Everything(field), "<a><b> 1@2!:a field is longer than 1 MiB 2@3[2][3]");
}

TEST(TableReader, BlankLines) {
  EXPECT_EQ(Everything("a,b\n\n1,2\n\r\n3,4\n\n"), "<a><b> 1@3[1][2] 2@5[3][4]");
  EXPECT_EQ(Everything("a\n\n1\n"), "<a> 1@2[] 2@3[1]");
}

TEST(TableReader, Headers) {
  EXPECT_EQ(Everything(""), "t.csv: is empty; expected a header line with the names of the columns");
  EXPECT_EQ(Everything("\n\na\n1\n"), "<a> 1@4[1]");
  EXPECT_EQ(Everything("a,b,a\n1,2,3\n"), "<a><b><a> 1@2[1][2][3]");
  EXPECT_EQ(Everything("a,\xFF\n1,2\n"), "<a><\xEF\xBF\xBD> 1@2[1][2]");
  EXPECT_EQ(Everything("x,y\n1,2\n", {0, "utf-8", false}), "<1><2> 1@1[x][y] 2@2[1][2]");
}

TEST(TableReader, Encodings) {
  EXPECT_EQ(Everything("a\n\xC6\n", {0, "cp1251", true}), "<a> 1@2[Ж]");
  EXPECT_EQ(Everything("a\n\x8A\n", {0, "CP1250", true}), "<a> 1@2[Š]");
  EXPECT_EQ(Everything("a\n\xDC\n", {0, "windows-1252", true}), "<a> 1@2[Ü]");
  EXPECT_EQ(Everything("a\n\xC8\n", {0, "cp1256", true}), "<a> 1@2[ب]");
  EXPECT_EQ(Everything("a\n\xB6\n", {0, "iso-8859-5", true}), "<a> 1@2[Ж]");
  EXPECT_EQ(Everything("a\n\x81\nb\n", {0, "cp1252", true}), "<a> 1@2!a:text that is not valid cp1252 2@3[b]");
  const std::string_view little(
      "\xFF\xFE"
      "a\0\n\0\x16\x04\n\0",
      10),
      big("\xFE\xFF\0a\0\n\x04\x16", 8);
  EXPECT_EQ(Everything(little, {0, "utf-16", true}), "<a> 1@2[Ж]");
  EXPECT_EQ(Everything(big, {0, "utf-16", true}), "<a> 1@2[Ж]");
  EXPECT_EQ(Everything(little.substr(2), {0, "utf-16", true}), "<a> 1@2[Ж]");
  EXPECT_EQ(Everything(big.substr(0, 7), {0, "utf-16", true}), "<a> 1@2!a:text that is not valid utf-16");
  EXPECT_EQ(Everything("a\n", {0, "ebcdic", true}),
            "t.csv: unknown encoding 'ebcdic'; expected utf-8, unicode, utf-16, utf-16le, utf-16be, cp1250, "
            "cp1251, cp1252, "
            "cp1256 or iso-8859-5");
}

TEST(TableReader, Files) {
  const auto missing = TableReader::Open("/nowhere/t.csv", {});
  EXPECT_EQ(missing.status().message(), "/nowhere/t.csv: cannot open: No such file or directory");
  EXPECT_EQ(missing.status().code(), StatusCode::kIo);
  const std::string folder = ::testing::TempDir();
  EXPECT_EQ(TableReader::Open(folder, {}).status().message(), folder + ": is a directory");
  const std::string path = folder + "/table_reader_test.csv";
  std::ofstream(path) << "a,b\n1,2\n";
  auto table = TableReader::Open(path, {});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(*(*table)->Next(), RowState::kRow);
  EXPECT_EQ((*table)->bytes_total(), 8u);
  EXPECT_EQ(*(*table)->Next(), RowState::kEnd);
  EXPECT_EQ((*table)->bytes_read(), 8u);
  std::remove(path.c_str());
}

// The rows of well-formed quoted CSV by the grammar of RFC 4180, character by character.
std::vector<std::vector<std::string>> Twin(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  size_t i = 0;
  while (i < text.size()) {
    std::vector<std::string> row(1);
    for (; i < text.size() && text[i] != '\n'; ++i) {
      if (text[i] == ',') {
        row.emplace_back();
      } else if (text[i] == '"') {
        for (++i; text[i] != '"' || (i + 1 < text.size() && text[i + 1] == '"'); ++i) {
          if (text[i] == '"') ++i;
          row.back().push_back(text[i]);
        }
      } else if (text[i] != '\r') {
        row.back().push_back(text[i]);
      }
    }
    ++i;
    rows.push_back(row);
  }
  return rows;
}

std::string RandomTable(std::mt19937* random, size_t columns) {
  std::string text = columns == 2 ? "a,b\n" : "a,b,c\n";
  const auto draw = [&](unsigned n) { return (*random)() % n; };
  for (auto row = draw(6); row > 0; --row) {
    for (size_t c = 0; c < columns; ++c) {
      if (c > 0) text += ",";
      const bool quoted = draw(3) == 0;
      if (quoted) text += "\"";
      for (auto n = 1 + draw(4); n > 0; --n) {
        const char* plain[] = {"x", "7", " ", "Ж"};
        const char* special[] = {",", "\n", "\"\"", "\r\n"};
        text += quoted && draw(2) ? special[draw(4)] : plain[draw(4)];
      }
      if (quoted) text += "\"";
    }
    text += draw(2) ? "\n" : "\r\n";
  }
  return text;
}

TEST(TableReader, AgreesWithTheTwinHoweverTheBytesAreCut) {
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = RandomTable(&random, 2 + random() % 2);
    const auto rows = Twin(text);
    auto table = OpenMemoryTable(text, "t", {}, 1 + random() % 7);
    ASSERT_TRUE(table.ok());
    for (size_t i = 1; i < rows.size(); ++i) {
      ASSERT_EQ(*(*table)->Next(), RowState::kRow) << text;
      const auto& fields = (*table)->fields();
      ASSERT_EQ(std::vector<std::string>(fields.begin(), fields.end()), rows[i]) << text;
    }
    ASSERT_EQ(*(*table)->Next(), RowState::kEnd) << text;
  }
}

TEST(TableReader, BytesCutAnywhereReadTheSame) {
  std::mt19937 random(2);
  const char* pieces[] = {"a", ",", "\"", "\n", "\r", "\r\n", "\"\"", "Ж", "\xFF", ";", " "};
  for (int round = 0; round < 3000; ++round) {
    std::string text = "a,b\n";
    for (auto n = random() % 20; n > 0; --n) text += pieces[random() % 11];
    const std::string whole = Everything(text);
    for (size_t chunk = 1; chunk < 6; ++chunk) ASSERT_EQ(Everything(text, {}, chunk), whole) << text;
  }
}

}  // namespace
}  // namespace burin::internal
