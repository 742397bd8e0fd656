// A recorded cell taken apart: where one number may end and the next begin, and the notes in brackets beside them. What
// of it holds is for recorded.cc to say, which knows what the pieces fold to.
#ifndef BURIN_SRC_MARK_CELLS_CELL_H_
#define BURIN_SRC_MARK_CELLS_CELL_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/cells/unreadable.h"

namespace burin::internal {

struct Cell {
  std::u32string points;  // As recorded.
  // The same with plain forms of what gives a cell its structure: white space is U' ' and line breaks U'\n', brackets
  // of any shape are round, full-width punctuation is ASCII. Position by position as in `points`.
  std::u32string shape;
  // kUnreadable or kGap where a character stands for what could not be read, else 0. Position by position, too.
  std::u32string unread;
};

// False if `utf8` is not valid.
bool ReadCell(std::string_view utf8, const Unreadables& unreadable, Cell* cell);

// Of a code point or a shape.
bool IsCellDigit(char32_t c);
bool IsCellAlphanumeric(char32_t c);
inline bool IsCellBlank(char32_t shape) { return shape == U' ' || shape == U'\n'; }

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// Pieces between separators that stand for "and another one". Nothing within brackets separates.
std::vector<Range> SplitAtSeparators(const Cell& cell, Range range);

// Pieces between separators that may as well be part of one number: an unspaced slash, a capital E or Y between spaces.
std::vector<Range> SplitAtDoubtful(const Cell& cell, Range range);

// What is said of a number beside it. Views of tables, which live for ever.
struct Note {
  std::string component;  // A reserved name, the note as written, or empty.
  std::string_view location, method, condition;
  bool prose = false;  // It was words, or stood otherwise than as "(cano)".
};

struct Part {
  Range number;
  Note note;
};

// The numbers of a piece that ends one by a note in brackets, "MDY272(cano) FLB721(ferrolho)", or has a further one in
// them, "BC008834N (barrel CC008834N)"; without any such note one part, the whole.
std::vector<Part> SplitAtNotes(const Cell& cell, Range range);

// Adds a note in words, which stands in `range`.
void AddNote(const Cell& cell, Range range, Note* note);

}  // namespace burin::internal

#endif
