// burin build: tables in, an index out.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/sections.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/io/pending_file.h"
#include "tools/io/progress.h"
#include "tools/io/row_tables.h"

namespace burin::tool {
namespace {

struct BuildOptions {
  RowTables tables;
  std::string output;
  std::string unreadable;
  bool has_unreadable = false;
  std::string profile = "fast";
  uint32_t threads = 1;
  uint64_t memory = 0;
  bool has_memory = false;
  std::string tmpdir;
  bool quiet = false;
  bool no_progress = false;
};

constexpr char kFooter[] =
    "Without a key column, the key of a record is the number of its row, from 1 on across all files.\n"
    "\n"
    "Examples:\n"
    "  burin build marks.csv -o marks.burin\n"
    "  burin build a.csv b.csv --map serial=number,key=id,maker=make --source seizures --rejects bad.csv -o x.burin\n"
    "  burin build all.csv -o all.burin --memory 1GiB --tmpdir /var/tmp\n"
    "  burin build marks.csv --map 'serial=Number\\, as seen' --attr colour=Farbe --attr seen=Jahr:integer -o x.burin\n"
    "  xz -dc marks.csv.xz | burin build - --encoding cp1252 --separator ';' -o marks.burin\n";

void PrintCounts(const Builder& builder, const Index& index, const BuildOptions& options) {
  const burin_builder_counts counts = builder.counts();
  std::string out = options.output + ": " + Counted(counts.records, "record") + " of " + Counted(counts.rows, "row");
  out += "\n" + MarkLines(counts.partial_records, counts.missing, builder.sentinels());
  out += UnreadList(builder.unread(), "  ");
  out += "  rejected rows: " + Number(counts.rejected);
  out += (counts.rejected > 0 ? ", listed in " + options.tables.rejects : "") + "\n";
  out += "  different serials: " + Number(index.info().serials) + "\n" + SectionTable(index);
  Output output;
  output.Write(out);
  output.Flush();
}

// How many rows the tables have, by the length of the first lines; 0: not known before they are read.
uint64_t EstimateRows(const std::vector<std::string>& files) {
  uint64_t rows = 0;
  for (const std::string& file : files) {
    std::error_code error;
    const uint64_t bytes = std::filesystem::is_regular_file(file, error) ? std::filesystem::file_size(file, error) : 0;
    if (error || bytes == 0) return 0;  // What is opened twice must be a file: a pipe gives its bytes once.
    std::ifstream in(file, std::ios::binary);
    std::string sample(size_t{1} << 18, 0);
    if (!in) return 0;
    in.read(sample.data(), static_cast<std::streamsize>(sample.size()));
    sample.resize(static_cast<size_t>(in.gcount()));
    const auto lines = static_cast<uint64_t>(std::count(sample.begin(), sample.end(), '\n'));
    if (lines == 0) return 0;
    rows += bytes * lines / sample.size();
  }
  return rows;
}

// Measured: 33 bytes a record of one column, 38 with keys that are numbers and three attributes, 69 with keys that are
// texts.
constexpr uint64_t kBytesOfRow = 40;
constexpr uint64_t kFewToTell = uint64_t{1} << 20;  // Rows that take no time.

void PrintEstimate(const BuildOptions& options) {
  const uint64_t rows = EstimateRows(options.tables.inputs);
  if (rows < kFewToTell) return;
  const uint64_t whole = rows * kBytesOfRow;
  const bool spills = options.memory != 0 && whole > options.memory;
  std::string line = "build: about " + Number(rows) + " rows, ";
  line += Number(((spills ? options.memory : whole) >> 20) + 1) + " MiB of memory";
  if (spills) line += " and " + Number((whole - options.memory / 2) >> 20) + " MiB of temporary disk";
  PrintError(line);
}

// An index is read again as soon as it is written.
void CheckRegular(const PendingFile& index, const std::string& path) {
  if (index.direct()) throw Failure(kSystem, path + ": is a pipe or a device; expected a file for the index");
}

int Build(const BuildOptions& options) {
  Paths("build")
      .Reads("IN", options.tables.inputs)
      .Reads("--sentinels", options.tables.sentinels)
      .Writes("--output", options.output)
      .Writes("--rejects", options.tables.rejects)
      .Check();
  burin_builder_options builder_options = BURIN_BUILDER_OPTIONS_INIT;
  builder_options.unreadable = options.has_unreadable ? options.unreadable.c_str() : nullptr;
  builder_options.sentinels = options.tables.sentinels.empty() ? nullptr : options.tables.sentinels.c_str();
  builder_options.cancel = OnCancel;
  builder_options.profile = options.profile == "small" ? BURIN_PROFILE_SMALL : BURIN_PROFILE_FAST;
  builder_options.threads = options.threads;
  if (options.has_memory && options.memory < BURIN_LEAST_MEMORY) {
    throw Failure(kUsage, "build: --memory: expected at least 64MiB");
  }
  builder_options.memory_bytes = options.memory;
  builder_options.temporary_directory = options.tmpdir.empty() ? nullptr : options.tmpdir.c_str();
  PendingFile index(options.output), rejects(options.tables.rejects);
  CheckRegular(index, options.output);
  builder_options.rejects_path = rejects.place().empty() ? nullptr : rejects.place().c_str();
  if (!options.quiet) PrintEstimate(options);
  Progress progress(!options.quiet && !options.no_progress);
  try {
    Builder builder(builder_options);
    ForEachTable(options.tables, "build", &progress,
                 [&](Table& table, const burin_mapping& mapping) { builder.AddTable(table, mapping); });
    CheckInterrupt();
    builder.Write(index.place());
    progress.Clear();
    if (!options.quiet) PrintCounts(builder, Index(index.place()), options);
    PointOfNoReturn end;
    rejects.Commit();
    index.Commit();
    end.Passed();
  } catch (const Exception& exception) {
    progress.Clear();
    const Failure failure = FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? "build" : "");
    throw Failure(failure.code(), rejects.Told(index.Told(failure.what())));
  }
  return kDone;
}

}  // namespace

void AddBuild(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("build", "Build an index from tables");
  auto options = std::make_shared<BuildOptions>();
  AddRowTableOptions(command, &options->tables);
  command->add_option("-o,--output", options->output, "The index to write")->required();
  CLI::Option* unreadable = command->add_option(
      "--unreadable", options->unreadable,
      "Characters in recorded marks that mean 'unreadable here': each stands for one, * for any number, ** for one; "
      "default ?_*, '' for none");
  command
      ->add_option("--profile", options->profile,
                   "fast (default), or small: about half the bytes of keys, slower where readings begin damaged")
      ->check(CLI::IsMember({"fast", "small"}));
  command
      ->add_option("--threads", options->threads,
                   "Threads that sort and pack once all is read; the index does not depend on it")
      ->check(CLI::Range(1, BURIN_MAX_THREADS));
  CLI::Option* memory =
      command
          ->add_option("--memory", options->memory,
                       "Lay aside on disk what takes more memory than about this, such as 512MiB or 1GiB; from 64MiB")
          ->transform(CLI::AsSizeValue(false));
  command
      ->add_option("--tmpdir", options->tmpdir,
                   "Where --memory lays aside, in a file without a name; default: TMPDIR, or /tmp")
      ->needs("--memory");
  command->add_flag("-q,--quiet", options->quiet, "Print neither progress nor counts");
  command->add_flag("--no-progress", options->no_progress, "Print no progress");
  command->footer(std::string(kRowTablesFooter) + kFooter);
  command->callback([options, unreadable, memory, run] {
    options->has_unreadable = unreadable->count() > 0;
    options->has_memory = memory->count() > 0;
    *run = [options] { return Build(*options); };
  });
}

}  // namespace burin::tool
