// Reading queries.
#include "tools/match/queries.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string_view>
#include <utility>

#include "burin/burin.hpp"
#include "tools/io/failure.h"
#include "tools/io/mapping.h"
#include "tools/io/output.h"

namespace burin::tool {
namespace {

std::string NameOf(const std::string& path) { return path == "-" ? "standard input" : path; }

burin_table_options Options() {
  burin_table_options options = BURIN_TABLE_OPTIONS_INIT;
  options.cancel = OnCancel;
  return options;
}

bool MayWait(const std::string& path) {
  struct stat info = {};
  const bool told = (path == "-" ? ::fstat(STDIN_FILENO, &info) : ::stat(path.c_str(), &info)) == 0;
  return told && !S_ISREG(info.st_mode);
}

size_t FindColumn(const std::vector<std::string_view>& columns, const std::string& name, const std::string& path) {
  std::string names;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name) return i;
    names += (i == 0 ? "" : ", ") + std::string(columns[i]);
  }
  throw Failure(kUsage, NameOf(path) + ": no column '" + name + "'; columns: " + names);
}

struct QueryColumns {
  std::string pattern;
  std::string id;
};

QueryColumns ParseColumns(const std::string& map) {
  QueryColumns columns;
  for (const MappedColumn& column : ParseMap("--queries-map", map)) {
    if (column.name != "pattern" && column.name != "id") {
      throw Failure(kUsage, "--queries-map: '" + column.name + "' is neither pattern nor id");
    }
    std::string& mine = column.name == "pattern" ? columns.pattern : columns.id;
    if (!mine.empty()) throw Failure(kUsage, "--queries-map: '" + column.name + "' is mapped twice");
    mine = column.column;
  }
  if (columns.pattern.empty()) throw Failure(kUsage, "--queries-map: no column is mapped to pattern");
  return columns;
}

}  // namespace

QueryReader::QueryReader(const std::string& path, std::unique_ptr<Table> table)
    : name_(NameOf(path)), table_(std::move(table)), id_(table_->columns().size()), waits_(MayWait(path)) {}
QueryReader::QueryReader(QueryReader&&) noexcept = default;
QueryReader::~QueryReader() = default;

QueryReader QueryReader::List(const std::string& path) {
  burin_table_options options = Options();
  options.separator = '\n';
  options.no_header = 1;
  options.encoding = "unicode";
  return QueryReader(path, std::make_unique<Table>(path, options));
}

QueryReader QueryReader::OfTable(const std::string& path, const std::string& map) {
  const QueryColumns names = ParseColumns(map);
  QueryReader reader(path, std::make_unique<Table>(path, Options()));
  const auto columns = reader.table_->columns();
  reader.pattern_ = FindColumn(columns, names.pattern, path);
  if (!names.id.empty()) reader.id_ = FindColumn(columns, names.id, path);
  return reader;
}

bool QueryReader::Next(Query* query) {
  CheckInterrupt();
  const uint32_t state = table_->Next();
  if (state == BURIN_ROW_END) return false;
  query->id = Number(table_->line());
  query->where = name_ + ", line " + query->id;
  query->error.clear();
  if (state == BURIN_ROW_BAD) {
    query->pattern = table_->bad_text();
    query->error = table_->bad_reason();
    const std::string_view column = table_->columns().size() > 1 ? table_->bad_column() : "";
    if (!column.empty()) query->error = "column '" + std::string(column) + "': " + query->error;
    return true;
  }
  const auto fields = table_->fields();
  query->pattern = detail::View(fields[pattern_]);
  if (id_ < fields.size() && fields[id_].size > 0) query->id = detail::View(fields[id_]);
  return true;
}

std::vector<Query> QueryReader::All() {
  std::vector<Query> queries;
  for (Query query; Next(&query);) queries.push_back(query);
  return queries;
}

}  // namespace burin::tool
