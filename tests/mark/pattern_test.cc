// Patterns: the language of a lattice against an expander that works from the text, errors with columns, limits.
#include "src/mark/pattern/pattern.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/mark/fold/fold.h"

namespace burin::internal {
namespace {

using Strings = std::set<std::string>;

constexpr std::string_view kAlphabet = "038AB";
constexpr size_t kLength = 4;

Strings Concatenate(const Strings& a, const Strings& b) {
  Strings result;
  for (const std::string& x : a) {
    for (const std::string& y : b) {
      if (x.size() + y.size() <= kLength) result.insert(x + y);
    }
  }
  return result;
}

// All strings of up to kLength characters of the alphabet that a pattern means; for valid patterns in ASCII. It makes
// no items: each piece of text becomes the set of its strings at once.
class Expander {
 public:
  explicit Expander(std::string_view text) : text_(text) {}

  Strings Sequence() {
    Strings result = {""};
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      const Strings item = Item();
      result = Concatenate(result, Repeat(item));
    }
    return result;
  }

 private:
  Strings Item() {
    const char c = text_[at_++];
    if (c == '?' || c == '_') return Any();
    if (c == '*' || c == '%') return Power(Any(), 0, kLength);
    if (c == '[') return Set();
    if (c == '(') {
      Strings result;
      do {
        for (const std::string& s : Sequence()) result.insert(s);
      } while (text_[at_++] == '|');
      return result;
    }
    if (c == '\\') return {std::string(1, text_[at_++])};
    if (!isalnum(static_cast<unsigned char>(c))) return {""};
    while (at_ < text_.size() && text_[at_] == '~') ++at_;
    if (at_ < text_.size() && text_[at_] == '!') {
      ++at_;
      if (at_ < text_.size() && isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
    }
    return {std::string(1, static_cast<char>(toupper(c)))};
  }

  Strings Set() {
    const bool negated = text_[at_] == '^';
    if (negated) ++at_;
    std::string members;
    while (text_[at_] != ']') {
      const char c = static_cast<char>(toupper(text_[at_]));
      if (c == '[') {
        const size_t end = text_.find(":]", at_);
        members += Class(text_.substr(at_ + 2, end - at_ - 2));
        at_ = end + 2;
      } else if (text_[at_ + 1] == '-') {
        for (char s = c; s <= toupper(text_[at_ + 2]); ++s) members += s;
        at_ += 3;
      } else {
        members += c;
        ++at_;
        if (text_[at_] == ':') at_ = text_.find_first_of(" ]", at_);
      }
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] == '~') ++at_;
    Strings result;
    for (const char s : kAlphabet) {
      if ((members.find(s) != std::string::npos) != negated) result.insert(std::string(1, s));
    }
    return result;
  }

  static std::string Class(std::string_view name) {
    if (name == "digit") return "0123456789";
    if (name == "letter") return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return name == "round" ? "03689BCDGOQS" : "AEFHIKLMNTVWXYZ147";
  }

  Strings Repeat(const Strings& item) {
    if (at_ == text_.size() || text_[at_] != '{') return item;
    const size_t end = text_.find('}', at_);
    const std::string numbers(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    const size_t comma = numbers.find(',');
    const size_t least = static_cast<size_t>(atoi(numbers.c_str()));
    if (comma == std::string::npos) return Power(item, least, least);
    if (comma + 1 == numbers.size()) return Power(item, least, least + kLength);
    return Power(item, least, static_cast<size_t>(atoi(numbers.c_str() + comma + 1)));
  }

  static Strings Power(const Strings& item, size_t least, size_t most) {
    Strings result, power = {""};
    for (size_t i = 0; i <= most; ++i) {
      if (i >= least) result.insert(power.begin(), power.end());
      power = Concatenate(power, item);
    }
    return result;
  }

  static Strings Any() {
    Strings result;
    for (const char s : kAlphabet) result.insert(std::string(1, s));
    return result;
  }

  std::string_view text_;
  size_t at_ = 0;
};

// All strings of up to kLength characters of the alphabet that lead from some slot of `at` to the end. Slots are
// numbered so that empty arcs go on: one pass in that order follows them all.
void Spell(const Lattice& lattice, std::vector<bool> at, const std::string& prefix, Strings* strings) {
  for (uint32_t slot = 0; slot < lattice.slots; ++slot) {
    for (const Arc& arc : lattice.arcs) {
      if (at[slot] && arc.from == slot && arc.element == kEmpty) at[arc.to] = true;
    }
  }
  if (at.back()) strings->insert(prefix);
  if (prefix.size() == kLength || std::find(at.begin(), at.end(), true) == at.end()) return;
  for (const char s : kAlphabet) {
    std::vector<bool> next(lattice.slots, false);
    for (const Arc& arc : lattice.arcs) {
      if (arc.element == kEmpty || !at[arc.from]) continue;
      const Element& element = lattice.elements[static_cast<size_t>(arc.element)];
      if (element.members.Contains(static_cast<Symbol>(s))) next[arc.to] = true;
    }
    Spell(lattice, std::move(next), prefix + s, strings);
  }
}

// Paths of up to `left` characters.
size_t Paths(const Lattice& lattice, uint32_t slot, size_t left) {
  size_t paths = slot + 1 == lattice.slots ? 1 : 0;
  for (const Arc& arc : lattice.arcs) {
    if (arc.from != slot || (arc.element != kEmpty && left == 0)) continue;
    paths += Paths(lattice, arc.to, arc.element == kEmpty ? left : left - 1);
  }
  return paths;
}

TEST(Pattern, MeansWhatTheTextSays) {
  const std::vector<std::string_view> patterns = {"A",
                                                  "a",
                                                  "0",
                                                  "A0",
                                                  "a-0 8",
                                                  "AB03",
                                                  "?",
                                                  "_",
                                                  "??",
                                                  "A?",
                                                  "?A",
                                                  "*",
                                                  "%",
                                                  "A*",
                                                  "*A",
                                                  "*A*",
                                                  "A*B",
                                                  "**",
                                                  "*?",
                                                  "?*",
                                                  "?*?",
                                                  "*?*?*",
                                                  "[38]",
                                                  "[38B]",
                                                  "[A-F]",
                                                  "[a-b]",
                                                  "[0-3A]",
                                                  "[^0-9]",
                                                  "[^38]",
                                                  "[^A]8",
                                                  "[[:digit:]]",
                                                  "[[:letter:]]",
                                                  "[[:round:]]",
                                                  "[[:straight:]]",
                                                  "[^[:round:]]",
                                                  "[3[:letter:]]",
                                                  "[^[:letter:]3]",
                                                  "[3:.6 8:.3]",
                                                  "[A:1]0",
                                                  "A{2}",
                                                  "A{1}",
                                                  "A{0,1}",
                                                  "A{1,2}",
                                                  "A{2,4}",
                                                  "A{0,}",
                                                  "A{1,}",
                                                  "A{2,}",
                                                  "A{0,1}A{0,1}",
                                                  "A{0,2}B",
                                                  "BA{0,2}",
                                                  "A{0,}B{0,}",
                                                  "A{1,}B{1,}",
                                                  "A{0,}A",
                                                  "?{2}",
                                                  "?{2,3}",
                                                  "?{0,2}8",
                                                  "?{1,}",
                                                  "?{0,}8",
                                                  "?{1,2}?{1,2}",
                                                  "?{0,1}*?{0,1}",
                                                  "[38]{2}",
                                                  "[38]{0,2}A",
                                                  "[38]{1,}",
                                                  "[38]{0,}A[38]{0,}",
                                                  "A{0,1}*",
                                                  "*A{0,1}",
                                                  "A{0,}*B{0,}",
                                                  "(A)",
                                                  "(A|B)",
                                                  "(AB|3)",
                                                  "(A|BB|300)",
                                                  "(A|B)8",
                                                  "8(A|B)",
                                                  "(A|B)(0|3)",
                                                  "(A|B){2}",
                                                  "(A|B){0,1}",
                                                  "(A|B){1,3}",
                                                  "(A|B){0,}",
                                                  "(AB|3){1,}",
                                                  "(AB|3){0,}0",
                                                  "(A?|3)",
                                                  "(A*|3)8",
                                                  "(*|3)8",
                                                  "(*A|3)8",
                                                  "(A{0,1}|3)8",
                                                  "(A{0,}|3{1,})8",
                                                  "(A{0,}|3){2}",
                                                  "(*|A){0,1}3",
                                                  "(A*){0,1}3",
                                                  "(A*|B){0,2}3",
                                                  "3(A*|B){0,1}",
                                                  "(A{2,}|B){0,1}3",
                                                  "A*(3*|8){0,1}B",
                                                  "*(A|B)*",
                                                  "(A|*)(B|*)",
                                                  "(A{0,1}){0,1}B",
                                                  "(A{0,1}|B){1,}",
                                                  "(?|A)",
                                                  "(A|A)",
                                                  "(?*?|A)3",
                                                  "(A[38]|B)",
                                                  "([38]{0,1}|A)B",
                                                  "8~",
                                                  "8~~A",
                                                  "8~{2}",
                                                  "[38]~",
                                                  "[38]~~{0,1}A",
                                                  "8!",
                                                  "8!3",
                                                  "8!3A",
                                                  "8! 3",
                                                  "8!A?",
                                                  "\\A",
                                                  "\\8\\0",
                                                  "A-B.0",
                                                  "(A-|-B)",
                                                  "A{0,1}B{0,1}0{0,1}",
                                                  "(A|B){0,1}(0|3){0,1}8",
                                                  "A{3,}",
                                                  "(3{0,}A{0,}|B){0,1}0",
                                                  "*0*3*",
                                                  "A(B|0?){0,2}*"};
  EXPECT_GE(patterns.size(), 100u);
  for (const std::string_view text : patterns) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text << ": " << pattern.status().message();
    const Status status = pattern->lattice.Check();
    ASSERT_TRUE(status.ok()) << text << ": " << status.message();
    EXPECT_EQ(pattern->spans.size(), pattern->lattice.elements.size()) << text;
    Strings spelled;
    std::vector<bool> start(pattern->lattice.slots, false);
    start[0] = true;
    Spell(pattern->lattice, std::move(start), "", &spelled);
    EXPECT_EQ(spelled, Expander(text).Sequence()) << text;
  }
}

// Two paths for one string would count its weight twice.
TEST(Pattern, RunsOfUnreadableCharactersHaveOnePathALength) {
  for (const char* text : {"?", "*", "**", "?*?", "*?*?*", "?{1,2}?{1,2}", "?{0,1}*?{2,3}", "?{2,}*", "?{1,}?{1,}"}) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text;
    for (size_t length = 0; length < 8; ++length) {
      const size_t longer = Paths(pattern->lattice, 0, length + 1), paths = Paths(pattern->lattice, 0, length);
      EXPECT_LE(longer - paths, 1u) << text << " at " << length + 1;
    }
    EXPECT_LE(Paths(pattern->lattice, 0, 0), 1u) << text;
  }
}

TEST(Pattern, ElementsSayWhatWasTyped) {
  const Result<Pattern> pattern = ParsePattern("A~8!3[3:.6 8:3]~~9! ");
  ASSERT_TRUE(pattern.ok());
  const std::vector<Element>& elements = pattern->lattice.elements;
  ASSERT_EQ(elements.size(), 4u);
  EXPECT_EQ(elements[0].doubt, Doubt::kProbable);
  EXPECT_TRUE(elements[1].altered);
  EXPECT_EQ(elements[1].beneath, U'3');
  EXPECT_EQ(elements[1].doubt, Doubt::kCertain);
  EXPECT_EQ(elements[2].doubt, Doubt::kPossible);
  const std::vector<std::pair<Symbol, double>> support = {{U'3', 0.6}, {U'8', 3}};
  EXPECT_EQ(elements[2].support, support);
  EXPECT_TRUE(elements[3].altered);
  EXPECT_EQ(elements[3].beneath, Symbol{0});
}

TEST(Pattern, SpansAreTheBytesOfEachElement) {
  const std::string text = "Ж[38]~{2,3}-(A|b!c)*?";
  const Result<Pattern> pattern = ParsePattern(text);
  ASSERT_TRUE(pattern.ok());
  std::vector<std::string> spans;
  for (const Pattern::Span& span : pattern->spans) spans.push_back(text.substr(span.begin, span.end - span.begin));
  const std::vector<std::string> expected = {"Ж", "[38]~{2,3}", "A", "b!c", "?", "*"};
  EXPECT_EQ(spans, expected);
}

// A pattern of plain characters reads what the text folds to as a whole.
TEST(Pattern, PlainCharactersFoldLikeASerial) {
  for (const std::string_view text :
       {"ab-12/3", "N° 123", "Nº7", "№ 55", "é1",
        "e\xCC\x81"
        "1",
        "АВЕ123", "１２３", "½A", "ß1", "☆9", "五4", "٣٤", "Α7", "µ7", "ﬁ2", "™8", "Ⅻ3", "A\xCC\x88\xCC\x81 2"}) {
    std::u32string serial, read;
    ASSERT_TRUE(FoldSerial(text, &serial)) << text;
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text << ": " << pattern.status().message();
    ASSERT_EQ(pattern->lattice.elements.size(), serial.size()) << text;
    for (size_t i = 0; i < serial.size(); ++i) {
      EXPECT_EQ(pattern->lattice.elements[i].members, SymbolSet::Of(serial[i])) << text;
    }
  }
}

TEST(Pattern, ErrorsHaveTheColumnInCodePoints) {
  const struct {
    std::string_view text;
    uint64_t column;
    std::string_view what;
  } errors[] = {{"", 1, "before the end"},    {"[A-", 4, "the last symbol of the range before the end"},
                {"ЖЖ[", 4, "before the end"}, {"A\xFF", 2, "valid UTF-8"},
                {"Ж\xC3", 2, "valid UTF-8"},  {"\xED\xA0\x80", 1, "valid UTF-8"},
                {"五五]", 3, "not ']'"},      {"A{2}{3}", 5, "directly before '{'"},
                {"é1)", 3, "not ')'"},        {"[3\n", 4, "before the end"},
                {"A|\n", 2, "not '|'"},       {"[3:\x01]", 4, "not U+0001"}};
  for (const auto& error : errors) {
    const Status status = ParsePattern(error.text).status();
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << error.text;
    EXPECT_EQ(status.position(), error.column) << error.text << ": " << status.message();
    EXPECT_EQ(status.message().rfind("column " + std::to_string(error.column) + ": ", 0), 0u) << status.message();
    EXPECT_NE(status.message().find(error.what), std::string::npos) << status.message();
    EXPECT_EQ(status.message().find('\n'), std::string::npos) << status.message();
  }
}

TEST(Pattern, NoPrefixOfAPatternBreaksTheParser) {
  const std::string text = "A1?[38]~{2,3}(47|A*)[3:.6 8:.3]8!3[^[:round:]]\\A*";
  for (size_t size = 0; size <= text.size(); ++size) {
    const Result<Pattern> pattern = ParsePattern(std::string_view(text).substr(0, size));
    if (pattern.ok()) {
      EXPECT_TRUE(pattern->lattice.Check().ok());
    } else {
      EXPECT_LE(pattern.status().position(), size + 1);
    }
  }
}

TEST(Pattern, Limits) {
  EXPECT_TRUE(ParsePattern(std::string(64, 'A')).ok());
  EXPECT_EQ(ParsePattern(std::string(65, 'A')).status().position(), 65u);
  EXPECT_TRUE(ParsePattern("?{64}*").ok());
  EXPECT_FALSE(ParsePattern("?{64}A*").ok());
  EXPECT_TRUE(ParsePattern("(AAAA|B){0,64}").ok());
  EXPECT_TRUE(ParsePattern("A" + std::string(1000, '-') + "B").ok());
  std::string large = "(1|";
  for (int i = 0; i < 600; ++i) large += "A";
  const Status slots = ParsePattern(large + "){1,64}").status();
  EXPECT_EQ(slots.position(), 1u);
  EXPECT_NE(slots.message().find("slots"), std::string::npos) << slots.message();
  EXPECT_FALSE(ParsePattern(std::string(20000, '-') + "A").ok());
  std::string many = "(A";
  for (int i = 0; i < 5000; ++i) many += "|B";
  EXPECT_FALSE(ParsePattern(many + ")").ok());
}

TEST(Pattern, EndlessGroupsReachTheLongestMark) {
  const Result<Pattern> pattern = ParsePattern("(AB|CDE){3,}");
  ASSERT_TRUE(pattern.ok());
  // The longest path reads at least as many symbols as a mark can have.
  std::vector<size_t> longest(pattern->lattice.slots, 0);
  std::vector<Arc> arcs = pattern->lattice.arcs;
  std::sort(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) { return a.from < b.from; });
  for (const Arc& arc : arcs) longest[arc.to] = std::max(longest[arc.to], longest[arc.from] + (arc.element != kEmpty));
  EXPECT_GE(longest.back(), kMaxMarkSymbols);
  EXPECT_LE(pattern->lattice.slots, 200u);
}

TEST(Pattern, StaysSmall) {
  EXPECT_EQ(ParsePattern("A1?[38]4*")->lattice.slots, 7u);
  EXPECT_EQ(ParsePattern("A1?[38]4*")->lattice.arcs.size(), 7u);
  EXPECT_EQ(ParsePattern("(4712|A712)9")->lattice.slots, 9u);
  EXPECT_EQ(ParsePattern("(4712|A712)9")->lattice.arcs.size(), 9u);
  EXPECT_EQ(ParsePattern("?*?*?")->lattice.slots, 5u);
}

}  // namespace
}  // namespace burin::internal
