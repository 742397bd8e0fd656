// Parsing of --map and --attr.
#include "tools/io/mapping.h"

#include <utility>

#include "tools/io/failure.h"

namespace burin::tool {
namespace {

// Where a separator first stands without a backslash before it.
size_t FindBare(std::string_view text, char separator) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == separator) return i;
    if (text[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

size_t FindLastBare(std::string_view text, char separator) {
  size_t last = std::string_view::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == separator) last = i;
    if (text[i] == '\\') ++i;
  }
  return last;
}

std::string Unescape(std::string_view option, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      if (++i == text.size()) {
        throw Failure(kUsage, std::string(option) + ": '" + std::string(text) + "' ends in a backslash");
      }
    }
    out += text[i];
  }
  return out;
}

MappedColumn ParsePair(std::string_view option, std::string_view text) {
  const size_t equals = FindBare(text, '=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    throw Failure(kUsage, std::string(option) + ": expected NAME=COLUMN instead of '" + std::string(text) + "'");
  }
  return {Unescape(option, text.substr(0, equals)), Unescape(option, text.substr(equals + 1)), 0};
}

}  // namespace

std::vector<MappedColumn> ParseMap(std::string_view option, std::string_view text) {
  std::vector<MappedColumn> columns;
  for (;;) {
    const size_t comma = FindBare(text, ',');
    columns.push_back(ParsePair(option, text.substr(0, comma)));
    if (comma == std::string_view::npos) return columns;
    text.remove_prefix(comma + 1);
  }
}

MappedColumn ParseAttribute(std::string_view text) {
  const size_t colon = FindLastBare(text, ':');
  MappedColumn column = ParsePair("--attr", text.substr(0, colon));
  if (colon == std::string_view::npos) return column;
  const std::string type = Unescape("--attr", text.substr(colon + 1));
  column.type = burin_attribute_type_parse(type.c_str());
  if (column.type == BURIN_ATTRIBUTE_DEFAULT) {
    throw Failure(kUsage, "--attr " + std::string(text) + ": no type '" + type +
                              "'; types: category, integer, date (a colon that belongs to the name is written \\:)");
  }
  return column;
}

std::vector<burin_column> ColumnsOf(const std::vector<MappedColumn>& columns) {
  std::vector<burin_column> all;
  for (const MappedColumn& column : columns)
    all.push_back({column.name.c_str(), column.column.c_str(), column.type, 0});
  return all;
}

}  // namespace burin::tool
