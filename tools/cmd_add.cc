// burin add: tables into a registry.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "commands.h"
#include "failure.h"
#include "output.h"
#include "paths.h"
#include "progress.h"
#include "registry_options.h"
#include "row_tables.h"

namespace burin::tool {
namespace {

struct AddOptions {
  RegistryOptions registry;
  RowTables input;
  bool sync = false;
  std::string unreadable;
  bool has_unreadable = false;
  bool no_progress = false;
};

constexpr char kFooter[] =
    "A row whose source and key are there is replaced, or left alone if it is there already, the same in everything.\n"
    "Without a key column a row's key is made of its file's checksum and its number: the same file then changes\n"
    "nothing, and no other one replaces a row of it.\n"
    "All is committed at once, at the end, or nothing is. docs/durability.md says what a commit is worth.\n"
    "\n"
    "Examples:\n"
    "  burin add registry marks.csv --map serial=number,key=id --source north\n"
    "  burin add registry today.csv --source north --sync --rejects bad.csv\n";

std::string Summary(const AddOptions& options, const burin_registry_counts& counts) {
  std::string out = Printable(options.registry.path) + ": " + Number(counts.added) + " added, " +
                    Number(counts.replaced) + " replaced, " + Number(counts.unchanged) + " unchanged, ";
  if (options.sync) out += Number(counts.deleted) + " vanished, ";
  out += Number(counts.rejected) + " rejected of " + Counted(counts.rows, "row");
  if (counts.rejected > 0) out += ", listed in " + options.input.rejects;
  return out + "\n" + RegistrySummary(options.registry.path);
}

int AddRows(const AddOptions& options) {
  if (options.sync && options.input.source.empty()) {
    throw Failure(kUsage, "add: --sync needs --source: rows of that source that are in no table are deleted");
  }
  Paths("add")
      .WritesDirectory("REGISTRY", options.registry.path)
      .Reads("IN", options.input.inputs)
      .Writes("--rejects", options.input.rejects)
      .Check();
  burin_registry_options writer_options = WriterOptionsOf(options.registry);
  writer_options.create = 1;
  writer_options.unreadable = options.has_unreadable ? options.unreadable.c_str() : nullptr;
  writer_options.rejects_path = options.input.rejects.empty() ? nullptr : options.input.rejects.c_str();
  Progress progress(!options.registry.quiet && !options.no_progress);
  try {
    Registry registry(options.registry.path, writer_options);
    WarnOf(registry);
    ForEachTable(options.input, "add", &progress,
                 [&](Table& table, const burin_mapping& mapping) { registry.PutTable(table, mapping); });
    if (options.sync) registry.DeleteUnseen(options.input.source);
    CheckInterrupt();
    registry.Commit();
    progress.Clear();
    if (!options.registry.quiet) SayDone(Summary(options, registry.counts()));
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
  command->add_flag("--sync", options->sync, "Delete the rows of --source that are in none of the tables");
  CLI::Option* unreadable = command->add_option(
      "--unreadable", options->unreadable,
      "Characters in recorded marks that mean 'unreadable here', of ? _ *; default all three, '' for none");
  command->add_flag("--no-progress", options->no_progress, "Print no progress");
  command->footer(std::string(kRowTablesFooter) + kFooter);
  command->callback([options, unreadable, run] {
    options->has_unreadable = unreadable->count() > 0;
    *run = [options] { return AddRows(*options); };
  });
}

}  // namespace burin::tool
