// What a reading of the C API is made of. Shared: results keep it for their alignments.
#ifndef BURIN_SRC_C_API_COMMON_READING_CONTENT_H_
#define BURIN_SRC_C_API_COMMON_READING_CONTENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "burin/reading.h"
#include "src/mark/pattern/lattice.h"
#include "src/mark/pattern/pattern.h"

namespace burin::internal {

struct ReadingContent {
  Lattice lattice;  // Options applied.
  uint32_t min_length = 0;
  uint32_t max_length = kMaxMarkSymbols;
  uint32_t part = BURIN_PART_WHOLE;
  bool ncic = false;
  std::string words;
  std::optional<std::string> pattern;      // That it was parsed from; none: it was built as a lattice.
  std::vector<Pattern::Span> spans;        // Of the first elements; none under the NCIC-compatible rule.
  std::vector<std::string> element_texts;  // Of all.
  // The same reading as folding 1 takes it, for indexes of that; nullptr: it is no other.
  std::shared_ptr<const ReadingContent> of_folding_1;
};

// What a reading is for an index of that folding. Lives as long as the reading.
inline const std::shared_ptr<const ReadingContent>& OfFolding(const std::shared_ptr<const ReadingContent>& reading,
                                                              uint32_t folding) {
  return folding == 1 && reading->of_folding_1 != nullptr ? reading->of_folding_1 : reading;
}

// Checks the options and applies them to the lattice and to the words.
Status ApplyOptions(const burin_reading_options* options, ReadingContent* content);

// A reading from its pattern: what burin_reading_parse does.
Result<std::shared_ptr<const ReadingContent>> ParseReading(std::string_view pattern,
                                                           const burin_reading_options* options);

// Fills element_texts: the part of `pattern` where there is a span, else the element's members written as a pattern.
void FillElementTexts(std::string_view pattern, ReadingContent* content);

}  // namespace burin::internal

struct burin_reading {
  std::shared_ptr<const burin::internal::ReadingContent> content;
};

#endif
