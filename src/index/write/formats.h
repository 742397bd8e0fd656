// Which formats of a length deserve a group of their own: see group_builder.h.
#ifndef BURIN_SRC_INDEX_WRITE_FORMATS_H_
#define BURIN_SRC_INDEX_WRITE_FORMATS_H_

#include <cstdint>
#include <vector>

#include "src/index/write/serial_rows.h"

namespace burin::internal {

// A bit for each position: a letter stands there, else a digit. Rows of other symbols have no format.
using Format = uint32_t;
static_assert(kMaxPackedLength <= 32);
Format FormatOf(const uint8_t* base_row, uint32_t length);

// The formats to split off, ascending; empty if that does not pay.
std::vector<Format> ChooseFormats(const SerialRows& rows);

}  // namespace burin::internal

#endif
