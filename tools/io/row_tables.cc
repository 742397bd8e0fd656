#include "tools/io/row_tables.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/io/failure.h"
#include "tools/io/mapping.h"
#include "tools/io/output.h"

namespace burin::tool {

const char kRowTablesFooter[] =
    "Without --map, columns are used whose headers are serial, key, source or a reserved name: weapon, maker, brand,\n"
    "importer, model, calibre, type, country, year, import_country, import_year, component, mark_class, method,\n"
    "location, condition, agency, case, date. With it, exactly those that it names (and --attr).\n"
    "In --map and --attr a backslash before a comma, colon, equals sign or backslash makes it a part of a name.\n"
    "An integer or a date that cannot be read is absent, and its text kept in NAME_recorded; --strict rejects its "
    "row.\n"
    "Columns that are not used never stop anything.\n";

uint32_t ValuesOf(const RowTables& tables) {
  uint32_t values = tables.strict ? BURIN_VALUES_STRICT : 0;
  if (tables.date_order == "dmy") values |= BURIN_VALUES_DAY_FIRST;
  if (tables.date_order == "mdy") values |= BURIN_VALUES_MONTH_FIRST;
  if (tables.date_order == "ymd") values |= BURIN_VALUES_YEAR_FIRST;
  return values;
}

std::string UnreadList(const std::vector<UnreadAttribute>& unread, const std::string& indent) {
  constexpr size_t kShown = 5;
  std::string out;
  uint64_t rows = 0;
  for (const UnreadAttribute& attribute : unread) {
    rows += attribute.rows;
    out += indent + "  " + Printable(attribute.name) + ": " + Number(attribute.rows) + ", kept in " +
           Printable(attribute.name) + "_recorded: ";
    std::vector<UnreadAttribute::Text> texts = attribute.texts;
    std::stable_sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.rows > b.rows; });
    for (size_t i = 0; i < std::min(kShown, texts.size()); ++i) {
      out += (i == 0 ? "'" : ", '") + Printable(texts[i].text) + "' " + Number(texts[i].rows);
    }
    out += texts.size() > kShown ? ", ...\n" : "\n";
  }
  return rows == 0 ? "" : indent + "values that cannot be read: " + Number(rows) + "\n" + out;
}

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
  mapping.values = ValuesOf(tables);
  mapping.digitless = tables.digitless == "serial"    ? BURIN_DIGITLESS_SERIAL
                      : tables.digitless == "missing" ? BURIN_DIGITLESS_MISSING
                                                      : BURIN_DIGITLESS_BY_COLUMN;
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
  command
      ->add_option(
          "--date-order", tables->date_order,
          "dmy, mdy or ymd: how these tables write dates such as 04/05/2013, in any separator. Without it such a "
          "date is not guessed")
      ->check(CLI::IsMember({"dmy", "mdy", "ymd"}));
  command->add_flag("--strict", tables->strict,
                    "Reject rows with an integer or a date that cannot be read, instead of keeping its text");
  command->add_option(
      "--sentinels", tables->sentinels,
      "A table of texts (column text) that say why there is no number, and how (column kind: unknown, "
      "illegible, obliterated, never marked, not present, nothing reported, ...); codes such as 9997 too");
  command
      ->add_option("--digitless", tables->digitless,
                   "What a text without any digit is: serial, missing, or column (default): missing where fewer than "
                   "one text in twenty of the column is so")
      ->check(CLI::IsMember({"column", "serial", "missing"}));
  AddTableOptions(command, &tables->table);
}

}  // namespace burin::tool
