// What a cell records. Nearly all cells are plain: ASCII letters and digits, a digit among them, nothing that could
// separate numbers. Those are folded at once; the rest is taken apart by cell.h. docs/marks.md has the rules.
#include "src/mark/cells/recorded.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "src/mark/cells/cell.h"
#include "src/mark/cells/note.h"
#include "src/mark/cells/sentinel.h"
#include "src/mark/cells/sheet.h"
#include "src/mark/fold/fold.h"
#include "src/mark/fold/normalize.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kShortestNumber = 3;          // Of several in one cell.
constexpr size_t kShortestDoubtfulNumber = 5;  // Of several where the separator may be part of one number.

// Bytes of plain cells, as bits. A cell of digits and letters alone needs no closer look.
enum Byte : uint8_t { kDigit = 1, kLetter = 2, kSeparator = 4, kSmallX = 8, kSpecial = 16 };

constexpr std::array<uint8_t, 256> MakeBytes() {
  std::array<uint8_t, 256> table{};
  for (uint8_t& byte : table) byte = kSpecial;
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = kDigit;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = table[c + 32u] = kLetter;
  table['x'] |= kSmallX;
  for (const unsigned char c : {' ', '/', '-', '.'}) table[c] = kSeparator;
  return table;
}
constexpr std::array<uint8_t, 256> kBytes = MakeBytes();

bool IsBlankOrEnd(std::string_view cell, size_t at) { return at >= cell.size() || cell[at] == ' '; }

bool IsMonth(std::string_view cell, size_t begin, size_t end) {
  char name[3] = {};
  size_t letters = 0;
  for (size_t at = begin; at < end; ++at) {
    const char c = cell[at];
    if ((kBytes[static_cast<unsigned char>(c)] & kLetter) == 0) continue;
    if (letters == 3) return false;
    name[letters++] = static_cast<char>(c | 0x20);
  }
  return letters == 3 && IsMonthName({name, 3});
}

// The word [begin, end) between blanks may be a separator, a label, a note, or hold what stands for other characters.
// `digit`: a digit came before.
bool IsPlainWord(std::string_view cell, size_t begin, size_t end, bool digit) {
  constexpr size_t kLongWord = 4;  // Letters of a word that may be a note.
  size_t letters = 0, digits = 0, separators = 0, before_slash = 0, zeros = 0, points = 0;
  size_t part = 0;  // Letters since a separator or a digit.
  bool slash = false, label = false, word = false;
  for (size_t at = begin; at < end; ++at) {
    const char c = cell[at];
    const char last = at > begin ? cell[at - 1] : ' ';
    if (c >= '0' && c <= '9') {
      ++digits;
      part = 0;
      zeros = c == '0' ? zeros : 0;
    } else if ((kBytes[static_cast<unsigned char>(c)] & kLetter) != 0) {
      if (c == 'x' && last == 'x') return false;
      ++letters;
      ++part;
      zeros = 0;
      word = word || part >= kLongWord;
    } else {
      ++separators;
      part = 0;
      if (c == '/') {
        if (slash || digits == 0 || begin > 0 || end < cell.size() || at + 1 == end) return false;
        slash = true;
        before_slash = letters + digits;
        continue;
      }
      if (c == last || last == ' ' || IsBlankOrEnd(cell, at + 1)) return false;
      label = label || (c == '.' && digits == 0);
      points += c == '.';
      zeros = c == '.' ? 1 : 0;
    }
  }
  if (slash && letters + digits == 2 * before_slash) return false;
  if (digits == 0 && digit) return letters < kLongWord;
  if (digits == 0) return !label && !MayLead(cell.substr(begin, end - begin));
  // A label with a stop, a decimal or a rounded number, a name between separators, a date.
  if (label || zeros != 0 || (points > 0 && letters == 1) || (separators > 0 && word)) return false;
  return separators == 0 || (letters == 0 ? separators == 1 : !IsMonth(cell, begin, end));
}

// The cell is one serial for certain. False where a closer look is needed, though it may find the same.
bool IsPlainWords(std::string_view cell) {
  bool digit = false;
  for (size_t begin = 0; begin < cell.size();) {
    const size_t end = std::min(cell.find(' ', begin), cell.size());
    if (end > begin) {
      const std::string_view word = cell.substr(begin, end - begin);
      // What begins with e, et, and, und, y may stand between two numbers.
      constexpr std::string_view kConnectors = "aAeEuUyY";
      if (begin > 0 && kConnectors.find(word[0]) != kConnectors.npos) return false;
      if (!IsPlainWord(cell, begin, end, digit)) return false;
      digit = digit || word.find_first_of("0123456789") != word.npos;
    }
    begin = end + 1;
  }
  return digit;
}

bool IsPlain(std::string_view cell) {
  uint8_t seen = 0;
  for (const char c : cell) seen |= kBytes[static_cast<unsigned char>(c)];
  if ((seen & (kSpecial | kDigit)) != kDigit || cell.size() > kMaxMarkSymbols) return false;
  return (seen & (kSeparator | kSmallX)) == 0 || IsPlainWords(cell);
}

void Reset(RecordedMark* mark) {
  mark->missing = Missing::kNone;
  mark->symbols.clear();
  mark->partial = false;
  mark->rules = 0;
  mark->component.clear();
  mark->location = mark->method = mark->condition = mark->sentinel = {};
}

void Miss(Missing missing, RecordedMark* mark) {
  mark->missing = missing;
  mark->symbols.clear();
  mark->partial = false;
}

void Say(const Sentinel& sentinel, bool own, RecordedMark* mark) {
  Miss(sentinel.missing, mark);
  mark->sentinel = sentinel.text;
  if (own) mark->rules |= kSourceRule;
}

void TakeNote(Note note, RecordedMark* mark) {
  if (mark->component.empty()) mark->component = std::move(note.component);
  if (mark->location.empty()) mark->location = note.location;
  if (mark->method.empty()) mark->method = note.method;
  if (mark->condition.empty()) mark->condition = note.condition;
  if (note.prose) mark->rules |= kNoteRule;
}

// A mark, and what the rule for several numbers asks about it.
struct Candidate {
  RecordedMark mark;
  bool number = false;  // Holds a digit or an unreadable character beside a symbol.
  bool digit = false;
  size_t size = 0;  // In items, before any limit.
};

class Reader {
 public:
  Reader(Cell* cell, const RecordedOptions& options) : cell_(*cell), mutable_cell_(cell), options_(options) {}

  void Read(std::vector<RecordedMark>* marks) {
    const Range whole = {0, cell_.points.size()};
    marks->resize(1);
    Reset(&marks->front());
    if (ReadOwn(whole, &marks->front()) || ReadSheet(&marks->front())) return;
    if (ReadSentinel(whole, &marks->front())) return;
    std::vector<Candidate> candidates;
    if (const size_t end = FindExplainedSign(whole, mutable_cell_); end != whole.end) {
      candidates.push_back(Evaluate({{0, end}, {}}));
      candidates[0].mark.rules |= kNoteRule | kUnreadableRule;
    } else {
      candidates = Candidates(whole);
      const bool alone = candidates.size() == 1;
      if (alone ? !candidates[0].number : !KeepNumbers(&candidates)) candidates = {One(whole)};
      if (candidates.size() == 1 && LooksLikeDate(cell_.shape)) candidates[0].mark.rules |= kDateRule;
    }
    marks->clear();
    for (Candidate& candidate : candidates) marks->push_back(std::move(candidate.mark));
  }

 private:
  std::u32string_view Text(Range range) const {
    return std::u32string_view(cell_.points).substr(range.begin, range.end - range.begin);
  }

  // One of the source's own sentinels.
  bool ReadOwn(Range range, RecordedMark* mark) const {
    const Sentinel* const own = options_.sentinels == nullptr ? nullptr : options_.sentinels->Find(cell_, range);
    if (own != nullptr) Say(*own, true, mark);
    return own != nullptr;
  }

  bool ReadSentinel(Range range, RecordedMark* mark) const {
    if (ReadOwn(range, mark)) return true;
    const Sentinel* const found = FindSentinel(cell_, range);
    if (found != nullptr) Say(*found, false, mark);
    return found != nullptr;
  }

  // Whether the cell is what a spreadsheet made of a number, and *mark what is left of that.
  bool ReadSheet(RecordedMark* mark) const {
    Range number;
    switch (FormOf(cell_, &number)) {
      case SheetForm::kRounded:
      case SheetForm::kError:
        Miss(Missing::kDamaged, mark);
        mark->rules |= kSheetRule;
        return true;
      case SheetForm::kDecimal:
        *mark = Evaluate({number, {}}).mark;
        mark->rules |= kDecimalRule;
        return true;
      default:
        return false;
    }
  }

  // The items of a number: what lies between unreadable characters is folded piece by piece.
  std::u32string Items(Range range, uint16_t* rules) const {
    std::u32string items, folded;
    const auto fold = [&](size_t begin, size_t end) {
      if (begin == end) return;
      (void)FoldSerial(ToUtf8(Text({begin, end})), &folded);  // The cell was decoded: it is valid.
      items += folded;
    };
    size_t begin = range.begin;
    for (size_t at = range.begin; at < range.end; ++at) {
      const Symbol unread = cell_.unread[at];
      if (unread == 0) continue;
      fold(begin, at);
      begin = at + 1;
      if (options_.unreadable.Of(cell_.points[at]) == 0 && options_.unreadable.Of(cell_.shape[at]) == 0) {
        *rules |= kUnreadableRule;
      }
      if (unread == kUnreadable) items.append(UnreadableCount(cell_.points[at]), unread);
      if (unread == kGap && (items.empty() || items.back() != kGap)) items += unread;
    }
    fold(begin, range.end);
    return items;
  }

  // What of a part is its number; the rest becomes a note of the mark, or goes.
  Range NumberOf(const Part& part, RecordedMark* mark) const {
    Range range = part.number;
    const auto skip_label = [&] {
      const size_t begin = SkipLabel(cell_, range);
      std::u32string dropped;  // Signs go anyway.
      const bool some = FoldSerial(ToUtf8(Text({range.begin, begin})), &dropped) && !dropped.empty();
      if (some) mark->rules |= kLabelRule;
      range.begin = begin;
    };
    skip_label();
    std::string_view component;
    if (const size_t begin = SkipComponent(cell_, range, &component); begin != range.begin) {
      range.begin = begin;
      Note note;
      note.component = component;
      note.prose = true;
      TakeNote(std::move(note), mark);
      skip_label();
    }
    size_t words = 0;
    if (const size_t end = FindTrailingNote(cell_, range, &words); end != range.end) {
      Note note;
      note.prose = true;
      AddNote(cell_, {words, range.end}, &note);
      TakeNote(std::move(note), mark);
      range.end = end;
    }
    return range;
  }

  Candidate Evaluate(const Part& part) const {
    Candidate candidate;
    RecordedMark& mark = candidate.mark;
    TakeNote(part.note, &mark);
    if (ReadSentinel(part.number, &mark)) return candidate;
    mark.symbols = Items(NumberOf(part, &mark), &mark.rules);
    candidate.size = mark.symbols.size();
    bool symbol = false;
    for (const Symbol s : mark.symbols) {
      const bool unread = s == kUnreadable || s == kGap;
      mark.partial = mark.partial || unread;
      symbol = symbol || !unread;
      candidate.digit = candidate.digit || (s >= U'0' && s <= U'9');
    }
    candidate.number = candidate.digit || (mark.partial && symbol);
    if (mark.symbols.empty()) {
      Miss(Missing::kNotRecorded, &mark);
    } else if (!symbol) {
      Miss(Missing::kIllegible, &mark);
    } else if (candidate.size > kMaxMarkSymbols) {
      Miss(Missing::kTooLong, &mark);
    }
    return candidate;
  }

  std::vector<Candidate> EvaluateNotes(Range range) const {
    std::vector<Candidate> candidates;
    for (const Part& part : SplitAtNotes(cell_, range)) candidates.push_back(Evaluate(part));
    return candidates;
  }

  // A cell, or a piece of one, that holds one number at most.
  Candidate One(Range range) const {
    std::vector<Candidate> noted = EvaluateNotes(range);
    return noted.size() == 1 ? std::move(noted.front()) : Evaluate({range, {}});
  }

  // The numbers between separators in doubt, if they are alike enough to be several; else none.
  std::vector<Candidate> Doubtful(Range range) const {
    const std::vector<Range> pieces = SplitAtDoubtful(cell_, range);
    if (pieces.size() < 2) return {};
    std::vector<Candidate> candidates;
    for (const Range& piece : pieces) {
      std::vector<Candidate> noted = EvaluateNotes(piece);
      const Candidate& first = noted.front();
      if (noted.size() != 1 || !first.digit || first.size < kShortestDoubtfulNumber) return {};
      if (!candidates.empty() && candidates.front().size != first.size) return {};
      candidates.push_back(std::move(noted.front()));
    }
    return candidates;
  }

  // Whether a piece behind a number is words about it, and no further number.
  bool IsNote(Range piece) const {
    constexpr size_t kMostWords = 24;
    std::string_view component;
    if (SkipLabel(cell_, piece) != piece.begin || SkipComponent(cell_, piece, &component) != piece.begin) return false;
    return FindSentinel(cell_, piece) != nullptr || IsProse(WordsOf(cell_, piece, kMostWords));
  }

  // What the cell may be made of, empty pieces left out; at least one.
  std::vector<Candidate> Candidates(Range whole) const {
    std::vector<Candidate> candidates;
    for (const Range& piece : SplitAtSeparators(cell_, whole)) {
      if (!candidates.empty() && candidates.back().number && IsNote(piece)) {
        Note note;
        AddNote(cell_, piece, &note);
        note.prose = note.prose || !note.component.empty();
        TakeNote(std::move(note), &candidates.back().mark);
        continue;
      }
      std::vector<Candidate> found = Doubtful(piece);
      if (found.empty()) {
        for (const Range& named : SplitAtNames(cell_, piece)) {
          for (Candidate& candidate : EvaluateNotes(named)) found.push_back(std::move(candidate));
        }
      }
      for (Candidate& candidate : found) {
        const bool empty = candidate.mark.missing == Missing::kNotRecorded && candidate.mark.sentinel.empty();
        if (!empty) candidates.push_back(std::move(candidate));
      }
    }
    if (candidates.empty()) candidates.push_back(Evaluate({whole, {}}));
    return candidates;
  }

  // Leaves the numbers, or where there is none the first that says why. False if something is neither: then the cell
  // is one number.
  static bool KeepNumbers(std::vector<Candidate>* candidates) {
    std::vector<Candidate> numbers;
    for (Candidate& candidate : *candidates) {
      const Missing missing = candidate.mark.missing;
      if (missing != Missing::kNone && missing != Missing::kTooLong) continue;
      if (!candidate.number || candidate.size < kShortestNumber) return false;
      numbers.push_back(std::move(candidate));
    }
    if (numbers.empty()) {
      candidates->resize(1);
    } else {
      *candidates = std::move(numbers);
    }
    return true;
  }

  const Cell& cell_;
  Cell* const mutable_cell_;  // The same.
  const RecordedOptions& options_;
};

}  // namespace

std::string_view MissingName(Missing missing) {
  switch (missing) {
    case Missing::kNone:
      return "none";
    case Missing::kUnknown:
      return "unknown";
    case Missing::kIllegible:
      return "illegible";
    case Missing::kNotPresent:
      return "not present";
    case Missing::kNotApplicable:
      return "not applicable";
    case Missing::kNotRecorded:
      return "not recorded";
    case Missing::kTooLong:
      return "too long";
    case Missing::kObliterated:
      return "obliterated";
    case Missing::kNeverMarked:
      return "never marked";
    case Missing::kNothingReported:
      return "nothing reported";
    case Missing::kText:
      return "text";
    case Missing::kDamaged:
      return "damaged";
  }
  return "unknown";
}

std::string CellRuleNames(uint16_t rules) {
  constexpr std::string_view kNames[] = {"label", "note",  "unreadable", "decimal", "date",
                                         "sheet", "words", "column",     "source"};
  std::string names;
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if ((rules >> i & 1) == 0) continue;
    if (!names.empty()) names += ' ';
    names += kNames[i];
  }
  return names;
}

bool ReadRecorded(std::string_view cell, const RecordedOptions& options, std::vector<RecordedMark>* marks) {
  if (options.sentinels == nullptr && !options.unreadable.plain() && IsPlain(cell)) {
    marks->resize(1);
    Reset(&marks->front());
    return FoldSerial(cell, &marks->front().symbols);
  }
  Cell points;
  if (!ReadCell(cell, options.unreadable, &points)) {
    marks->clear();
    return false;
  }
  Reader(&points, options).Read(marks);
  return true;
}

bool IsDigitless(const RecordedMark& mark) {
  if (mark.missing != Missing::kNone || mark.partial) return false;
  for (const Symbol s : mark.symbols) {
    if (s >= U'0' && s <= U'9') return false;
  }
  return true;
}

bool MissDigitless(std::string_view cell, bool column, RecordedMark* mark) {
  Cell points;
  const bool valid = ReadCell(cell, Unreadables(""), &points);
  const Sentinel* const found = valid ? FindWithin(points, {0, points.points.size()}) : nullptr;
  if (found != nullptr) {
    Say(*found, false, mark);
    mark->rules |= kWordsRule;
  } else if (column) {
    Miss(Missing::kText, mark);
    mark->rules |= kColumnRule;
  }
  return mark->missing != Missing::kNone;
}

}  // namespace burin::internal
