// Recorded cells: the hand-made table tests/testdata/recorded_golden.tsv, options, the tables of words, hostile cells.
#include "src/mark/cells/recorded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/mark/cells/sentinel.h"
#include "src/mark/fold/fold.h"
#include "src/text/tsv.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view sentinels;
extern const std::string_view components;
extern const std::string_view lookalikes;
}  // namespace data

namespace {

std::string Unescape(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char c = text[++i];
    plain += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
  }
  return plain;
}

std::string Joined(std::string_view text) {
  std::string joined(text);
  std::replace(joined.begin(), joined.end(), ' ', '_');
  return joined;
}

std::string Shown(const RecordedMark& mark) {
  std::string shown = mark.missing != Missing::kNone ? "missing:" + Joined(MissingName(mark.missing))
                      : mark.partial                 ? "partial:"
                                                     : "serial:";
  for (const Symbol s : mark.symbols) {
    if (s == kUnreadable || s == kGap) {
      shown += s == kGap ? '*' : '?';
    } else {
      AppendUtf8(s, &shown);
    }
  }
  if (!mark.component.empty()) shown += "@" + Joined(mark.component);
  if (!mark.location.empty()) shown += "@location:" + Joined(mark.location);
  if (!mark.method.empty()) shown += "@method:" + Joined(mark.method);
  if (!mark.condition.empty()) shown += "@condition:" + Joined(mark.condition);
  if (!mark.sentinel.empty()) shown += "=" + Joined(mark.sentinel);
  if (mark.rules != 0) shown += "!" + Joined(CellRuleNames(mark.rules));
  return shown;
}

std::string Read(std::string_view cell, std::string_view unreadable = "?_*", const SentinelTable* own = nullptr) {
  RecordedOptions options;
  options.sentinels = own;
  options.unreadable = Unreadables(unreadable);
  std::vector<RecordedMark> marks(3);
  marks[0].component = "left over";
  EXPECT_TRUE(ReadRecorded(cell, options, &marks)) << cell;
  std::string shown;
  for (const RecordedMark& mark : marks) shown += (shown.empty() ? "" : " ") + Shown(mark);
  return shown;
}

TEST(Recorded, GoldenTable) {
  std::ifstream in(BURIN_TEST_DATA "/recorded_golden.tsv");
  ASSERT_TRUE(in);
  size_t rows = 0;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] == '#') continue;
    const size_t first = line.find('\t');
    ASSERT_NE(first, std::string::npos) << line;
    const size_t second = std::min(line.find('\t', first + 1), line.size());
    EXPECT_EQ(Read(Unescape(line.substr(0, first))), line.substr(first + 1, second - first - 1)) << line;
    ++rows;
  }
  EXPECT_GE(rows, 550u);
}

TEST(Recorded, OptionsSayWhatIsUnreadable) {
  EXPECT_EQ(Read("1?2_3*4", ""), "serial:1234");
  EXPECT_EQ(Read("1?2_3*4", "?"), "partial:1?234");
  EXPECT_EQ(Read("1?2_3*4", "_"), "partial:12?34");
  EXPECT_EQ(Read("1?2_3*4", "*"), "partial:123*4");
  EXPECT_EQ(Read("１？２＿３＊４", "_*"), "partial:12?3*4");
  EXPECT_EQ(Read("____", "?*"), "missing:not_recorded");
  EXPECT_EQ(Read("????", ""), "missing:not_recorded");
  EXPECT_EQ(Read("NA__", "?"), "missing:not_applicable=na");
  EXPECT_EQ(Read("N*A", ""), "missing:not_applicable=n/a");
  EXPECT_EQ(Read("12**45", "**"), "partial:12??45");
  EXPECT_EQ(Read("12*?45", "?**"), "partial:12??45");
  EXPECT_EQ(Read("12@45", "@"), "partial:12?45");
  EXPECT_EQ(Read("AX1Xx", "X"), "partial:A?1?X");
  EXPECT_EQ(Read("XXXX", "X"), "missing:illegible");
  EXPECT_EQ(Read("12 45", " "), "partial:12?45");
  EXPECT_EQ(Read("12○45", "○"), "partial:12?45");
  EXPECT_EQ(Read("A12##45", "@"), "partial:A12??45!unreadable");
  EXPECT_EQ(Read("A12##45", ""), "serial:A1245");
}

TEST(Recorded, ASourcesOwnSentinelsGoFirst) {
  SentinelTable own;
  EXPECT_TRUE(own.Add("9997", Missing::kNotPresent));
  EXPECT_TRUE(own.Add("ver laudo", Missing::kIllegible));
  EXPECT_TRUE(own.Add("none", Missing::kUnknown));
  EXPECT_FALSE(own.Add("None", Missing::kText));
  EXPECT_TRUE(own.Add("None.", Missing::kUnknown));
  EXPECT_FALSE(own.Add("--", Missing::kUnknown));
  EXPECT_EQ(Read("9997", "?_*", &own), "missing:not_present=9997!source");
  EXPECT_EQ(Read(" 9997. ", "?_*", &own), "missing:not_present=9997!source");
  EXPECT_EQ(Read("9997.0", "?_*", &own), "missing:not_present=9997!decimal_source");
  EXPECT_EQ(Read("99970", "?_*", &own), "serial:99970");
  EXPECT_EQ(Read("VER-LAUDO", "?_*", &own), "missing:illegible=ver_laudo!source");
  EXPECT_EQ(Read("none", "?_*", &own), "missing:unknown=none!source");
  EXPECT_EQ(Read("12345; 9997", "?_*", &own), "serial:12345");
  EXPECT_EQ(Read("9997", "?_*"), "serial:9997");
}

std::string ReadDigitless(std::string_view cell, bool column) {
  std::vector<RecordedMark> marks;
  EXPECT_TRUE(ReadRecorded(cell, RecordedOptions(), &marks));
  EXPECT_EQ(marks.size(), 1u);
  EXPECT_TRUE(IsDigitless(marks[0])) << cell;
  MissDigitless(cell, column, &marks[0]);
  return Shown(marks[0]);
}

TEST(Recorded, TextsWithoutADigit) {
  EXPECT_EQ(ReadDigitless("removido por ação mecânica", false), "missing:obliterated=removido!words");
  EXPECT_EQ(ReadDigitless("sem numeração visível", false), "missing:not_present=sem_numeração!words");
  EXPECT_EQ(ReadDigitless("номер полностью спилен", false), "missing:obliterated=спилен!words");
  EXPECT_EQ(ReadDigitless("partly worn, then filed off", false), "missing:obliterated=filed_off!words");
  EXPECT_EQ(ReadDigitless("não foi removido", true), "missing:text!column");
  EXPECT_EQ(ReadDigitless("AXQWERTK", false), "serial:AXQWERTK");
  EXPECT_EQ(ReadDigitless("AXQWERTK", true), "missing:text!column");
  EXPECT_EQ(ReadDigitless("arma de fogo", false), "serial:ARMADEFOGO");
}

TEST(Recorded, InvalidUtf8) {
  std::vector<RecordedMark> marks(2);
  for (const std::string_view cell : {"\xFF", "12\xC3", "(cano\xED\xA0\x80)", "123;\x80"}) {
    EXPECT_FALSE(ReadRecorded(cell, {}, &marks));
    EXPECT_TRUE(marks.empty());
  }
}

// The short cut for plain cells must not change what is found. A source with sentinels of its own takes the long way.
TEST(Recorded, ShortCutIsOnlyShorter) {
  std::mt19937_64 random(11);
  constexpr std::string_view kCharacters = "0123456789ABEUYZaeuydntxsorevl  --../";
  const SentinelTable none;
  for (int i = 0; i < 300000; ++i) {
    std::string cell;
    for (size_t size = random() % 16; cell.size() < size;) {
      constexpr std::string_view kWords[] = {"SN ", "No", "Lauf ", "nr.", "May", "AB ", "ver ", "foto", "S/N", ".0"};
      if (random() % 8 == 0) {
        cell += kWords[random() % std::size(kWords)];
      } else {
        cell += kCharacters[random() % kCharacters.size()];
      }
    }
    const std::string shorter = Read(cell);
    const std::string longer = Read(cell, "?_*", &none);
    if (longer != shorter) {
      ASSERT_EQ(longer, shorter) << '"' << cell << '"';
    }
  }
}

void ExpectWellFormed(const std::vector<RecordedMark>& marks) {
  ASSERT_FALSE(marks.empty());
  for (const RecordedMark& mark : marks) {
    bool unread = false, known = false;
    for (size_t i = 0; i < mark.symbols.size(); ++i) {
      const Symbol s = mark.symbols[i];
      const bool hole = s == kUnreadable || s == kGap;
      unread = unread || hole;
      known = known || !hole;
      EXPECT_FALSE(i > 0 && s == kGap && mark.symbols[i - 1] == kGap);
    }
    EXPECT_EQ(mark.partial, unread);
    EXPECT_EQ(known, mark.missing == Missing::kNone);
    EXPECT_LE(mark.symbols.size(), kMaxMarkSymbols);
    EXPECT_TRUE(mark.sentinel.empty() || mark.missing != Missing::kNone);
    EXPECT_TRUE(IsValidUtf8(mark.component));
  }
}

TEST(Recorded, AnyCellIsWellFormedAndItsSerialsStand) {
  const std::vector<std::string> pieces = {
      "1",       "23",  "456789", "A", "MDY", "ж",  "☆", "١",  "(",      ")",  "[",  "]",  "(cano)", "(Taurus)", "(a)",
      "unknown", "n/a", "?",      "*", "_",   "？", " ", "  ", "\n",     ";",  ",",  "/",  " / ",    " e ",      " E ",
      " and ",   "&",   " + ",    "|", "-",   "°",  "N", "№",  "\u0301", "、", "（", "）", "\u1100", "\u1161",   "ª"};
  std::mt19937_64 random(5);
  std::vector<RecordedMark> marks, again;
  for (int i = 0; i < 100000; ++i) {
    std::string cell;
    for (size_t size = random() % 14; size-- > 0;) cell += pieces[random() % pieces.size()];
    ASSERT_TRUE(ReadRecorded(cell, {}, &marks));
    ExpectWellFormed(marks);
    for (const RecordedMark& mark : marks) {
      if (mark.missing != Missing::kNone || mark.partial) continue;
      std::u32string serial;
      ASSERT_TRUE(FoldSerial(ToUtf8(mark.symbols), &serial));
      EXPECT_EQ(serial, mark.symbols) << cell;
    }
    if (HasFailure()) FAIL() << cell;
  }
}

// Time must not grow with the square of a cell's size.
TEST(Recorded, HugeCells) {
  std::vector<RecordedMark> marks;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view piece :
       {"(", ")", "(;",  "()",       "(a)",      "(cano)",      "1(abc) ", "1/", "123;", "1,",     "1,234,",
        "?", "*", " e ", "unknown ", "unknown(", "a(unknown) ", "\u0301",  "N°", "（",   "12345/", "123(cano)"}) {
    std::string cell;
    while (cell.size() < 300000) cell += piece;
    ASSERT_TRUE(ReadRecorded(cell, {}, &marks));
    ExpectWellFormed(marks);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

std::u32string Points(std::string_view text) {
  std::u32string points;
  EXPECT_TRUE(DecodeAll(text, &points)) << text;
  return points;
}

TEST(Sentinels, EveryRowIsFoundAndSaysWhy) {
  size_t rows = 0;
  std::set<std::string_view> languages;
  ForEachRow<4>(data::sentinels, [&](const std::array<std::string_view, 4>& row) {
    const Sentinel* found = FindSentinel(Points(row[0]));
    ASSERT_NE(found, nullptr) << row[0];
    EXPECT_EQ(found->text, row[0]) << "an earlier row has the same words";
    EXPECT_EQ(MissingName(found->missing), row[1]);
    EXPECT_NE(found->missing, Missing::kNone) << row[0];
    EXPECT_NE(found->missing, Missing::kTooLong) << row[0];
    EXPECT_FALSE(row[3].empty()) << row[0];
    EXPECT_EQ(row[0].find_first_of("0123456789"), std::string_view::npos) << row[0];
    EXPECT_EQ(Read(row[0]), "missing:" + Joined(row[1]) + "=" + Joined(row[0]));
    languages.insert(row[2]);
    ++rows;
  });
  EXPECT_GE(rows, 120u);
  for (const char* language :
       {"en", "de", "pt", "es", "fr", "it", "ru", "uk", "pl", "bg", "sr", "el", "tr", "ar", "ro"}) {
    EXPECT_EQ(languages.count(language), 1u) << language;
  }
}

TEST(Components, EveryRowIsFoundAndReserved) {
  const std::set<std::string_view> reserved = {"receiver",     "frame",         "upper receiver", "lower receiver",
                                               "barrel",       "slide",         "cylinder",       "bolt",
                                               "breech block", "trigger group", "secondary",      "accessory"};
  std::set<std::string_view> used;
  ForEachRow<3>(data::components, [&](const std::array<std::string_view, 3>& row) {
    EXPECT_EQ(FindComponent(Points(row[0])), row[1]) << row[0];
    EXPECT_EQ(reserved.count(row[1]), 1u) << row[1];
    EXPECT_FALSE(row[2].empty());
    used.insert(row[1]);
  });
  EXPECT_EQ(used, reserved);
}

TEST(LookAlikes, EveryRowIsASymbolOfItsOwnAndFoldsAsItSays) {
  size_t letters = 0;
  ForEachRow<3>(data::lookalikes, [&](const std::array<std::string_view, 3>& row) {
    std::u32string serial;
    ASSERT_TRUE(FoldSerial(row[0], &serial));
    EXPECT_EQ(ToUtf8(serial), row[1] == "-" ? "" : row[1]) << row[0];
    letters += row[1] != "-";
  });
  EXPECT_EQ(letters, 29u);
}

TEST(Missing, NamesAreDistinct) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < kMissingKinds; ++i) names.insert(MissingName(static_cast<Missing>(i)));
  EXPECT_EQ(names.size(), kMissingKinds);
}

}  // namespace
}  // namespace burin::internal
