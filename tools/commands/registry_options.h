// What the commands that write to a registry have in common.
#ifndef BURIN_TOOLS_COMMANDS_REGISTRY_OPTIONS_H_
#define BURIN_TOOLS_COMMANDS_REGISTRY_OPTIONS_H_

#include <string>

#include "burin/burin.hpp"

namespace CLI {
class App;
}

namespace burin::tool {

struct RegistryOptions {
  std::string path;
  bool recover = false;
  bool check = false;
  bool quiet = false;
};

void AddRegistryOptions(CLI::App* command, RegistryOptions* options);
burin_registry_options WriterOptionsOf(const RegistryOptions& options);

// What a recovery gave up, on standard error.
void WarnOf(const Registry& registry);

// Prints what was done to a registry. Where that cannot be written the failure says that it was done all the same.
void SayDone(const std::string& text);

// "  5 records live, 1 deleted, in 2 segments; generation 3\n", of the registry as it is now.
std::string RegistrySummary(const std::string& path);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_COMMANDS_REGISTRY_OPTIONS_H_
