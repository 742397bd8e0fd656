// What spreadsheets make of serials: numbers that were rounded, error values, numbers with a decimal point, dates.
#ifndef BURIN_SRC_MARK_CELLS_SHEET_H_
#define BURIN_SRC_MARK_CELLS_SHEET_H_

#include <string_view>

#include "src/mark/cells/cell.h"

namespace burin::internal {

enum class SheetForm {
  kNone,
  kRounded,  // 1.23457E+11: digits are lost.
  kError,    // #VALUE!, or a column that was too narrow: ######.
  kDecimal,  // 12345.0
  kDate,     // 12/05/1994, 5-May-94: it may be one, or a number that became one, or a number.
};

// The form of a whole cell. *end receives, for kDecimal, where the number ends.
SheetForm FormOf(const Cell& cell, Range* number);

// Whether three small ASCII letters are short for a month.
bool IsMonthName(std::string_view name);

// Whether `shape` is a date in one of the usual forms, with or without a time.
bool LooksLikeDate(std::u32string_view shape);

}  // namespace burin::internal

#endif
