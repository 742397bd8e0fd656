// Tables through the C API.
#include "burin/table.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/table_handle.h"

namespace burin::internal {
namespace {

Status ReadTableOptions(const burin_table_options* options, TableOptions* out) {
  burin_table_options known = BURIN_TABLE_OPTIONS_INIT;
  constexpr size_t kFirstSize = offsetof(burin_table_options, cancel);
  if (Status status = ReadOptions(options, kFirstSize, &known); !status.ok()) return status;
  constexpr std::string_view kSeparators = ",;\t\n";
  if (known.separator > 127 ||
      (known.separator != 0 && kSeparators.find(static_cast<char>(known.separator)) == std::string_view::npos)) {
    return Invalid("a separator is ',', ';', a tab, or a line end");
  }
  if (known.no_header > 1) return OutOfRange("no_header is 0 or 1");
  out->separator = static_cast<char>(known.separator);
  if (known.encoding != nullptr) out->encoding = known.encoding;
  out->header = known.no_header == 0;
  if (known.cancel != nullptr) {
    out->cancelled = [cancel = known.cancel, user = known.cancel_user] { return cancel(user) != 0; };
  }
  return Status();
}

const char* Bad(const burin_table* table, const std::string& (TableReader::*text)() const) {
  return table == nullptr || table->state != RowState::kBad ? "" : (table->reader.get()->*text)().c_str();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_table_open(const char* path, const burin_table_options* options, burin_table** out,
                              burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (path == nullptr) return IsNull("path");
    TableOptions known;
    if (Status status = ReadTableOptions(options, &known); !status.ok()) return status;
    Result<std::unique_ptr<TableReader>> reader = TableReader::Open(path, known);
    if (!reader.ok()) return reader.status();
    *out = new burin_table{*std::move(reader), RowState::kEnd, {}};
    return Status();
  });
}

void burin_table_destroy(burin_table* table) { delete table; }

size_t burin_table_column_count(const burin_table* table) {
  return table == nullptr ? 0 : table->reader->columns().size();
}

const char* burin_table_column_name(const burin_table* table, size_t i) {
  return i < burin_table_column_count(table) ? table->reader->columns()[i].c_str() : nullptr;
}

burin_status burin_table_next(burin_table* table, uint32_t* state, burin_error** error) {
  if (state != nullptr) *state = BURIN_ROW_END;
  return Guard(error, [&]() -> Status {
    if (table == nullptr) return IsNull("table");
    if (state == nullptr) return IsNull("state");
    table->fields.clear();
    table->state = RowState::kEnd;
    const Result<RowState> next = table->reader->Next();
    if (!next.ok()) return next.status();
    if (*next == RowState::kRow) {
      for (const std::string_view field : table->reader->fields()) {
        table->fields.push_back({field.data(), field.size()});
      }
    }
    table->state = *next;
    *state = *next == RowState::kRow ? BURIN_ROW_GOOD : *next == RowState::kBad ? BURIN_ROW_BAD : BURIN_ROW_END;
    return Status();
  });
}

burin_status burin_table_use(burin_table* table, const size_t* columns, size_t count, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (table == nullptr) return IsNull("table");
    if (columns == nullptr && count != 0) return IsNull("columns");
    const std::vector<size_t> used(columns, columns + count);
    for (const size_t column : used) {
      if (column >= table->reader->columns().size()) return OutOfRange("no column " + std::to_string(column));
    }
    table->reader->Use(used);
    return Status();
  });
}

const burin_view* burin_table_fields(const burin_table* table, size_t* count) {
  const bool row = table != nullptr && table->state == RowState::kRow;
  if (count != nullptr) *count = row ? table->fields.size() : 0;
  return row ? table->fields.data() : nullptr;
}

uint64_t burin_table_row(const burin_table* table) { return table == nullptr ? 0 : table->reader->row(); }
uint64_t burin_table_line(const burin_table* table) { return table == nullptr ? 0 : table->reader->line(); }
const char* burin_table_bad_column(const burin_table* table) { return Bad(table, &TableReader::bad_column); }
const char* burin_table_bad_reason(const burin_table* table) { return Bad(table, &TableReader::bad_reason); }
const char* burin_table_bad_text(const burin_table* table) { return Bad(table, &TableReader::bad_text); }
uint64_t burin_table_bytes_read(const burin_table* table) { return table == nullptr ? 0 : table->reader->bytes_read(); }
uint64_t burin_table_bytes_total(const burin_table* table) {
  return table == nullptr ? 0 : table->reader->bytes_total();
}

}  // extern "C"
