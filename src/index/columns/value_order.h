// What values of an attribute are sorted by: a number, then, for categories, the folded text; then their bytes.
#ifndef BURIN_SRC_INDEX_COLUMNS_VALUE_ORDER_H_
#define BURIN_SRC_INDEX_COLUMNS_VALUE_ORDER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/index/columns/attribute.h"

namespace burin::internal {

struct ComparedValue {
  uint64_t order = 0;  // Integers and dates: everything but the bytes. Categories: the first 8 bytes of `folded`.
  std::string folded;  // Of categories.
};

// kInvalidArgument, with a message fit for a rejects file: not a value of this type.
Status ReadValue(AttributeType type, std::string_view text, ComparedValue* value);

}  // namespace burin::internal

#endif
