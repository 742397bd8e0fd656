// Readings by the rule of the NCIC, as lattices.
#ifndef BURIN_SRC_MARK_PATTERN_NCIC_H_
#define BURIN_SRC_MARK_PATTERN_NCIC_H_

#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// The NCIC-compatible rule (domain: Wisconsin TIME and WACIC manuals): O and 0 are the same, and letters between the
// first and the last digit of either side do not count. The result holds exactly the strings s with f(s) = f(r) for a
// read string r of `lattice`, where f turns O to 0 and then drops the letters between the first and the last digit.
Lattice NcicCompatible(const Lattice& lattice);

}  // namespace burin::internal

#endif
