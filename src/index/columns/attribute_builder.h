// Collects one attribute of all records: a dictionary of the values in order of first sight and a code for each record.
// Encoding sorts the dictionary, renames the codes and packs them. Appending one of the values seen lately costs a
// comparison, another one a look-up; a record costs 0, 1, 2 or 4 bytes, a value its bytes and 15 to 25.
#ifndef BURIN_SRC_INDEX_COLUMNS_ATTRIBUTE_BUILDER_H_
#define BURIN_SRC_INDEX_COLUMNS_ATTRIBUTE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/narrow_sequence.h"
#include "src/index/columns/attribute.h"

namespace burin::internal {

inline constexpr size_t kMaxValueBytes = 4096;

class AttributeBuilder {
 public:
  // `arena`: where the codes of records are kept; borrowed. nullptr: on the heap, as values always are.
  AttributeBuilder(std::string_view name, AttributeType type, SpillArena* arena = nullptr);
  ~AttributeBuilder();
  AttributeBuilder(AttributeBuilder&&) noexcept;
  AttributeBuilder& operator=(AttributeBuilder&&) noexcept;

  const std::string& name() const { return name_; }
  AttributeType type() const { return type_; }
  uint64_t size() const { return codes_.size(); }  // Records so far.

  // Whether Append can take the value. kInvalidArgument with a message fit for a rejects file: over kMaxValueBytes, or
  // not what the type reads. Nothing but white space is absent and fits every type.
  Status Check(std::string_view value) const;
  // The next record's value, trimmed. REQUIRES: Check(value).ok(); valid UTF-8.
  void Append(std::string_view value);
  // `count` further records without a value: those added before the attribute was declared.
  void AppendAbsent(uint64_t count);

  // Appends the section: docs/format-attributes.md. REQUIRES: out->size() is a multiple of 8.
  void Encode(ByteWriter* out) const;
  size_t memory_bytes() const;

 private:
  class Dictionary;  // Values seen, in order of first sight.

  std::string name_;
  AttributeType type_;
  std::unique_ptr<Dictionary> dictionary_;
  NarrowSequence codes_;  // 0: absent; else 1 + the value's number in the dictionary.
};

}  // namespace burin::internal

#endif
