// Folding: from text as recorded to a serial. Defined in docs/marks.md.
#ifndef BURIN_SRC_MARK_FOLD_FOLD_H_
#define BURIN_SRC_MARK_FOLD_FOLD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/mark/fold/symbol.h"

namespace burin::internal {

// Rises whenever any text folds differently, or any cell is read otherwise; stored in every index. All versions from
// the oldest on can be asked for: what an index holds is found by the folding that made it.
//   1  the first
//   2  Latin letters with marks or strokes are their letter (base_letter.h); cells: docs/marks.md, "Versions"
inline constexpr uint32_t kFoldingVersion = 2;
inline constexpr uint32_t kOldestFolding = 1;

// The serial of a text. False if the text is not valid UTF-8 (then *serial is empty). Idempotent. Any length.
// REQUIRES: kOldestFolding <= folding <= kFoldingVersion.
bool FoldSerial(std::string_view utf8, std::u32string* serial, uint32_t folding = kFoldingVersion);

// Attribute values and sentinels compare by this: NFKC, case folded, white space trimmed and runs of it one space.
// A text that is not valid UTF-8 is kept byte for byte as it stands. Idempotent.
std::string FoldValue(std::string_view utf8);

}  // namespace burin::internal

#endif
