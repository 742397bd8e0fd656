// Periods: what a date of year, month or day precision covers. Days are counted in years that begin on 1 March, so that
// the leap day is a year's last; 400 years are 146,097 days.
#include "src/index/columns/period.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "src/index/columns/attribute.h"

namespace burin::internal {
namespace {

struct Day {
  int32_t year = 0;
  int32_t month = 0;  // 0: the whole year.
  int32_t day = 0;    // 0: the whole month.
};

bool IsLeap(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int32_t DaysInMonth(int32_t year, int32_t month) {
  constexpr int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// REQUIRES: year >= 1. January and February belong to the year that began the March before.
int32_t DayNumber(int32_t year, int32_t month, int32_t day) {
  const int32_t y = month > 2 ? year : year - 1;
  const int32_t months = month > 2 ? month - 3 : month + 9;  // Since March.
  const int32_t before_month = (153 * months + 2) / 5;       // Months from March on: 31 30 31 30 31, and again.
  return 365 * y + y / 4 - y / 100 + y / 400 + before_month + day - 1;
}

// Takes exactly `digits` digits from the front of the text.
bool TakeNumber(std::string_view* text, size_t digits, int32_t* number) {
  if (text->size() < digits) return false;
  *number = 0;
  for (char c : text->substr(0, digits)) {
    if (c < '0' || c > '9') return false;
    *number = *number * 10 + (c - '0');
  }
  text->remove_prefix(digits);
  return true;
}

bool TakePart(std::string_view* text, int32_t* number) {
  if (!text->starts_with('-')) return false;
  text->remove_prefix(1);
  return TakeNumber(text, 2, number) && *number > 0;
}

bool ParseDay(std::string_view text, Day* day) {
  if (!TakeNumber(&text, 4, &day->year) || day->year < 1) return false;
  if (text.empty()) return true;
  if (!TakePart(&text, &day->month) || day->month > 12) return false;
  if (text.empty()) return true;
  return TakePart(&text, &day->day) && text.empty() && day->day <= DaysInMonth(day->year, day->month);
}

bool ParseSimple(std::string_view text, Period* period) {
  Day day;
  if (!ParseDay(text, &day)) return false;
  const int32_t first_month = day.month > 0 ? day.month : 1;
  const int32_t last_month = day.month > 0 ? day.month : 12;
  period->first = DayNumber(day.year, first_month, day.day > 0 ? day.day : 1);
  period->last = DayNumber(day.year, last_month, day.day > 0 ? day.day : DaysInMonth(day.year, last_month));
  return true;
}

}  // namespace

Result<Period> ParsePeriod(std::string_view text) {
  const size_t dots = text.find("..");
  Period first;
  Period last;
  const bool read = ParseSimple(text.substr(0, dots), &first) &&
                    ParseSimple(dots == std::string_view::npos ? text : text.substr(dots + 2), &last);
  if (!read) {
    return Status(StatusCode::kInvalidArgument,
                  QuoteValue(text) + " is not a date (YYYY, YYYY-MM, YYYY-MM-DD or A..B)");
  }
  if (first.first > last.last) {
    return Status(StatusCode::kInvalidArgument, QuoteValue(text) + " ends before it begins");
  }
  return Period{first.first, last.last};
}

}  // namespace burin::internal
