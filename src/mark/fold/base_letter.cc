// The table of base letters.
#include "src/mark/fold/base_letter.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "src/mark/fold/symbol.h"
#include "src/text/tsv.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view base_letters;
}  // namespace data

namespace {

using Table = absl::flat_hash_map<char32_t, Symbol>;

Table Load() {
  Table table;
  ForEachRow<2>(data::base_letters, [&table](const std::array<std::string_view, 2>& row) {
    std::u32string from;
    if (DecodeAll(row[0], &from)) table[from.at(0)] = static_cast<Symbol>(row[1].at(0));
  });
  return table;
}

}  // namespace

Symbol BaseLetter(char32_t c) {
  static const Table* const table = new Table(Load());
  const auto found = table->find(c);
  return found == table->end() ? 0 : found->second;
}

}  // namespace burin::internal
