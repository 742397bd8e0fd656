// Where a cell may be cut. docs/marks.md, "Several numbers in one cell", is the rule that this follows.
#include "src/mark/cells/cell.h"

#include <algorithm>

#include "src/mark/cells/note.h"
#include "src/mark/cells/sentinel.h"
#include "src/mark/fold/fold.h"
#include "src/mark/fold/normalize.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kNowhere = std::u32string::npos;

char32_t ShapeOf(char32_t c, CodePoints* scratch) {
  if (c >= 0x80) {
    switch (c) {
      case 0x85:
      case 0x2028:
      case 0x2029:
        return U'\n';
      case 0x2044:  // Fraction slash, division slash, big solidus.
      case 0x2215:
      case 0x29F8:
        return U'/';
      case 0x060C:  // Arabic comma and semicolon, ideographic comma: none of them groups thousands.
      case 0x061B:
      case 0x3001:
        return U';';
      case 0x3010:  // Black lenticular and tortoise shell brackets.
      case 0x3014:
        return U'(';
      case 0x3011:
      case 0x3015:
        return U')';
      default:
        break;
    }
    scratch->clear();
    Decompose(c, Fold::kKeepCase, scratch);
    const char32_t plain = scratch->size() == 1 ? static_cast<char32_t>((*scratch)[0]) : c;
    if (plain >= 0x80) return KindOf(plain) == Kind::kSpace ? U' ' : c;
    if (IsCellAlphanumeric(plain)) return c;
    c = plain;
  }
  switch (c) {
    case U'\n':
    case U'\r':
    case U'\v':
    case U'\f':
      return U'\n';
    case U'\t':
      return U' ';
    case U'[':
    case U'{':
      return U'(';
    case U']':
    case U'}':
      return U')';
    default:
      return c;
  }
}

// Walks over a range and knows the brackets in it.
class Walk {
 public:
  Walk(const Cell& cell, Range range) : shape_(cell.shape), range_(range) {}

  // The bracket that closes the one at `open`, or kNowhere.
  size_t Close(size_t open) {
    if (unclosed_) return kNowhere;  // There is none to be found: do not look for it again.
    const std::u32string_view within = std::u32string_view(shape_).substr(0, range_.end);
    const size_t close = within.find(U')', open);
    unclosed_ = close == kNowhere;
    return close;
  }

  // Behind a bracket that opens at `at`, if it is closed; else `at`.
  size_t SkipBrackets(size_t at) {
    if (shape_[at] != U'(') return at;
    const size_t close = Close(at);
    return close == kNowhere ? at : close + 1;
  }

  // What stands at `at` or before it; 0, which is no blank, outside the range.
  char32_t At(size_t at) const { return at < range_.end ? shape_[at] : 0; }
  char32_t Before(size_t at) const { return at > range_.begin ? shape_[at - 1] : 0; }

 private:
  const std::u32string& shape_;
  Range range_;
  bool unclosed_ = false;
};

// The comma at `at` groups a number by thousands: one to three digits before it, exactly three after it.
bool GroupsThousands(const Walk& walk, size_t at) {
  size_t before = 0, after = 0;
  while (before < 4 && at > before && IsCellDigit(walk.Before(at - before))) ++before;
  while (after < 4 && IsCellDigit(walk.At(at + 1 + after))) ++after;
  if (before == 0 || before > 3 || after != 3) return false;
  const char32_t left = at > before ? walk.Before(at - before) : 0, right = walk.At(at + 4);
  return !IsCellAlphanumeric(left) && !IsCellAlphanumeric(right) && (left != U',' || before == 3);
}

// The length of the word between blanks at `at` if it is `word` but for case; else 0.
size_t MatchWord(const Walk& walk, size_t at, std::u32string_view word) {
  for (size_t i = 0; i < word.size(); ++i) {
    const char32_t c = walk.At(at + i);
    if ((c >= U'A' && c <= U'Z' ? c + 32 : c) != word[i]) return 0;
  }
  return IsCellBlank(walk.At(at + word.size())) ? word.size() : 0;
}

// The length of the separator at `at`, or 0.
size_t MatchSeparator(const Walk& walk, size_t at) {
  const char32_t c = walk.At(at);
  const bool blank_before = IsCellBlank(walk.Before(at)), blank_after = IsCellBlank(walk.At(at + 1));
  switch (c) {
    case U'\n':
    case U';':
    case U'|':
      return 1;
    case U',':
      return GroupsThousands(walk, at) ? 0 : 1;
    case U'/':
      return blank_before || blank_after ? 1 : 0;
    case U'&':
    case U'+':
      return blank_before && blank_after ? 1 : 0;
    case U'e':
    case U'y':
      if (blank_before && blank_after) return 1;
      break;
    default:
      break;
  }
  if (!blank_before) return 0;
  for (const std::u32string_view word : {U"and", U"und", U"et"}) {
    if (const size_t size = MatchWord(walk, at, word); size != 0) return size;
  }
  return 0;
}

// The same for separators that are in doubt.
size_t MatchDoubtful(const Walk& walk, size_t at) {
  const char32_t c = walk.At(at);
  if (c == U'/') return 1;
  return (c == U'E' || c == U'Y') && IsCellBlank(walk.Before(at)) && IsCellBlank(walk.At(at + 1)) ? 1 : 0;
}

template <typename Match>
std::vector<Range> Split(const Cell& cell, Range range, Match match) {
  std::vector<Range> pieces;
  Walk walk(cell, range);
  size_t begin = range.begin;
  for (size_t at = range.begin; at < range.end;) {
    if (const size_t next = walk.SkipBrackets(at); next != at) {
      at = next;
      continue;
    }
    const size_t size = match(walk, at);
    if (size != 0) {
      pieces.push_back({begin, at});
      begin = at + size;
    }
    at += std::max<size_t>(size, 1);
  }
  pieces.push_back({begin, range.end});
  return pieces;
}

// Splits a piece at its notes, part by part.
class NoteSplitter {
 public:
  NoteSplitter(const Cell& cell, Range range) : cell_(cell), range_(range), walk_(cell, range), begin_(range.begin) {}

  std::vector<Part> Run() {
    for (size_t at = range_.begin; at < range_.end;) {
      const size_t close = cell_.shape[at] == U'(' ? walk_.Close(at) : kNowhere;
      if (close != kNowhere && (TakeNote({at, close + 1}) || TakeNumber({at, close + 1}))) {
        at = close + 1;
        continue;
      }
      const size_t end = close == kNowhere ? at + 1 : close + 1;
      for (; at < end; ++at) Meet(at);
    }
    if (!blank_) parts_.push_back({{begin_, range_.end}, std::move(leading_)});
    if (parts_.empty()) parts_.push_back({range_, {}});
    return std::move(parts_);
  }

 private:
  void Meet(size_t at) {
    const bool unread = cell_.unread[at] != 0;
    number_ = number_ || unread || IsCellDigit(cell_.shape[at]);
    blank_ = blank_ && !unread && !IsCellAlphanumeric(cell_.shape[at]);
  }

  // Whether `bracket` holds a note, and what it says: a reserved name, or what is written if that is words.
  bool ReadNote(Range bracket, Note* note, bool* reserved) const {
    const Range inner = {bracket.begin + 1, bracket.end - 1};
    note->component = FindComponent(cell_, inner);
    *reserved = !note->component.empty();
    if (*reserved) return true;
    constexpr std::u32string_view kBehind = U" \n(.,:;";
    if (bracket.end < range_.end && kBehind.find(walk_.At(bracket.end)) == kBehind.npos) return false;
    bool number = false;
    for (size_t at = inner.begin; at < inner.end; ++at) {
      number = number || cell_.unread[at] != 0 || IsCellDigit(cell_.shape[at]);
    }
    if (number && (!number_ || !IsProse(WordsOf(cell_, inner, kWordsOfProse)))) return false;
    std::string_view component;
    if (number && SkipComponent(cell_, inner, &component) != inner.begin) return false;
    constexpr size_t kShortestWord = 3;
    std::u32string symbols;
    const std::u32string_view text = std::u32string_view(cell_.points).substr(inner.begin, inner.end - inner.begin);
    if (!FoldSerial(ToUtf8(text), &symbols) || symbols.size() < kShortestWord) return false;
    note->prose = number;
    AddNote(cell_, inner, note);
    return true;
  }

  bool TakeNote(Range bracket) {
    Note note;
    bool reserved = false;
    if (!ReadNote(bracket, &note, &reserved)) return false;
    if (blank_) return TakeNoteAlone(bracket, std::move(note), reserved);
    if (!number_ && FindSentinel(cell_, {begin_, bracket.begin}) == nullptr) return false;
    if (leads_ && reserved) std::swap(note, leading_);  // "(cano) MDY272 (ferrolho) FLB721": notes come first here.
    parts_.push_back({{begin_, bracket.begin}, std::move(note)});
    reserved_ = reserved;
    Restart(bracket.end);
    return true;
  }

  // A note with no number before it: a component's name leads the next number, a further note belongs to the last.
  bool TakeNoteAlone(Range bracket, Note note, bool reserved) {
    if (parts_.empty()) {
      if (!reserved) return false;
      leads_ = true;
      leading_ = std::move(note);
    } else if (!reserved_ && (reserved || parts_.back().note.component.empty())) {
      parts_.back().note = std::move(note);
      reserved_ = reserved;
    }
    Restart(bracket.end);
    return true;
  }

  // A component with a number of its own in brackets, "(culasse 7654321)".
  bool TakeNumber(Range bracket) {
    const Range inner = {bracket.begin + 1, bracket.end - 1};
    std::string_view component;
    const size_t number = SkipComponent(cell_, inner, &component);
    if (number == inner.begin) return false;
    if (!blank_) parts_.push_back({{begin_, bracket.begin}, std::move(leading_)});
    Part part = {{number, inner.end}, {}};
    part.note.component = component;
    part.note.prose = true;
    parts_.push_back(std::move(part));
    leading_ = {};
    leads_ = false;
    reserved_ = true;
    Restart(bracket.end);
    return true;
  }

  void Restart(size_t at) {
    begin_ = at;
    number_ = false;
    blank_ = true;
  }

  static constexpr size_t kWordsOfProse = 24;

  const Cell& cell_;
  const Range range_;
  Walk walk_;
  std::vector<Part> parts_;
  Note leading_;  // Of the number to come.
  bool leads_ = false;
  bool reserved_ = false;  // The last part's component is a reserved name.
  size_t begin_;           // Of the number being read, and what of it was met:
  bool number_ = false;    // a digit or an unreadable character,
  bool blank_ = true;      // nothing but separators.
};

}  // namespace

bool IsCellDigit(char32_t c) { return c < 0x80 ? c >= U'0' && c <= U'9' : KindOf(c) == Kind::kDigit; }

bool IsCellAlphanumeric(char32_t c) {
  if (c < 0x80) return IsCellDigit(c) || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
  return IsCellDigit(c) || KindOf(c) == Kind::kSymbol;
}

bool ReadCell(std::string_view utf8, const Unreadables& unreadable, Cell* cell) {
  if (!DecodeAll(utf8, &cell->points)) return false;
  CodePoints scratch;
  cell->shape.clear();
  for (const char32_t c : cell->points) cell->shape.push_back(ShapeOf(c, &scratch));
  FindUnreadable(unreadable, cell);
  return true;
}

std::vector<Range> SplitAtSeparators(const Cell& cell, Range range) { return Split(cell, range, MatchSeparator); }

std::vector<Range> SplitAtDoubtful(const Cell& cell, Range range) { return Split(cell, range, MatchDoubtful); }

std::vector<Part> SplitAtNotes(const Cell& cell, Range range) { return NoteSplitter(cell, range).Run(); }

void AddNote(const Cell& cell, Range range, Note* note) {
  constexpr size_t kMostWords = 24;
  constexpr size_t kLongestNote = 200;  // Characters that are kept of a note that says nothing we know.
  const auto is_end = [&](size_t at) {
    const char32_t c = cell.shape[at];
    return cell.unread[at] == 0 && c < 0x80 && c != U'(' && c != U')' && !IsCellAlphanumeric(c);
  };
  while (range.begin < range.end && is_end(range.begin)) ++range.begin;
  while (range.end > range.begin && is_end(range.end - 1)) --range.end;
  const NoteFacts facts = ReadFacts(WordsOf(cell, range, kMostWords));
  const auto set = [](std::string_view* fact, std::string_view value) {
    if (fact->empty()) *fact = value;
  };
  set(&note->location, facts.location);
  set(&note->method, facts.method);
  set(&note->condition, facts.condition);
  note->prose = note->prose || facts.any();
  if (note->component.empty()) note->component = facts.component;
  if (facts.any() || !note->component.empty() || FindSentinel(cell, range) != nullptr) return;
  const size_t size = std::min(range.end - range.begin, kLongestNote);
  note->component = ToUtf8(std::u32string_view(cell.points).substr(range.begin, size));
}

}  // namespace burin::internal
