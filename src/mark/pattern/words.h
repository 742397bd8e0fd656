// A reading restated in words, so that whoever typed a pattern sees what it was taken to mean.
#ifndef BURIN_SRC_MARK_PATTERN_WORDS_H_
#define BURIN_SRC_MARK_PATTERN_WORDS_H_

#include <string>

#include "src/mark/pattern/pattern_items.h"

namespace burin::internal {

// One line of English: "at least 3 characters: A, 3 or 8, one unreadable, then any number unreadable".
std::string WordsOf(const PatternItems& items);

}  // namespace burin::internal

#endif
