// Latin letters with marks or strokes, and what looks like one, as their letter A to Z: clerks leave the marks out, and
// keyboards lack them. The table is src/mark/fold/data/base_letters.tsv, which scripts/make_base_letters.py makes of
// Unicode's data.
#ifndef BURIN_SRC_MARK_FOLD_BASE_LETTER_H_
#define BURIN_SRC_MARK_FOLD_BASE_LETTER_H_

#include "src/mark/fold/symbol.h"

namespace burin::internal {

// The letter of `c`, in upper case and composed; 0: it is made of no single letter A to Z.
Symbol BaseLetter(char32_t c);

}  // namespace burin::internal

#endif
