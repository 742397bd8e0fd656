// A lattice as one line of text, the same for the same lattice: what a reading was taken to be, however it was typed.
#ifndef BURIN_SRC_RECEIPT_LATTICE_TEXT_H_
#define BURIN_SRC_RECEIPT_LATTICE_TEXT_H_

#include <string>

#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// "3 slots; 0-1 A; 1-2 [38]~; 2-2 any; 1-2": slots, then each arc in its order, with its element. An element is its
// symbol, `[symbols]`, `[^symbols]` or `any`, each symbol with `:support` where support was stated; then `~` for each
// level of doubt and `!` with the symbol beneath, if any.
std::string LatticeText(const Lattice& lattice);

}  // namespace burin::internal

#endif
