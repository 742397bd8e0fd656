// burin compact, pin and backup: what is done to a registry as a whole.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "commands.h"
#include "failure.h"
#include "output.h"
#include "paths.h"
#include "registry_options.h"

namespace burin::tool {
namespace {

struct CompactOptions {
  RegistryOptions registry;
  uint32_t segments = 1;
};

struct PinOptions {
  RegistryOptions registry;
  std::string name;
  bool remove = false;
};

struct BackupOptions {
  std::string registry, target;
  bool quiet = false;
};

void Say(const std::string& line, const std::string& registry) { SayDone(line + "\n" + RegistrySummary(registry)); }

int Compact(const CompactOptions& options) {
  Paths("compact").WritesDirectory("REGISTRY", options.registry.path).Check();
  Registry registry(options.registry.path, WriterOptionsOf(options.registry));
  WarnOf(registry);
  registry.Compact(options.segments);
  if (!options.registry.quiet) Say(Printable(options.registry.path) + ": compacted", options.registry.path);
  return kDone;
}

int Pin(const PinOptions& options) {
  Paths("pin").WritesDirectory("REGISTRY", options.registry.path).Check();
  try {
    Registry registry(options.registry.path, WriterOptionsOf(options.registry));
    WarnOf(registry);
    if (options.remove) {
      registry.Unpin(options.name);
    } else {
      registry.Pin(options.name);
    }
  } catch (const Exception& exception) {
    throw FailureOf(exception);
  }
  const std::string done = options.remove ? ": unpinned " : ": pinned as ";
  if (!options.registry.quiet) Say(Printable(options.registry.path) + done + options.name, options.registry.path);
  return kDone;
}

int Backup(const BackupOptions& options) {
  Paths("backup").ReadsIndex("REGISTRY", options.registry).WritesDirectory("DIRECTORY", options.target).Check();
  try {
    BackUp(Index(options.registry), options.target);
  } catch (const Exception& exception) {
    throw FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? options.registry : "");
  }
  if (!options.quiet) Say(Printable(options.target) + ": a copy of " + Printable(options.registry), options.target);
  return kDone;
}

}  // namespace

void AddCompact(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("compact", "Merge the segments of a registry; what is deleted leaves them");
  auto options = std::make_shared<CompactOptions>();
  AddRegistryOptions(command, &options->registry);
  command->add_option("--segments", options->segments, "Merge until there are at most so many; default 1")
      ->check(CLI::Range(1, 512));
  command->footer(
      "Readers are not disturbed. Interrupted, it leaves all as it was.\n\nExample:\n"
      "  burin compact registry\n");
  command->callback([options, run] { *run = [options] { return Compact(*options); }; });
}

void AddPin(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("pin", "Keep the present state of a registry under a name");
  auto options = std::make_shared<PinOptions>();
  AddRegistryOptions(command, &options->registry);
  command->add_option("NAME", options->name, "Letters, digits, '-', '_' and '.'")->required();
  command->add_flag("--remove", options->remove, "Give a pinned state up");
  command->footer(
      "The files of a pinned state stay until it is given up; 'burin match --pin NAME' searches it.\n\n"
      "Example:\n  burin pin registry case-1234\n");
  command->callback([options, run] { *run = [options] { return Pin(*options); }; });
}

void AddBackup(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("backup", "Copy a registry to a new directory, while others may write to it");
  auto options = std::make_shared<BackupOptions>();
  command->add_option("REGISTRY", options->registry, "The directory of the registry")->required();
  command->add_option("DIRECTORY", options->target, "Where the copy goes")->required();
  command->add_flag("-q,--quiet", options->quiet, "Print nothing");
  command->footer(
      "The copy is a registry, whole or not at all. Pins are not copied.\n\nExample:\n"
      "  burin backup registry /mnt/backup/registry-2025-11-25\n");
  command->callback([options, run] { *run = [options] { return Backup(*options); }; });
}

}  // namespace burin::tool
