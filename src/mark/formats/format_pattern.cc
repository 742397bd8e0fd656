// Formats as text: parsed, and said in words.
#include "src/mark/formats/format_pattern.h"

#include <optional>
#include <utility>

#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr char32_t kEnd = 0xFFFFFFFF;

// Whether folding leaves it as it is, so that it can occur in a serial.
bool IsFolded(char32_t c) {
  if (BaseIndex(c) < kBaseSymbols) return true;
  if (c < 0x80) return false;
  std::string utf8;
  std::u32string folded;
  AppendUtf8(c, &utf8);
  return FoldSerial(utf8, &folded) && folded.size() == 1 && folded[0] == c;
}

class FormatParser {
 public:
  explicit FormatParser(std::u32string text) : text_(std::move(text)) {}

  Result<FormatPattern> Parse() {
    FormatPattern pattern;
    do {
      if (pattern.size() == kMaxAlternatives) return Error("expected at most 64 alternatives");
      FormatSequence sequence;
      if (Status status = Sequence(&sequence); !status.ok()) return status;
      pattern.push_back(std::move(sequence));
    } while (Take(U'|'));
    return pattern;
  }

 private:
  char32_t peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : kEnd; }
  bool Take(char32_t c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  Status ErrorAt(size_t at, const std::string& what) const {
    return Status(StatusCode::kInvalidArgument, "character " + std::to_string(at + 1) + ": " + what, at + 1);
  }
  Status Error(const std::string& what) const { return ErrorAt(at_, what); }
  Status Expected(const std::string& what) const {
    std::string found = "the end";
    if (peek() != kEnd) {
      found = "'";
      AppendUtf8(peek(), &found);
      found += "'";
    }
    return Error("expected " + what + ", not " + found);
  }

  Status Sequence(FormatSequence* sequence) {
    uint32_t symbols = 0;
    do {
      const size_t begin = at_;
      FormatItem item;
      if (Status status = Item(&item); !status.ok()) return status;
      symbols += item.most;
      if (symbols > kMaxMarkSymbols) {
        return ErrorAt(begin, "expected at most " + std::to_string(kMaxMarkSymbols) + " symbols: a mark has no more");
      }
      sequence->push_back(std::move(item));
    } while (peek() != U'|' && peek() != kEnd);
    return Status();
  }

  Status Item(FormatItem* item) {
    if (Take(U'[')) {
      if (Status status = Set(&item->members); !status.ok()) return status;
    } else {
      Symbol symbol = 0;
      if (Status status = TakeSymbol("a symbol of a folded serial or '['", &symbol); !status.ok()) return status;
      item->members.Add(symbol);
    }
    return Take(U'{') ? Repetition(item) : Status();
  }

  Status TakeSymbol(const std::string& expected, Symbol* symbol) {
    if (peek() == kEnd || !IsFolded(peek())) return Expected(expected);
    *symbol = text_[at_++];
    return Status();
  }

  // From behind the '[' to behind the ']'.
  Status Set(SymbolSet* members) {
    const size_t begin = at_ - 1;
    const bool negated = Take(U'^');
    do {
      Symbol first = 0;
      if (Status status = TakeSymbol("a symbol of a folded serial", &first); !status.ok()) return status;
      Symbol last = first;
      if (Take(U'-')) {
        if (Status status = TakeSymbol("the end of a range", &last); !status.ok()) return status;
        const size_t from = BaseIndex(first), to = BaseIndex(last);
        if (to >= kBaseSymbols || from > to || (from < 10) != (to < 10)) {
          return ErrorAt(at_ - 3, "expected a range of digits or of letters A to Z, in ascending order");
        }
      }
      for (Symbol symbol = first; symbol <= last; ++symbol) members->Add(symbol);
    } while (!Take(U']'));
    if (negated) members->Complement();
    return members->empty() ? ErrorAt(begin, "expected a set that leaves a symbol") : Status();
  }

  // From behind the '{' to behind the '}'.
  Status Repetition(FormatItem* item) {
    const size_t begin = at_ - 1;
    const std::optional<uint32_t> least = Number();
    if (!least) return Expected("a number without zeros before it");
    item->least = item->most = *least;
    if (Take(U',')) {
      const std::optional<uint32_t> most = Number();
      if (!most) return Expected("a number without zeros before it: every repetition has an end");
      item->most = *most;
    }
    if (!Take(U'}')) return Expected("'}'");
    if (item->least > item->most || item->most == 0 || item->most > kMaxMarkSymbols) {
      return ErrorAt(begin, "expected {n} or {m,n} with m <= n and 1 <= n <= " + std::to_string(kMaxMarkSymbols));
    }
    return Status();
  }

  // Not "02": to RE2 that is no repetition, but text.
  std::optional<uint32_t> Number() {
    constexpr uint32_t kTooMuch = 1000;
    std::optional<uint32_t> number;
    if (peek() == U'0' && at_ + 1 < text_.size() && text_[at_ + 1] >= U'0' && text_[at_ + 1] <= U'9') return number;
    while (peek() >= U'0' && peek() <= U'9' && number.value_or(0) < kTooMuch) {
      number = number.value_or(0) * 10 + static_cast<uint32_t>(text_[at_++] - U'0');
    }
    return number;
  }

  std::u32string text_;
  size_t at_ = 0;
};

constexpr uint64_t kDigits = (uint64_t{1} << 10) - 1;
constexpr uint64_t kLetters = ((uint64_t{1} << kBaseSymbols) - 1) ^ kDigits;

std::string Shown(Symbol symbol) {
  std::string text;
  AppendUtf8(symbol, &text);
  return text;
}

// The members one by one, three and more neighbours by their ends: "A", "C D J to N".
std::string Members(const SymbolSet& set) {
  std::string text;
  const auto add = [&text](std::string_view part) { text += (text.empty() ? "" : " ") + std::string(part); };
  for (size_t i = 0; i < kBaseSymbols;) {
    size_t end = i;
    while (end < (i < 10 ? 10 : kBaseSymbols) && (set.base >> end & 1) != 0) ++end;
    if (end - i > 2) {
      add(Shown(BaseSymbol(i)) + " to " + Shown(BaseSymbol(end - 1)));
    } else {
      for (size_t k = i; k < end; ++k) add(Shown(BaseSymbol(k)));
    }
    i = end == i ? i + 1 : end;
  }
  for (const Symbol symbol : set.listed) add(Shown(symbol));
  return text;
}

// "digit", "letter"; "" for other sets.
std::string_view Kind(const SymbolSet& set) {
  if (set == SymbolSet{kDigits, false, {}}) return "digit";
  if (set == SymbolSet{kLetters, false, {}}) return "letter";
  if (set == SymbolSet{kLetters, true, {}}) return "letter of any script";
  if (set == SymbolSet{kDigits | kLetters, false, {}}) return "letter or digit";
  return {};
}

std::string Plural(std::string_view kind) {
  const size_t end = kind.find(' ');
  std::string text = std::string(kind.substr(0, end)) + "s";
  if (end == std::string_view::npos) return text;
  text += kind.substr(end);
  return kind.ends_with("digit") ? text + "s" : text;
}

std::string WordsOfItem(const FormatItem& item) {
  const bool once = item.most == 1;
  std::string count = std::to_string(item.least);
  if (item.most != item.least) count += " to " + std::to_string(item.most);
  if (item.least == 0) count = "up to " + std::to_string(item.most);
  if (const std::string_view kind = Kind(item.members); !kind.empty()) {
    if (once) return (item.least == 0 ? "perhaps a " : "a ") + std::string(kind);
    return count + " " + Plural(kind);
  }
  std::string members = Members(item.members);
  if (item.members.others) {
    SymbolSet left = item.members;
    left.Complement();
    members = "any but " + Members(left);
  } else if (members.find(' ') != std::string::npos) {
    members = "one of " + members;
  }
  if (once) return (item.least == 0 ? "perhaps " : "") + members;
  return count + " times " + members;
}

bool IsLiteral(const FormatItem& item) {
  const SymbolSet& set = item.members;
  const bool one =
      !set.others && (set.base == 0 ? set.listed.size() == 1 : set.listed.empty() && (set.base & (set.base - 1)) == 0);
  return one && item.least == 1 && item.most == 1;
}

}  // namespace

Result<FormatPattern> ParseFormatPattern(std::string_view text) {
  std::u32string points;
  if (!DecodeAll(text, &points)) {
    const size_t at = points.size() + 1;
    return Status(StatusCode::kInvalidArgument, "character " + std::to_string(at) + ": expected valid UTF-8", at);
  }
  return FormatParser(std::move(points)).Parse();
}

std::string WordsOfFormat(const FormatPattern& pattern) {
  std::string text;
  for (const FormatSequence& sequence : pattern) {
    if (!text.empty()) text += ", or ";
    for (size_t i = 0; i < sequence.size(); ++i) {
      if (i > 0) text += IsLiteral(sequence[i - 1]) && IsLiteral(sequence[i]) ? "" : ", ";
      text += WordsOfItem(sequence[i]);
    }
  }
  return text;
}

}  // namespace burin::internal
