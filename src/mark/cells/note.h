// What stands in a cell beside its number: label words before it ("Serial no."), the name of a component, and notes
// that say where and how it was read. The tables are src/mark/cells/data/{labels,components,notes}.tsv; docs/marks.md
// has the rules.
#ifndef BURIN_SRC_MARK_CELLS_NOTE_H_
#define BURIN_SRC_MARK_CELLS_NOTE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/cells/cell.h"
#include "src/mark/cells/cell_words.h"

namespace burin::internal {

// What a note says. Views of tables, which live for ever; empty: nothing.
struct NoteFacts {
  std::string_view component;  // A reserved name.
  std::string_view location;
  std::string_view method;
  std::string_view condition;
  bool any() const { return !(component.empty() && location.empty() && method.empty() && condition.empty()); }
};

// Whether a word of ASCII letters may begin a label or the name of a component. Quick: most words do not.
bool MayLead(std::string_view word);

// Where a number begins behind label words; range.begin if there are none.
size_t SkipLabel(const Cell& cell, Range range);

// The same behind the name of a component, which *component receives.
size_t SkipComponent(const Cell& cell, Range range, std::string_view* component);

// The words of a note, whether it holds digits or not.
NoteFacts ReadFacts(std::span<const Word> words);

// Words that are prose, and not one more number: several, or one that is long or known.
bool IsProse(std::span<const Word> words);

// The numbers of a piece in which names of components stand between them, "frame A12345 slide B67890", each with its
// name; else the piece.
std::vector<Range> SplitAtNames(const Cell& cell, Range range);

// Where a number ends and a note of words begins, "123456 - revelado no ferrolho"; range.end if there is none. The note
// is what stands from *note on.
size_t FindTrailingNote(const Cell& cell, Range range, size_t* note);

// A cell of one number and the explanation of a sign in it, "132#830, onde # pode ser 3, 8 ou 9": where the number
// ends. The sign's places in it become unreadable. range.end if it is no such cell.
size_t FindExplainedSign(Range range, Cell* cell);

}  // namespace burin::internal

#endif
