// Rows out: RFC 4180 with LF line ends, a field quoted only where it must be.
#ifndef BURIN_SRC_TABLE_CSV_WRITER_H_
#define BURIN_SRC_TABLE_CSV_WRITER_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "src/base/file_writer.h"
#include "src/base/status.h"

namespace burin::internal {

// Appends one row, with its line end.
void AppendCsvRow(std::initializer_list<std::string_view> fields, std::string* out);

// The file of rejected rows: file, row, line, column, reason, text. There whole or not at all (base/file_writer.h).
class RejectsFile {
 public:
  static Result<RejectsFile> Create(const std::string& path);
  Status Add(std::string_view file, uint64_t row, uint64_t line, std::string_view column, std::string_view reason,
             std::string_view text);
  Status Commit() { return writer_.Commit(); }

 private:
  explicit RejectsFile(FileWriter writer) : writer_(std::move(writer)) {}
  FileWriter writer_;
  std::string row_;
};

}  // namespace burin::internal

#endif
