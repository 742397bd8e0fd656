// What one cell of a registry records: a serial, a partial record, several marks, or nothing that can be searched.
// The rules are in docs/marks.md.
#ifndef BURIN_SRC_MARK_RECORDED_H_
#define BURIN_SRC_MARK_RECORDED_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/symbol.h"

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
};
inline constexpr size_t kMissingKinds = 7;
// "unknown", "not present", ...
std::string_view MissingName(Missing missing);

struct RecordedMark {
  Missing missing = Missing::kNone;
  // The serial, or with `partial` the items of the partial record: symbols, kUnreadable and kGap (no two gaps
  // adjacent).
  std::u32string symbols;
  bool partial = false;
  std::string component;  // From a note in the cell, "MDY272(cano)": a reserved component name, or the note as written.
  std::string_view sentinel;  // The sentinel that matched, as the table spells it; else empty. Lives for ever.
};

struct RecordedOptions {
  // Characters that mean "unreadable here": any of `?`, `_` (one character) and `*` (any number).
  std::string_view unreadable = "?_*";
};

// Replaces *marks with what the cell records: at least one. False if the cell is not valid UTF-8.
bool ReadRecorded(std::string_view cell, const RecordedOptions& options, std::vector<RecordedMark>* marks);

}  // namespace burin::internal

#endif
