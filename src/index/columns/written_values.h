// Values of attributes as people and programs write them into tables, turned into the one form that an index holds
// (docs/format-attributes.md). Nothing is guessed: what could mean two things is not read.
#ifndef BURIN_SRC_INDEX_COLUMNS_WRITTEN_VALUES_H_
#define BURIN_SRC_INDEX_COLUMNS_WRITTEN_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/index/columns/attribute.h"

namespace burin::internal {

// In what order a source writes the parts of a date. Stored nowhere.
enum class DateOrder : uint8_t { kUnknown, kDayFirst, kMonthFirst, kYearFirst };

// *value is the form for an index: `text` without white space around it, or, where that is none, what is in *storage.
// Empty: absent. kInvalidArgument, with a message fit for a rejects file: over kMaxValueBytes, or no value of the type.
//
// integer  also with a fraction of zeros, `1990.0`, `1990,00`; not of three, which may be thousands.
// date     also with a time behind it, which is left out; `20140128`; day, month and year of four digits in any one
//          separator. Year first: year, month, day. Year last: in `order`; without one only where there is one way to
//          read it (`17/10/2013`, `5.5.2013`). A year of two digits is not read.
Status ReadWritten(AttributeType type, std::string_view text, DateOrder order, std::string* storage,
                   std::string_view* value);

}  // namespace burin::internal

#endif
