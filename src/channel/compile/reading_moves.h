// A reading as training walks it: its lattice with everything looked up that does not depend on the channel's numbers.
// Plain texts, which training sees by the hundred thousand, are made without a lattice.
#ifndef BURIN_SRC_CHANNEL_COMPILE_READING_MOVES_H_
#define BURIN_SRC_CHANNEL_COMPILE_READING_MOVES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

struct ReadingMoves {
  struct Character {
    Symbol symbol = 0;                 // What was read, if `general` is not there: certain and nothing else.
    const Element* general = nullptr;  // Borrowed from the lattice.
    double mean = 0;                   // Its weight for a symbol that may be any of the channel's.
    double zero = 0;                   // For the symbol 0.
    double Weight(Symbol s) const;
  };
  struct Move {
    uint32_t from = 0, to = 0;
    uint32_t first = 0, second = 0;  // Characters; `second` of pairs only.
  };
  struct Free {
    uint32_t from = 0, to = 0;
    int32_t character = kEmpty;  // That is added; kEmpty: free passage.
  };

  uint32_t slots = 1;
  std::vector<Character> characters;
  std::vector<Move> reads;  // Of one character.
  std::vector<Move> pairs;  // Of two that follow each other.
  std::vector<Free> free;   // Ascending by `from`, no loops.
  std::vector<Move> loops;  // That add a character in vain: from == to.

  // Replaces all by a text's, or a lattice's, which is borrowed.
  void Take(std::u32string_view text);
  void Take(const Lattice& lattice);
};

}  // namespace burin::internal

#endif
