// Any bytes as a list, and as a file of loose rows: read whole and in pieces of a few bytes, both must say the same,
// item by item. Items of a list are one field, never blank unless quoted. The first byte chooses encoding, kind and
// size of the pieces.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "src/table/table_reader.h"

namespace {

using burin::internal::OpenMemoryTable;
using burin::internal::RowState;
using burin::internal::TableOptions;

std::string Everything(std::string_view bytes, const TableOptions& options, size_t chunk) {
  auto list = OpenMemoryTable(bytes, "l", options, chunk);
  if (!list.ok()) return list.status().message();
  std::string out;
  uint64_t line = 0;
  for (;;) {
    auto state = (*list)->Next();
    if (!state.ok()) return out + state.status().message();
    if (*state == RowState::kEnd) return out;
    if ((*list)->line() <= line) abort();
    line = (*list)->line();
    out += std::to_string(line) + "\x1E" + (*list)->bad_reason() + "\x1E" + (*list)->bad_text();
    if (*state == RowState::kRow && !options.loose && (*list)->fields().size() != 1) abort();
    for (std::string_view field : (*list)->fields()) out += "\x1F" + std::string(field);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr const char* kEncodings[] = {"unicode", "utf-8"};
  TableOptions options;
  options.encoding = kEncodings[data[0] & 1];
  options.loose = (data[0] & 2) != 0;
  options.separator = options.loose ? '\t' : '\n';
  options.header = false;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (Everything(bytes, options, size_t{1} << 20) != Everything(bytes, options, 1 + (data[0] >> 5))) abort();
  return 0;
}
