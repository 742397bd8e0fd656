// Symbols that are stamped alike: Cyrillic and Greek letters with the shape of a Latin one, and symbols with the shape
// of a separator. The table is src/mark/fold/data/lookalikes.tsv.
#ifndef BURIN_SRC_MARK_FOLD_LOOKALIKE_H_
#define BURIN_SRC_MARK_FOLD_LOOKALIKE_H_

#include "src/mark/fold/symbol.h"

namespace burin::internal {

// What `c`, in upper case, is folded to: the Latin letter, 0 for a separator, itself if it looks like nothing else.
Symbol LookAlike(char32_t c);

}  // namespace burin::internal

#endif
