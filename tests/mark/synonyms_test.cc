// Synonyms: what compares as the same, what does not, and what is said of a table that cannot be read.
#include "src/mark/formats/synonyms.h"

#include <gtest/gtest.h>

namespace burin::internal {
namespace {

bool Same(std::string_view attribute, std::string_view a, std::string_view b, const Synonyms& table) {
  return table.Form(attribute, a) == table.Form(attribute, b);
}
bool Same(std::string_view attribute, std::string_view a, std::string_view b) {
  return Same(attribute, a, b, Synonyms::Embedded());
}

TEST(Synonyms, TableCanBeRead) { EXPECT_GT(Synonyms::Embedded().rows(), 300u); }

TEST(Synonyms, SpellingDoesNotCount) {
  EXPECT_TRUE(Same("calibre", "7.62x39", "7,62 X 39"));
  EXPECT_TRUE(Same("calibre", "7.62\xC3\x97\x33\x39", "7.62*39 mm"));
  EXPECT_TRUE(Same("maker", "R W H INDUSTRIES INC", "RWH Industries"));
  EXPECT_TRUE(Same("maker", "COLT'S MANUFACTURING CO LLC", "Colts"));
  EXPECT_TRUE(Same("maker", "SHOP LLC, THE", "The Shop"));
  EXPECT_TRUE(Same("model", "M-70 AB2", "m70ab2"));
}

TEST(Synonyms, NamesOfTheTable) {
  EXPECT_TRUE(Same("maker", "S&W", "Smith and Wesson"));
  EXPECT_TRUE(Same("brand", "Crvena Zastava", "Zastava Arms"));
  EXPECT_TRUE(Same("importer", "CAI", "Century International Arms, Inc."));
  EXPECT_TRUE(Same("maker", "Sturm, Ruger & Company, Inc", "RUGER"));
  EXPECT_TRUE(Same("calibre", "9 mm Kurz", ".380 ACP"));
  EXPECT_TRUE(Same("calibre", "7.62x51 NATO", ".308"));
  EXPECT_EQ(Synonyms::Embedded().Form("maker", "Glock"), Synonyms::Embedded().Form("brand", "GLC"));
}

TEST(Synonyms, WhatDiffersStaysApart) {
  EXPECT_FALSE(Same("calibre", "9x18", "9x19"));
  EXPECT_FALSE(Same("calibre", ".38 Special", ".380 ACP"));
  EXPECT_FALSE(Same("calibre", "7.62x39", "7.62x51"));
  EXPECT_FALSE(Same("maker", "Beretta", "Beretta USA"));
  EXPECT_FALSE(Same("model", "Zastava", "Crvena Zastava"));  // Rows are of makers.
  EXPECT_FALSE(Same("maker", "Colt", "Astra"));
  EXPECT_EQ(Synonyms::Embedded().Form("maker", "Inc."), "inc");  // An ending alone is a name.
  EXPECT_EQ(Synonyms::Embedded().Form("maker", " - "), "");
}

TEST(Synonyms, FormIsStable) {
  for (const char* name : {"S&W", "Ceska Zbrojovka", "H & R 1871, LLC", "Unknown Maker Co. Ltd", "\xFF", ""}) {
    const std::string form = Synonyms::Embedded().Form("maker", name);
    EXPECT_EQ(Synonyms::Embedded().Form("maker", form), form) << name;
  }
}

TEST(Synonyms, OwnTableCountsFirst) {
  const auto own =
      Synonyms::Parse("\xEF\xBB\xBF# mine\r\nmaker\tZastava\tZCZ\tour books\r\nmodel\tM70\tAK\tour books\n", "own.tsv");
  ASSERT_TRUE(own.ok()) << own.status().message();
  EXPECT_TRUE(Same("maker", "ZCZ Ltd", "Crvena Zastava", *own));
  EXPECT_TRUE(Same("model", "A.K.", "m 70", *own));
  EXPECT_TRUE(Same("maker", "S&W", "Smith Wesson Inc", *own));
  EXPECT_FALSE(Same("maker", "ZCZ", "Zastava"));
}

TEST(Synonyms, ErrorsNameTheirPlace) {
  const auto error = [](std::string_view text) { return Synonyms::Parse(text, "own.tsv").status().message(); };
  EXPECT_EQ(error("maker\tA\tB\n"),
            "own.tsv, line 1: expected 4 columns with tabs between them: attribute, name, synonym, source");
  EXPECT_EQ(error("# x\nmaker\tA\tB\tsrc\textra\n"),
            "own.tsv, line 2: expected 4 columns with tabs between them: attribute, name, synonym, source");
  EXPECT_EQ(error("maker\tA\t \tsrc\n"), "own.tsv, line 1, column synonym: expected a value");
  EXPECT_EQ(error("maker\t--\tB\tsrc\n"), "own.tsv, line 1, column name: expected a letter or a digit");
  EXPECT_EQ(error("brand\tA\tB\tsrc\n"),
            "own.tsv, line 1, column attribute: expected maker, whose rows count for brands and importers too");
  EXPECT_EQ(error("maker\tA\tB\tsrc\nmaker\tC\tB\tsrc\n"),
            "own.tsv, line 2, column synonym: expected one name for it: it is a synonym of 'a' already");
  EXPECT_EQ(error("maker\tA\tB\tsrc\nmaker\tB\tC\tsrc\n"),
            "own.tsv, line 2, column name: expected a name that is no synonym: it is one of 'a'");
  EXPECT_EQ(error("maker\tA\t\xFF\tsrc\n"), "own.tsv, line 1: expected valid UTF-8");
}

}  // namespace
}  // namespace burin::internal
