#include "tools/commands/registry_options.h"

#include <CLI/CLI.hpp>

#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/output.h"
#include "tools/io/row_tables.h"

namespace burin::tool {

void AddRegistryOptions(CLI::App* command, RegistryOptions* options) {
  command->add_option("REGISTRY", options->path, "The directory of the registry")->required();
  command->add_flag("--recover", options->recover,
                    "Where the newest state is damaged, go on from the newest one that is not; what is lost is said");
  AddCheckOption(command, &options->check);
  command->add_flag("-q,--quiet", options->quiet, "Print neither progress nor counts");
}

burin_registry_options WriterOptionsOf(const RegistryOptions& options) {
  burin_registry_options known = BURIN_REGISTRY_OPTIONS_INIT;
  known.recover = options.recover ? 1 : 0;
  known.cancel = OnCancel;
  known.check_up_to = CheckUpTo(options.check);
  return known;
}

void WarnOf(const Registry& registry) {
  if (!registry.warning().empty()) PrintError(registry.warning());
}

void SayDone(const std::string& text) {
  Output output;
  try {
    output.Write(text);
    output.Flush();
  } catch (const Failure& failure) {
    const std::string line = failure.what();
    throw Failure(failure.code(), line.empty() || Interrupted() != 0 ? line : line + "; the registry was changed");
  }
}

std::string RegistrySummary(const std::string& path) {
  const Index index(path);
  const burin_registry_state state = RegistryState(index);
  return "  " + Counted(index.info().records, "record") + " live, " + Number(state.deleted) + " deleted, in " +
         Counted(state.segments, "segment") + "; generation " + Number(state.generation) + "\n";
}

}  // namespace burin::tool
