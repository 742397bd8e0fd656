// Tables that a command takes records from: their options, and one after the other opened with its mapping.
#ifndef BURIN_TOOLS_TABLE_INPUT_H_
#define BURIN_TOOLS_TABLE_INPUT_H_

#include <functional>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "progress.h"

namespace CLI {
class App;
}

namespace burin::tool {

struct TableInput {
  std::vector<std::string> inputs;
  std::vector<std::string> maps;
  std::vector<std::string> attributes;
  std::string source;
  std::string rejects;
  std::string encoding;
  std::string separator;
  bool no_header = false;
};

// Says what the options mean; for the footer of a command that has them.
extern const char kTableFooter[];

void AddTableInputOptions(CLI::App* command, TableInput* input);

// Calls use(table, mapping) for each input, with progress. `command` is for messages.
void ForEachTable(const TableInput& input, const char* command, Progress* progress,
                  const std::function<void(Table&, const burin_mapping&)>& use);

// A cancel function of the library's: whether a signal came.
int32_t OnCancel(void*);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_TABLE_INPUT_H_
