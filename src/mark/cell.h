// A recorded cell taken apart: where one number may end and the next begin, and the notes in brackets beside them. What
// of it holds is for recorded.cc to say, which knows what the pieces fold to.
#ifndef BURIN_SRC_MARK_CELL_H_
#define BURIN_SRC_MARK_CELL_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace burin::internal {

struct Cell {
  std::u32string points;  // As recorded.
  // The same with plain forms of what gives a cell its structure: white space is U' ' and line breaks U'\n', brackets
  // of any shape are round, full-width punctuation is ASCII. Position by position as in `points`.
  std::u32string shape;
};

// False if `utf8` is not valid.
bool ReadCell(std::string_view utf8, Cell* cell);

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// Pieces between separators that stand for "and another one". Nothing within brackets separates.
std::vector<Range> SplitAtSeparators(const Cell& cell, Range range);

// Pieces between separators that may as well be part of one number: an unspaced slash, a capital E or Y between spaces.
std::vector<Range> SplitAtDoubtful(const Cell& cell, Range range);

struct Part {
  Range number;
  std::string component;  // A reserved name, the note as written, or empty.
};

// The numbers of a piece that ends one by a note in brackets, "MDY272(cano) FLB721(ferrolho)"; without any such note
// one part, the whole.
std::vector<Part> SplitAtNotes(const Cell& cell, Range range, std::string_view unreadable);

}  // namespace burin::internal

#endif
