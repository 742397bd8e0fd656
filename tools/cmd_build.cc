// burin build: tables in, an index out.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "failure.h"
#include "mapping.h"
#include "output.h"
#include "progress.h"
#include "sections.h"
#include "table_input.h"

namespace burin::tool {
namespace {

struct BuildOptions {
  std::vector<std::string> inputs;
  std::string output;
  std::vector<std::string> maps;
  std::vector<std::string> attributes;
  std::string source;
  std::string rejects;
  TableInput table;
  std::string unreadable;
  bool has_unreadable = false;
  std::string profile = "fast";
  uint32_t threads = 1;
  bool quiet = false;
  bool no_progress = false;
};

constexpr char kFooter[] =
    "Without --map, columns are used whose headers are serial, key, source or a reserved name: weapon, maker, brand,\n"
    "importer, model, calibre, type, country, year, import_country, import_year, component, mark_class, method,\n"
    "location, condition, agency, case, date. With it, exactly those that it names (and --attr).\n"
    "In --map and --attr a backslash before a comma, colon, equals sign or backslash makes it a part of a name.\n"
    "Without a key column, the key of a record is the number of its row, from 1 on across all files.\n"
    "\n"
    "Examples:\n"
    "  burin build marks.csv -o marks.burin\n"
    "  burin build a.csv b.csv --map serial=number,key=id,maker=make --source seizures --rejects bad.csv -o x.burin\n"
    "  burin build marks.csv --map 'serial=Number\\, as seen' --attr colour=Farbe --attr seen=Jahr:integer -o x.burin\n"
    "  xz -dc marks.csv.xz | burin build - --encoding cp1252 --separator ';' -o marks.burin\n";

int32_t OnCancel(void*) { return Interrupted(); }

void AddInput(const std::string& input, const BuildOptions& options, const burin_mapping& common, Progress* progress,
              Builder* builder) {
  Table table = OpenTable(input, options.table);
  TableProgress shown(input, progress);
  burin_mapping mapping = common;
  shown.Watch(&mapping);
  builder->AddTable(table, mapping);
}

void PrintCounts(const Builder& builder, const Index& index, const BuildOptions& options) {
  const burin_builder_counts counts = builder.counts();
  std::string out = options.output + ": " + Counted(counts.records, "record") + " of " + Counted(counts.rows, "row");
  out += "\n  partial records: " + Number(counts.partial_records) + "\n";
  uint64_t missing = 0;
  for (const uint64_t count : counts.missing) missing += count;
  out += "  without a mark that can be searched: " + Number(missing);
  const std::string kinds = MissingList(counts.missing);
  out += (kinds.empty() ? "" : " (" + kinds + ")") + "\n";
  for (const auto& sentinel : builder.sentinels()) {
    out += "    '" + Printable(sentinel.text) + "' (" + burin_missing_name(sentinel.missing) +
           "): " + Number(sentinel.records) + "\n";
  }
  out += "  rejected rows: " + Number(counts.rejected);
  out += (counts.rejected > 0 ? ", listed in " + options.rejects : "") + "\n";
  out += "  different serials: " + Number(index.info().serials) + "\n" + SectionTable(index);
  Output output;
  output.Write(out);
  output.Flush();
}

void AddInputs(const BuildOptions& options, Progress* progress, Builder* builder) {
  std::vector<MappedColumn> mapped, attributes;
  for (const std::string& map : options.maps) {
    const auto more = ParseMap("--map", map);
    mapped.insert(mapped.end(), more.begin(), more.end());
  }
  for (const std::string& attribute : options.attributes) attributes.push_back(ParseAttribute(attribute));
  const auto columns = ColumnsOf(mapped);
  const auto more_columns = ColumnsOf(attributes);
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.columns = columns.data();
  mapping.column_count = columns.size();
  mapping.attributes = more_columns.data();
  mapping.attribute_count = more_columns.size();
  mapping.source = options.source.empty() ? nullptr : options.source.c_str();
  for (const std::string& input : options.inputs) AddInput(input, options, mapping, progress, builder);
}

int Build(const BuildOptions& options) {
  CheckInputs("build", options.inputs);
  burin_builder_options builder_options = BURIN_BUILDER_OPTIONS_INIT;
  builder_options.unreadable = options.has_unreadable ? options.unreadable.c_str() : nullptr;
  builder_options.rejects_path = options.rejects.empty() ? nullptr : options.rejects.c_str();
  builder_options.cancel = OnCancel;
  builder_options.profile = options.profile == "small" ? BURIN_PROFILE_SMALL : BURIN_PROFILE_FAST;
  builder_options.threads = options.threads;
  Progress progress(!options.quiet && !options.no_progress);
  try {
    Builder builder(builder_options);
    AddInputs(options, &progress, &builder);
    CheckInterrupt();
    builder.Write(options.output);
    progress.Clear();
    if (!options.quiet) PrintCounts(builder, Index(options.output), options);
  } catch (const Exception& exception) {
    progress.Clear();
    throw FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? "build" : "");
  }
  return kDone;
}

void AddInputOptions(CLI::App* command, BuildOptions* options) {
  command->add_option("IN", options->inputs, "CSV or TSV files; - is standard input")->required();
  command->add_option("-o,--output", options->output, "The index to write")->required();
  command->add_option("--map", options->maps, "NAME=COLUMN,...: which column is serial, key, source, maker, ...")
      ->allow_extra_args(false);
  command
      ->add_option("--attr", options->attributes,
                   "NAME=COLUMN[:type]: a further attribute; types: category, integer, date. Repeatable")
      ->allow_extra_args(false);
  command->add_option("--source", options->source, "Who holds these records, where no column says so");
  command->add_option("--rejects", options->rejects, "Write rows that cannot be used to this CSV file and go on");
  AddTableOptions(command, &options->table);
}

}  // namespace

void AddBuild(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("build", "Build an index from tables");
  auto options = std::make_shared<BuildOptions>();
  AddInputOptions(command, options.get());
  CLI::Option* unreadable = command->add_option(
      "--unreadable", options->unreadable,
      "Characters in recorded marks that mean 'unreadable here', of ? _ *; default all three, '' for none");
  command
      ->add_option("--profile", options->profile,
                   "fast (default), or small: about half the bytes of keys, slower where readings begin damaged")
      ->check(CLI::IsMember({"fast", "small"}));
  command
      ->add_option("--threads", options->threads,
                   "Threads that sort and pack once all is read; the index does not depend on it")
      ->check(CLI::Range(1, BURIN_MAX_THREADS));
  command->add_flag("-q,--quiet", options->quiet, "Print neither progress nor counts");
  command->add_flag("--no-progress", options->no_progress, "Print no progress");
  command->footer(kFooter);
  command->callback([options, unreadable, run] {
    options->has_unreadable = unreadable->count() > 0;
    *run = [options] { return Build(*options); };
  });
}

}  // namespace burin::tool
