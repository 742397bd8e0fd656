// What match is asked: one pattern of the command line, a file with one a line, or a table.
#ifndef BURIN_TOOLS_QUERIES_H_
#define BURIN_TOOLS_QUERIES_H_

#include <string>
#include <vector>

namespace burin::tool {

struct Query {
  std::string id;       // What the table says, else the number of the line.
  std::string pattern;  // As it stands.
  std::string where;    // For messages: "queries.txt, line 3".
  std::string error;    // Why there is no pattern: a bad row of a table.
};

// One pattern a line, as it stands; CRLF and a byte order mark are tolerated. "-": standard input.
std::vector<Query> ReadQueryLines(const std::string& path);

// A table with columns for the pattern and, if `map` names one, the id: "pattern=COL,id=COL".
std::vector<Query> ReadQueryTable(const std::string& path, const std::string& map);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_QUERIES_H_
