// Sets of a pattern and the classes of symbols that they name.
#ifndef BURIN_SRC_MARK_PATTERN_PATTERN_SET_H_
#define BURIN_SRC_MARK_PATTERN_PATTERN_SET_H_

#include <optional>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/pattern_items.h"
#include "src/mark/pattern/pattern_text.h"

namespace burin::internal {

// A named class of symbols: one line of data/shapes.tsv.
struct Shape {
  std::string_view name;
  std::string_view words;  // "a round shape".
  SymbolSet members;
};
std::optional<Shape> FindShape(std::string_view name);
// "digit, letter, ..."
std::string ShapeNames();

// From behind the '[' to behind the ']'. Fills element.members, element.support and the parts as typed.
Status ParseSet(PatternText* text, PatternItem* item);

}  // namespace burin::internal

#endif
