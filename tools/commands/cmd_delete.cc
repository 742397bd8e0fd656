// burin delete: rows out of a registry.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/registry_options.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/match/queries.h"

namespace burin::tool {
namespace {

struct DeleteOptions {
  RegistryOptions registry;
  std::string source;
  std::string keys;
  std::vector<std::string> where;
};

constexpr char kFooter[] =
    "Keys are one a line, in quotes or as they stand but for blanks around them; those that name no row are counted.\n"
    "Deleted records are in no answer from the commit on; they stay in the files until segments are\n"
    "merged ('burin compact'), in the files of older states until 'burin compact --purge', in those of\n"
    "pins as long as these are kept.\n"
    "\n"
    "Examples:\n"
    "  burin delete registry --source north --keys gone.txt\n"
    "  burin delete registry --where case=1234 --where agency=north\n";

// What became of the keys of a list.
struct KeyTally {
  uint64_t keys = 0;
  uint64_t without_row = 0;
  std::string first;  // Of those: "gone.txt, line 3: 'W-9'".
};

// Deletes a key of each line. One that cannot be read deletes nothing at all, for the list is not what it seems.
KeyTally DeleteKeys(const DeleteOptions& options, Registry* registry) {
  KeyTally tally;
  QueryReader keys = QueryReader::List(options.keys);
  for (Query key; keys.Next(&key); ++tally.keys) {
    if (!key.error.empty()) throw Failure(kBadInput, key.where + ": " + key.error + "; nothing is deleted");
    if (registry->Delete(options.source, key.pattern)) continue;
    if (tally.without_row++ == 0) tally.first = key.where + ": '" + key.pattern + "'";
  }
  return tally;
}

std::string SourceWords(const DeleteOptions& options) {
  return options.source.empty() ? "without a source" : "of source '" + options.source + "'";
}

// Keys that name nothing may be of another source, or mistyped.
void WarnOfKeys(const KeyTally& tally, const DeleteOptions& options) {
  if (tally.without_row == 0) return;
  PrintError(tally.first + ": no row " + SourceWords(options) + " has this key; " + Number(tally.without_row) + " of " +
             Counted(tally.keys, "key") + " named no row");
}

int DeleteRows(const DeleteOptions& options) {
  if (options.keys.empty() == options.where.empty()) {
    throw Failure(kUsage, "delete: either --keys or --where says what is deleted");
  }
  Paths("delete").WritesDirectory("REGISTRY", options.registry.path).Reads("--keys", options.keys).Check();
  try {
    Registry registry(options.registry.path, WriterOptionsOf(options.registry));
    WarnOf(registry);
    KeyTally tally;
    if (!options.keys.empty()) {
      tally = DeleteKeys(options, &registry);
    } else {
      registry.DeleteWhere(options.where);
    }
    CheckInterrupt();
    const uint64_t deleted = registry.counts().deleted;
    registry.Commit();
    WarnOfKeys(tally, options);
    if (options.registry.quiet) return kDone;
    std::string done = Printable(options.registry.path) + ": " + Counted(deleted, "row") + " deleted";
    if (tally.without_row > 0) done += ", " + Counted(tally.without_row, "key") + " without a row";
    SayDone(done + "\n" + RegistrySummary(options.registry.path));
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
  command->add_option("--keys", options->keys, "A list of keys, one a line; - is standard input");
  command->add_option("--where", options->where, "A condition on attributes, as of match; all must hold. Repeatable")
      ->allow_extra_args(false);
  command->footer(kFooter);
  command->callback([options, run] { *run = [options] { return DeleteRows(*options); }; });
}

}  // namespace burin::tool
