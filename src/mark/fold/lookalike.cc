// The table of look-alikes.
#include "src/mark/fold/lookalike.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "src/mark/fold/symbol.h"
#include "src/text/tsv.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view lookalikes;
}  // namespace data

namespace {

using Table = absl::flat_hash_map<char32_t, Symbol>;

Table Load() {
  Table table;
  ForEachRow<2>(data::lookalikes, [&table](const std::array<std::string_view, 2>& row) {
    std::u32string from, to;
    if (DecodeAll(row[0], &from) && DecodeAll(row[1], &to)) table[from.at(0)] = to == U"-" ? 0 : to.at(0);
  });
  return table;
}

}  // namespace

Symbol LookAlike(char32_t c) {
  static const Table* const table = new Table(Load());
  const auto found = table->find(c);
  return found == table->end() ? c : found->second;
}

}  // namespace burin::internal
