// Readings as text: the syntax of docs/patterns.md, parsed to a lattice and restated in words.
#ifndef BURIN_SRC_MARK_PATTERN_PATTERN_H_
#define BURIN_SRC_MARK_PATTERN_PATTERN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/mark/fold/fold.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

struct Pattern {
  Lattice lattice;
  // For each element of the lattice, the bytes of the pattern it came from: [begin, end). Unrolled repetitions share
  // one.
  struct Span {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  std::vector<Span> spans;
  // The reading restated in words, one line of English ("at least 6 characters; third is 3 or 8").
  std::string words;
};

// Errors are kInvalidArgument, one line with the column (from 1, in code points; also the status's position) and what
// was expected there.
// `folding`: the version by which characters become symbols.
Result<Pattern> ParsePattern(std::string_view text, uint32_t folding = kFoldingVersion);

}  // namespace burin::internal

#endif
