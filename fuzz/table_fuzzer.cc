// Any bytes as a table: read whole and in pieces of a few bytes, both must say the same, row by row. The first byte
// chooses encoding, separator, header and size of the pieces.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "src/table/memory_table.h"

namespace {

using burin::internal::OpenMemoryTable;
using burin::internal::RowState;
using burin::internal::TableOptions;

std::string Everything(std::string_view bytes, const TableOptions& options, size_t chunk) {
  auto table = OpenMemoryTable(bytes, "t", options, chunk);
  if (!table.ok()) return table.status().message();
  std::string out;
  for (const std::string& name : (*table)->columns()) out += name + "\x1F";
  for (;;) {
    auto state = (*table)->Next();
    if (!state.ok() || *state == RowState::kEnd) return out;
    out += std::to_string((*table)->row()) + "\x1E" + std::to_string((*table)->line()) + "\x1E";
    out += (*table)->bad_column() + "\x1E" + (*table)->bad_reason() + "\x1E" + (*table)->bad_text();
    if (*state == RowState::kRow && (*table)->fields().size() != (*table)->columns().size()) abort();
    for (std::string_view field : (*table)->fields()) out += std::string(field) + "\x1F";
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
  if (Everything(bytes, options, size_t{1} << 20) != Everything(bytes, options, 1 + (data[0] >> 5))) abort();
  return 0;
}
