// The steps of Unicode that foldings are made of: signs that number a thing dropped, compatibility decomposition,
// canonical order, composition. utf8proc supplies the data; the order is made here, because its own takes quadratic
// time on a long run of combining marks, and cells come from anybody.
#ifndef BURIN_SRC_MARK_FOLD_NORMALIZE_H_
#define BURIN_SRC_MARK_FOLD_NORMALIZE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace burin::internal {

using CodePoints = std::vector<int32_t>;  // As utf8proc takes them.

// What a code point is to folding.
enum class Kind : uint8_t {
  kSymbol,     // Letters, numbers that are no digits, symbols.
  kDigit,      // Decimal, of any script.
  kMark,       // Combining.
  kSpace,      // Separates words: white space and line breaks.
  kSeparator,  // Punctuation, controls, formats, code points without a meaning.
};
Kind KindOf(char32_t c);

// 0 to 9. REQUIRES: KindOf(c) == kDigit.
uint32_t DigitValue(char32_t c);

// Removes №, ™, ª, º, °, µ, and the N before º or °. Compatibility decomposition would make letters of most of them.
void DropSigns(std::u32string* text);

enum class Fold : uint8_t {
  kKeepCase,
  kFoldCase,
  kFoldCaseDropMarks,  // Accents too: "sem numeração" and "SEM NUMERACAO" are one.
};

// Appends the compatibility decomposition of c, in no particular order of its combining marks.
void Decompose(char32_t c, Fold fold, CodePoints* out);
// Puts decomposed text into canonical order and composes it.
void Compose(CodePoints* text);

}  // namespace burin::internal

#endif
