// Attributes of records: typed, dictionary-coded columns. The list of attributes is open.
//
// A column holds for each record a code: 0 for absent, else 1 + the number of its value in the dictionary. Dictionaries
// are sorted by what values compare by, so that every condition on an attribute is a few ranges of codes:
//   category  by FoldValue of the text, then by its bytes
//   integer   by number (int64)
//   date      by first day, then last day, of the period that the text names (year, month or day: 1990, 1990-05,
//             1990-05-17, or a range A..B)
#ifndef BURIN_SRC_INDEX_COLUMNS_ATTRIBUTE_H_
#define BURIN_SRC_INDEX_COLUMNS_ATTRIBUTE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/index/columns/period.h"

namespace burin::internal {

// Stored in files: values never change.
enum class AttributeType : uint8_t { kCategory = 1, kInteger = 2, kDate = 3 };
std::string_view AttributeTypeName(AttributeType type);  // "category", "integer", "date".
bool ParseAttributeType(std::string_view name, AttributeType* type);

// Reserved names and their types (docs/design.md): weapon, maker, ..., year and import_year integer, date date;
// "source" is reserved for the library. False: not a reserved name.
bool ReservedAttribute(std::string_view name, AttributeType* type);

// Without the white space around it (Unicode's White_Space). A value of which nothing remains is absent.
std::string_view TrimWhiteSpace(std::string_view utf8);
// A value for a message: in quotes, at most some 60 bytes of it, control characters shown as spaces.
std::string QuoteValue(std::string_view utf8);

// An integer: digits, with or without a sign, that fit 64 bits. Leading zeros are fine.
Result<int64_t> ParseInteger(std::string_view text);

class AttributeColumn {
 public:
  virtual ~AttributeColumn() = default;
  virtual const std::string& name() const = 0;
  virtual AttributeType type() const = 0;
  virtual uint32_t value_count() const = 0;          // Distinct values.
  virtual uint32_t code(uint64_t record) const = 0;  // 0: absent; else at most value_count().
  // The value as written, of code 1 .. value_count(). Valid for the life of the index. Empty for code 0.
  virtual std::string_view text(uint32_t code) const = 0;
  virtual int64_t integer(uint32_t code) const = 0;  // REQUIRES: type() == kInteger, code >= 1.
  virtual Period period(uint32_t code) const = 0;    // REQUIRES: type() == kDate, code >= 1.
};

}  // namespace burin::internal

#endif
