// Sets of a pattern: [38B], [A-F], [^0-9], [[:round:]], [3:.6 8:.3], and the classes of symbols that they name.
#include "src/mark/pattern/pattern_set.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view shapes;
}  // namespace data

namespace {

// The next piece of *rest up to `separator`, which goes too.
std::string_view Piece(std::string_view* rest, char separator) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view piece = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return piece;
}

// Calls visit(name, words, members) for every class until it returns false.
template <typename Visit>
void ForEachShape(Visit visit) {
  for (std::string_view rest = data::shapes; !rest.empty();) {
    std::string_view line = Piece(&rest, '\n');
    if (line.empty() || line[0] == '#') continue;
    const std::string_view name = Piece(&line, '\t');
    const std::string_view words = Piece(&line, '\t');
    if (!visit(name, words, Piece(&line, '\t'))) return;
  }
}

SymbolSet ShapeMembers(std::string_view members) {
  SymbolSet set;
  const bool complement = !members.empty() && members[0] == '^';
  if (complement) members.remove_prefix(1);
  for (const char c : members) set.Add(static_cast<Symbol>(static_cast<unsigned char>(c)));
  if (complement) set.Complement();
  return set;
}

bool IsDigit(Symbol s) { return BaseIndex(s) < 10; }
bool IsLatin(Symbol s) { return BaseIndex(s) >= 10 && BaseIndex(s) < kBaseSymbols; }

class SetParser {
 public:
  SetParser(PatternText* text, PatternItem* item) : text_(*text), item_(*item) {}

  Status Parse() {
    if (text_.peek() == U':') {
      return PatternText::Error(text_.column(), "expected a symbol; a class is written [[:digit:]], in two brackets");
    }
    item_.negated = text_.Take(U'^');
    while (text_.peek() != U']') {
      if (Status status = Part(); !status.ok()) return status;
    }
    if (parts_ == 0) return text_.Expected("a symbol, a range or a class");
    text_.Skip(1);
    return Finish();
  }

 private:
  Status ExpectedPart() const {
    if (weighted_) return text_.Expected("a space, a symbol with its weight, or ']'");
    return text_.Expected(parts_ == 0 ? "a symbol, a range or a class" : "a symbol, a range or ']'");
  }

  static Status Unspaced(size_t column) {
    return PatternText::Error(column, "expected a space between weighted symbols, or ']'");
  }

  Status Part() {
    const char32_t c = text_.peek();
    if (c == U'[' && text_.peek(1) == U':') return Class();
    if (c == U'\\') return Escaped();
    if (text_.done() || IsMetacharacter(c) || c == U'-' || c == U'^' || c == U':') return ExpectedPart();
    if (weighted_ && !spaced_ && c != U' ') return text_.Expected("a space between weighted symbols, or ']'");
    const size_t column = text_.column();
    const std::u32string symbols = text_.TakeCharacter();
    if (symbols.empty()) {
      spaced_ = spaced_ || c == U' ';
      if (weighted_ && c != U' ') return Unspaced(column);
      return Status();
    }
    return Named(symbols, column);
  }

  Status Escaped() {
    const size_t column = text_.column();
    text_.Skip(1);
    if (text_.done()) return text_.Expected("a character after '\\'");
    if (weighted_ && !spaced_) return Unspaced(column);
    const std::u32string symbols = text_.TakeCharacter();
    if (symbols.empty()) {
      return PatternText::Error(column, "expected after '\\' a character that can occur in a serial");
    }
    return Named(symbols, column);
  }

  // A symbol, or the first of a range, or one with its weight.
  Status Named(const std::u32string& symbols, size_t column) {
    if (symbols.size() != 1) {
      return PatternText::Error(
          column, "expected a single symbol: this character stands for " + ToUtf8(symbols) + "; write a group");
    }
    const Symbol symbol = symbols[0];
    if (text_.peek() == U':') return Weighted(symbol, column);
    if (weighted_) return text_.Expected("':' and a weight, as the symbols before it have");
    if (text_.peek() == U'-') return Range(symbol, column);
    item_.named.Add(symbol);
    ++parts_;
    return Status();
  }

  Status Range(Symbol first, size_t column) {
    text_.Skip(1);
    const char32_t c = text_.peek();
    if (text_.done() || IsMetacharacter(c)) return text_.Expected("the last symbol of the range");
    const std::u32string symbols = text_.TakeCharacter();
    const Symbol last = symbols.size() == 1 ? symbols[0] : Symbol{0};
    const bool fits = (IsDigit(first) && IsDigit(last)) || (IsLatin(first) && IsLatin(last));
    if (!fits) return PatternText::Error(column, "expected a range from digit to digit or from Latin letter to letter");
    if (first > last) return PatternText::Error(column, "expected a range in ascending order");
    for (Symbol s = first; s <= last; ++s) item_.named.Add(s);
    ++parts_;
    return Status();
  }

  Status Class() {
    const size_t column = text_.column();
    if (weighted_) return PatternText::Error(column, "expected a symbol with its weight: a class has none");
    text_.Skip(2);
    std::string name;
    while (text_.peek() >= U'a' && text_.peek() <= U'z') {
      name.push_back(static_cast<char>(text_.peek()));
      text_.Skip(1);
    }
    if (text_.peek() != U':' || text_.peek(1) != U']') return text_.Expected("the name of a class and ':]'");
    text_.Skip(2);
    const std::optional<Shape> shape = FindShape(name);
    if (!shape) return PatternText::Error(column + 2, "expected the name of a class: " + ShapeNames());
    shapes_.AddAll(shape->members);
    if (std::find(item_.shapes.begin(), item_.shapes.end(), shape->words) == item_.shapes.end()) {
      item_.shapes.push_back(shape->words);
    }
    ++parts_;
    return Status();
  }

  Status Weighted(Symbol symbol, size_t column) {
    if (item_.negated) return PatternText::Error(text_.column(), "expected no weight in a set that starts with '^'");
    if (parts_ > 0 && !weighted_) {
      return PatternText::Error(text_.column(), "expected no weight: the symbols before have none");
    }
    text_.Skip(1);
    double weight = 0;
    if (Status status = Weight(&weight); !status.ok()) return status;
    if (item_.named.Contains(symbol)) return PatternText::Error(column, "expected each symbol once in a weighted set");
    item_.named.Add(symbol);
    item_.element.support.emplace_back(symbol, weight);
    weighted_ = true;
    spaced_ = false;
    ++parts_;
    return Status();
  }

  Status Weight(double* weight) {
    constexpr size_t kLongest = 32;
    const size_t column = text_.column();
    std::string number;
    while ((text_.peek() >= U'0' && text_.peek() <= U'9') || text_.peek() == U'.') {
      number.push_back(static_cast<char>(text_.peek()));
      text_.Skip(1);
      if (number.size() > kLongest) return PatternText::Error(column, "expected a weight of at most 32 characters");
    }
    if (number.empty()) return text_.Expected("a weight, a decimal such as 0.6");
    if (number[0] == '.') number.insert(number.begin(), '0');
    const char* const end = number.data() + number.size();
    const std::from_chars_result read = std::from_chars(number.data(), end, *weight, std::chars_format::fixed);
    if (read.ec != std::errc() || read.ptr != end || number == "0.") {
      return PatternText::Error(column, "expected a weight, a decimal such as 0.6");
    }
    if (!std::isfinite(*weight) || *weight <= 0) return PatternText::Error(column, "expected a weight above 0");
    return Status();
  }

  Status Finish() {
    SymbolSet members = item_.named;
    members.AddAll(shapes_);
    if (item_.negated) members.Complement();
    if (members.empty()) return PatternText::Error(item_.column, "expected a set that leaves at least one symbol");
    item_.element.members = std::move(members);
    return Status();
  }

  PatternText& text_;
  PatternItem& item_;
  SymbolSet shapes_;
  size_t parts_ = 0;
  bool weighted_ = false;
  bool spaced_ = true;  // A space came after the last weight.
};

}  // namespace

std::optional<Shape> FindShape(std::string_view name) {
  std::optional<Shape> found;
  ForEachShape([&](std::string_view shape, std::string_view words, std::string_view members) {
    if (shape == name) found = Shape{shape, words, ShapeMembers(members)};
    return !found.has_value();
  });
  return found;
}

std::string ShapeNames() {
  std::string names;
  ForEachShape([&](std::string_view shape, std::string_view, std::string_view) {
    names += (names.empty() ? "" : ", ") + std::string(shape);
    return true;
  });
  return names;
}

Status ParseSet(PatternText* text, PatternItem* item) { return SetParser(text, item).Parse(); }

}  // namespace burin::internal
