#include "src/mark/cells/note.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "src/mark/cells/sentinel.h"
#include "src/text/tsv.h"

namespace burin::internal {
namespace data {
extern const std::string_view labels;
extern const std::string_view components;
extern const std::string_view notes;
}  // namespace data

namespace {

constexpr size_t kMostWords = 24;  // Of a note; what is behind them says nothing.
constexpr size_t kLongWord = 4;    // Letters of a word that needs no punctuation to be told from a number's own.

struct NoteWord {
  std::string_view attribute;
  std::string_view value;
};

// The first letters of a word, small, up to something else, as one number.
template <typename Text>
uint64_t Beginning(const Text& word) {
  uint64_t number = 0;
  size_t size = 0;
  for (const auto c : word) {
    const auto code = static_cast<char32_t>(c);
    const char32_t small = code >= U'A' && code <= U'Z' ? code + 32 : code;
    if (small < U'a' || small > U'z' || ++size > 6) break;
    number = number << 8 | small;
  }
  return number;
}

const Phrases<bool>& Labels() {
  static const Phrases<bool>* const table = [] {
    auto* phrases = new Phrases<bool>();
    ForEachRow<2>(data::labels, [&](const std::array<std::string_view, 2>& row) { phrases->Add(row[0], true); });
    return phrases;
  }();
  return *table;
}

const Phrases<std::string_view>& Components() {
  static const Phrases<std::string_view>* const table = [] {
    auto* phrases = new Phrases<std::string_view>();
    ForEachRow<2>(data::components, [&](const std::array<std::string_view, 2>& row) { phrases->Add(row[0], row[1]); });
    return phrases;
  }();
  return *table;
}

const Phrases<NoteWord>& NoteWords() {
  static const Phrases<NoteWord>* const table = [] {
    auto* phrases = new Phrases<NoteWord>();
    ForEachRow<3>(data::notes, [&](const std::array<std::string_view, 3>& row) {
      phrases->Add(row[0], NoteWord{row[1], row[2]});
    });
    return phrases;
  }();
  return *table;
}

// What stands between a word and the number behind it.
struct Between {
  size_t end = 0;       // Where the number begins.
  bool blank = false;   // White space.
  bool strong = false;  // A full stop, a colon and the like: what is before is no part of the number.
  bool hyphen = false;
};

// Passes over single separators; a run is left, for it may stand for characters.
Between PassSeparators(const Cell& cell, size_t at, size_t end) {
  constexpr std::u32string_view kStrong = U".:#=\u00B0\u00BA\u2116\uFF1A";
  Between between;
  for (; at < end && cell.unread[at] == 0 && !IsCellAlphanumeric(cell.shape[at]); ++at) {
    const char32_t c = cell.shape[at];
    if (c == U'(') break;
    between.blank = between.blank || IsCellBlank(c);
    between.strong = between.strong || kStrong.find(c) != kStrong.npos;
    between.hyphen = between.hyphen || c == U'-' || c == U'/';
  }
  between.end = at;
  return between;
}

bool HoldsNumber(const Cell& cell, Range range) {
  for (size_t at = range.begin; at < range.end; ++at) {
    if (cell.unread[at] != 0 || IsCellDigit(cell.shape[at])) return true;
  }
  return false;
}

// Whether the next word, up to a blank, holds a digit or something unreadable.
bool BeginsNumber(const Cell& cell, Range range) {
  size_t end = range.begin;
  while (end < range.end && !IsCellBlank(cell.shape[end])) ++end;
  return HoldsNumber(cell, {range.begin, end});
}

// Where the number begins behind `words`, which are no part of it; range.begin if they may be.
size_t Behind(const Cell& cell, Range range, std::span<const Word> words) {
  const Between between = PassSeparators(cell, words.back().end, range.end);
  const bool separated =
      between.blank || between.strong || (between.hyphen && (LettersOf(words) > kLongWord || words.size() > 1));
  if (LettersOf(words) == 1 && !between.strong) return range.begin;  // "N 12345" may be all of it.
  if (!separated || !HoldsNumber(cell, {between.end, range.end})) return range.begin;
  const bool sure = between.strong || (words.size() > 1 && LettersOf(words) > kLongWord);
  if (sure || BeginsNumber(cell, {between.end, range.end})) return between.end;
  size_t count = 0;  // "Lauf Nr. 12345".
  const std::vector<Word> next = WordsOf(cell, {between.end, range.end}, Labels().longest());
  return Labels().FindFirst(next, &count) != nullptr ? between.end : range.begin;
}

bool IsKnown(std::span<const Word> words) {
  size_t count = 0;
  if (words[0].digit) return false;
  if (NoteWords().FindFirst(words, &count) != nullptr) return true;
  if (Components().FindFirst(words, &count) != nullptr && LettersOf(words.first(count)) >= kLongWord) return true;
  return FindPhrase(words, &count) != nullptr;
}

// Behind a mere blank a short word is a part of the number.
bool HasLongWord(std::span<const Word> words) {
  return std::any_of(words.begin(), words.end(),
                     [](const Word& word) { return !word.digit && word.plain.size() >= kLongWord; });
}

// Two words of a language at least: enough to be no part of a number even behind a mere blank.
bool IsSentence(std::span<const Word> words) {
  constexpr size_t kShortWord = 3;
  if (words.size() < 2 || words[0].digit || words[1].digit) return false;
  const size_t longest = std::max(words[0].plain.size(), words[1].plain.size());
  const bool third = words.size() > 2 && !words[2].digit && words[0].plain.size() >= kShortWord;
  return longest >= kLongWord && (third || std::min(words[0].plain.size(), words[1].plain.size()) >= kShortWord);
}

// Whether a dash between blanks, or a stop behind the number, stands in [begin, end).
bool IsStrongBreak(const Cell& cell, size_t begin, size_t end) {
  for (size_t at = begin; at < end; ++at) {
    const char32_t c = cell.shape[at];
    const bool dash = c == U'-' || c == U'\u2013' || c == U'\u2014';
    const bool blanks =
        at > begin && IsCellBlank(cell.shape[at - 1]) && at + 1 < end && IsCellBlank(cell.shape[at + 1]);
    const bool blank_behind = at + 1 < end && IsCellBlank(cell.shape[at + 1]);
    if (c == U'\n' || (dash && blanks) || ((c == U':' || c == U'.' || c == U';' || c == U',') && blank_behind))
      return true;
  }
  return false;
}

}  // namespace

bool MayLead(std::string_view word) {
  // The first letters of the tables' first words, six at most, as one number.
  static const absl::flat_hash_set<uint64_t>* const table = [] {
    auto* beginnings = new absl::flat_hash_set<uint64_t>();
    for (const std::string_view rows : {data::labels, data::components}) {
      ForEachRow<1>(rows, [&](const std::array<std::string_view, 1>& row) {
        const std::vector<Word> words = WordsOf(row[0]);
        if (!words.empty()) beginnings->insert(Beginning(words[0].plain));
      });
    }
    return beginnings;
  }();
  return table->contains(Beginning(word));
}

size_t SkipLabel(const Cell& cell, Range range) {
  size_t begin = range.begin;
  for (int round = 0; round < 3; ++round) {  // "Serial number: S/N 12345".
    const std::vector<Word> words = WordsOf(cell, {begin, range.end}, Labels().longest());
    size_t count = 0;
    if (Labels().FindFirst(words, &count) == nullptr) break;
    const size_t next = Behind(cell, {begin, range.end}, std::span(words).first(count));
    if (next == begin) break;
    begin = next;
  }
  return begin;
}

size_t SkipComponent(const Cell& cell, Range range, std::string_view* component) {
  const std::vector<Word> words = WordsOf(cell, range, Components().longest());
  size_t count = 0;
  const std::string_view* const found = Components().FindFirst(words, &count);
  if (found == nullptr) return range.begin;
  const std::span<const Word> name = std::span(words).first(count);
  const Between between = PassSeparators(cell, name.back().end, range.end);
  if (!between.strong && LettersOf(name) < kLongWord) return range.begin;
  const size_t begin = Behind(cell, range, name);
  if (begin != range.begin) *component = *found;
  return begin;
}

std::vector<Range> SplitAtNames(const Cell& cell, Range range) {
  constexpr size_t kMost = 64;  // Words of a piece; what is behind them is not cut.
  const std::vector<Word> words = WordsOf(cell, range, kMost);
  std::vector<std::pair<Range, bool>> names;  // Words, and whether a number stands behind them.
  for (size_t i = 0; i < words.size();) {
    size_t count = 0;
    const std::span<const Word> rest = std::span(words).subspan(i);
    bool name = Components().FindFirst(rest, &count) != nullptr && LettersOf(rest.first(count)) >= kLongWord;
    if (name) {  // Brackets have a rule of their own.
      const std::u32string_view before =
          std::u32string_view(cell.shape).substr(range.begin, rest[0].begin - range.begin);
      const size_t bracket = before.find_last_of(U"()");
      name = bracket == before.npos || before[bracket] == U')';
    }
    if (name) {
      const Range named = {rest[0].begin, rest[count - 1].end};
      names.emplace_back(named, Behind(cell, {named.begin, range.end}, rest.first(count)) != named.begin);
    }
    i += name ? count : 1;
  }
  if (names.empty()) return {range};
  // Names lead if one begins the piece, or none ends it.
  const bool leads = names[0].first.begin == words[0].begin || names.back().first.end != words.back().end;
  std::vector<Range> pieces;
  size_t begin = range.begin;
  for (const auto& [name, before_number] : names) {
    const size_t cut = leads ? name.begin : name.end;
    if (!before_number || !HoldsNumber(cell, {begin, cut})) continue;
    pieces.push_back({begin, cut});
    begin = cut;
  }
  pieces.push_back({begin, range.end});
  return pieces;
}

NoteFacts ReadFacts(std::span<const Word> words) {
  NoteFacts facts;
  const auto set = [](std::string_view* fact, std::string_view value) {
    if (fact->empty()) *fact = value;
  };
  for (size_t i = 0; i < words.size();) {
    size_t count = 1;
    const std::span<const Word> rest = words.subspan(i);
    if (const NoteWord* word = NoteWords().FindFirst(rest, &count)) {
      set(word->attribute == "location" ? &facts.location
          : word->attribute == "method" ? &facts.method
                                        : &facts.condition,
          word->value);
    } else if (const std::string_view* part = Components().FindFirst(rest, &count);
               part != nullptr && LettersOf(rest.first(count)) >= kLongWord) {
      set(&facts.component, *part);
      set(&facts.location, *part);
    } else if (const Sentinel* sentinel = FindPhrase(rest, &count)) {
      if (sentinel->missing == Missing::kObliterated || sentinel->missing == Missing::kIllegible) {
        set(&facts.condition, MissingName(sentinel->missing));
      }
    } else {
      count = 1;
    }
    i += count;
  }
  return facts;
}

bool IsProse(std::span<const Word> words) {
  if (words.empty() || words[0].digit) return false;
  if (IsKnown(words)) return true;
  size_t count = 0, longest = 0;
  for (const Word& word : words) {
    if (word.digit || word.plain.size() < 2) continue;
    ++count;
    longest = std::max(longest, word.plain.size());
  }
  const bool alone = words.size() == 1;
  return (alone || count > 1) && (longest >= kLongWord || (count > 1 && longest > 2));
}

size_t FindTrailingNote(const Cell& cell, Range range, size_t* note) {
  // Behind each word that ends the number: words with digits, or beside them, are a number's own.
  bool number = false;
  for (size_t at = range.begin; at < range.end;) {
    size_t end = at;
    bool digit = false;
    for (; end < range.end && !IsCellBlank(cell.shape[end]); ++end) {
      digit = digit || cell.unread[end] != 0 || IsCellDigit(cell.shape[end]);
    }
    number = number || digit;
    if (number && end < range.end) {
      size_t last = end;  // Of the number: what a stop ends.
      while (last > at && cell.unread[last - 1] == 0 && !IsCellAlphanumeric(cell.shape[last - 1])) --last;
      const std::vector<Word> words = WordsOf(cell, {end, range.end}, kMostWords);
      if (words.empty() || cell.shape[words[0].begin] == U'(') return range.end;
      const bool strong = IsStrongBreak(cell, last, words[0].begin);
      if (strong ? IsProse(words) : (IsKnown(words) && HasLongWord(words)) || IsSentence(words)) {
        *note = words[0].begin;
        return last;
      }
    }
    at = std::max(end, at + 1);
    while (at < range.end && IsCellBlank(cell.shape[at])) ++at;
  }
  return range.end;
}

size_t FindExplainedSign(Range range, Cell* cell) {
  const std::u32string& shape = cell->shape;
  size_t begin = range.begin;
  while (begin < range.end && IsCellBlank(shape[begin])) ++begin;
  size_t end = begin;
  constexpr std::u32string_view kEnds = U" \n,;(";
  while (end < range.end && kEnds.find(shape[end]) == kEnds.npos) ++end;
  if (end == range.end || end - begin > 2 * kMaxMarkSymbols || !HoldsNumber(*cell, {begin, end})) return range.end;
  // A sign that stands alone behind the number, beside words: it is what they are about.
  constexpr std::u32string_view kAround = U" \n,;:()='\"\u2018\u2019\u201C\u201D\u00AB\u00BB";
  bool words = false;
  for (const Word& word : WordsOf(*cell, {end, range.end}, kMostWords)) {
    words = words || (!word.digit && word.plain.size() > 1);
  }
  if (!words) return range.end;
  for (size_t at = end + 1; at < range.end; ++at) {
    const char32_t c = shape[at];
    const bool plain = IsCellAlphanumeric(c) && c != U'x' && c != U'X';
    if (plain || kAround.find(c) != kAround.npos || kAround.find(shape[at - 1]) == kAround.npos) continue;
    if (at + 1 < range.end && kAround.find(shape[at + 1]) == kAround.npos) continue;
    if (std::u32string_view(shape).substr(begin, end - begin).find(c) == std::u32string_view::npos) continue;
    if (c == U'-' || c == U'.' || c == U'/') continue;  // A dash between blanks is punctuation.
    for (size_t i = begin; i < end; ++i) {
      if (shape[i] == c) cell->unread[i] = kUnreadable;
    }
    return end;
  }
  return range.end;
}

}  // namespace burin::internal
