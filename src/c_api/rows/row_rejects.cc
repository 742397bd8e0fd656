#include "src/c_api/rows/row_rejects.h"

#include <algorithm>
#include <utility>

#include "src/base/same_file.h"
#include "src/c_api/common/guard.h"

namespace burin::internal {
namespace {

constexpr size_t kMaxShownBytes = 200;

std::string_view Shortened(std::string_view text) {
  if (text.size() <= kMaxShownBytes) return text;
  size_t end = kMaxShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

burin_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Status RowRejects::Open(const char* path, burin_reject_fn function, void* user) {
  function_ = function;
  user_ = user;
  if (path == nullptr) return Status();
  path_ = path;
  Result<RejectsFile> file = RejectsFile::Create(path);
  if (!file.ok()) return file.status();
  file_.emplace(*std::move(file));
  return Status();
}

Status RowRejects::Add(const TableReader& table, std::string_view column, std::string_view reason,
                       std::string_view text) {
  ++count_;
  text = Shortened(text);
  if (first_.empty()) {
    first_ = table.path() + ", row " + std::to_string(table.row()) + " (line " + std::to_string(table.line()) + ")" +
             (column.empty() ? "" : ", column '" + std::string(column) + "'") + ": " + std::string(reason);
  }
  if (file_) {
    Status status = file_->Add(table.path(), table.row(), table.line(), column, reason, text);
    if (!status.ok()) return status;
  }
  if (function_ == nullptr) return Status();
  const burin_reject reject = {table.path().c_str(), table.row(), table.line(), View(column), View(reason), View(text)};
  if (function_(user_, &reject) == 0) return Status();
  return Status(StatusCode::kCancelled, table.path() + ": stopped at a rejected row");
}

Status RowRejects::AddBadRow(const TableReader& table) {
  return Add(table, table.bad_column(), table.bad_reason(), table.bad_text());
}

Status RowRejects::Check(const char* what) const {
  if (count_ == committed_ || file_ || function_ != nullptr) return Status();
  const bool one = count_ == 1;
  return Status(StatusCode::kBadInput, std::to_string(count_) + (one ? " row was" : " rows were") + " rejected, " +
                                           what + "; " + (one ? "it is " : "the first is ") + first_);
}

Status RowRejects::CheckTable(const TableReader& table) {
  if (!path_.empty() && SameFile(path_, table.path())) {
    return Invalid(path_ + ": the table that is read; expected another file for rejected rows");
  }
  tables_.push_back(table.path());
  return Status();
}

Status RowRejects::CheckOutput(const std::string& path) const {
  if (!path_.empty() && SameFile(path_, path)) {
    return Invalid(path + ": the file of rejected rows; expected another one");
  }
  const auto same = [&](const std::string& table) { return SameFile(table, path); };
  if (std::any_of(tables_.begin(), tables_.end(), same)) {
    return Invalid(path + ": a table that was read; expected another file");
  }
  return Status();
}

Status RowRejects::Sync() { return file_ ? file_->Sync() : Status(); }

Status RowRejects::NoneUsed(uint64_t rows, const char* what) const {
  return Status(StatusCode::kBadInput, "none of " + std::to_string(rows) + (rows == 1 ? " row" : " rows") +
                                           " could be used, " + what + "; the first is " + first_);
}

Status RowRejects::Commit() {
  Status status;
  if (file_) status = file_->Commit();
  file_.reset();
  committed_ = count_;
  return status;
}

Status NoColumn(const TableReader& table, const std::string& what) {
  std::string message = "no column " + what + " in " + table.path() + "; columns: ";
  for (size_t i = 0; i < table.columns().size(); ++i) {
    if (i > 0) message += ", ";
    message += table.columns()[i];
  }
  return Invalid(std::move(message));
}

bool HasColumn(const TableReader& table, std::string_view name) {
  const auto& columns = table.columns();
  return std::find(columns.begin(), columns.end(), name) != columns.end();
}

Status FindColumn(const TableReader& table, std::string_view name, size_t* column) {
  const auto& columns = table.columns();
  const auto first = std::find(columns.begin(), columns.end(), name);
  const std::string quoted = "'" + std::string(name) + "'";
  if (first == columns.end()) return NoColumn(table, quoted);
  *column = static_cast<size_t>(first - columns.begin());
  const auto second = std::find(first + 1, columns.end(), name);
  if (second == columns.end()) return Status();
  return Status(StatusCode::kBadInput,
                table.path() + ": two columns are named " + quoted + ", " + std::to_string(*column + 1) + " and " +
                    std::to_string(second - columns.begin() + 1) + "; expected different names, as it is used");
}

}  // namespace burin::internal
