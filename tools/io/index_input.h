// How commands open an index that they answer from: every checksum of a file that is not large is checked first.
#ifndef BURIN_TOOLS_IO_INDEX_INPUT_H_
#define BURIN_TOOLS_IO_INDEX_INPUT_H_

#include <cstdint>

#include "burin/burin.hpp"

namespace CLI {
class App;
}

namespace burin::tool {

// --check: files of any size.
void AddCheckOption(CLI::App* command, bool* check);

// For burin_index_options and burin_registry_options: 256 MiB, or all.
uint64_t CheckUpTo(bool check);

// The defaults but for check_up_to.
burin_index_options CheckedOptions(bool check);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_INDEX_INPUT_H_
