// Texts that several parts of the C API read and show.
#ifndef BURIN_SRC_C_API_COMMON_MARK_TEXT_H_
#define BURIN_SRC_C_API_COMMON_MARK_TEXT_H_

#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/mark/cells/recorded.h"

namespace burin::internal {

// The unreadable characters that options name; nullptr: *out stays.
Status ReadUnreadable(const char* unreadable, Unreadables* out);

// A serial, or the items of a partial record with `?` for kUnreadable and `*` for kGap: neither can occur in a serial.
void AppendItems(std::u32string_view items, std::string* out);

}  // namespace burin::internal

#endif
