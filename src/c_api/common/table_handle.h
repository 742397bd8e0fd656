// A table of the C API.
#ifndef BURIN_SRC_C_API_COMMON_TABLE_HANDLE_H_
#define BURIN_SRC_C_API_COMMON_TABLE_HANDLE_H_

#include <memory>
#include <vector>

#include "burin/table.h"
#include "src/table/table_reader.h"

struct burin_table {
  std::unique_ptr<burin::internal::TableReader> reader;
  burin::internal::RowState state;  // Of the last row that the caller asked for.
  std::vector<burin_view> fields;
};

#endif
