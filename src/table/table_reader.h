// Rows in: CSV and TSV files (RFC 4180 with quoted newlines, a byte order mark, `,` `;` or tab), decoded to UTF-8.
#ifndef BURIN_SRC_TABLE_TABLE_READER_H_
#define BURIN_SRC_TABLE_TABLE_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"

namespace burin::internal {

struct TableOptions {
  // 0: what a first line `sep=;` says, else the one of , ; tab that occurs most in the first line outside quotes. '\n':
  // a list, with one item a line, in quotes or as it stands but for blanks around it; lines of blanks alone are
  // skipped.
  char separator = 0;
  // utf-8, unicode (utf-8, or utf-16 if a byte order mark says so), utf-16 (a byte order mark tells the order, without
  // one little-endian), utf-16le, utf-16be, cp1250, cp1251, cp1252, cp1256 (windows-1250, ... too), iso-8859-5; in any
  // case of letters.
  std::string encoding = "utf-8";
  bool header = true;  // Without one the columns are named 1, 2, 3, ...
  // Asked before each piece of the input, and when a signal comes while it is waited for; true: kCancelled. Empty:
  // reading goes on.
  std::function<bool()> cancelled = {};
  // Rows have any number of fields, and lines that begin with '#' are no rows: of files that say something beside a
  // table. Only without a header and with a separator.
  bool loose = false;
};

enum class RowState { kRow, kBad, kEnd };

// Reads a file once, forward, in bounded memory.
class TableReader {
 public:
  // `path` "-" is standard input. Errors: kInvalidArgument (encoding, separator), kIo (missing, unreadable, a
  // directory), kBadInput (no header line, a file that is no text, such as a workbook). kCancelled. Messages name the
  // file.
  static Result<std::unique_ptr<TableReader>> Open(const std::string& path, const TableOptions& options);
  virtual ~TableReader() = default;

  // Their names: two may have one name; what of a name is no text stands in it as U+FFFD.
  virtual const std::vector<std::string>& columns() const = 0;
  // Of the rows to come only the fields of these columns are looked at: others make no row bad. Until then all are.
  // REQUIRES: columns that there are.
  virtual void Use(const std::vector<size_t>& columns) = 0;
  // The next row. kRow: fields() holds it, as many as columns(). kBad: the row is unusable and reading goes on behind
  // it; bad_column() (empty: none in particular) and bad_reason() say why, bad_text() is the text at fault (shortened).
  // Behind a row that lost its structure (a quote that is not closed, text after a closing quote) reading goes on at
  // the line behind the row's first line. Blank lines are skipped if there is more than one column.
  // kEnd: no more rows. An error status is a failure of reading itself (kIo; kBadInput: a line of more than 64 MiB),
  // after which the reader is at its end.
  virtual Result<RowState> Next() = 0;
  // The current row's fields, unquoted, UTF-8. Valid until the next call of Next.
  virtual const std::vector<std::string_view>& fields() const = 0;
  virtual uint64_t row() const = 0;   // Number of the current data row, from 1, bad ones counted; the header is not.
  virtual uint64_t line() const = 0;  // Line of the file on which the current row begins, from 1.
  virtual const std::string& bad_column() const = 0;
  virtual const std::string& bad_reason() const = 0;
  virtual const std::string& bad_text() const = 0;
  // Of a bad row that has a field for each column: these, as they are; else empty. Valid until the next call of Next.
  virtual const std::vector<std::string_view>& bad_fields() const = 0;
  virtual const std::string& path() const = 0;
  // Input bytes consumed, and their total where it is known (a regular file), else 0: for progress.
  virtual uint64_t bytes_read() const = 0;
  virtual uint64_t bytes_total() const = 0;
};

// A table from bytes in memory, handed to the reader in small pieces: for tests and fuzzers.
// Borrows `bytes`; at most `chunk` of them come at a time. `name` stands for the path in messages.
Result<std::unique_ptr<TableReader>> OpenMemoryTable(std::string_view bytes, const std::string& name,
                                                     const TableOptions& options, size_t chunk);

}  // namespace burin::internal

#endif
