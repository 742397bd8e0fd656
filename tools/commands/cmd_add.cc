// burin add: tables into a registry.
#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/registry_options.h"
#include "tools/commands/sections.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/io/progress.h"
#include "tools/io/row_tables.h"

namespace burin::tool {
namespace {

struct AddOptions {
  RegistryOptions registry;
  RowTables input;
  bool sync = false;
  std::string allow_vanished;
  std::string unreadable;
  bool has_unreadable = false;
  bool no_progress = false;
};

constexpr char kFooter[] =
    "A row whose source and key are there is replaced, or left alone if it is there already, the same in everything.\n"
    "Without a key column a row's key is made of its file's checksum and its number: the same file then changes\n"
    "nothing, and no other one replaces a row of it.\n"
    "--sync deletes nothing if the key of a rejected row cannot be read, and says so. It refuses (exit code 3, nothing "
    "is\n"
    "committed) a table without rows, and to delete more than a fifth of the source; --allow-vanished 500 or 40% is\n"
    "another limit, and lets tables be empty.\n"
    "All is committed at once, at the end, or nothing is. docs/durability.md says what a commit is worth.\n"
    "\n"
    "Examples:\n"
    "  burin add registry marks.csv --map serial=number,key=id --source north\n"
    "  burin add registry today.csv --source north --sync --rejects bad.csv\n";

std::string Summary(const AddOptions& options, const burin_registry_counts& counts,
                    const std::vector<Builder::Sentinel>& sentinels, const std::string& unread) {
  std::string out = Printable(options.registry.path) + ": " + Number(counts.added) + " added, " +
                    Number(counts.replaced) + " replaced, " + Number(counts.unchanged) + " unchanged, ";
  if (options.sync) out += Number(counts.deleted) + " vanished, ";
  out += Number(counts.rejected) + " rejected of " + Counted(counts.rows, "row");
  if (counts.rejected > 0) out += ", listed in " + options.input.rejects;
  return out + "\n" + MarkLines(counts.partial_records, counts.missing, sentinels) + unread +
         RegistrySummary(options.registry.path);
}

// N or P%.
burin_sync_options SyncOptionsOf(const std::string& allowed) {
  burin_sync_options options = BURIN_SYNC_OPTIONS_INIT;
  if (allowed.empty()) return options;
  const bool share = allowed.back() == '%';
  const char* const end = allowed.data() + allowed.size() - (share ? 1 : 0);
  options.empty_tables = 1;
  options.most_share = 0;
  const auto [at, error] = share ? std::from_chars(allowed.data(), end, options.most_share)
                                 : std::from_chars(allowed.data(), end, options.most_rows);
  if (share) options.most_share /= 100;
  if (error != std::errc() || at != end || !(options.most_share >= 0 && options.most_share <= 1)) {
    throw Failure(kUsage, "--allow-vanished: expected a number of rows, or 0% to 100%, instead of '" + allowed + "'");
  }
  return options;
}

void Sync(const AddOptions& options, Registry* registry, Progress* progress) {
  burin_sync_counts counts = BURIN_SYNC_COUNTS_INIT;
  try {
    registry->Sync(options.input.source, SyncOptionsOf(options.allow_vanished), &counts);
  } catch (const Exception& exception) {
    if (exception.code() != BURIN_BAD_INPUT) throw;
    progress->Clear();
    throw Failure(kBadInput, std::string(exception.what()) + "; nothing is committed (--allow-vanished)");
  }
  if (counts.unread == 0) return;
  progress->Clear();
  PrintError("note: nothing of " + options.input.source + " is deleted: " + Counted(counts.unread, "rejected row") +
             " without a key or source that can be read may be among the " + Counted(counts.unseen, "row") +
             " that no table has");
}

int AddRows(const AddOptions& options) {
  if (options.sync && options.input.source.empty()) {
    throw Failure(kUsage, "add: --sync needs --source: rows of that source that are in no table are deleted");
  }
  Paths("add")
      .WritesDirectory("REGISTRY", options.registry.path)
      .Reads("IN", options.input.inputs)
      .Reads("--sentinels", options.input.sentinels)
      .Writes("--rejects", options.input.rejects)
      .Check();
  burin_registry_options writer_options = WriterOptionsOf(options.registry);
  writer_options.create = 1;
  writer_options.unreadable = options.has_unreadable ? options.unreadable.c_str() : nullptr;
  writer_options.sentinels = options.input.sentinels.empty() ? nullptr : options.input.sentinels.c_str();
  writer_options.rejects_path = options.input.rejects.empty() ? nullptr : options.input.rejects.c_str();
  Progress progress(!options.registry.quiet && !options.no_progress);
  try {
    Registry registry(options.registry.path, writer_options);
    WarnOf(registry);
    ForEachTable(options.input, "add", &progress,
                 [&](Table& table, const burin_mapping& mapping) { registry.PutTable(table, mapping); });
    if (options.sync) Sync(options, &registry, &progress);
    CheckInterrupt();
    registry.Commit();
    progress.Clear();
    if (!options.registry.quiet) {
      SayDone(Summary(options, registry.counts(), registry.sentinels(), UnreadList(registry.unread(), "  ")));
    }
  } catch (const Exception& exception) {
    progress.Clear();
    throw FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? "add" : "");
  }
  return kDone;
}

}  // namespace

void AddAdd(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("add", "Add tables to a registry, which is made if it is not there");
  auto options = std::make_shared<AddOptions>();
  AddRegistryOptions(command, &options->registry);
  AddRowTableOptions(command, &options->input);
  CLI::Option* sync =
      command->add_flag("--sync", options->sync, "Delete the rows of --source that are in none of the tables");
  command
      ->add_option("--allow-vanished", options->allow_vanished,
                   "N or P%: how many rows, or which part of the source, --sync may delete; default 20%")
      ->needs(sync);
  CLI::Option* unreadable = command->add_option(
      "--unreadable", options->unreadable,
      "Characters in recorded marks that mean 'unreadable here': each stands for one, * for any number, ** for one; "
      "default ?_*, '' for none");
  command->add_flag("--no-progress", options->no_progress, "Print no progress");
  command->footer(std::string(kRowTablesFooter) + kFooter);
  command->callback([options, unreadable, run] {
    options->has_unreadable = unreadable->count() > 0;
    *run = [options] { return AddRows(*options); };
  });
}

}  // namespace burin::tool
