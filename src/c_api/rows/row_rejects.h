// Where rows of tables go that cannot be used: a file, a callback, or nowhere, and then the first is remembered for the
// error that says so.
#ifndef BURIN_SRC_C_API_ROWS_ROW_REJECTS_H_
#define BURIN_SRC_C_API_ROWS_ROW_REJECTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "burin/builder.h"
#include "src/base/status.h"
#include "src/table/table_reader.h"
#include "src/text/csv_writer.h"

namespace burin::internal {

class RowRejects {
 public:
  // `path` and `function` as in burin_builder_options; both may be NULL.
  Status Open(const char* path, burin_reject_fn function, void* user);

  Status Add(const TableReader& table, std::string_view column, std::string_view reason, std::string_view text);
  // The table's current row, which it calls bad.
  Status AddBadRow(const TableReader& table);
  uint64_t count() const { return count_; }
  // A table that is read. kInvalidArgument if the rejects would overwrite it.
  Status CheckTable(const TableReader& table);
  // A file that is written beside the rejects: kInvalidArgument if it is theirs, or a table that was read.
  Status CheckOutput(const std::string& path) const;
  // kBadInput if rows were rejected and went nowhere.
  Status Check(const char* what = "nothing is written") const;
  // That not one of `rows` rows, all rejected, could be used.
  Status NoneUsed(uint64_t rows, const char* what) const;
  // The file is on disk and only its name is missing: before that is written which must not be there without it.
  Status Sync();
  // The file is at its path. Once.
  Status Commit();
  // Without it.
  void Drop() { file_.reset(); }

 private:
  std::optional<RejectsFile> file_;
  std::string path_;
  std::vector<std::string> tables_;
  burin_reject_fn function_ = nullptr;
  void* user_ = nullptr;
  uint64_t count_ = 0;
  uint64_t committed_ = 0;  // Of them, those that went where they should.
  std::string first_;
};

// "no column WHAT in FILE; columns: a, b".
Status NoColumn(const TableReader& table, const std::string& what);
bool HasColumn(const TableReader& table, std::string_view name);
// The place of a column. kInvalidArgument: there is none of this name. kBadInput: there are several.
Status FindColumn(const TableReader& table, std::string_view name, size_t* column);

}  // namespace burin::internal

#endif
