// Formats of makers: RE2 and the walk over lattices say the same, tables are read or refused with a line that says why,
// and the verdicts and weights of makers.
#include "src/mark/formats/maker_formats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/pattern.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

MakerFormats Table(std::string_view text) {
  Result<MakerFormats> formats = MakerFormats::Parse(text, "t.tsv");
  EXPECT_TRUE(formats.ok()) << formats.status().message();
  return formats.ok() ? *std::move(formats) : *MakerFormats::Parse("", "empty");
}

// Patterns only, one a line.
MakerFormats OfPatterns(const std::vector<std::string>& patterns) {
  std::string text;
  for (const std::string& pattern : patterns) text += "-\t-\t" + pattern + "\t-\t-\ttest\t-\n";
  return Table(text);
}

Lattice Parsed(std::string_view text) {
  Result<Pattern> pattern = ParsePattern(text);
  EXPECT_TRUE(pattern.ok()) << text << ": " << pattern.status().message();
  return pattern.ok() ? pattern->lattice : Lattice();
}

std::vector<uint32_t> MatchAll(const MakerFormats& formats, const Lattice& lattice) {
  return formats.MatchReading(lattice, 0, kMaxMarkSymbols);
}

std::string Error(std::string_view text) {
  const Result<MakerFormats> formats = MakerFormats::Parse(text, "t.tsv");
  EXPECT_FALSE(formats.ok()) << text;
  EXPECT_EQ(formats.status().code(), StatusCode::kBadInput);
  EXPECT_EQ(formats.status().message().find('\n'), std::string::npos);
  return formats.status().message();
}

std::string Words(std::string_view pattern) {
  const Result<FormatPattern> parsed = ParseFormatPattern(pattern);
  return parsed.ok() ? WordsOfFormat(*parsed) : parsed.status().message();
}

TEST(MakerFormats, EveryEmbeddedRowHasProvenance) {
  const MakerFormats& formats = MakerFormats::Embedded();
  EXPECT_GT(formats.rows().size(), 400u);
  for (const MakerFormat& row : formats.rows()) {
    EXPECT_GT(row.source.size(), 5u) << row.pattern;
    EXPECT_FALSE(row.words.empty()) << row.pattern;
    EXPECT_FALSE(row.maker.empty() && row.model.empty()) << row.pattern;
  }
}

TEST(MakerFormats, SerialsOfKnownMakersFit) {
  const MakerFormats& formats = MakerFormats::Embedded();
  const auto fits = [&formats](std::u32string_view serial, std::string_view maker) {
    return formats.Judge(formats.Match(serial), maker, "");
  };
  EXPECT_EQ(fits(U"ABCD123", "Glock"), MakerFit::kFits);
  EXPECT_EQ(fits(U"ABCD1234567", "Glock"), MakerFit::kDoesNotFit);
  EXPECT_EQ(fits(U"ABC1234", "s&w"), MakerFit::kFits);
  EXPECT_EQ(fits(U"ABC1234", "Nobody"), MakerFit::kUnknownMaker);
  EXPECT_EQ(fits(U"", "Glock"), MakerFit::kDoesNotFit);
}

TEST(MakerFormats, WholeSerialsOnly) {
  const MakerFormats formats = OfPatterns({"[0-9]{3}", "A[0-9]{1,2}|[0-9]{3}B", "Ж[^0-9]"});
  EXPECT_EQ(formats.Match(U"123"), std::vector<uint32_t>({0}));
  EXPECT_EQ(formats.Match(U"1234"), std::vector<uint32_t>());
  EXPECT_EQ(formats.Match(U"123B"), std::vector<uint32_t>({1}));
  EXPECT_EQ(formats.Match(U"A12"), std::vector<uint32_t>({1}));
  EXPECT_EQ(formats.Match(U"ЖЖ"), std::vector<uint32_t>({2}));
  EXPECT_EQ(formats.Match(U""), std::vector<uint32_t>());
  EXPECT_EQ(formats.Match(std::u32string(65, U'1')), std::vector<uint32_t>());
  EXPECT_EQ(OfPatterns({}).Match(U"1"), std::vector<uint32_t>());
}

TEST(MakerFormats, ReadingsFitIfSomeStringDoes) {
  const MakerFormats formats = OfPatterns({"[0-9]{4}", "[A-Z]{2}[0-9]{2}", "A{1,3}[0-9]{0,2}"});
  const auto match = [&formats](std::string_view pattern) { return MatchAll(formats, Parsed(pattern)); };
  EXPECT_EQ(match("??12"), std::vector<uint32_t>({0, 1, 2}));
  EXPECT_EQ(match("[38]?12"), std::vector<uint32_t>({0}));
  EXPECT_EQ(match("*"), std::vector<uint32_t>({0, 1, 2}));
  EXPECT_EQ(match("*B*"), std::vector<uint32_t>({1}));
  EXPECT_EQ(match("?{5}"), std::vector<uint32_t>({2}));
  EXPECT_EQ(match("(B1|12)?{2}"), std::vector<uint32_t>({0}));
  EXPECT_EQ(match("?{6,}"), std::vector<uint32_t>());
  EXPECT_EQ(match("A~8!34*"), std::vector<uint32_t>({2})) << "doubt and alteration change nothing";
  EXPECT_EQ(formats.MatchReading(Parsed("A*"), 5, 64), std::vector<uint32_t>({2}));
  EXPECT_EQ(formats.MatchReading(Parsed("A*"), 2, 3), std::vector<uint32_t>({2}));
  EXPECT_EQ(formats.MatchReading(Parsed("A*"), 6, 64), std::vector<uint32_t>());
}

// A random format over A, B, 1, Ж: items, repetitions, sets and negations.
std::string RandomFormat(std::mt19937_64* random) {
  const auto below = [random](uint64_t n) { return static_cast<size_t>((*random)() % n); };
  const std::vector<std::string> items = {"A", "B", "1", "Ж", "[AB]", "[0-9]", "[A-Z]", "[^0-9]", "[^AЖ]", "[1Ж]"};
  const std::vector<std::string> repetitions = {"", "", "", "{2}", "{0,1}", "{1,3}", "{0,2}"};
  std::string text;
  for (size_t branch = 0, branches = below(3) == 0 ? 2 : 1; branch < branches; ++branch) {
    if (branch > 0) text += '|';
    for (size_t i = 0, count = 1 + below(4); i < count; ++i) {
      text += items[below(items.size())] + repetitions[below(repetitions.size())];
    }
  }
  return text;
}

// Every set of symbols in these tests is a union of A, B, 1, Ж, the other letters, the other digits and the other
// symbols. So one of each stands for all, and strings over them decide what fits.
constexpr std::u32string_view kAlphabet = U"AB1ЖC2☆";

void ForEachString(size_t length, const std::function<void(const std::u32string&)>& visit) {
  std::u32string text;
  const std::function<void()> extend = [&] {
    visit(text);
    if (text.size() == length) return;
    for (const Symbol s : kAlphabet) {
      text.push_back(s);
      extend();
      text.pop_back();
    }
  };
  extend();
}

TEST(MakerFormats, AutomatonAndWalkAgreeOnEveryShortSerial) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 10; ++round) {
    std::vector<std::string> patterns;
    for (int i = 0; i < 20; ++i) patterns.push_back(RandomFormat(&random));
    const MakerFormats formats = OfPatterns(patterns);
    size_t met = 0;
    ForEachString(4, [&](const std::u32string& serial) {
      const std::vector<uint32_t> found = formats.Match(serial);
      EXPECT_EQ(found, MatchAll(formats, LatticeOf(serial))) << ToUtf8(serial);
      met += found.size();
    });
    EXPECT_GT(met, 100u);
  }
}

// Whether the lattice reads this string: slot by slot, since every arc leads on.
bool Reads(const Lattice& lattice, std::u32string_view serial) {
  std::vector<bool> at(lattice.slots, false);
  const auto pass = [&lattice](std::vector<bool>* slots) {
    for (uint32_t from = 0; from < lattice.slots; ++from) {
      for (const Arc& arc : lattice.arcs) {
        if (arc.from == from && arc.element == kEmpty && (*slots)[from]) (*slots)[arc.to] = true;
      }
    }
  };
  at[0] = true;
  pass(&at);
  for (const Symbol s : serial) {
    std::vector<bool> next(lattice.slots, false);
    for (const Arc& arc : lattice.arcs) {
      if (arc.element == kEmpty || !at[arc.from]) continue;
      if (lattice.elements[static_cast<size_t>(arc.element)].members.Contains(s)) next[arc.to] = true;
    }
    pass(&next);
    at = next;
  }
  return at.back();
}

// Every string of a small lattice, looked up one by one, is the truth for the lattice.
TEST(MakerFormats, RandomReadingsAgreeWithTheirStrings) {
  const std::vector<std::string> items = {"A", "B",     "1",      "Ж",      "?",         "[AB]",
                                          "*", "[^1B]", "A{0,1}", "?{1,2}", "(AB|1|Ж?)", "[1Ж]{0,2}"};
  std::mt19937_64 random(2);
  for (int round = 0; round < 12; ++round) {
    std::vector<std::string> patterns;
    for (int i = 0; i < 10; ++i) patterns.push_back(RandomFormat(&random));
    const MakerFormats formats = OfPatterns(patterns);
    std::vector<std::pair<std::u32string, std::vector<uint32_t>>> all;
    ForEachString(5, [&](const std::u32string& serial) { all.emplace_back(serial, formats.Match(serial)); });
    for (int i = 0; i < 10; ++i) {
      std::string text;
      for (size_t k = 0, count = 1 + random() % 4; k < count; ++k) text += items[random() % items.size()];
      const Lattice lattice = Parsed(text);
      const uint32_t least = static_cast<uint32_t>(random() % 4), most = least + static_cast<uint32_t>(random() % 3);
      std::set<uint32_t> expected;
      for (const auto& [serial, found] : all) {
        const bool counts = serial.size() >= least && serial.size() <= most && !found.empty();
        if (counts && Reads(lattice, serial)) expected.insert(found.begin(), found.end());
      }
      EXPECT_EQ(formats.MatchReading(lattice, least, most), std::vector<uint32_t>(expected.begin(), expected.end()))
          << text << " of " << least << " to " << most;
    }
  }
}

TEST(MakerFormats, OnlyStrings) {
  EXPECT_TRUE(LatticeOf(U"A1Ж").Check().ok());
  EXPECT_EQ(OnlyString(LatticeOf(U"A1Ж")), U"A1Ж");
  EXPECT_EQ(OnlyString(Parsed("A1-Ж")), U"A1Ж");
  EXPECT_EQ(OnlyString(Parsed("A{2}1")), U"AA1");
  EXPECT_EQ(OnlyString(Lattice()), U"");
  for (const char* text : {"A?", "A*", "A[12]", "A{0,1}", "(A|B)", "[^A]"})
    EXPECT_FALSE(OnlyString(Parsed(text))) << text;
}

TEST(MakerFormats, FormatsInWords) {
  EXPECT_EQ(Words("[A-Z]{3}[0-9]{5}"), "3 letters, 5 digits");
  EXPECT_EQ(Words("U{1,2}[0-9]{6}|UA[0-9]{6}"), "1 to 2 times U, 6 digits, or UA, 6 digits");
  EXPECT_EQ(Words("[A-Z][0-9]{5,6}Z"), "a letter, 5 to 6 digits, Z");
  EXPECT_EQ(Words("[^0-9]{2}[0-9A-Z]{1,4}"), "2 letters of any script, 1 to 4 letters or digits");
  EXPECT_EQ(Words("[CDJ-N]A{0,1}[A-Z]{0,2}[^AB]Ж"), "one of C D J to N, perhaps A, up to 2 letters, any but A B, Ж");
}

TEST(MakerFormats, MalformedPatterns) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "character 1: expected a symbol of a folded serial or '[', not the end"},
      {"a", "character 1: expected a symbol of a folded serial or '[', not 'a'"},
      {"A|", "character 3: expected a symbol of a folded serial or '[', not the end"},
      {"(A)", "character 1: expected a symbol of a folded serial or '[', not '('"},
      {"A*", "character 2: expected a symbol of a folded serial or '[', not '*'"},
      {"[A", "character 3: expected a symbol of a folded serial, not the end"},
      {"[]", "character 2: expected a symbol of a folded serial, not ']'"},
      {"[Z-A]", "character 2: expected a range of digits or of letters A to Z, in ascending order"},
      {"[5-B]", "character 2: expected a range of digits or of letters A to Z, in ascending order"},
      {"[А-Z]", "character 2: expected a symbol of a folded serial, not 'А'"},
      {"A{", "character 3: expected a number without zeros before it, not the end"},
      {"A{01}", "character 3: expected a number without zeros before it, not '0'"},
      {"A{1,02}", "character 5: expected a number without zeros before it: every repetition has an end, not '0'"},
      {"A{2,}", "character 5: expected a number without zeros before it: every repetition has an end, not '}'"},
      {"A{3,2}", "character 2: expected {n} or {m,n} with m <= n and 1 <= n <= 64"},
      {"A{0}", "character 2: expected {n} or {m,n} with m <= n and 1 <= n <= 64"},
      {"A{99999999999}", "character 7: expected '}', not '9'"},
      {"A{1}{2}", "character 5: expected a symbol of a folded serial or '[', not '{'"},
      {"A{40}B{40}", "character 6: expected at most 64 symbols: a mark has no more"},
      {"A\xff", "character 2: expected valid UTF-8"},
  };
  for (const auto& [pattern, message] : cases) EXPECT_EQ(Words(pattern), message) << pattern;
  std::string many = "A";
  for (int i = 0; i < 64; ++i) many += "|A";
  EXPECT_EQ(Words(many), "character 129: expected at most 64 alternatives");
}

TEST(MakerFormats, MalformedTables) {
  const auto row = [](std::string_view fields) {
    return "# first\nA\t-\tA\t1\t-\tx\t-\n" + std::string(fields) + "\n";
  };
  EXPECT_EQ(
      Error(row("M\t-\tA")),
      "t.tsv, line 3: expected 7 columns with tabs between them: maker, model, pattern, seen, years, source, note");
  EXPECT_EQ(
      Error(row("M\t-\tA\t1\t-\ts\tn\tmore")),
      "t.tsv, line 3: expected 7 columns with tabs between them: maker, model, pattern, seen, years, source, note");
  EXPECT_EQ(Error(row("M\t\tA\t1\t-\ts\t-")), "t.tsv, line 3, column model: expected a value, or '-' for none");
  EXPECT_EQ(Error(row("M\t-\tA*\t1\t-\ts\t-")),
            "t.tsv, line 3, column pattern: character 2: expected a symbol of a folded serial or '[', not '*'");
  EXPECT_EQ(Error(row("M\t-\tA\t-1\t-\ts\t-")),
            "t.tsv, line 3, column seen: expected a number of weapons, at most 1000000000000, or '-'");
  EXPECT_EQ(Error(row("M\t-\tA\t1\t1990-1985\ts\t-")),
            "t.tsv, line 3, column years: expected years such as 1985, 1985-1990, 1985- or -1990, or '-'");
  EXPECT_EQ(Error(row("M\t-\tA\t1\t-\t-\t-")), "t.tsv, line 3, column source: expected where the format is known from");
  EXPECT_EQ(Error(row("M|\t-\tA\t1\t-\ts\t-")), "t.tsv, line 3, column maker: expected a spelling behind '|'");
  EXPECT_EQ(Error(row("M\xff\t-\tA\t1\t-\ts\t-")), "t.tsv, line 3: expected valid UTF-8");
  EXPECT_EQ(Error(row("M\t-\tA\t1\t-\ts\ta\x01")), "t.tsv, line 3, column note: expected no control characters");
  EXPECT_EQ(Error(row("M|a\t-\tA\t1\t-\ts\t-")),
            "t.tsv, line 3, column maker: expected 'a' to be one maker: it is A too");
  EXPECT_EQ(Error(std::string(kMaxFormatBytes + 1, '#')), "t.tsv: expected at most 4 MiB");
  std::string many;
  for (size_t i = 0; i <= kMaxFormats; ++i) many += "-\t-\tA\t-\t-\ts\n";
  EXPECT_EQ(Error(many), "t.tsv, line 10001: expected at most 10000 formats");
}

// Far more than any table of formats holds: an error, not a machine brought to its knees.
TEST(MakerFormats, TheAutomatonIsBounded) {
  std::string many;
  for (size_t i = 0; i < kMaxFormats; ++i) many += "-\t-\t[Ж1-8]{64}|[^ЖA]{64}|[A-Z]{0,64}\t-\t-\ts\n";
  EXPECT_EQ(Error(many), "t.tsv: expected fewer or shorter formats: their automaton takes more than 64 MiB");
}

TEST(MakerFormats, TablesAsTheyComeFromEditors) {
  const MakerFormats formats = Table("\xEF\xBB\xBF# a comment\r\n\r\nÉtoile|Star\t-\tA\t12\t-1990\tbook\r\n");
  ASSERT_EQ(formats.rows().size(), 1u);
  const MakerFormat& row = formats.rows()[0];
  EXPECT_EQ(row.maker, "Étoile");
  EXPECT_EQ(row.spellings, std::vector<std::string>({"Star"}));
  EXPECT_EQ(row.seen, 12u);
  EXPECT_FALSE(row.first_year);
  EXPECT_EQ(row.last_year, 1990u);
  EXPECT_EQ(row.note, "");
  EXPECT_EQ(row.line, 3u);
  EXPECT_TRUE(formats.IsOf(0, " STAR "));
  EXPECT_FALSE(formats.IsOf(0, "Astra"));
}

constexpr std::string_view kMakers =
    "M|em\t-\t[0-9]{5}\t90\t-\tx\t-\n"
    "M\t7\t[A-Z][0-9]{4}\t9\t-\tx\t-\n"
    "M\t8\t[A-Z]{2}[0-9]{3}\t-\t-\tx\t-\n"
    "N\t-\t[0-9]{5}\t1\t-\tx\t-\n"
    "-\tof nobody\t[0-9]{5}\t-\t-\tx\t-\n";

TEST(MakerFormats, Verdicts) {
  const MakerFormats formats = Table(kMakers);
  const std::vector<uint32_t> digits = formats.Match(U"12345"), letter = formats.Match(U"A1234");
  EXPECT_EQ(digits, std::vector<uint32_t>({0, 3, 4}));
  EXPECT_EQ(formats.Judge(digits, "m", ""), MakerFit::kFits);
  EXPECT_EQ(formats.Judge(digits, "EM", "unheard of"), MakerFit::kFits);
  EXPECT_EQ(formats.Judge(digits, "m", "7"), MakerFit::kOtherModel);
  EXPECT_EQ(formats.Judge(letter, "m", "7"), MakerFit::kFits);
  EXPECT_EQ(formats.Judge(letter, "n", ""), MakerFit::kDoesNotFit);
  EXPECT_EQ(formats.Judge(letter, "", ""), MakerFit::kUnknownMaker);
  EXPECT_EQ(formats.Explain(digits, "em", ""), "fits what is known of M: 5 digits (90 seen)");
  EXPECT_EQ(formats.Explain(digits, "m", "7"),
            "fits M, but not what is known of its model 7: a letter, 4 digits (model 7, 9 seen)");
  EXPECT_EQ(formats.Explain(letter, "n", ""), "fits nothing that is known of N: 5 digits (1 seen)");
  EXPECT_EQ(formats.Explain(letter, "O", ""), "no formats of O are known");
}

TEST(MakerFormats, WeightsAreAProbability) {
  const MakerFormats formats = Table(kMakers);
  EXPECT_DOUBLE_EQ(formats.Weight(0), 90.5 / 101);
  EXPECT_DOUBLE_EQ(formats.Weight(2), 0.5 / 101);
  EXPECT_DOUBLE_EQ(formats.UnlistedWeight("m"), 0.5 / 101);
  EXPECT_DOUBLE_EQ(formats.UnlistedWeight("who"), 1);
  EXPECT_DOUBLE_EQ(formats.WeightOf(formats.Match(U"12345"), "M"), 90.5 / 101);
  EXPECT_DOUBLE_EQ(formats.WeightOf(formats.Match(U"12345"), "who"), 0);
  for (const char* maker : {"TAURUS", "GLOCK", "M1"}) {
    const MakerFormats& all = MakerFormats::Embedded();
    std::vector<uint32_t> rows(all.rows().size());
    for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
    EXPECT_NEAR(all.WeightOf(rows, maker) + all.UnlistedWeight(maker), 1, 1e-12) << maker;
  }
}

TEST(MakerFormats, ManyThreads) {
  const MakerFormats& formats = MakerFormats::Embedded();
  const std::vector<uint32_t> expected = formats.Match(U"ABC1234");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 1000; ++k) EXPECT_EQ(formats.Match(U"ABC1234"), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace burin::internal
