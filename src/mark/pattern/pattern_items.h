// A pattern as parsed: a sequence of items, from which the lattice is built and the words are made.
#ifndef BURIN_SRC_MARK_PATTERN_PATTERN_ITEMS_H_
#define BURIN_SRC_MARK_PATTERN_PATTERN_ITEMS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

inline constexpr uint32_t kUnlimited = ~uint32_t{0};

struct PatternItem {
  enum class Kind : uint8_t { kPlain, kUnread, kSet, kStar, kGroup };

  Kind kind = Kind::kPlain;
  Element element;     // Of all kinds but kGroup.
  uint32_t least = 1;  // Repetition; a gap is 0 to kUnlimited.
  uint32_t most = 1;
  uint32_t begin = 0;  // Bytes of the pattern.
  uint32_t end = 0;
  uint32_t column = 0;
  // Of kSet, as typed, for the words.
  bool negated = false;
  SymbolSet named;  // Named one by one or by range.
  std::vector<std::string_view> shapes;
  // Of kGroup: never empty, and never holding an empty branch or a group.
  std::vector<std::vector<PatternItem>> branches;
  // Number of the element in the lattice; set when it is built.
  int32_t number = kEmpty;
};
using PatternItems = std::vector<PatternItem>;

// Least and most symbols that an item or a sequence reads, repetitions included; `most` may be kUnlimited.
struct PatternLength {
  uint32_t least = 0;
  uint32_t most = 0;
};
PatternLength LengthOf(const PatternItem& item);
PatternLength LengthOf(const PatternItems& items);
// The shortest branch of a group, read once; 1 for any other item.
uint32_t ShortestOnce(const PatternItem& item);

Result<PatternItems> ParseItems(std::string_view text, uint32_t folding);

}  // namespace burin::internal

#endif
