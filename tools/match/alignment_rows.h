// A reading laid over a serial: three rows of text in columns.
#ifndef BURIN_TOOLS_MATCH_ALIGNMENT_ROWS_H_
#define BURIN_TOOLS_MATCH_ALIGNMENT_ROWS_H_

#include <string>

#include "burin/burin.hpp"

namespace burin::tool {

struct AlignmentRows {
  std::string reading;
  std::string serial;
  std::string
      marks;  // Below each difference: ^ another symbol, + in the serial only, - in the reading only, x swapped.
};

// Match `i` of a result. Trailing spaces are dropped; `marks` is empty if there is no difference.
AlignmentRows Align(Result* result, size_t i, const Reading& reading, bool color);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_ALIGNMENT_ROWS_H_
