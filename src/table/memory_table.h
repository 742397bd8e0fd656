// A table from bytes in memory, handed to the reader in small pieces: for tests and fuzzers.
#ifndef BURIN_SRC_TABLE_MEMORY_TABLE_H_
#define BURIN_SRC_TABLE_MEMORY_TABLE_H_

#include <memory>
#include <string>
#include <string_view>

#include "src/table/table_reader.h"

namespace burin::internal {

// Borrows `bytes`; at most `chunk` of them come at a time. `name` stands for the path in messages.
Result<std::unique_ptr<TableReader>> OpenMemoryTable(std::string_view bytes, const std::string& name,
                                                     const TableOptions& options, size_t chunk);

}  // namespace burin::internal

#endif
