#include "tools/io/index_input.h"

#include <CLI/CLI.hpp>

namespace burin::tool {

void AddCheckOption(CLI::App* command, bool* check) {
  command->add_flag("--check", *check,
                    "Check every checksum first, however large the files are; without it those of up to 256 MiB");
}

uint64_t CheckUpTo(bool check) {
  constexpr uint64_t kNotLarge = uint64_t{256} << 20;
  return check ? UINT64_MAX : kNotLarge;
}

burin_index_options CheckedOptions(bool check) {
  burin_index_options options = BURIN_INDEX_OPTIONS_INIT;
  options.check_up_to = CheckUpTo(check);
  return options;
}

}  // namespace burin::tool
