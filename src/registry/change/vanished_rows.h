// What a source is said to lack: how much of it may go at once, and why a row that nothing put may be there all the
// same. Whoever puts a whole source and deletes the rest deletes what a broken or a cut table left out; this is what
// keeps it.
#ifndef BURIN_SRC_REGISTRY_CHANGE_VANISHED_ROWS_H_
#define BURIN_SRC_REGISTRY_CHANGE_VANISHED_ROWS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/status.h"

namespace burin::internal {

// How many rows of a source may vanish at once: so many, or so large a part of those it has, whichever is more.
struct VanishLimit {
  uint64_t rows = 0;
  double share = 0.2;         // 0 .. 1.
  bool empty_tables = false;  // Whether a table may have no rows.
};

struct VanishCounts {
  uint64_t rows = 0;     // Of the source, at the last commit.
  uint64_t unseen = 0;   // Of these, those that nothing put or named since, and nobody deleted.
  uint64_t unread = 0;   // Rows given since whose source or key could not be read: each may be an unseen one.
  uint64_t deleted = 0;  // Now.
};

// What is known of rows that were given since the last commit and could not be used, and of their tables.
class UnreadRows {
 public:
  // A row whose key cannot be read; nor its source, if there is none.
  void AddRow(std::optional<std::string_view> source);
  // A table was read; `whole`: to its end.
  void AddTable(const std::string& path, uint64_t rows, bool whole);
  // How many rows may be of this source.
  uint64_t MayBeOf(std::string_view source) const;
  // Whether the rows that `counts` calls unseen may be taken for gone. kState: a table was not read to its end.
  // kBadInput: a table had no rows, or more would go than the limit allows; the message gives the counts.
  Status Check(std::string_view source, const VanishCounts& counts, const VanishLimit& limit) const;
  void Clear() { *this = UnreadRows(); }

 private:
  uint64_t of_any_source_ = 0;
  std::map<std::string, uint64_t, std::less<>> by_source_;
  std::string empty_, unfinished_;  // The first such table.
};

}  // namespace burin::internal

#endif
