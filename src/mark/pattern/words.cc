// A reading restated in words.
#include "src/mark/pattern/words.h"

#include <charconv>
#include <string_view>
#include <vector>

#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/pattern_set.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

using Kind = PatternItem::Kind;

std::string Symbols(Symbol s) {
  std::string text;
  AppendUtf8(s, &text);
  return text;
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string Decimal(double weight) {
  char buffer[512];  // The longest double without an exponent has fewer digits.
  const std::to_chars_result written = std::to_chars(buffer, buffer + sizeof(buffer), weight, std::chars_format::fixed);
  return written.ec == std::errc() ? std::string(buffer, written.ptr) : "?";
}

std::string Weights(const Element& element) {
  std::vector<std::string> parts;
  for (const auto& [symbol, weight] : element.support) parts.push_back(Symbols(symbol) + " (" + Decimal(weight) + ")");
  return Join(parts, " or ");
}

// The symbols named in a set: "3", "3 or 8", "one of 3 or 8 or B", "one of A to F". Runs of three and more are said by
// their ends.
std::string Named(const SymbolSet& set) {
  std::vector<std::string> parts;
  size_t count = 0;
  for (size_t i = 0; i < kBaseSymbols;) {
    if ((set.base >> i & 1) == 0) {
      ++i;
      continue;
    }
    const size_t bound = i < 10 ? 10 : kBaseSymbols;
    size_t end = i;
    while (end < bound && (set.base >> end & 1) != 0) ++end;
    count += end - i;
    if (end - i > 2) {
      parts.push_back(Symbols(BaseSymbol(i)) + " to " + Symbols(BaseSymbol(end - 1)));
    } else {
      for (size_t k = i; k < end; ++k) parts.push_back(Symbols(BaseSymbol(k)));
    }
    i = end;
  }
  for (const Symbol s : set.listed) parts.push_back(Symbols(s)), ++count;
  return (count > 2 ? "one of " : "") + Join(parts, " or ");
}

std::string Set(const PatternItem& item) {
  if (!item.element.support.empty()) return Weights(item.element);
  std::vector<std::string> parts;
  if (!item.named.empty()) {
    const std::optional<Shape> digit = FindShape("digit");
    parts.push_back(digit && item.named == digit->members ? std::string(digit->words) : Named(item.named));
  }
  for (const std::string_view shape : item.shapes) parts.emplace_back(shape);
  return (item.negated ? "not " : "") + Join(parts, " or ");
}

std::string DoubtWord(Doubt doubt) { return doubt == Doubt::kProbable ? "probable" : "possible"; }

Symbol OnlySymbol(const SymbolSet& set) {
  for (size_t i = 0; i < kBaseSymbols; ++i) {
    if ((set.base >> i & 1) != 0) return BaseSymbol(i);
  }
  return set.listed.empty() ? U'?' : set.listed[0];
}

// A plain character of which there is nothing to say but what it is.
bool IsBare(const PatternItem& item) {
  return item.kind == Kind::kPlain && item.least == 1 && item.most == 1 && item.element.doubt == Doubt::kCertain &&
         !item.element.altered;
}

std::string Sequence(const PatternItems& items, bool top);

std::string Group(const PatternItem& item) {
  std::vector<std::string> parts;
  for (const PatternItems& branch : item.branches) {
    std::string text;
    bool bare = true;
    for (const PatternItem& part : branch) bare = bare && IsBare(part);
    if (bare) {
      for (const PatternItem& part : branch) text += Symbols(OnlySymbol(part.element.members));
    } else {
      text = Sequence(branch, false);
      if (branch.size() > 1) text = "(" + text + ")";
    }
    parts.push_back(text);
  }
  return (parts.size() > 1 ? "either " : "") + Join(parts, " or ");
}

// The item read once.
std::string Once(const PatternItem& item) {
  if (item.kind == Kind::kGroup) return Group(item);
  if (item.kind == Kind::kSet) {
    const std::string set = Set(item);
    if (item.element.doubt == Doubt::kCertain) return set;
    return set + " (" + DoubtWord(item.element.doubt) + " as a set)";
  }
  std::string text = Symbols(OnlySymbol(item.element.members));
  if (item.element.doubt != Doubt::kCertain) text += " (" + DoubtWord(item.element.doubt) + ")";
  if (!item.element.altered) return text;
  text += " (looks altered";
  if (item.element.beneath != 0) text += ", " + Symbols(item.element.beneath) + " beneath";
  return text + ")";
}

// "2 to 4", "at least 3", "up to 5", "7".
std::string Range(uint32_t least, uint32_t most) {
  if (least == most) return std::to_string(least);
  if (most == kUnlimited) return "at least " + std::to_string(least);
  if (least == 0) return "up to " + std::to_string(most);
  return std::to_string(least) + " to " + std::to_string(most);
}

std::string Unreadable(uint32_t least, uint32_t most) {
  if (least == 1 && most == 1) return "one unreadable";
  if (least == 0 && most == 1) return "perhaps one unreadable";
  if (least == 0 && most == kUnlimited) return "any number unreadable";
  return Range(least, most) + " unreadable";
}

std::string Repeated(const PatternItem& item) {
  if (item.kind == Kind::kUnread || item.kind == Kind::kStar) return Unreadable(item.least, item.most);
  if (item.least == 1 && item.most == 1) return Once(item);
  if (item.least == 0 && item.most == 1) return "perhaps " + Once(item);
  if (item.least == 0 && item.most == kUnlimited) return "any number of times " + Once(item);
  if (item.least == 1 && item.most == kUnlimited) return "at least once " + Once(item);
  return Range(item.least, item.most) + " times " + Once(item);
}

// Bare characters from `begin` on, and fixed counts of `?`, are said together.
std::string Sequence(const PatternItems& items, bool top) {
  constexpr size_t kWord = 3;  // From so many bare characters on they are a word.
  std::vector<std::string> parts;
  for (size_t i = 0; i < items.size();) {
    size_t end = i;
    std::string word;
    while (end < items.size() && IsBare(items[end])) word += Symbols(OnlySymbol(items[end++].element.members));
    if (end - i >= kWord) {
      parts.push_back((top && i == 0 ? "reads " : "") + word);
      i = end;
      continue;
    }
    uint32_t unreadable = 0;
    for (end = i; end < items.size(); ++end) {
      if (items[end].kind != Kind::kUnread || items[end].least != items[end].most) break;
      unreadable += items[end].least;
    }
    if (unreadable > 0) {
      parts.push_back(Unreadable(unreadable, unreadable));
      i = end;
      continue;
    }
    parts.push_back(Repeated(items[i++]));
  }
  if (parts.size() > 1) parts.back() = "then " + parts.back();
  return Join(parts, ", ");
}

std::string Length(const PatternItems& items) {
  PatternLength length = LengthOf(items);
  if (length.most > kMaxMarkSymbols) length.most = kUnlimited;  // No mark is longer, so this bounds nothing.
  if (length.least == 0 && length.most == kUnlimited) return "any number of characters";
  const std::string range = (length.least == length.most ? "exactly " : "") + Range(length.least, length.most);
  const uint32_t last = length.most == kUnlimited ? length.least : length.most;
  return range + (last == 1 ? " character" : " characters");
}

}  // namespace

std::string WordsOf(const PatternItems& items) { return Length(items) + ": " + Sequence(items, true); }

}  // namespace burin::internal
