// Periods: what a date of year, month or day precision covers.
#ifndef BURIN_SRC_INDEX_COLUMNS_PERIOD_H_
#define BURIN_SRC_INDEX_COLUMNS_PERIOD_H_

#include <cstdint>
#include <string_view>

#include "src/base/status.h"

namespace burin::internal {

// A period: first and last day, inclusive, as days since 0000-03-01 of the proleptic Gregorian calendar.
struct Period {
  int32_t first = 0;
  int32_t last = 0;
  bool operator==(const Period&) const = default;
};
// "1990", "1990-05", "1990-05-17", "A..B" of these: from A's first day to B's last. Years 0001 .. 9999.
Result<Period> ParsePeriod(std::string_view text);

}  // namespace burin::internal

#endif
