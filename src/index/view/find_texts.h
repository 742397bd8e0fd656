// Records by their recorded text, as it was written: whatever it was read as, a serial, several, a partial record or no
// number at all.
//
// A text that is a serial and nothing else costs a lookup. For others the records without a whole serial are gone
// through, once for all texts of a call; in an index of an earlier folding, whose cells were read by rules that may not
// be known any more, all records.
#ifndef BURIN_SRC_INDEX_VIEW_FIND_TEXTS_H_
#define BURIN_SRC_INDEX_VIEW_FIND_TEXTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/index/view/index.h"

namespace burin::internal {

struct TextFound {
  uint64_t record_id = 0;
  std::u32string items;  // Of its mark: the serial, or the items of a partial record; empty: it has none.
};

// found[i]: the live records whose recorded text is texts[i] but for white space at the ends, by ascending id. A text
// that is not valid UTF-8 is none.
std::vector<std::vector<TextFound>> FindTexts(const Index& index, std::span<const std::string_view> texts);

}  // namespace burin::internal

#endif
