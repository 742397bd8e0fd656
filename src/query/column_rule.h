// Whether a text without any digit is a serial: not in a column where fewer than one text in twenty is so, unless
// chance alone makes such serials of what the column holds. docs/marks.md 6.
//
// A decision rests on the texts that were read before, and on those of a look ahead that the first such text starts: at
// most 65,536 rows or 16 MiB. So memory is bounded, a table may be a pipe, rows keep their order, and a table of up to
// 65,536 rows is judged as a whole.
#ifndef BURIN_SRC_QUERY_COLUMN_RULE_H_
#define BURIN_SRC_QUERY_COLUMN_RULE_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/mark/cells/recorded.h"
#include "src/table/table_reader.h"

namespace burin::internal {

// Counts of the texts of one column.
class ColumnCounts {
 public:
  // A text that is one mark or several; one that says by itself why there is no number does not count.
  void Add(const std::vector<RecordedMark>& marks);
  // Whether a digitless mark that was added is no serial. `text`: as recorded.
  bool IsNoSerial(const RecordedMark& mark, std::string_view text) const;

 private:
  uint64_t texts_ = 0;
  uint64_t digitless_ = 0;
  // Of serials with a digit, by their length: how many, and how many have no digit at each place.
  uint64_t serials_[kMaxMarkSymbols + 1] = {};
  uint64_t letters_[kMaxMarkSymbols + 1][kMaxMarkSymbols] = {};
  uint64_t digitless_of_[kMaxMarkSymbols + 1] = {};
};

// A table, read through: rows come as they are, but some were read before.
class LookAheadTable final : public TableReader {
 public:
  // Borrows the table. `column` is watched: the first text in it without a digit starts the look ahead, and `read` is
  // called with the texts of all rows that it reads, that one the first.
  LookAheadTable(TableReader* table, size_t column, std::function<void(std::string_view)> read)
      : table_(table), column_(column), read_(std::move(read)) {}

  Result<RowState> Next() override;
  // Whether the current row was read ahead.
  bool was_ahead() const { return row_ != nullptr; }

  const std::vector<std::string>& columns() const override { return table_->columns(); }
  const std::vector<std::string_view>& fields() const override {
    return !row_ ? table_->fields() : row_->state == RowState::kRow ? views_ : none_;
  }
  const std::vector<std::string_view>& bad_fields() const override {
    return !row_ ? table_->bad_fields() : row_->state == RowState::kBad ? views_ : none_;
  }
  void Use(const std::vector<size_t>& columns) override { table_->Use(columns); }
  uint64_t row() const override { return row_ ? row_->row : table_->row(); }
  uint64_t line() const override { return row_ ? row_->line : table_->line(); }
  const std::string& bad_column() const override { return row_ ? row_->bad_column : table_->bad_column(); }
  const std::string& bad_reason() const override { return row_ ? row_->bad_reason : table_->bad_reason(); }
  const std::string& bad_text() const override { return row_ ? row_->bad_text : table_->bad_text(); }
  const std::string& path() const override { return table_->path(); }
  uint64_t bytes_read() const override { return table_->bytes_read(); }
  uint64_t bytes_total() const override { return table_->bytes_total(); }

 private:
  struct Row {
    RowState state = RowState::kRow;
    uint64_t row = 0, line = 0;
    std::string bytes;  // The fields, or those of a bad row, one behind the other.
    std::vector<size_t> ends;
    std::string bad_column, bad_reason, bad_text;
  };
  Row Keep(RowState state) const;
  void LookAhead(RowState state);

  TableReader* table_;
  size_t column_;
  std::function<void(std::string_view)> read_;
  bool looked_ = false;
  std::deque<Row> ahead_;
  Result<RowState> end_ = RowState::kRow;  // What ended the look ahead, if not its length.
  std::unique_ptr<Row> row_;               // The current row, if it was read ahead.
  std::vector<std::string_view> views_;    // Its fields.
  const std::vector<std::string_view> none_;
};

}  // namespace burin::internal

#endif
