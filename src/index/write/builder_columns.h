// The attributes of an index while it is built: those that the caller declares, and those that the library fills
// itself.
//   source     of every row
//   component, location, method, condition
//              from a note in the cell, where the row gives none
//   cell_rule  which rules changed what the cell says, where the row gives none: "label", "label note"
//   cell_part  "1/2", "2/2": which of several marks of one cell, where the row gives none
//   weapon     source/key, for rows with several marks, where the row gives none: they are one weapon
#ifndef BURIN_SRC_INDEX_WRITE_BUILDER_COLUMNS_H_
#define BURIN_SRC_INDEX_WRITE_BUILDER_COLUMNS_H_

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/index/columns/attribute_builder.h"
#include "src/index/write/index_builder.h"

namespace burin::internal {

inline constexpr std::string_view kSourceName = "source";
inline constexpr std::string_view kComponentName = "component";
inline constexpr std::string_view kCellPartName = "cell_part";
// What a mark says of these. A value of another name is empty.
std::string ValueOfMark(std::string_view name, const RecordedMark& mark);
inline constexpr std::string_view kWeaponName = "weapon";
// NAME_recorded, a category, holds the text of a value of NAME that could not be read; NAME is cut so that both fit
// kMaxNameBytes. Whoever adds rows fills it.
inline constexpr std::string_view kRecordedSuffix = "_recorded";
inline constexpr size_t kMaxNameBytes = 64;

class BuilderColumns {
 public:
  // As AttributeBuilder's.
  explicit BuilderColumns(SpillArena* arena = nullptr);
  // As IndexBuilder::AddAttribute; `records` have been added so far.
  Result<uint32_t> Declare(std::string_view name, AttributeType type, uint64_t records);
  // Whether Append can take the row.
  Status Check(const Row& row, int* attribute) const;
  // Adds the values of every record of the row. REQUIRES: Check(row) is OK.
  void Append(const Row& row, uint64_t records);
  // The columns in order of name, each with a value of every record. Nothing is left here.
  std::vector<AttributeBuilder> Take();

 private:
  struct Column {
    AttributeBuilder values;
    bool declared = false;   // By the caller; else the library's own.
    std::string_view value;  // Of the row at hand.
  };
  static constexpr size_t kNone = ~size_t{0};

  size_t Find(std::string_view name) const;
  // The column that the library fills; it is made if it is not there. kNone: the caller has one of another type.
  size_t Own(std::string_view name, uint64_t records);
  void SetIfAbsent(std::string_view name, std::string_view value, uint64_t records);

  SpillArena* arena_;
  std::deque<Column> columns_;
  std::vector<size_t> declared_;  // Columns of declared attributes by their number.
  std::string weapon_;
};

}  // namespace burin::internal

#endif
