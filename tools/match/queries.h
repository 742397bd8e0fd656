// What match and lookup are asked, and which keys delete deletes: lists with one item a line, and tables of queries.
// Everything is read by the library's reader of tables.
#ifndef BURIN_TOOLS_MATCH_QUERIES_H_
#define BURIN_TOOLS_MATCH_QUERIES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "burin/burin.hpp"

namespace burin::tool {

struct Query {
  std::string id;       // What the table says, else the number of the line.
  std::string pattern;  // As it stands.
  std::string where;    // For messages: "queries.txt, line 3".
  std::string error;    // Why there is no pattern: a bad row of a table.
};

// One query after the other, from a file; "-" is standard input.
class QueryReader {
 public:
  // One item a line: in quotes as in a CSV, or as it stands but for blanks around it. Blank lines are skipped. UTF-8,
  // or UTF-16 with a byte order mark; LF, CR LF and CR end a line.
  static QueryReader List(const std::string& path);
  // A table with columns for the pattern and, if `map` names one, the id: "pattern=COL,id=COL".
  static QueryReader OfTable(const std::string& path, const std::string& map);
  QueryReader(QueryReader&&) noexcept;
  ~QueryReader();

  // False: there is none any more.
  bool Next(Query* query);
  // All that are left.
  std::vector<Query> All();
  // Somebody may wait for an answer before asking on: a terminal, a pipe.
  bool waits() const { return waits_; }

 private:
  QueryReader(const std::string& path, std::unique_ptr<Table> table);

  std::string name_;
  std::unique_ptr<Table> table_;
  size_t pattern_ = 0;
  size_t id_;
  bool waits_;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_QUERIES_H_
