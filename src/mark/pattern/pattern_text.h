// The text of a pattern under a cursor: code points with their columns, folding character by character, error messages.
#ifndef BURIN_SRC_MARK_PATTERN_PATTERN_TEXT_H_
#define BURIN_SRC_MARK_PATTERN_PATTERN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

class PatternText {
 public:
  static constexpr size_t kMaxBytes = 16384;  // Far beyond what 64 symbols need; keeps hostile patterns cheap.
  static constexpr char32_t kEnd = 0xFFFFFFFF;

  // `folding`: the version by which characters become symbols (fold.h).
  static Result<PatternText> Decode(std::string_view text, uint32_t folding);

  bool done() const { return at_ == points_.size(); }
  // The code point `ahead` of the cursor, or kEnd.
  char32_t peek(size_t ahead = 0) const { return at_ + ahead < points_.size() ? points_[at_ + ahead] : kEnd; }
  void Skip(size_t count) { at_ += count; }
  bool Take(char32_t c);
  size_t at() const { return at_; }
  uint32_t byte() const { return bytes_[at_]; }  // Offset of the cursor in the pattern.
  uint32_t column() const { return static_cast<uint32_t>(at_) + 1; }

  // Moves behind one character (a base code point, the marks combining with it, and what else folding takes together
  // with it) and returns its symbols: none for a separator. REQUIRES: !done().
  std::u32string TakeCharacter();

  // "column 3: expected X before the end of the pattern", or ", not 'Y'"; at the cursor.
  Status Expected(std::string_view what) const;
  // "column 3: WHAT".
  static Status Error(size_t column, std::string_view what);

 private:
  PatternText() = default;
  std::u32string Fold(size_t begin, size_t end) const;

  std::string_view text_;
  uint32_t folding_ = 0;
  std::vector<char32_t> points_;
  std::vector<uint32_t> bytes_;  // One more than points_.
  size_t at_ = 0;
};

// ? _ [ ] * % { } ( ) | ~ ! and the backslash.
bool IsMetacharacter(char32_t c);

}  // namespace burin::internal

#endif
