// Small files of the caller, read whole: texts as they stand, and rows of fields (synonyms, formats of makers) as
// tables are read.
#ifndef BURIN_SRC_QUERY_TEXT_FILE_H_
#define BURIN_SRC_QUERY_TEXT_FILE_H_

#include <cstddef>
#include <string>

#include "src/base/status.h"

namespace burin::internal {

// Appends the whole file, whatever it is: more than `most` bytes only far enough to be found too many.
Status ReadTextFile(const std::string& path, size_t most, std::string* text);

// Appends the rows as plain text: UTF-8, one row a line with tabs between its fields, without quotes and blanks around
// them, each row on the line that it has in the file (comments and blank lines leave an empty one). So whatever a
// spreadsheet makes of such a file (a byte order mark, UTF-16, other line ends, quotes) is gone, and messages about the
// text name the right line. "-" is standard input. kBadInput: a row that is none, more than `most` bytes.
Status ReadRowsAsText(const std::string& path, size_t most, std::string* text);

}  // namespace burin::internal

#endif
