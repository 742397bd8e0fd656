// How the tables on the command line are written: --encoding, --separator, --no-header.
#ifndef BURIN_TOOLS_IO_TABLE_INPUT_H_
#define BURIN_TOOLS_IO_TABLE_INPUT_H_

#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tools/io/progress.h"

namespace CLI {
class App;
}

namespace burin::tool {

struct TableInput {
  std::string encoding;
  std::string separator;
  bool no_header = false;
};

void AddTableOptions(CLI::App* command, TableInput* input);

// Opens a table; "-" is standard input.
Table OpenTable(const std::string& path, const TableInput& input);

// Standard input can be read once only.
void CheckInputs(std::string_view command, const std::vector<std::string>& inputs);

// Reading of a table as a line of progress, and a signal that comes meanwhile: for mappings.
struct TableProgress {
  TableProgress(const std::string& path, Progress* shown)
      : progress(shown), what(path == "-" ? "standard input" : path) {}
  void Watch(burin_mapping* mapping);

  Progress* progress;
  std::string what;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_TABLE_INPUT_H_
