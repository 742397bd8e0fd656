// What serials of a maker look like: a pattern, a small part of RE2's syntax that says the same there and here.
//
//   format = sequence { "|" sequence }         U{1,2}[0-9]{6}|UA[0-9]{6}
//   sequence = item { item }
//   item = ( symbol | set ) [ "{" n "}" | "{" m "," n "}" ]
//   set = "[" [ "^" ] ( symbol | digit "-" digit | letter "-" letter ) { ... } "]"
//
// Symbols are those of folded serials, so nothing needs an escape. A format means whole serials. Whole serials are
// matched by RE2 (format_set.h); readings by the items here (format_reading.h), which is why nothing else is allowed.
#ifndef BURIN_SRC_MARK_FORMATS_FORMAT_PATTERN_H_
#define BURIN_SRC_MARK_FORMATS_FORMAT_PATTERN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

struct FormatItem {
  SymbolSet members;  // Never empty.
  uint32_t least = 1;
  uint32_t most = 1;  // least <= most, 1 <= most.
};
// Never empty; matches at most kMaxMarkSymbols symbols.
using FormatSequence = std::vector<FormatItem>;
// Alternatives, never empty, at most kMaxAlternatives.
using FormatPattern = std::vector<FormatSequence>;
inline constexpr size_t kMaxAlternatives = 64;

// Errors are kInvalidArgument: "character 5: expected ...", counted in code points from 1, which is the position too.
Result<FormatPattern> ParseFormatPattern(std::string_view text);

// One line of English: "3 letters, 5 digits", "U, 6 digits, or UA, 6 digits".
std::string WordsOfFormat(const FormatPattern& pattern);

}  // namespace burin::internal

#endif
