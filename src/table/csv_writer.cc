#include "src/table/csv_writer.h"

#include <algorithm>

namespace burin::internal {

void AppendCsvRow(std::initializer_list<std::string_view> fields, std::string* out) {
  bool first = true;
  for (std::string_view field : fields) {
    if (!first) out->push_back(',');
    first = false;
    if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
      out->append(field);
      continue;
    }
    out->push_back('"');
    for (char c : field) {
      if (c == '"') out->push_back('"');
      out->push_back(c);
    }
    out->push_back('"');
  }
  out->push_back('\n');
}

Result<RejectsFile> RejectsFile::Create(const std::string& path) {
  Result<FileWriter> writer = FileWriter::Create(path);
  if (!writer.ok()) return writer.status();
  RejectsFile file(*std::move(writer));
  if (Status s = file.writer_.Append("file,row,line,column,reason,text\n"); !s.ok()) return s;
  return file;
}

Status RejectsFile::Add(std::string_view file, uint64_t row, uint64_t line, std::string_view column,
                        std::string_view reason, std::string_view text) {
  row_.clear();
  AppendCsvRow({file, std::to_string(row), std::to_string(line), column, reason, text}, &row_);
  return writer_.Append(std::string_view(row_));
}

}  // namespace burin::internal
