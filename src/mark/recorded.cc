// What a cell records. Nearly all cells are plain: ASCII letters and digits, a digit among them, nothing that could
// separate numbers. Those are folded at once; the rest is taken apart by cell.h. docs/marks.md has the rules.
#include "src/mark/recorded.h"

#include <array>
#include <utility>

#include "src/mark/cell.h"
#include "src/mark/fold.h"
#include "src/mark/normalize.h"
#include "src/mark/sentinel.h"

namespace burin::internal {
namespace {

constexpr size_t kShortestNumber = 3;          // Of several in one cell.
constexpr size_t kShortestDoubtfulNumber = 5;  // Of several where the separator may be part of one number.

// Bytes of a plain cell.
enum class Byte : uint8_t { kSpecial, kDigit, kLetter, kConnector, kSpace, kSlash, kDropped };

constexpr std::array<Byte, 256> MakeBytes() {
  std::array<Byte, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = Byte::kDigit;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = table[c + 32u] = Byte::kLetter;
  for (const unsigned char c : {'a', 'e', 'u', 'y'}) table[c] = table[c - 32u] = Byte::kConnector;
  table[' '] = Byte::kSpace;
  table['/'] = Byte::kSlash;
  table['-'] = table['.'] = Byte::kDropped;
  return table;
}
constexpr std::array<Byte, 256> kBytes = MakeBytes();

// The cell is one serial for certain. False where a closer look is needed, though it may find the same.
bool IsPlain(std::string_view cell) {
  bool digit = false, slash = false, after_space = true, after_slash = false;
  size_t symbols = 0, before_slash = 0;
  for (const char c : cell) {
    const Byte byte = kBytes[static_cast<unsigned char>(c)];
    switch (byte) {
      case Byte::kSpecial:
        return false;
      case Byte::kConnector:  // The first letter of e, et, and, und, y.
        if (after_space && symbols > 0) return false;
        ++symbols;
        break;
      case Byte::kDigit:
        digit = true;
        ++symbols;
        break;
      case Byte::kLetter:
        ++symbols;
        break;
      case Byte::kSpace:
        if (after_slash) return false;
        break;
      case Byte::kSlash:
        if (slash || after_space) return false;
        slash = true;
        before_slash = symbols;
        break;
      case Byte::kDropped:
        break;
    }
    after_space = byte == Byte::kSpace;
    after_slash = byte == Byte::kSlash;
  }
  if (after_slash || (slash && symbols == 2 * before_slash)) return false;
  return digit && symbols <= kMaxMarkSymbols;
}

void Reset(RecordedMark* mark) {
  mark->missing = Missing::kNone;
  mark->symbols.clear();
  mark->partial = false;
  mark->component.clear();
  mark->sentinel = {};
}

void Miss(Missing missing, RecordedMark* mark) {
  mark->missing = missing;
  mark->symbols.clear();
  mark->partial = false;
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
  Reader(const Cell& cell, const RecordedOptions& options) : cell_(cell), unreadable_(options.unreadable) {}

  void Read(std::vector<RecordedMark>* marks) const {
    const Range whole = {0, cell_.points.size()};
    if (const Sentinel* sentinel = FindSentinel(Text(whole), unreadable_)) {
      marks->resize(1);
      Reset(&marks->front());
      Say(*sentinel, &marks->front());
      return;
    }
    std::vector<Candidate> candidates = Candidates(whole);
    if (candidates.size() == 1 || !KeepNumbers(&candidates)) candidates = {One(whole)};
    marks->clear();
    for (Candidate& candidate : candidates) marks->push_back(std::move(candidate.mark));
  }

 private:
  std::u32string_view Text(Range range) const {
    return std::u32string_view(cell_.points).substr(range.begin, range.end - range.begin);
  }

  static void Say(const Sentinel& sentinel, RecordedMark* mark) {
    Miss(sentinel.missing, mark);
    mark->sentinel = sentinel.text;
  }

  // kUnreadable or kGap if the character at `at` is one of the options; else 0.
  Symbol Unread(size_t at) const {
    const char32_t c = cell_.shape[at];
    if (c >= 0x80 || unreadable_.find(static_cast<char>(c)) == std::string_view::npos) return 0;
    return c == U'*' ? kGap : c == U'?' || c == U'_' ? kUnreadable : 0;
  }

  // The items of a number: what lies between unreadable characters is folded piece by piece.
  std::u32string Items(Range range) const {
    std::u32string items, folded;
    const auto fold = [&](size_t begin, size_t end) {
      if (begin == end) return;
      (void)FoldSerial(ToUtf8(Text({begin, end})), &folded);  // The cell was decoded: it is valid.
      items += folded;
    };
    size_t begin = range.begin;
    for (size_t at = range.begin; at < range.end; ++at) {
      const Symbol unread = Unread(at);
      if (unread == 0) continue;
      fold(begin, at);
      begin = at + 1;
      if (unread != kGap || items.empty() || items.back() != kGap) items += unread;
    }
    fold(begin, range.end);
    return items;
  }

  Candidate Evaluate(const Part& part) const {
    Candidate candidate;
    RecordedMark& mark = candidate.mark;
    mark.component = part.component;
    if (const Sentinel* sentinel = FindSentinel(Text(part.number), unreadable_)) {
      Say(*sentinel, &mark);
      return candidate;
    }
    mark.symbols = Items(part.number);
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
    for (const Part& part : SplitAtNotes(cell_, range, unreadable_)) candidates.push_back(Evaluate(part));
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

  // What the cell may be made of, empty pieces left out; at least one.
  std::vector<Candidate> Candidates(Range whole) const {
    std::vector<Candidate> candidates;
    for (const Range& piece : SplitAtSeparators(cell_, whole)) {
      std::vector<Candidate> found = Doubtful(piece);
      if (found.empty()) found = EvaluateNotes(piece);
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
  const std::string_view unreadable_;
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
  }
  return "unknown";
}

bool ReadRecorded(std::string_view cell, const RecordedOptions& options, std::vector<RecordedMark>* marks) {
  if (IsPlain(cell)) {
    marks->resize(1);
    Reset(&marks->front());
    return FoldSerial(cell, &marks->front().symbols);
  }
  Cell points;
  if (!ReadCell(cell, &points)) {
    marks->clear();
    return false;
  }
  Reader(points, options).Read(marks);
  return true;
}

}  // namespace burin::internal
