// The alignment of a match with its reasons: lines for people, and JSON.
#ifndef BURIN_TOOLS_MATCH_REASON_ROWS_H_
#define BURIN_TOOLS_MATCH_REASON_ROWS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "burin/burin.hpp"

namespace burin::tool {

// A difference, with what it costs: the moves that belong to it taken together.
struct Difference {
  std::string text;
  uint32_t cost = 0;
};

// Of match `i`, in reading order.
std::vector<Difference> DifferencesOf(Result* result, size_t i);

// A line for each, indented: its price and its text.
void AppendReasonLines(const std::vector<Difference>& differences, bool unit, std::string* out);

// `[{"move":"kept","element":"A","symbol":"A"},...]`; a cost of 0 and a reason that is none are left out.
void AppendJsonAlignment(Result* result, size_t i, const Reading& reading, bool unit, std::string* out);

// The symbols of a serial, each a code point.
std::vector<std::string> SymbolsOf(std::string_view serial);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_REASON_ROWS_H_
