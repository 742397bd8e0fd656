// Values of attributes that rows bring: how they are to be read, and what could not be read, counted by attribute.
#ifndef BURIN_SRC_C_API_ROWS_UNREAD_VALUES_H_
#define BURIN_SRC_C_API_ROWS_UNREAD_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/index/columns/written_values.h"

namespace burin::internal {

struct ValueOptions {
  bool strict = false;  // A value that cannot be read rejects its row.
  DateOrder order = DateOrder::kUnknown;
};

// From BURIN_VALUES_...: what it says takes the place of what *options says. kOutOfRange: bits that mean nothing.
Status ReadValueOptions(uint32_t values, ValueOptions* options);

// A text as it is kept beside an absent value: valid UTF-8 of a length that a value may have, without white space
// around it. What is cut off is shown by an ellipsis.
std::string KeptText(std::string_view text);

class UnreadValues {
 public:
  static constexpr size_t kMaxTexts = 1000;  // Of an attribute; rows with others are counted without them.

  struct Text {
    std::string text;
    uint64_t rows = 0;
  };
  struct Attribute {
    std::string name;
    uint64_t rows = 0;
    std::vector<Text> texts;  // In order of spelling.
  };

  // A row more whose value of the attribute could not be read.
  void Add(std::string_view name, std::string_view text);
  const std::vector<Attribute>& attributes() const { return attributes_; }  // In order of name.

 private:
  std::vector<Attribute> attributes_;
};

// For the C API: the name of an attribute, a text of it. nullptr, and 0 rows: there is none. `values` may be nullptr.
const char* UnreadName(const UnreadValues* values, size_t i, uint64_t* rows);
const char* UnreadText(const UnreadValues* values, size_t i, size_t j, uint64_t* rows);

}  // namespace burin::internal

#endif
