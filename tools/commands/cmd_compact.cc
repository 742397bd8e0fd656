// burin compact, pin and backup: what is done to a registry as a whole.
#include <CLI/CLI.hpp>
#include <ctime>
#include <memory>
#include <string>

#include "tools/commands/commands.h"
#include "tools/commands/registry_options.h"
#include "tools/io/failure.h"
#include "tools/io/now.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"

namespace burin::tool {
namespace {

struct CompactOptions {
  RegistryOptions registry;
  uint32_t segments = 1;
  bool has_segments = false;
  bool purge = false;
  bool override_holds = false;
  std::string reason;
  bool refold = false;
  std::string unreadable;
  bool has_unreadable = false;
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

// "'case-7' until 2036-12-31": those that are not over.
std::string HoldsText(const Index& index) {
  std::string out;
  const auto now = static_cast<uint64_t>(std::time(nullptr));
  for (const burin_hold& hold : Holds(index)) {
    if (hold.until != 0 && now >= hold.until) continue;
    out += (out.empty() ? "'" : ", '") + Printable(hold.name) + "' until " +
           (hold.until == 0 ? "it is released" : TimeText(hold.until).substr(0, 10));
  }
  return out;
}

// What still holds deleted records, and until when: a line each.
std::string RemainsText(const std::string& path, Registry* registry) {
  std::string out;
  for (const burin_remains& remains : registry->Remains()) {
    out += "  generation " + Number(remains.generation);
    if (remains.why == BURIN_REMAINS_PIN) out += ", pinned as " + std::string(remains.pin) + ",";
    out += remains.records == UINT64_MAX ? " cannot be opened and may hold deleted records"
                                         : " still holds " + Counted(remains.records, "deleted record");
    if (remains.why == BURIN_REMAINS_HELD) {
      out += ", kept by holds: " + HoldsText(Index(path)) + "\n";
    } else {
      out += remains.why == BURIN_REMAINS_PIN ? ", until 'burin pin --remove'\n"
                                              : ", until the next commit or 'burin compact --purge'\n";
    }
  }
  return out;
}

std::string RefoldText(const burin_refold_counts& counts) {
  const std::string folding = Number(burin_folding_version());
  if (counts.folding_before == burin_folding_version()) return ": of folding " + folding + " already";
  return ": refolded from " + Number(counts.folding_before) + " to " + folding + ", " + Counted(counts.rows, "row") +
         " read anew: " + Number(counts.changed) + " otherwise than before, " + Number(counts.renumbered) +
         " under new record ids";
}

int Compact(const CompactOptions& options) {
  if (options.purge && options.has_segments && options.segments != 1) {
    throw Failure(kUsage, "compact: --purge leaves one segment: not together with --segments");
  }
  if ((options.override_holds && !options.purge) || options.override_holds == options.reason.empty()) {
    throw Failure(kUsage, "compact: --purge --override needs a --reason, and only they go together");
  }
  Paths("compact").WritesDirectory("REGISTRY", options.registry.path).Check();
  try {
    burin_registry_options writer_options = WriterOptionsOf(options.registry);
    if (options.has_unreadable) writer_options.unreadable = options.unreadable.c_str();
    Registry registry(options.registry.path, writer_options);
    WarnOf(registry);
    std::string done;
    if (options.refold) done = Printable(options.registry.path) + RefoldText(registry.Refold()) + "\n";
    if (options.purge) {
      registry.Purge(options.override_holds ? options.reason.c_str() : nullptr);
    } else {
      registry.Compact(options.segments);
    }
    if (options.registry.quiet) return kDone;
    const std::string& path = options.registry.path;
    SayDone(done + Printable(path) + (options.purge ? ": compacted and purged\n" : ": compacted\n") +
            RegistrySummary(path) + RemainsText(path, &registry));
  } catch (const Exception& exception) {
    throw FailureOf(exception);
  }
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
  CLI::App* command =
      app->add_subcommand("compact", "Merge the segments of a registry; what is deleted leaves its files");
  auto options = std::make_shared<CompactOptions>();
  AddRegistryOptions(command, &options->registry);
  CLI::Option* segments =
      command->add_option("--segments", options->segments, "Merge until there are at most so many; default 1")
          ->check(CLI::Range(1, 512));
  command->add_flag("--purge", options->purge,
                    "Remove all older states too, so that deleted records are in no file but those of pins");
  command->add_flag("--override", options->override_holds, "With --purge: remove what holds keep, too");
  command->add_option("--reason", options->reason, "With --override: why; it is logged in the registry");
  CLI::Option* refold = command->add_flag(
      "--refold", options->refold,
      "First, where the serials are of an earlier folding, read every recorded text anew by the present rules");
  CLI::Option* unreadable =
      command
          ->add_option("--unreadable", options->unreadable,
                       "With --refold: as of add; texts that were taken for whole serials have none of them")
          ->needs(refold);
  command->footer(
      "Files are checked whole before they are merged; a damaged one is named, and all stays as it was (exit code 4).\n"
      "The state before stays for 'burin match --recover' until the next commit, with what it holds; --purge removes\n"
      "it. What still holds deleted records is listed. A process that has the registry open keeps what it opened "
      "until\n"
      "it ends; backups, receipts and logs, and blocks that the disk has not written again, are not touched.\n"
      "Readers are not disturbed. Interrupted, it leaves all as it was.\n"
      "--refold keeps keys, sources, texts, attributes, deletions and rules, and the record ids of every row that\n"
      "still gives as many records; pinned states stay what they are.\n\nExamples:\n"
      "  burin compact registry\n  burin compact registry --refold\n  burin compact registry --purge\n"
      "  burin compact registry --purge --override --reason 'court order 12/2026'\n");
  command->callback([options, segments, unreadable, run] {
    options->has_segments = segments->count() > 0;
    options->has_unreadable = unreadable->count() > 0;
    *run = [options] { return Compact(*options); };
  });
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
