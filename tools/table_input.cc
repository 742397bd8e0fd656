// Tables in: options, mapping, progress.
#include "table_input.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "failure.h"
#include "mapping.h"

namespace burin::tool {
namespace {

uint32_t SeparatorOf(const std::string& text) {
  if (text.empty()) return 0;
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() == 1) return static_cast<uint8_t>(text[0]);
  throw Failure(kUsage, "--separator: expected ',', ';' or tab instead of '" + text + "'");
}

struct ProgressOf {
  Progress* progress;
  std::string what;
};

int32_t OnProgress(void* user, uint64_t bytes_read, uint64_t bytes_total, uint64_t rows) {
  const auto* shown = static_cast<ProgressOf*>(user);
  shown->progress->Report(shown->what, bytes_read, bytes_total, "row", rows);
  return Interrupted();
}

void AddInput(const std::string& path, const TableInput& input, const burin_mapping& common, Progress* progress,
              const std::function<void(Table&, const burin_mapping&)>& use) {
  burin_table_options table_options = BURIN_TABLE_OPTIONS_INIT;
  table_options.separator = SeparatorOf(input.separator);
  table_options.encoding = input.encoding.empty() ? nullptr : input.encoding.c_str();
  table_options.no_header = input.no_header ? 1 : 0;
  Table table(path, table_options);
  ProgressOf shown = {progress, path == "-" ? "standard input" : path};
  burin_mapping mapping = common;
  mapping.on_progress = OnProgress;
  mapping.progress_user = &shown;
  use(table, mapping);
}

}  // namespace

const char kTableFooter[] =
    "Without --map, columns are used whose headers are serial, key, source or a reserved name: weapon, maker, brand,\n"
    "importer, model, calibre, type, country, year, import_country, import_year, component, mark_class, method,\n"
    "location, condition, agency, case, date. With it, exactly those that it names (and --attr).\n"
    "In --map and --attr a backslash before a comma, colon, equals sign or backslash makes it a part of a name.\n";

int32_t OnCancel(void*) { return Interrupted(); }

void ForEachTable(const TableInput& input, const char* command, Progress* progress,
                  const std::function<void(Table&, const burin_mapping&)>& use) {
  if (std::count(input.inputs.begin(), input.inputs.end(), "-") > 1) {
    throw Failure(kUsage, std::string(command) + ": standard input can be read once only");
  }
  std::vector<MappedColumn> mapped, attributes;
  for (const std::string& map : input.maps) {
    const auto more = ParseMap("--map", map);
    mapped.insert(mapped.end(), more.begin(), more.end());
  }
  for (const std::string& attribute : input.attributes) attributes.push_back(ParseAttribute(attribute));
  const auto columns = ColumnsOf(mapped);
  const auto more_columns = ColumnsOf(attributes);
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.columns = columns.data();
  mapping.column_count = columns.size();
  mapping.attributes = more_columns.data();
  mapping.attribute_count = more_columns.size();
  mapping.source = input.source.empty() ? nullptr : input.source.c_str();
  for (const std::string& path : input.inputs) AddInput(path, input, mapping, progress, use);
}

void AddTableInputOptions(CLI::App* command, TableInput* input) {
  command->add_option("IN", input->inputs, "CSV or TSV files; - is standard input")->required();
  command->add_option("--map", input->maps, "NAME=COLUMN,...: which column is serial, key, source, maker, ...")
      ->allow_extra_args(false);
  command
      ->add_option("--attr", input->attributes,
                   "NAME=COLUMN[:type]: a further attribute; types: category, integer, date. Repeatable")
      ->allow_extra_args(false);
  command->add_option("--source", input->source, "Who holds these records, where no column says so");
  command->add_option("--rejects", input->rejects, "Write rows that cannot be used to this CSV file and go on");
  command->add_option("--encoding", input->encoding,
                      "utf-8 (default), utf-16, cp1250, cp1251, cp1252, cp1256, iso-8859-5");
  command->add_option("--separator", input->separator, "',', ';' or tab; default: what the first line uses");
  command->add_flag("--no-header", input->no_header, "The first line is data; columns are named 1, 2, 3, ...");
}

}  // namespace burin::tool
