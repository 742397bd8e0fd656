// One attribute of an opened index, read from its section (docs/format-attributes.md). A record's code costs one load,
// a value's text up to 64 additions; numbers and periods are read from the text each time.
#ifndef BURIN_SRC_INDEX_COLUMNS_ATTRIBUTE_VIEW_H_
#define BURIN_SRC_INDEX_COLUMNS_ATTRIBUTE_VIEW_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/packed_array.h"
#include "src/index/columns/attribute.h"
#include "src/index/columns/string_table.h"

namespace burin::internal {

class AttributeView final : public AttributeColumn {
 public:
  // Borrows the section's bytes. O(1): neither records nor values are looked at. kCorrupt: not an attribute for so many
  // records; the position counts from the front of the section.
  static Result<std::unique_ptr<AttributeView>> Open(ByteSpan section, uint64_t records);

  const std::string& name() const override { return name_; }
  AttributeType type() const override { return type_; }
  uint32_t value_count() const override { return value_count_; }
  uint32_t code(uint64_t record) const override {
    const uint64_t code = codes_.Get(record);
    return code <= value_count_ ? static_cast<uint32_t>(code) : 0;
  }
  std::string_view text(uint32_t code) const override;
  int64_t integer(uint32_t code) const override;  // 0 if the text is no integer.
  Period period(uint32_t code) const override;    // A day long gone if the text is no period.

  // O(section): everything that docs/format-attributes.md says of it.
  Status Verify() const;

 private:
  AttributeView() = default;
  Status VerifyValues() const;
  Status VerifyCodes() const;

  std::string name_;
  AttributeType type_ = AttributeType::kCategory;
  uint32_t value_count_ = 0;
  ByteSpan padding_;  // Behind the name.
  StringTable values_;
  PackedArray codes_;
};

}  // namespace burin::internal

#endif
