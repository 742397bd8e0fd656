// Any bytes as a table: read whole and in pieces of a few bytes, both must say the same, row by row. The first byte
// chooses encoding, separator, header and size of the pieces. Once more with the first column alone in use: no row that
// was good before is bad. And what the cells are as values: whatever is read is a value of its type, in any order of
// dates.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "src/index/columns/period.h"
#include "src/index/columns/written_values.h"
#include "src/table/table_reader.h"

namespace {

using burin::internal::AttributeType;
using burin::internal::DateOrder;
using burin::internal::OpenMemoryTable;
using burin::internal::ReadWritten;
using burin::internal::RowState;
using burin::internal::TableOptions;

void CheckValues(std::string_view text) {
  std::string storage;
  std::string_view value;
  for (const DateOrder order :
       {DateOrder::kUnknown, DateOrder::kDayFirst, DateOrder::kMonthFirst, DateOrder::kYearFirst}) {
    const bool read = ReadWritten(AttributeType::kDate, text, order, &storage, &value).ok();
    if (read && !value.empty() && !burin::internal::ParsePeriod(value).ok()) abort();
  }
  const bool read = ReadWritten(AttributeType::kInteger, text, DateOrder::kUnknown, &storage, &value).ok();
  if (read && !value.empty() && !burin::internal::ParseInteger(value).ok()) abort();
}

// How many rows are good.
size_t GoodRows(std::string_view bytes, const TableOptions& options, bool first_column) {
  auto table = OpenMemoryTable(bytes, "t", options, size_t{1} << 20);
  if (!table.ok()) return 0;
  if (first_column) (*table)->Use({0});
  size_t good = 0;
  for (;;) {
    auto state = (*table)->Next();
    if (!state.ok() || *state == RowState::kEnd) return good;
    good += *state == RowState::kRow ? 1 : 0;
  }
}

std::string Everything(std::string_view bytes, const TableOptions& options, size_t chunk, bool first_column) {
  auto table = OpenMemoryTable(bytes, "t", options, chunk);
  if (!table.ok()) return table.status().message();
  if (first_column) (*table)->Use({0});
  std::string out;
  for (const std::string& name : (*table)->columns()) out += name + "\x1F";
  for (;;) {
    auto state = (*table)->Next();
    if (!state.ok() || *state == RowState::kEnd) return out;
    out += std::to_string((*table)->row()) + "\x1E" + std::to_string((*table)->line()) + "\x1E";
    out += (*table)->bad_column() + "\x1E" + (*table)->bad_reason() + "\x1E" + (*table)->bad_text();
    if (*state == RowState::kRow && (*table)->fields().size() != (*table)->columns().size()) abort();
    for (std::string_view field : (*table)->fields()) {
      CheckValues(field);
      out += std::string(field) + "\x1F";
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr const char* kEncodings[] = {"utf-8", "utf-16", "cp1251", "cp1252"};
  constexpr char kSeparators[] = {0, ',', ';', '\t'};
  TableOptions options;
  options.encoding = kEncodings[data[0] & 3];
  options.separator = kSeparators[(data[0] >> 2) & 3];
  options.header = (data[0] & 16) == 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  for (const bool first_column : {false, true}) {
    const std::string whole = Everything(bytes, options, size_t{1} << 20, first_column);
    if (whole != Everything(bytes, options, 1 + (data[0] >> 5), first_column)) abort();
  }
  if (GoodRows(bytes, options, true) < GoodRows(bytes, options, false)) abort();
  return 0;
}
