// What the tests of tables share: a table as a list of rows that can be compared and printed.
#ifndef BURIN_TESTS_TABLE_TABLE_TESTING_H_
#define BURIN_TESTS_TABLE_TABLE_TESTING_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "src/table/table_reader.h"

namespace burin::internal {

struct TestRow {
  uint64_t row = 0;
  uint64_t line = 0;
  std::vector<std::string> fields;
  std::string column, reason, text;  // Of a bad row.

  bool operator==(const TestRow&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const TestRow& row) {
    out << row.row << "@" << row.line;
    if (!row.reason.empty()) out << "!" << row.column << ":" << row.reason << ":" << row.text;
    for (const std::string& field : row.fields) out << "[" << field << "]";
    return out;
  }
};

struct TestTable {
  std::string error;
  std::vector<std::string> columns;
  std::vector<TestRow> rows;
  bool operator==(const TestTable&) const = default;
};

inline TestTable ReadAll(Result<std::unique_ptr<TableReader>> opened) {
  TestTable table;
  if (!opened.ok()) {
    table.error = opened.status().message();
    return table;
  }
  TableReader& reader = **opened;
  table.columns = reader.columns();
  for (;;) {
    const Result<RowState> state = reader.Next();
    if (!state.ok()) table.error = state.status().message();
    if (!state.ok() || *state == RowState::kEnd) return table;
    TestRow row{reader.row(), reader.line(), {}, reader.bad_column(), reader.bad_reason(), reader.bad_text()};
    row.fields.assign(reader.fields().begin(), reader.fields().end());
    EXPECT_EQ(*state == RowState::kBad, !row.reason.empty());
    EXPECT_EQ(row.fields.size(), *state == RowState::kBad ? 0 : table.columns.size());
    table.rows.push_back(std::move(row));
  }
}

inline TestTable ReadAll(std::string_view bytes, const TableOptions& options = {}, size_t chunk = size_t{1} << 20) {
  return ReadAll(OpenMemoryTable(bytes, "t.csv", options, chunk));
}

}  // namespace burin::internal

#endif
