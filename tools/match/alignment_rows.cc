// Laying a reading over a serial, move by move.
#include "tools/match/alignment_rows.h"

#include <algorithm>
#include <vector>

#include "tools/io/output.h"
#include "tools/match/reason_rows.h"

namespace burin::tool {
namespace {

struct Column {
  std::string reading;
  std::string serial;
  char mark = ' ';
  int32_t gap = -1;  // The element of a gap, under which symbols are gathered.
};

char MarkOf(uint32_t kind) {
  switch (kind) {
    case BURIN_MOVE_SUBSTITUTED:
      return '^';
    case BURIN_MOVE_LOST:
      return '+';
    case BURIN_MOVE_ADDED:
      return '-';
    case BURIN_MOVE_SWAPPED:
      return 'x';
    case BURIN_MOVE_REWRITTEN:
      return '~';
    default:
      return ' ';
  }
}

// An element without its repetition: ?{2,4} is laid out as ? and ?.
std::string_view Once(std::string_view text) {
  return text.ends_with('}') && text.rfind('{') != std::string_view::npos ? text.substr(0, text.rfind('{')) : text;
}

std::vector<Column> ColumnsOf(Result* result, size_t i, const Reading& reading) {
  const auto symbols = SymbolsOf(Printable(result->serial(i)));
  std::vector<Column> columns;
  for (const burin_move& move : result->alignment(i)) {
    if (move.kind == BURIN_MOVE_CHANGED) continue;  // Of the mark as a whole.
    const auto position = static_cast<size_t>(move.position);
    const std::string symbol = move.position < 0 || position >= symbols.size() ? "" : symbols[position];
    const bool gap = move.kind == BURIN_MOVE_UNREAD;
    if (gap && !columns.empty() && columns.back().gap == move.element) {
      columns.back().serial += symbol;
      continue;
    }
    Column column;
    if (move.element >= 0) column.reading = Printable(Once(reading.element_text(static_cast<size_t>(move.element))));
    column.serial = symbol;
    column.mark = MarkOf(move.kind);
    if (gap) column.gap = move.element;
    columns.push_back(std::move(column));
  }
  return columns;
}

void Append(std::string_view text, size_t width, std::string* row) {
  *row += text;
  row->append(width - WidthOf(text) + 1, ' ');
}

void Trim(std::string* row) { row->erase(row->find_last_not_of(' ') + 1); }

}  // namespace

AlignmentRows Align(Result* result, size_t i, const Reading& reading, bool color) {
  AlignmentRows rows;
  for (const Column& column : ColumnsOf(result, i, reading)) {
    const size_t width = std::max({WidthOf(column.reading), WidthOf(column.serial), size_t{1}});
    const bool differs = color && column.mark != ' ';
    if (differs) rows.serial += "\033[1;31m";
    Append(column.reading, width, &rows.reading);
    Append(column.serial, width, &rows.serial);
    if (differs) rows.serial += "\033[0m";
    Append(std::string(1, column.mark), width, &rows.marks);
  }
  Trim(&rows.reading);
  Trim(&rows.serial);
  Trim(&rows.marks);
  return rows;
}

}  // namespace burin::tool
