// The answer of burin formats as text: a table for people, CSV, or one JSON object.
#ifndef BURIN_TOOLS_MATCH_FORMAT_ROWS_H_
#define BURIN_TOOLS_MATCH_FORMAT_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tools/io/output.h"

namespace burin::tool {

struct FormatAnswer {
  struct Maker {
    std::string name;
    std::string model;
    burin_maker_verdict verdict;
    std::string explanation;
  };
  std::string pattern;
  std::string words;                 // The pattern restated.
  std::vector<burin_format> listed;  // In the order to show them.
  std::optional<Maker> maker;        // If one was asked for.
};

std::string RowsOf(const FormatAnswer& answer, Format format);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_FORMAT_ROWS_H_
