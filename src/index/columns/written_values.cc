#include "src/index/columns/written_values.h"

#include <algorithm>
#include <array>
#include <optional>

#include "src/index/columns/attribute_builder.h"
#include "src/index/columns/period.h"

namespace burin::internal {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The digits at the front, taken off.
std::string_view TakeDigits(std::string_view* text) {
  size_t size = 0;
  while (size < text->size() && IsDigit((*text)[size])) ++size;
  const std::string_view digits = text->substr(0, size);
  text->remove_prefix(size);
  return digits;
}

void SkipSpaces(std::string_view* text) {
  while (text->starts_with(' ')) text->remove_prefix(1);
}

int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

bool AllZeros(std::string_view digits) {
  return std::all_of(digits.begin(), digits.end(), [](char c) { return c == '0'; });
}

// `1990.0`: a whole number with a fraction of zeros. Three zeros behind up to three digits may be thousands.
bool ReadWholeNumber(std::string_view text, std::string* value) {
  const size_t point = text.find_first_of(".,");
  if (point == std::string_view::npos) return false;
  const std::string_view whole = text.substr(0, point), fraction = text.substr(point + 1);
  if (whole.empty() || !IsDigit(whole.back()) || fraction.empty() || fraction.size() == 3) return false;
  if (!AllZeros(fraction) || !ParseInteger(whole).ok()) return false;
  value->assign(whole);
  return true;
}

// What separates the parts of a date, as UTF-8: one of these, or spaces, with or without spaces around it.
constexpr std::string_view kSeparators[] = {
    "/",      ".",      "-",      "_",      ",",      "\\",     ":",      "|",      "\u00B7", "\u2010", "\u2011",
    "\u2012", "\u2013", "\u2014", "\u2015", "\u2044", "\u2212", "\u2215", "\u3002", "\uFF0D", "\uFF0E", "\uFF0F",
};

// Takes a separator off; nullopt: there is none. A space is one only where nothing else is.
std::optional<std::string_view> TakeSeparator(std::string_view* text) {
  const bool space = text->starts_with(' ');
  SkipSpaces(text);
  for (const std::string_view separator : kSeparators) {
    if (!text->starts_with(separator)) continue;
    text->remove_prefix(separator.size());
    SkipSpaces(text);
    return separator;
  }
  return space ? std::optional<std::string_view>(" ") : std::nullopt;
}

std::string TwoDigits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

// YYYY-MM-DD if there is such a day.
bool MakeDay(std::string_view year, int month, int day, std::string* value) {
  if (month > 12 || day > 31) return false;
  value->assign(year);
  *value += "-" + TwoDigits(month) + "-" + TwoDigits(day);
  return ParsePeriod(*value).ok();
}

// `a/b/year`: in the order that the source has, or in the only one that there is.
bool MakeYearLast(int a, int b, std::string_view year, DateOrder order, std::string* value) {
  std::string day_first, month_first;
  const bool has_day_first = order != DateOrder::kMonthFirst && MakeDay(year, b, a, &day_first);
  const bool has_month_first = order != DateOrder::kDayFirst && MakeDay(year, a, b, &month_first);
  if (order == DateOrder::kYearFirst || !(has_day_first || has_month_first)) return false;
  if (has_day_first && has_month_first && day_first != month_first) return false;
  *value = has_day_first ? day_first : month_first;
  return true;
}

// A clock time and, behind it, a zone: everything up to the end of the text. `basic`: without colons.
bool IsZone(std::string_view text) {
  SkipSpaces(&text);
  if (text.empty() || text == "Z" || text == "z" || text == "UTC" || text == "GMT") return true;
  if (text.front() != '+' && text.front() != '-') return false;
  text.remove_prefix(1);
  const std::string_view hours = TakeDigits(&text);
  if (hours.size() == 4) return text.empty();
  if (hours.size() != 2) return false;
  if (text.empty()) return true;
  if (!text.starts_with(':')) return false;
  text.remove_prefix(1);
  return TakeDigits(&text).size() == 2 && text.empty();
}

bool InRange(std::string_view digits, int most) {
  return digits.size() <= 2 && !digits.empty() && NumberOf(digits) <= most;
}

// Behind hours and minutes: seconds, a fraction, AM or PM, a zone.
bool IsRestOfTime(std::string_view text) {
  const auto take_fraction = [&] {
    if (!text.starts_with('.') && !text.starts_with(',')) return true;
    text.remove_prefix(1);
    return !TakeDigits(&text).empty();
  };
  if (text.starts_with(':')) {
    text.remove_prefix(1);
    if (!InRange(TakeDigits(&text), 60) || !take_fraction()) return false;
  }
  std::string_view half = text;
  SkipSpaces(&half);
  if (half.size() == 2 && (half[1] == 'M' || half[1] == 'm'))
    return std::string_view("AaPp").find(half[0]) != std::string_view::npos;
  return IsZone(text);
}

bool IsTime(std::string_view text) {
  const std::string_view hours = TakeDigits(&text);
  if (hours.size() == 4 || hours.size() == 6) {  // Basic: 1430, 143059.
    const bool in_range = InRange(hours.substr(0, 2), 24) && InRange(hours.substr(2, 2), 59);
    return in_range && (hours.size() == 4 || InRange(hours.substr(4), 60)) && IsZone(text);
  }
  if (!InRange(hours, 24) || !text.starts_with(':')) return false;
  text.remove_prefix(1);
  const std::string_view minutes = TakeDigits(&text);
  return minutes.size() == 2 && InRange(minutes, 59) && IsRestOfTime(text);
}

// What may stand behind a date: nothing, or a time.
bool IsRestOfDate(std::string_view text) {
  if (text.empty()) return true;
  const bool joined = text.front() == 'T' || text.front() == 't';
  if (!joined && text.front() != ' ') return false;
  text.remove_prefix(1);
  SkipSpaces(&text);
  return IsTime(text);
}

bool ReadDay(std::string_view text, DateOrder order, std::string* value) {
  std::array<std::string_view, 3> parts;
  parts[0] = TakeDigits(&text);
  if (parts[0].size() == 8) {
    // Of years from 1300 to 2999 no such number is a date with the year last, too.
    const int year = NumberOf(parts[0].substr(0, 4));
    if (year < 1300 || year > 2999 || !IsRestOfDate(text)) return false;
    return MakeDay(parts[0].substr(0, 4), NumberOf(parts[0].substr(4, 2)), NumberOf(parts[0].substr(6)), value);
  }
  const std::optional<std::string_view> separator = TakeSeparator(&text);
  parts[1] = TakeDigits(&text);
  if (!separator || TakeSeparator(&text) != separator) return false;
  parts[2] = TakeDigits(&text);
  if (*separator == "." && text.starts_with('.')) text.remove_prefix(1);
  const auto is_short = [&](size_t part) { return !parts[part].empty() && parts[part].size() <= 2; };
  if (!is_short(1) || !IsRestOfDate(text)) return false;
  if (parts[0].size() == 4 && is_short(2)) return MakeDay(parts[0], NumberOf(parts[1]), NumberOf(parts[2]), value);
  if (parts[2].size() != 4 || !is_short(0)) return false;
  return MakeYearLast(NumberOf(parts[0]), NumberOf(parts[1]), parts[2], order, value);
}

}  // namespace

Status ReadWritten(AttributeType type, std::string_view text, DateOrder order, std::string* storage,
                   std::string_view* value) {
  *value = TrimWhiteSpace(text);
  if (value->empty()) return {};
  if (value->size() > kMaxValueBytes) {
    return Status(StatusCode::kInvalidArgument, "a value of " + std::to_string(value->size()) + " bytes; " +
                                                    std::to_string(kMaxValueBytes) + " are allowed");
  }
  Status plain;
  bool read = false;
  switch (type) {
    case AttributeType::kCategory:
      return {};
    case AttributeType::kInteger:
      plain = ParseInteger(*value).status();
      if (plain.ok()) return plain;
      read = ReadWholeNumber(*value, storage);
      break;
    case AttributeType::kDate:
      plain = ParsePeriod(*value).status();
      if (plain.ok()) return plain;
      read = ReadDay(*value, order, storage);
      break;
  }
  if (!read) return plain;
  *value = *storage;
  return {};
}

}  // namespace burin::internal
