#include "src/query/text_file.h"

#include <cstdint>
#include <memory>
#include <string_view>

#include "src/table/byte_source.h"
#include "src/table/table_reader.h"

namespace burin::internal {
namespace {

Status RowError(const TableReader& table, std::string_view what) {
  return Status(StatusCode::kBadInput,
                table.path() + ", line " + std::to_string(table.line()) + ": " + std::string(what));
}

std::string_view WithoutBlanks(std::string_view text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Status AppendRow(const TableReader& table, std::string* text) {
  const auto& fields = table.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].find_first_of("\t\r\n") != std::string_view::npos) {
      return RowError(table, "a tab or a line end inside a field");
    }
    if (i > 0) *text += '\t';
    *text += WithoutBlanks(fields[i]);
  }
  return Status();
}

}  // namespace

Status ReadTextFile(const std::string& path, size_t most, std::string* text) {
  Result<std::unique_ptr<ByteSource>> source = ByteSource::OpenFile(path == "-" ? "./-" : path, "utf-8");
  if (!source.ok()) return source.status();
  for (size_t before = ~size_t{0}; text->size() != before && text->size() <= most;) {
    before = text->size();
    if (Status status = (*source)->Read(text); !status.ok()) return status;
  }
  return Status();
}

Status ReadRowsAsText(const std::string& path, size_t most, std::string* text) {
  TableOptions options;
  options.separator = '\t';
  options.encoding = "unicode";
  options.header = false;
  options.loose = true;
  auto opened = TableReader::Open(path, options);
  if (!opened.ok()) return opened.status();
  TableReader& table = **opened;
  uint64_t line = 1;  // That the end of the text is on.
  for (;;) {
    const Result<RowState> next = table.Next();
    if (!next.ok()) return next.status();
    if (*next == RowState::kEnd) {
      if (!text->empty()) *text += '\n';
      return Status();
    }
    if (*next == RowState::kBad) return RowError(table, table.bad_reason());
    if (table.line() - line + text->size() > most) {
      return Status(StatusCode::kBadInput, table.path() + ": expected at most " + std::to_string(most >> 20) + " MiB");
    }
    text->append(table.line() - line, '\n');
    line = table.line();
    if (Status status = AppendRow(table, text); !status.ok()) return status;
  }
}

}  // namespace burin::internal
