// The tables of sentinels and components, keyed by their words.
#include "src/mark/cells/sentinel.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "src/mark/fold/normalize.h"
#include "src/mark/fold/symbol.h"
#include "src/text/tsv.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view sentinels;
extern const std::string_view components;
}  // namespace data

namespace {

// Longer texts are no words of a table; this bounds the time that a hostile cell can take.
constexpr size_t kLongestText = 64;
constexpr size_t kLongestProse = 256;
constexpr size_t kLetters = 4;  // Of a word that says something within a text, or beside unreadable characters.

// An unreadable character that is an underscore: within a text it joins words (NOT_READABLE).
constexpr char32_t kUnderscore = kGap + 1;

enum class Digits { kNone, kKept };

// A range without case, accents and signs, unreadable characters marked; nothing if there is a digit, unless they are
// kept.
std::optional<std::u32string> Plain(const Cell& cell, Range range, Digits digits) {
  const std::u32string_view text = std::u32string_view(cell.points).substr(range.begin, range.end - range.begin);
  for (const char32_t c : text) {  // Most texts are numbers: find that out before any work.
    if (c >= U'0' && c <= U'9' && digits == Digits::kNone) return std::nullopt;
  }
  std::u32string plain;
  CodePoints points;
  for (size_t at = range.begin; at < range.end; ++at) {
    const char32_t c = cell.points[at];
    if (cell.unread[at] != 0) {
      plain += cell.unread[at] == kUnreadable && cell.shape[at] == U'_' ? kUnderscore : cell.unread[at];
      continue;
    }
    if (c == U'\u00B0' || c == U'\u00BA') {  // As DropSigns.
      if (!plain.empty() && plain.back() == U'n') plain.pop_back();
      continue;
    }
    if (c == U'\u00AA' || c == U'\u00B5' || c == U'\u2116' || c == U'\u2122') continue;
    points.clear();
    Decompose(c, Fold::kFoldCaseDropMarks, &points);
    for (const int32_t point : points) {
      const char32_t p = static_cast<char32_t>(point);
      const bool digit = KindOf(p) == Kind::kDigit;
      if (digit && digits == Digits::kNone) return std::nullopt;
      plain += digit ? U'0' + DigitValue(p) : p == U'ı' ? U'i' : p;  // Turkish texts lose or gain the dot.
    }
  }
  return plain;
}

// The words of plain text, one space between them. Unreadable characters within stay where they stand, so that N?A is
// no "n/a". Those at the ends go if four letters or more are left; else nothing comes back, for NA?? is a number of
// which two characters were read.
std::u32string Words(std::u32string_view plain) {
  const auto is_unread = [](char32_t c) { return c >= kUnreadable; };
  const auto is_word = [](char32_t c) {
    return c < 0x80 ? (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9')
                    : c < kUnreadable && KindOf(c) == Kind::kSymbol;
  };
  size_t begin = 0, end = plain.size();
  bool unread = false;
  while (begin < end && !is_word(plain[begin])) unread = is_unread(plain[begin++]) || unread;
  while (end > begin && !is_word(plain[end - 1])) unread = is_unread(plain[--end]) || unread;
  std::u32string words;
  size_t letters = 0;
  bool space = false;
  for (const char32_t c : plain.substr(begin, end - begin)) {
    if (is_word(c) || (c != kUnderscore && is_unread(c))) {
      if (space) words += U' ';
      words += c;
      ++letters;
      space = false;
    } else {
      space = true;
    }
  }
  if (unread && letters < kLetters) words.clear();
  return words;
}

Cell CellOf(std::u32string_view text) {
  Cell cell;
  cell.points = text;
  cell.shape = text;
  cell.unread.assign(text.size(), 0);
  return cell;
}

// The words of a row.
std::u32string RowWords(std::string_view text, Digits digits) {
  std::u32string points;
  if (!DecodeAll(text, &points)) return {};
  const std::optional<std::u32string> plain = Plain(CellOf(points), {0, points.size()}, digits);
  return plain ? Words(*plain) : std::u32string();
}

using Sentinels = absl::flat_hash_map<std::u32string, Sentinel>;
using Components = absl::flat_hash_map<std::u32string, std::string_view>;

const Sentinels& LibrarySentinels() {
  static const Sentinels* const table = [] {
    auto* sentinels = new Sentinels();
    ForEachRow<2>(data::sentinels, [&](const std::array<std::string_view, 2>& row) {
      sentinels->emplace(RowWords(row[0], Digits::kNone), Sentinel{row[0], MissingOf(row[1])});
    });
    sentinels->erase(std::u32string());
    return sentinels;
  }();
  return *table;
}

const Components& LibraryComponents() {
  static const Components* const table = [] {
    auto* components = new Components();
    ForEachRow<2>(data::components, [&](const std::array<std::string_view, 2>& row) {
      components->emplace(RowWords(row[0], Digits::kNone), row[1]);
    });
    components->erase(std::u32string());
    return components;
  }();
  return *table;
}

// A word by itself that says only that a field was left out means something else in a longer text.
const Phrases<Sentinel>& LibraryPhrases() {
  static const Phrases<Sentinel>* const table = [] {
    auto* phrases = new Phrases<Sentinel>();
    ForEachRow<2>(data::sentinels, [&](const std::array<std::string_view, 2>& row) {
      const std::vector<Word> words = WordsOf(row[0]);
      const Missing missing = MissingOf(row[1]);
      if (LettersOf(words) < kLetters || (words.size() == 1 && missing == Missing::kNotRecorded)) return;
      phrases->Add(row[0], Sentinel{row[0], missing});
    });
    return phrases;
  }();
  return *table;
}

// Which of several reasons in one text is the one that matters: what was done to the mark before what cannot be seen.
int Rank(Missing missing) {
  switch (missing) {
    case Missing::kObliterated:
      return 8;
    case Missing::kNeverMarked:
      return 7;
    case Missing::kIllegible:
      return 6;
    case Missing::kNotPresent:
      return 5;
    case Missing::kNotApplicable:
      return 4;
    case Missing::kNothingReported:
      return 3;
    case Missing::kUnknown:
      return 2;
    default:
      return 1;
  }
}

// "not removed" says nothing of what "removed" says.
bool IsNegation(const Word& word) {
  constexpr std::u32string_view kNegations[] = {U"not", U"no",  U"nao", U"non", U"pas",  U"nicht", U"kein",
                                                U"не",  U"ne",  U"nie", U"sin", U"sem",  U"sans",  U"ohne",
                                                U"без", U"غير", U"لم",  U"لا",  U"bila", U"niet"};
  return std::find(std::begin(kNegations), std::end(kNegations), word.plain) != std::end(kNegations);
}

}  // namespace

struct SentinelTable::Rows {
  Sentinels by_words;
  std::deque<std::string> texts;
};

SentinelTable::SentinelTable() : rows_(std::make_unique<Rows>()) {}
SentinelTable::~SentinelTable() = default;

bool SentinelTable::Add(std::string_view text, Missing missing) {
  std::u32string words = RowWords(text, Digits::kKept);
  if (words.empty()) return false;
  rows_->texts.emplace_back(text);
  const auto [at, added] = rows_->by_words.try_emplace(std::move(words), Sentinel{rows_->texts.back(), missing});
  return added || at->second.missing == missing;
}

const Sentinel* SentinelTable::Find(const Cell& cell, Range range) const {
  if (range.end - range.begin > kLongestText) return nullptr;
  const std::optional<std::u32string> plain = Plain(cell, range, Digits::kKept);
  const auto found = plain ? rows_->by_words.find(Words(*plain)) : rows_->by_words.end();
  return found == rows_->by_words.end() ? nullptr : &found->second;
}

const Sentinel* SentinelTable::Find(std::string_view utf8) const {
  std::u32string points;
  if (!DecodeAll(utf8, &points)) return nullptr;
  return Find(CellOf(points), {0, points.size()});
}

Missing MissingOf(std::string_view name) {
  const auto same = [](char a, char b) {
    if (a == '-' || a == '_') a = ' ';
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  };
  for (size_t kind = 1; kind < kMissingKinds; ++kind) {
    const std::string_view known = MissingName(static_cast<Missing>(kind));
    if (std::equal(name.begin(), name.end(), known.begin(), known.end(), same)) return static_cast<Missing>(kind);
  }
  return Missing::kNone;
}

const Sentinel* FindSentinel(const Cell& cell, Range range) {
  if (range.end - range.begin > kLongestText) return nullptr;
  const std::optional<std::u32string> plain = Plain(cell, range, Digits::kNone);
  if (!plain) return nullptr;
  const auto found = LibrarySentinels().find(Words(*plain));
  return found == LibrarySentinels().end() ? nullptr : &found->second;
}

const Sentinel* FindSentinel(std::u32string_view text) { return FindSentinel(CellOf(text), {0, text.size()}); }

const Sentinel* FindPhrase(std::span<const Word> words, size_t* count) {
  return LibraryPhrases().FindFirst(words, count);
}

const Sentinel* FindWithin(const Cell& cell, Range range) {
  if (range.end - range.begin > kLongestProse) range.end = range.begin + kLongestProse;
  const std::vector<Word> words = WordsOf(cell, range, kLongestProse);
  if (words.size() < 2) return nullptr;
  const Sentinel* best = nullptr;
  for (size_t i = 0; i < words.size();) {
    if (words[i].digit) return nullptr;
    size_t count = 1;
    const Sentinel* const found = FindPhrase(std::span(words).subspan(i), &count);
    const bool denied =
        found != nullptr && ((i > 0 && IsNegation(words[i - 1])) || (i > 1 && IsNegation(words[i - 2])));
    if (found != nullptr && !denied && (best == nullptr || Rank(found->missing) > Rank(best->missing))) best = found;
    i += found == nullptr ? 1 : count;
  }
  return best;
}

std::string_view FindComponent(const Cell& cell, Range range) {
  if (range.end - range.begin > kLongestText) return {};
  const std::optional<std::u32string> plain = Plain(cell, range, Digits::kNone);
  if (!plain) return {};
  const auto found = LibraryComponents().find(Words(*plain));
  return found == LibraryComponents().end() ? std::string_view() : found->second;
}

std::string_view FindComponent(std::u32string_view text) { return FindComponent(CellOf(text), {0, text.size()}); }

}  // namespace burin::internal
