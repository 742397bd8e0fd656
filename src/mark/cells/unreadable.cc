// What of a cell could not be read. A run stands for as many characters as it has: who types "A12##45" counted them.
#include "src/mark/cells/unreadable.h"

#include <algorithm>

#include "src/mark/cells/cell.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// Boxes and blots, and what a broken encoding left.
constexpr std::u32string_view kSigns = U"\u25A0\u25A1\u25A2\u25AF\u25FB\u2610\u2B1C\u2588\u2593\u3013\u303F\uFFFD";

// Dashes of any width are one.
char32_t RunShape(char32_t shape) {
  const bool dash = shape == U'\u2212' || (shape >= U'\u2010' && shape <= U'\u2015');
  return dash ? U'-' : shape;
}

bool EndsToken(char32_t shape) {
  constexpr std::u32string_view kEnds = U" \n,;|()";
  return kEnds.find(shape) != kEnds.npos;
}

// What stands between blanks, if it holds a digit: runs in it are characters of the number.
class TokenRuns {
 public:
  TokenRuns(Cell* cell, Range token) : cell_(*cell), token_(token) {
    for (size_t at = token.begin; at < token.end; ++at) {
      const char32_t c = cell_.shape[at];
      digit_ = digit_ || IsCellDigit(c);
      small_ = small_ || (c >= U'a' && c <= U'z' && c != U'x');
    }
  }

  void Find() {
    if (!digit_) return;
    for (size_t at = token_.begin; at < token_.end;) {
      const char32_t c = RunShape(cell_.shape[at]);
      size_t end = at + 1;
      while (end < token_.end && RunShape(cell_.shape[end]) == c) ++end;
      if (cell_.points[at] == U'\u2026' || IsUnread(c, at, end)) {
        for (size_t i = at; i < end; ++i) cell_.unread[i] = kUnreadable;
      }
      at = end;
    }
  }

 private:
  bool IsUnread(char32_t c, size_t begin, size_t end) const {
    const bool run = end - begin > 1, first = begin == token_.begin;
    const bool behind_digit = !first && IsCellDigit(cell_.shape[begin - 1]);
    switch (c) {
      case U'#':  // A single one before a number means "number".
        return run || behind_digit;
      case U'-':
      case U'.':
        return run && !first && (IsCellAlphanumeric(cell_.shape[begin - 1]) || cell_.unread[begin - 1] != 0);
      case U'x':  // Small among capitals: XX is a pair of letters like any other.
        return run && behind_digit && !small_;
      default:
        return false;
    }
  }

  Cell& cell_;
  Range token_;
  bool digit_ = false;
  bool small_ = false;
};

bool IsPlainCharacter(char32_t c) {
  constexpr std::u32string_view kPlain = U" -./";
  return c < 0x80 && (IsCellAlphanumeric(c) || kPlain.find(c) != kPlain.npos);
}

}  // namespace

Unreadables::Unreadables(std::string_view characters) {
  std::u32string points;
  (void)DecodeAll(characters, &points);
  size_t stars = 0;
  for (const char32_t c : points) {
    if (c == U'*') {
      ++stars;
    } else {
      ones_ += c;
      plain_ = plain_ || IsPlainCharacter(c);
    }
  }
  gap_ = stars == 1;
  if (stars > 1) ones_ += U'*';
}

Unreadables Unreadables::Without(std::string_view text) const {
  std::u32string points;
  (void)DecodeAll(text, &points);
  const auto stands = [&](char32_t c) { return points.find(c) != points.npos; };
  Unreadables left = *this;
  std::erase_if(left.ones_, stands);
  left.gap_ = gap_ && !stands(U'*');
  left.plain_ = std::any_of(left.ones_.begin(), left.ones_.end(), IsPlainCharacter);
  return left;
}

void FindUnreadable(const Unreadables& named, Cell* cell) {
  cell->unread.assign(cell->points.size(), 0);
  if (named.none()) return;
  bool signs = false;
  for (size_t at = 0; at < cell->points.size(); ++at) {
    const char32_t c = cell->points[at];
    Symbol unread = named.Of(c);
    if (unread == 0 && c >= 0x80) {
      unread = kSigns.find(c) != kSigns.npos ? kUnreadable : named.Of(cell->shape[at]);
      if (unread == kUnreadable && cell->shape[at] < 0x80 && IsCellAlphanumeric(cell->shape[at])) unread = 0;
    }
    cell->unread[at] = unread;
    signs = signs || c == U'#' || c == U'-' || c == U'.' || c == U'x' || c >= 0x80;
  }
  if (!signs) return;
  for (size_t begin = 0; begin < cell->shape.size();) {
    size_t end = begin;
    while (end < cell->shape.size() && !EndsToken(cell->shape[end])) ++end;
    TokenRuns(cell, {begin, end}).Find();
    begin = end + 1;
  }
}

}  // namespace burin::internal
