// burin delete: rows out of a registry.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "failure.h"
#include "output.h"
#include "registry_options.h"

namespace burin::tool {
namespace {

struct DeleteOptions {
  RegistryOptions registry;
  std::string source;
  std::string keys;
  std::vector<std::string> where;
};

constexpr char kFooter[] =
    "Keys are one a line. Deleted records are in no answer from the commit on; they leave the files when segments are\n"
    "merged, at the latest by 'burin compact'.\n"
    "\n"
    "Examples:\n"
    "  burin delete registry --source north --keys gone.txt\n"
    "  burin delete registry --where case=1234 --where agency=north\n";

// Deletes a key of each line.
void DeleteKeys(const DeleteOptions& options, std::istream& in, Registry* registry) {
  std::string line;
  while (std::getline(in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) registry->Delete(options.source, line);
    CheckInterrupt();
  }
  if (in.bad()) throw Failure(kSystem, options.keys + ": cannot read");
}

int DeleteRows(const DeleteOptions& options) {
  if (options.keys.empty() == options.where.empty()) {
    throw Failure(kUsage, "delete: either --keys or --where says what is deleted");
  }
  try {
    Registry registry(options.registry.path, WriterOptionsOf(options.registry));
    WarnOf(registry);
    if (options.keys == "-") {
      DeleteKeys(options, std::cin, &registry);
    } else if (!options.keys.empty()) {
      std::ifstream file(options.keys);
      if (!file) throw SystemFailure(options.keys + ": cannot open", errno);
      DeleteKeys(options, file, &registry);
    } else {
      registry.DeleteWhere(options.where);
    }
    CheckInterrupt();
    const uint64_t deleted = registry.counts().deleted;
    registry.Commit();
    if (options.registry.quiet) return kDone;
    Output output;
    output.Write(Printable(options.registry.path) + ": " + Counted(deleted, "row") + " deleted\n" +
                 RegistrySummary(options.registry.path));
    output.Flush();
  } catch (const Exception& exception) {
    throw FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? "delete" : "");
  }
  return kDone;
}

}  // namespace

void AddDelete(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("delete", "Delete rows of a registry, by key or by condition");
  auto options = std::make_shared<DeleteOptions>();
  AddRegistryOptions(command, &options->registry);
  command->add_option("--source", options->source, "The source of the keys");
  command->add_option("--keys", options->keys, "A file with a key a line; - is standard input");
  command->add_option("--where", options->where, "A condition on attributes, as of match; all must hold. Repeatable")
      ->allow_extra_args(false);
  command->footer(kFooter);
  command->callback([options, run] { *run = [options] { return DeleteRows(*options); }; });
}

}  // namespace burin::tool
