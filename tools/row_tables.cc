#include "row_tables.h"

#include <CLI/CLI.hpp>

#include "failure.h"
#include "mapping.h"

namespace burin::tool {

const char kRowTablesFooter[] =
    "Without --map, columns are used whose headers are serial, key, source or a reserved name: weapon, maker, brand,\n"
    "importer, model, calibre, type, country, year, import_country, import_year, component, mark_class, method,\n"
    "location, condition, agency, case, date. With it, exactly those that it names (and --attr).\n"
    "In --map and --attr a backslash before a comma, colon, equals sign or backslash makes it a part of a name.\n";

void ForEachTable(const RowTables& tables, const char* command, Progress* progress,
                  const std::function<void(Table&, const burin_mapping&)>& use) {
  CheckInputs(command, tables.inputs);
  std::vector<MappedColumn> mapped, attributes;
  for (const std::string& map : tables.maps) {
    const auto more = ParseMap("--map", map);
    mapped.insert(mapped.end(), more.begin(), more.end());
  }
  for (const std::string& attribute : tables.attributes) attributes.push_back(ParseAttribute(attribute));
  const auto columns = ColumnsOf(mapped);
  const auto more_columns = ColumnsOf(attributes);
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.columns = columns.data();
  mapping.column_count = columns.size();
  mapping.attributes = more_columns.data();
  mapping.attribute_count = more_columns.size();
  mapping.source = tables.source.empty() ? nullptr : tables.source.c_str();
  for (const std::string& path : tables.inputs) {
    Table table = OpenTable(path, tables.table);
    TableProgress shown(path, progress);
    shown.Watch(&mapping);
    use(table, mapping);
  }
}

void AddRowTableOptions(CLI::App* command, RowTables* tables) {
  command->add_option("IN", tables->inputs, "CSV or TSV files; - is standard input")->required();
  command->add_option("--map", tables->maps, "NAME=COLUMN,...: which column is serial, key, source, maker, ...")
      ->allow_extra_args(false);
  command
      ->add_option("--attr", tables->attributes,
                   "NAME=COLUMN[:type]: a further attribute; types: category, integer, date. Repeatable")
      ->allow_extra_args(false);
  command->add_option("--source", tables->source, "Who holds these records, where no column says so");
  command->add_option("--rejects", tables->rejects, "Write rows that cannot be used to this CSV file and go on");
  AddTableOptions(command, &tables->table);
}

}  // namespace burin::tool
