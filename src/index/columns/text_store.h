// Texts of marks as recorded, of the records where they differ from the serial: sorted record numbers, offsets, bytes.
#ifndef BURIN_SRC_INDEX_COLUMNS_TEXT_STORE_H_
#define BURIN_SRC_INDEX_COLUMNS_TEXT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"
#include "src/codec/narrow_sequence.h"
#include "src/codec/string_list.h"
#include "src/index/columns/string_table.h"

namespace burin::internal {

inline constexpr size_t kMaxTextBytes = size_t{1} << 20;
static_assert(kMaxTextBytes <= StringList::kMaxBytes);

class TextStoreBuilder {
 public:
  // As StringList's.
  explicit TextStoreBuilder(SpillArena* arena = nullptr) : records_(arena), texts_(arena) {}
  // kInvalidArgument, and nothing is added: over kMaxTextBytes. REQUIRES: record above that of the call before; the
  // text is valid UTF-8.
  Status Add(uint64_t record, std::string_view text);
  uint64_t size() const { return records_.size(); }  // Texts so far.

  // Appends the section: docs/format-attributes.md. REQUIRES: out->size() is a multiple of 8.
  void Encode(ByteWriter* out) const;
  size_t memory_bytes() const { return records_.memory_bytes() + texts_.memory_bytes(); }

 private:
  NarrowSequence records_;
  StringList texts_;
};

// The section, opened. Cheap to copy; borrows the bytes.
class TextStore {
 public:
  TextStore() = default;
  // O(1). kCorrupt: not a section of texts of some of so many records; the position counts from its front.
  static Result<TextStore> Open(ByteSpan section, uint64_t records);

  uint64_t size() const { return records_.size(); }
  // False: the record has no text here. O(log size()). Valid as long as the section's bytes; at most kMaxTextBytes.
  bool Find(uint64_t record, std::string_view* text) const;
  // O(size()): everything that docs/format-attributes.md says of the section.
  Status Verify() const;

 private:
  uint64_t record_count_ = 0;  // Of the index.
  ByteSpan padding_;           // Behind the record numbers.
  DeltaBlocks<uint64_t> records_;
  StringTable texts_;
};

}  // namespace burin::internal

#endif
