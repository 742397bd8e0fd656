// Folding: what is kept and what goes, the same twice as once for every code point there is, and strict UTF-8.
#include "src/mark/fold/fold.h"

#include <gtest/gtest.h>
#include <utf8proc.h>

#include <random>
#include <string>
#include <vector>

#include "src/mark/fold/base_letter.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr char32_t kLast = 0x10FFFF;

bool IsScalar(char32_t c) { return c < 0xD800 || (c > 0xDFFF && c <= kLast); }

std::string Fold(std::string_view text, uint32_t folding = kFoldingVersion) {
  std::u32string serial = U"left over";
  EXPECT_TRUE(FoldSerial(text, &serial, folding)) << text;
  return ToUtf8(serial);
}

TEST(FoldSerial, Examples) {
  const struct {
    std::string_view text, serial;
  } rows[] = {
      {"", ""},
      {"ABC123", "ABC123"},
      {"abc-12 3/4.5\t#", "ABC12345"},
      {"0O1I", "0O1I"},
      {"№ 123", "123"},
      {"N° 123", "123"},
      {"n° 123", "123"},
      {"Nº 123", "123"},
      {"NN°°7", "7"},
      {"No 123", "NO123"},
      {"123ª", "123"},
      {"Colt™ 1", "COLT1"},
      {"5µ", "5"},
      {"ｇｌｏｃｋ１７", "GLOCK17"},
      {"٠١٢٣٤٥٦٧٨٩", "0123456789"},
      {"۰۱۲۳۴۵۶۷۸۹", "0123456789"},
      {"०१२३४५६७८९", "0123456789"},
      {"𝟘𝟙𝟗", "019"},
      {"АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ"},
      {"авекмнорстухіѕј", "ABEKMHOPCTYXISJ"},
      {"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"},
      {"αβεζηικνορτυχ", "ABEZHIKNOPTYX"},
      {"Жж", "ЖЖ"},
      {"☆△五", "☆△五"},
      {"e\u0301 \u00C9", "EE"},
      {"X\u0301", "X"},
      {"İZ1234", "IZ1234"},
      {"i\u0307ıI\u0307", "III"},
      {"Øø\u00D8\u0301 Łł Đđ Ðð Ħħ Ŧŧ ȷ", "OOOLLDDDDHHTTJ"},
      {"Åå\u212B A\u030A Ññ Çç Żż Šš ẖ Ự \u1E69", "AAAANNCCZZSSHUS"},
      {"ÆæŒœÞþŊŋƏ", "ÆÆŒŒÞÞŊŊƏ"},
      {"ǼǢ A\u0308E", "ǼǢAE"},
      {"ЙйИ", "ЙЙИ"},
      {"ЁёЇ Е\u0308", "EEIE"},
      {"Άά ΈΏώ", "AAEΏΏ"},
      {"1\u20441 ½ 1\u22152 3\u22124", "11121234"},
      {"Ⅻ", "XII"},
      {"①²", "12"},
      {"A\u00A0B\u202FC\u200BD\uFEFF", "ABCD"},
      {"\u1100-\u1161-\u11A8", "각"},
      {"ıſ", "IS"},
      {"ß", "ẞ"},
  };
  for (const auto& row : rows) EXPECT_EQ(Fold(row.text), row.serial) << row.text;
}

TEST(FoldSerial, TheFirstFoldingKeepsItsLetters) {
  EXPECT_EQ(Fold("İz-1 Øł e\u0301 ǼЁ АВ1", 1), "İZ1ØŁÉǼЁAB1");
  EXPECT_EQ(Fold("ab-1", 1), "AB1");
}

// Written with one code point or with several, a letter is the same; the second folding is the first one with the
// letters of the table replaced.
TEST(FoldSerial, DecomposedAndComposedAreOneLetter) {
  std::u32string composed, decomposed, first;
  for (char32_t c = 0; c <= 0x2FFFF; ++c) {
    if (!IsScalar(c)) continue;
    utf8proc_int32_t points[32];
    int boundary = 0;
    const auto count =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), points, 32, UTF8PROC_DECOMPOSE, &boundary);
    const std::string whole = ToUtf8(std::u32string(1, c));
    ASSERT_TRUE(FoldSerial(whole, &composed));
    ASSERT_TRUE(FoldSerial(ToUtf8(std::u32string(points, points + count)), &decomposed));
    ASSERT_EQ(composed, decomposed) << static_cast<uint32_t>(c);
    ASSERT_TRUE(FoldSerial(whole, &first, 1));
    for (Symbol& s : first) {
      if (const Symbol letter = s < 0x80 ? 0 : BaseLetter(s)) s = letter;
    }
    ASSERT_EQ(composed, first) << static_cast<uint32_t>(c);
  }
}

// The table of look-alikes holds the Greek capital Mu, so the letter mu is an M and the unit is nothing.
TEST(FoldSerial, MicroSignIsNoLetter) {
  EXPECT_EQ(Fold("5\u00B5"), "5");
  EXPECT_EQ(Fold("5\u03BC"), "5M");
}

TEST(FoldSerial, EveryCodePointTwiceIsOnce) {
  std::u32string once, twice, first;
  for (char32_t c = 0; c <= kLast; ++c) {
    if (!IsScalar(c)) continue;
    ASSERT_TRUE(FoldSerial(ToUtf8(std::u32string(1, c)), &once));
    ASSERT_TRUE(FoldSerial(ToUtf8(once), &twice));
    ASSERT_EQ(once, twice) << static_cast<uint32_t>(c);
    ASSERT_TRUE(FoldSerial(ToUtf8(std::u32string(1, c)), &first, 1));
    ASSERT_TRUE(FoldSerial(ToUtf8(first), &twice, 1));
    ASSERT_EQ(first, twice) << static_cast<uint32_t>(c);
    for (const Symbol s : once) {
      const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(s));
      ASSERT_TRUE(category == UTF8PROC_CATEGORY_ND ? s <= U'9' : category != UTF8PROC_CATEGORY_MN);
      ASSERT_TRUE(s >= 0x80 || BaseIndex(s) < kBaseSymbols);
    }
  }
}

// Marks compose with what precedes them, jamo with each other, and separators fall out between: every code point in
// such company, on both sides.
TEST(FoldSerial, EveryCodePointInCompanyTwiceIsOnce) {
  const char32_t company[] = {0x301,  0x308,  0x323,  0x327,  0x345, 0x338,  0x3099, 0x5B0,
                              0x1161, 0x11A8, 0x1100, 0xAC00, U'-',  U'N',   0xB0,   0x200D,
                              0x65,   0x10A,  0x9BE,  0x9C7,  0xDCF, 0x1B35, 0x0DDC, 0x110BA};
  std::u32string once, twice;
  for (char32_t c = 0; c <= kLast; ++c) {
    if (!IsScalar(c) || (c >= 0x20000 && c < 0xE0000 && c % 17 != 0) || c >= 0xE0200) continue;
    for (const char32_t d : company) {
      for (const std::u32string& text : {std::u32string{c, d}, std::u32string{d, c}, std::u32string{c, U'-', d}}) {
        ASSERT_TRUE(FoldSerial(ToUtf8(text), &once));
        bool ascii = true;
        for (const Symbol s : once) ascii = ascii && s < 0x80;
        if (ascii) continue;  // Folded ASCII folds to itself: proven by the test above.
        ASSERT_TRUE(FoldSerial(ToUtf8(once), &twice));
        ASSERT_EQ(once, twice) << static_cast<uint32_t>(c) << " " << static_cast<uint32_t>(d);
      }
    }
  }
}

TEST(FoldSerial, RandomTextsTwiceIsOnce) {
  std::mt19937_64 random(7);
  std::u32string text, once, twice;
  for (int i = 0; i < 200000; ++i) {
    text.clear();
    for (size_t size = random() % 12; text.size() < size;) {
      constexpr char32_t kEnds[] = {0x80, 0x600, 0x1200, 0xD7FF, 0x1F000, 0x30000};
      const char32_t c = static_cast<char32_t>(random() % kEnds[random() % 6]);
      if (IsScalar(c)) text.push_back(c);
    }
    ASSERT_TRUE(FoldSerial(ToUtf8(text), &once));
    ASSERT_TRUE(FoldSerial(ToUtf8(once), &twice));
    ASSERT_EQ(once, twice) << ToUtf8(text);
  }
}

// Linear time: a library that opens anybody's files must not stall on a cell full of accents.
TEST(FoldSerial, LongRunsOfMarks) {
  std::u32string marks;
  for (int i = 0; i < 300000; ++i) marks += i % 2 == 0 ? U'\u0301' : U'\u0323';
  EXPECT_EQ(Fold("A" + ToUtf8(marks) + "1"), "A1");
  EXPECT_EQ(Fold("A" + ToUtf8(marks) + "1", 1), "\u1EA01");
  EXPECT_FALSE(FoldValue("A" + ToUtf8(marks)).empty());
}

TEST(FoldSerial, InvalidUtf8) {
  for (const std::string_view text : {"\x80", "A\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    std::u32string serial = U"left over";
    EXPECT_FALSE(FoldSerial(text, &serial));
    EXPECT_TRUE(serial.empty());
  }
}

TEST(FoldValue, Examples) {
  const struct {
    std::string_view text, value;
  } rows[] = {
      {"", ""},
      {"  ", ""},
      {" Smith  &\tWesson ", "smith & wesson"},
      {"SMITH & WESSON", "smith & wesson"},
      {"\u00A0Česká\u3000 Zbrojovka\u2003", "česká zbrojovka"},
      {"STRASSE", "strasse"},
      {"Straße", "strasse"},
      {"ＧＬＯＣＫ", "glock"},
      {"Иж", "иж"},
      {"e\u0301", "é"},
      {"½", "1\u20442"},
      {"ΣΑΣ", "σασ"},
      {" A\xFF ", " A\xFF "},
  };
  for (const auto& row : rows) EXPECT_EQ(FoldValue(row.text), row.value) << row.text;
}

TEST(FoldValue, EveryCodePointTwiceIsOnce) {
  for (char32_t c = 0; c <= kLast; ++c) {
    if (!IsScalar(c)) continue;
    for (const std::u32string& text :
         {std::u32string{c}, std::u32string{U' ', c, 0x301, U' '}, std::u32string{c, U' ', 0x345, U'A'}}) {
      const std::string once = FoldValue(ToUtf8(text));
      ASSERT_EQ(FoldValue(once), once) << static_cast<uint32_t>(c);
      if (c >= 0x20000) break;
    }
  }
}

TEST(Utf8, EveryScalarThereAndBack) {
  for (char32_t c = 0; c <= kLast + 100; ++c) {
    std::string text;
    AppendUtf8(c, &text);
    size_t at = 0;
    char32_t back = 0;
    const bool decoded = DecodeUtf8(text, &at, &back);
    ASSERT_EQ(decoded, IsScalar(c)) << static_cast<uint32_t>(c);
    if (decoded) {
      ASSERT_EQ(back, c);
      ASSERT_EQ(at, text.size());
    } else {
      ASSERT_EQ(at, 0u);
    }
    for (size_t cut = 1; cut < text.size(); ++cut) ASSERT_FALSE(IsValidUtf8(text.substr(0, cut)));
  }
}

// Every sequence of up to three bytes, against utf8proc's decoder.
TEST(Utf8, StrictLikeTheReference) {
  std::string text;
  for (uint32_t bytes = 0; bytes < 1u << 24; bytes += bytes < 0x800000 ? 8191 : 1) {
    text = {static_cast<char>(bytes >> 16), static_cast<char>(bytes >> 8), static_cast<char>(bytes)};
    utf8proc_int32_t expected = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), 3, &expected);
    size_t at = 0;
    char32_t c = 0;
    ASSERT_EQ(DecodeUtf8(text, &at, &c), size > 0) << bytes;
    if (size > 0) {
      ASSERT_EQ(at, static_cast<size_t>(size));
      ASSERT_EQ(c, static_cast<char32_t>(expected));
    }
  }
  for (const std::string_view bad : {"\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF0\x9F\x98",
                                     "\xF0\x9F\x98\x7F", "\xF8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(IsValidUtf8(bad));
  }
  EXPECT_TRUE(IsValidUtf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

}  // namespace
}  // namespace burin::internal
