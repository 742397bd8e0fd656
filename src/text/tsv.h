// The rows of an embedded data table: tab-separated columns, `#` at the start of a line makes it a comment.
#ifndef BURIN_SRC_TEXT_TSV_H_
#define BURIN_SRC_TEXT_TSV_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace burin::internal {

// Calls visit(row) with the first kColumns columns of each row; columns that are not there are empty.
template <size_t kColumns, typename Visit>
void ForEachRow(std::string_view table, Visit visit) {
  const auto take = [](std::string_view* rest, char separator) {
    const size_t end = std::min(rest->find(separator), rest->size());
    const std::string_view piece = rest->substr(0, end);
    rest->remove_prefix(std::min(end + 1, rest->size()));
    return piece;
  };
  while (!table.empty()) {
    std::string_view line = take(&table, '\n');
    if (line.empty() || line[0] == '#') continue;
    std::array<std::string_view, kColumns> row;
    for (std::string_view& column : row) column = take(&line, '\t');
    visit(row);
  }
}

}  // namespace burin::internal

#endif
