// What one cell of a registry records: a serial, a partial record, several marks, or nothing that can be searched.
// The rules are in docs/marks.md.
#ifndef BURIN_SRC_MARK_CELLS_RECORDED_H_
#define BURIN_SRC_MARK_CELLS_RECORDED_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/cells/unreadable.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

// Why a record has no mark that can be searched. Stored in files: values never change.
enum class Missing : uint8_t {
  kNone = 0,  // It has one.
  kUnknown = 1,
  kIllegible = 2,
  kNotPresent = 3,
  kNotApplicable = 4,
  kNotRecorded = 5,  // An empty cell too.
  kTooLong = 6,      // Over kMaxMarkSymbols symbols.
  kObliterated = 7,  // It was there, and somebody removed or altered it.
  kNeverMarked = 8,  // The weapon was made without one.
  kNothingReported = 9,
  kText = 10,     // Words that no table has, in a column of numbers.
  kDamaged = 11,  // A spreadsheet lost it.
};
inline constexpr size_t kMissingKinds = 12;
// "unknown", "not present", ...
std::string_view MissingName(Missing missing);

// Rules that changed what a cell says, as bits: so that nobody need take the result for what was typed.
enum CellRule : uint16_t {
  kLabelRule = 1,       // Label words before the number were dropped.
  kNoteRule = 2,        // Words beside the number were taken for a note.
  kUnreadableRule = 4,  // A run or a sign that the source does not name was taken for unreadable characters.
  kDecimalRule = 8,     // 12345.0 is 12345.
  kDateRule = 16,       // It looks like a date. It is kept as it stands.
  kSheetRule = 32,      // A spreadsheet's damage.
  kWordsRule = 64,      // Words within the text say why there is no number.
  kColumnRule = 128,    // A text without a digit among numbers.
  kSourceRule = 256,    // One of the source's own sentinels.
};
// "label", or "label note": what an attribute says of the rules.
std::string CellRuleNames(uint16_t rules);

struct RecordedMark {
  Missing missing = Missing::kNone;
  // The serial, or with `partial` the items of the partial record: symbols, kUnreadable and kGap (no two gaps
  // adjacent).
  std::u32string symbols;
  bool partial = false;
  uint16_t rules = 0;     // CellRule.
  std::string component;  // From a note in the cell, "MDY272(cano)": a reserved component name, or the note as written.
  // What a note says of it, in English; as long-lived as the next.
  std::string_view location, method, condition;
  // The sentinel that matched, as the table spells it; else empty. Lives for ever, but one of
  // RecordedOptions::sentinels as long as that table.
  std::string_view sentinel;
};

class SentinelTable;

struct RecordedOptions {
  Unreadables unreadable;
  const SentinelTable* sentinels = nullptr;  // The source's own; borrowed.
};

// Replaces *marks with what the cell records: at least one. False if the cell is not valid UTF-8.
bool ReadRecorded(std::string_view cell, const RecordedOptions& options, std::vector<RecordedMark>* marks);

// A serial without any digit: in a column of numbers it is none.
bool IsDigitless(const RecordedMark& mark);
// Makes such a mark a missing one: by what words in the cell say, or else, with `column`, as a text. False: it stays.
// REQUIRES: ReadRecorded made it of the cell.
bool MissDigitless(std::string_view cell, bool column, RecordedMark* mark);

}  // namespace burin::internal

#endif
