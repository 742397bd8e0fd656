// Characters of a recorded text that stand for what could not be read. A source says which; beside those it names there
// are signs that mean nothing else. docs/marks.md, "Partial records".
#ifndef BURIN_SRC_MARK_CELLS_UNREADABLE_H_
#define BURIN_SRC_MARK_CELLS_UNREADABLE_H_

#include <string>
#include <string_view>

#include "src/mark/fold/symbol.h"

namespace burin::internal {

class Unreadables {
 public:
  // `?`, `_` and `*`.
  Unreadables() : Unreadables("?_*") {}
  // Each character stands for one unreadable character, but `*` for any number of them; `**` makes that one, too.
  // REQUIRES: valid UTF-8.
  explicit Unreadables(std::string_view characters);

  // kUnreadable or kGap, or 0 for a character that is not named.
  Symbol Of(char32_t c) const {
    for (const char32_t one : ones_) {
      if (one == c) return kUnreadable;
    }
    return c == U'*' && gap_ ? kGap : 0;
  }
  // Those that do not stand in a text. REQUIRES: valid UTF-8.
  Unreadables Without(std::string_view text) const;
  // No character at all: then nothing is unreadable, whatever it looks like.
  bool none() const { return ones_.empty() && !gap_; }
  // A character that a plain serial may hold is among them.
  bool plain() const { return plain_; }

 private:
  std::u32string ones_;
  bool gap_ = false;
  bool plain_ = false;
};

struct Cell;

// Fills cell->unread from what the source names, from signs such as `□`, and from runs of `#`, `.`, `-` and `x` inside
// or behind a number. REQUIRES: points and shape are filled.
void FindUnreadable(const Unreadables& named, Cell* cell);

// How many characters a sign stands for: three for an ellipsis, else one.
constexpr size_t UnreadableCount(char32_t c) { return c == U'\u2026' ? 3 : 1; }

}  // namespace burin::internal

#endif
