// Words that a cell may hold instead of a number, or in brackets beside one: sentinels ("unlesbar") and components
// ("cano"). The tables are src/mark/cells/data/sentinels.tsv and components.tsv.
#ifndef BURIN_SRC_MARK_CELLS_SENTINEL_H_
#define BURIN_SRC_MARK_CELLS_SENTINEL_H_

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "src/mark/cells/cell.h"
#include "src/mark/cells/cell_words.h"
#include "src/mark/cells/recorded.h"

namespace burin::internal {

struct Sentinel {
  std::string_view text;  // As the table spells it.
  Missing missing = Missing::kNone;
};

// A source's own sentinels. They go before the library's, and may be numbers: 9997.
class SentinelTable {
 public:
  SentinelTable();
  ~SentinelTable();
  SentinelTable(const SentinelTable&) = delete;
  SentinelTable& operator=(const SentinelTable&) = delete;

  // False: the text has no word, or was added with another kind before. REQUIRES: valid UTF-8.
  bool Add(std::string_view text, Missing missing);
  // The sentinel that the whole of a text is, or nullptr. What is found lives as long as the table.
  const Sentinel* Find(std::string_view utf8) const;
  const Sentinel* Find(const Cell& cell, Range range) const;

 private:
  struct Rows;
  std::unique_ptr<Rows> rows_;
};

// The sentinel of the library's table that the whole of a range is, but for case, accents, punctuation and white space;
// nullptr if it is none. Of unreadable characters, those at the ends are ignored if four letters or more are left.
const Sentinel* FindSentinel(const Cell& cell, Range range);
const Sentinel* FindSentinel(std::u32string_view text);

// The sentinel that `words` begin with, if it says something within a longer text too; *count is then its words.
const Sentinel* FindPhrase(std::span<const Word> words, size_t* count);

// What a text of words says that is no sentinel as a whole, "removido por ação mecânica": of several phrases the one
// that says most. nullptr: nothing, or it holds a digit.
const Sentinel* FindWithin(const Cell& cell, Range range);

// The kind with this name, in any case, with a space, a hyphen or an underscore between words; kNone: there is none.
Missing MissingOf(std::string_view name);

// The reserved name of the component that the whole of a text names, or an empty one.
std::string_view FindComponent(const Cell& cell, Range range);
std::string_view FindComponent(std::u32string_view text);

}  // namespace burin::internal

#endif
