#include "src/text/csv_writer.h"

namespace burin::internal {
namespace {

void AppendField(std::string_view field, std::string* out, char separator) {
  const char marks[] = {'"', '\n', '\r', separator};
  if (field.find_first_of(std::string_view(marks, sizeof marks)) == std::string_view::npos) {
    out->append(field);
    return;
  }
  out->push_back('"');
  for (const char c : field) {
    if (c == '"') out->push_back('"');
    out->push_back(c);
  }
  out->push_back('"');
}

std::span<const std::string_view> AsSpan(std::initializer_list<std::string_view> fields) {
  return {fields.begin(), fields.size()};
}

}  // namespace

void AppendCsvRow(std::span<const std::string_view> fields, std::string* out, char separator) {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out->push_back(separator);
    AppendField(fields[i], out, separator);
  }
  if (fields.size() == 1 && fields[0].empty()) out->append("\"\"");
  out->push_back('\n');
}

void AppendCsvRow(std::initializer_list<std::string_view> fields, std::string* out, char separator) {
  AppendCsvRow(AsSpan(fields), out, separator);
}

Result<CsvWriter> CsvWriter::Create(const std::string& path) {
  Result<FileWriter> file = FileWriter::Create(path);
  if (!file.ok()) return file.status();
  return CsvWriter(*std::move(file));
}

Status CsvWriter::Add(std::span<const std::string_view> fields) {
  row_.clear();
  AppendCsvRow(fields, &row_);
  if (Status status = file_.Append(std::string_view(row_)); !status.ok()) return status;
  ++rows_;
  return {};
}

Status CsvWriter::Add(std::initializer_list<std::string_view> fields) { return Add(AsSpan(fields)); }

Result<RejectsFile> RejectsFile::Create(const std::string& path) {
  Result<CsvWriter> rows = CsvWriter::Create(path);
  if (!rows.ok()) return rows.status();
  if (Status status = rows->Add({"file", "row", "line", "column", "reason", "text"}); !status.ok()) return status;
  return RejectsFile(*std::move(rows));
}

Status RejectsFile::Add(std::string_view file, uint64_t row, uint64_t line, std::string_view column,
                        std::string_view reason, std::string_view text) {
  return rows_.Add({file, std::to_string(row), std::to_string(line), column, reason, text});
}

}  // namespace burin::internal
