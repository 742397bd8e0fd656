// Tables whose rows become records: their options, and one after the other opened with its mapping.
#ifndef BURIN_TOOLS_IO_ROW_TABLES_H_
#define BURIN_TOOLS_IO_ROW_TABLES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tools/io/progress.h"
#include "tools/io/table_input.h"

namespace burin::tool {

struct RowTables {
  std::vector<std::string> inputs;
  std::vector<std::string> maps;
  std::vector<std::string> attributes;
  std::string source;
  std::string rejects;
  std::string date_order;
  bool strict = false;
  std::string sentinels;
  std::string digitless = "column";
  TableInput table;
};

// BURIN_VALUES_... of the options.
uint32_t ValuesOf(const RowTables& tables);

// Lines for a summary: the values that could not be read, by attribute, the most frequent texts of each. `indent` is
// before each line.
std::string UnreadList(const std::vector<UnreadAttribute>& unread, const std::string& indent);

// Says what the options mean; for the footer of a command that has them.
extern const char kRowTablesFooter[];

void AddRowTableOptions(CLI::App* command, RowTables* tables);

// Calls use(table, mapping) for each input, with progress. `command` is for messages.
void ForEachTable(const RowTables& tables, const char* command, Progress* progress,
                  const std::function<void(Table&, const burin_mapping&)>& use);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_ROW_TABLES_H_
