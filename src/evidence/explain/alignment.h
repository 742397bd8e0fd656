// How a reading lies over a mark: the moves of the cheapest alignment, in reading order.
#ifndef BURIN_SRC_EVIDENCE_EXPLAIN_ALIGNMENT_H_
#define BURIN_SRC_EVIDENCE_EXPLAIN_ALIGNMENT_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "src/channel/compile/mark_changes.h"
#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

enum class MoveKind : uint8_t {
  kKept = 1,         // The element holds the mark's symbol, or the mark's character is unreadable.
  kSubstituted = 2,  // It does not.
  kLost = 3,         // A symbol of the mark that the reading has not.
  kAdded = 4,        // An element of the reading that the mark has not.
  kSwapped = 5,      // Two elements that read the mark's next two symbols in the other order: two moves, both kSwapped.
  kUnread = 6,       // A symbol of the mark under a loop of the reading (`*`).
  // One or two symbols read as one or two others: a move for each, the elements and the symbols from the first on.
  kRewritten = 7,
  // Not of an element or a symbol: what happened to the mark as a whole, and what that costs. Symbols that were lost so
  // are kLost, and elements added so kAdded, at no cost of their own.
  kChanged = 8,
};

struct Move {
  MoveKind kind = MoveKind::kKept;
  int32_t element = kEmpty;  // Of the lattice; kEmpty for kLost.
  int32_t position = -1;     // Item of the mark, from 0; -1 for kAdded. Items of a gap repeat.
  Cost cost = 0;
  MarkMistake mistake = MarkMistake::kNone;  // What happened, of kChanged.
};

// `items`: a serial, or the items of a partial record. Empty if the mark cannot be read so at all. Among alignments of
// equal cost the choice is fixed: it prefers, from the end backwards, steps, then swaps, then lost, then added.
// min_length, max_length: as in the search, symbols of the mark.
std::vector<Move> Align(const Lattice& lattice, const CostLattice& costs, std::u32string_view items,
                        uint32_t min_length, uint32_t max_length);

// Of a mark to which something may have happened as a whole: the cheapest of its alignments as it is and under each
// change. A partial record's is as it is.
std::vector<Move> AlignChanged(const Lattice& lattice, const CostLattice& plain,
                               std::span<const ChangedLattice> changed, const Channel& channel,
                               std::u32string_view items, uint32_t min_length, uint32_t max_length);

}  // namespace burin::internal

#endif
