// Rows out: RFC 4180 with LF line ends, a field quoted only where it must be.
#ifndef BURIN_SRC_TEXT_CSV_WRITER_H_
#define BURIN_SRC_TEXT_CSV_WRITER_H_

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "src/base/file_writer.h"
#include "src/base/status.h"

namespace burin::internal {

// Appends one row, with its line end. A row of one empty field is written as "", since a blank line may be taken for no
// row at all. The bytes are the caller's: they are not checked.
void AppendCsvRow(std::span<const std::string_view> fields, std::string* out, char separator = ',');
void AppendCsvRow(std::initializer_list<std::string_view> fields, std::string* out, char separator = ',');

// Rows into a file that is there whole after Commit or not at all (base/file_writer.h). Errors are kIo.
class CsvWriter {
 public:
  static Result<CsvWriter> Create(const std::string& path);
  Status Add(std::span<const std::string_view> fields);
  Status Add(std::initializer_list<std::string_view> fields);
  uint64_t rows() const { return rows_; }
  Status Sync() { return file_.Sync(); }  // As of FileWriter.
  Status Commit() { return file_.Commit(); }

 private:
  explicit CsvWriter(FileWriter file) : file_(std::move(file)) {}
  FileWriter file_;
  std::string row_;
  uint64_t rows_ = 0;
};

// The file of rejected rows: file, row, line, column, reason, text. There whole or not at all, as above.
class RejectsFile {
 public:
  // Writes the header too.
  static Result<RejectsFile> Create(const std::string& path);
  Status Add(std::string_view file, uint64_t row, uint64_t line, std::string_view column, std::string_view reason,
             std::string_view text);
  uint64_t count() const { return rows_.rows() - 1; }
  Status Sync() { return rows_.Sync(); }  // As of FileWriter.
  Status Commit() { return rows_.Commit(); }

 private:
  explicit RejectsFile(CsvWriter rows) : rows_(std::move(rows)) {}
  CsvWriter rows_;
};

}  // namespace burin::internal

#endif
