#include "src/mark/cells/sheet.h"

#include <algorithm>
#include <vector>

#include "src/mark/cells/cell_words.h"

namespace burin::internal {
namespace {

size_t DigitsAt(std::u32string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsCellDigit(text[end])) ++end;
  return end - at;
}

bool IsPoint(char32_t c) { return c == U'.' || c == U','; }

// Digits, a point, digits, E, a sign, digits.
bool IsRounded(std::u32string_view text) {
  if (!text.empty() && (text[0] == U'-' || text[0] == U'+')) text.remove_prefix(1);
  const size_t whole = DigitsAt(text, 0);
  if (whole == 0 || whole >= text.size() || !IsPoint(text[whole])) return false;
  const size_t part = DigitsAt(text, whole + 1);
  const size_t e = whole + 1 + part;
  if (part == 0 || e + 1 >= text.size() || (text[e] != U'E' && text[e] != U'e')) return false;
  if (text[e + 1] != U'+' && text[e + 1] != U'-' && text[e + 1] != U'\u2212') return false;
  const size_t exponent = DigitsAt(text, e + 2);
  return exponent > 0 && exponent < 4 && e + 2 + exponent == text.size();
}

// The words of error values, in the languages of spreadsheets.
bool IsError(std::u32string_view text) {
  if (text.size() < 2 || text[0] != U'#') return false;
  if (text.find_first_not_of(U'#') == text.npos) return text.size() > 2;
  constexpr std::u32string_view kErrors[] = {
      U"VALUE!",  U"REF!",   U"NAME?",   U"DIV/0!", U"NUM!",   U"NULL!",   U"N/A",    U"SPILL!", U"CALC!",   U"FIELD!",
      U"WERT!",   U"BEZUG!", U"NV",      U"ZAHL!",  U"VALOR!", U"NOMBRE?", U"NOME?",  U"N/D",    U"VALEUR!", U"NOM?",
      U"NOMBRE!", U"ЗНАЧ!",  U"ССЫЛКА!", U"ИМЯ?",   U"ДЕЛ/0!", U"Н/Д",     U"ЧИСЛО!", U"ARG!",   U"ADR!",    U"NAZWA?",
      U"DEĞER!",  U"BAŞV!",  U"AD?",     U"YOK",    U"¡REF!",  U"¡VALOR!", U"¡DIV/0!"};
  text.remove_prefix(1);
  const auto same = [](char32_t a, char32_t b) { return a == b || (a >= U'a' && a <= U'z' && a - 32 == b); };
  return std::any_of(std::begin(kErrors), std::end(kErrors), [&](std::u32string_view error) {
    return std::equal(text.begin(), text.end(), error.begin(), error.end(), same);
  });
}

// The digits before the point of "12345.0" or "12345,00"; 0 if it is no such number. What begins with 0 was no number
// to a spreadsheet.
size_t WholeOfDecimal(std::u32string_view text) {
  const size_t whole = DigitsAt(text, 0);
  if (whole == 0 || whole >= text.size() || !IsPoint(text[whole])) return 0;
  if (whole > 1 && text[0] == U'0') return 0;
  const std::u32string_view part = text.substr(whole + 1);
  return part == U"0" || part == U"00" ? whole : 0;
}

bool IsMonthOf(std::u32string_view name) {
  constexpr std::u32string_view kMonths[] = {U"jan", U"feb", U"mar", U"apr", U"may", U"jun", U"jul", U"aug", U"sep",
                                             U"oct", U"nov", U"dec", U"fev", U"abr", U"mai", U"ago", U"set", U"out",
                                             U"dez", U"ene", U"dic", U"okt", U"mrz", U"янв", U"фев", U"мар", U"апр",
                                             U"май", U"июн", U"июл", U"авг", U"сен", U"окт", U"ноя", U"дек"};
  return std::find(std::begin(kMonths), std::end(kMonths), name) != std::end(kMonths);
}

struct DatePart {
  uint32_t value = 0;
  size_t digits = 0;
  bool month = false;  // By its name.
};

// The parts between one and the same separator; empty: it is nothing of the kind.
std::vector<DatePart> DateParts(std::u32string_view text) {
  std::vector<DatePart> parts;
  char32_t separator = 0;
  for (size_t at = 0; at < text.size() && parts.size() < 4;) {
    DatePart part;
    std::u32string name;
    const size_t begin = at;
    for (; at < text.size() && IsCellAlphanumeric(text[at]); ++at) {
      if (text[at] >= U'0' && text[at] <= U'9') {
        part.value = part.digits < 8 ? part.value * 10 + (text[at] - U'0') : part.value;
        ++part.digits;
      } else {
        name += text[at] >= U'A' && text[at] <= U'Z'   ? text[at] + 32
                : text[at] >= U'А' && text[at] <= U'Я' ? text[at] + 32
                                                       : text[at];
      }
    }
    part.month = part.digits == 0 && IsMonthOf(name);
    if (at == begin || (!part.month && !name.empty())) return {};
    parts.push_back(part);
    if (at == text.size()) return parts;
    if (text[at] != U'/' && text[at] != U'-' && text[at] != U'.') return {};
    if (separator != 0 && text[at] != separator) return {};
    separator = text[at++];
  }
  return {};
}

bool IsDay(const DatePart& part) { return part.digits >= 1 && part.digits <= 2 && part.value >= 1 && part.value <= 31; }
bool IsMonth(const DatePart& part) {
  return part.month || (part.digits >= 1 && part.digits <= 2 && part.value >= 1 && part.value <= 12);
}
bool IsYear(const DatePart& part) {
  return part.digits == 2 || (part.digits == 4 && part.value >= 1800 && part.value < 2200);
}

}  // namespace

bool IsMonthName(std::string_view name) { return IsMonthOf(std::u32string(name.begin(), name.end())); }

bool LooksLikeDate(std::u32string_view shape) {
  constexpr size_t kLongest = 40;
  while (!shape.empty() && IsCellBlank(shape.back())) shape.remove_suffix(1);
  while (!shape.empty() && IsCellBlank(shape.front())) shape.remove_prefix(1);
  if (shape.size() > kLongest) return false;
  const size_t blank = std::min(shape.find(U' '), shape.size());  // A time may follow.
  const bool time = blank < shape.size();
  if (time && shape.find_first_not_of(U"0123456789:. ", blank) != shape.npos) return false;
  if (time && shape.find(U':', blank) == shape.npos) return false;
  const std::vector<DatePart> p = DateParts(shape.substr(0, blank));
  if (p.size() == 2) {  // "5-May", "May-94": what spreadsheets show of such numbers.
    return (p[0].month && p[1].digits > 0 && (IsYear(p[1]) || IsDay(p[1]))) || (p[1].month && IsDay(p[0]));
  }
  if (p.size() != 3) return false;
  if (p[0].digits == 4) return IsYear(p[0]) && IsMonth(p[1]) && IsDay(p[2]);
  return IsYear(p[2]) && ((IsDay(p[0]) && IsMonth(p[1])) || (IsMonth(p[0]) && IsDay(p[1])));
}

SheetForm FormOf(const Cell& cell, Range* number) {
  const std::u32string_view shape = cell.shape;
  size_t begin = 0, end = shape.size();
  while (begin < end && IsCellBlank(shape[begin])) ++begin;
  while (end > begin && IsCellBlank(shape[end - 1])) --end;
  const std::u32string_view text = shape.substr(begin, end - begin);
  if (IsRounded(text)) return SheetForm::kRounded;
  if (IsError(text)) return SheetForm::kError;
  if (const size_t whole = WholeOfDecimal(text); whole != 0) {
    *number = {begin, begin + whole};
    return SheetForm::kDecimal;
  }
  return LooksLikeDate(text) ? SheetForm::kDate : SheetForm::kNone;
}

}  // namespace burin::internal
