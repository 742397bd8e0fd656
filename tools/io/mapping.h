// --map and --attr: which column of a table goes where.
#ifndef BURIN_TOOLS_IO_MAPPING_H_
#define BURIN_TOOLS_IO_MAPPING_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "burin/burin.hpp"

namespace burin::tool {

struct MappedColumn {
  std::string name;
  std::string column;
  uint32_t type = 0;
};

// "NAME=COL,NAME=COL": a backslash before a comma, a colon, an equals sign or a backslash makes it a part of the name.
// `option` is for messages.
std::vector<MappedColumn> ParseMap(std::string_view option, std::string_view text);

// "NAME=COL" or "NAME=COL:type", with the same escapes.
MappedColumn ParseAttribute(std::string_view text);

// The columns as the library takes them, borrowed.
std::vector<burin_column> ColumnsOf(const std::vector<MappedColumn>& columns);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_MAPPING_H_
