// Texts of marks as recorded, of the records where they differ from the serial: sorted record numbers, offsets, bytes.
#ifndef BURIN_SRC_INDEX_TEXT_STORE_H_
#define BURIN_SRC_INDEX_TEXT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/narrow_sequence.h"
#include "src/index/string_list.h"

namespace burin::internal {

inline constexpr size_t kMaxTextBytes = size_t{1} << 20;

class TextStoreBuilder {
 public:
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

// The section, opened. Cheap to move; borrows the bytes.
class TextStore {
 public:
  // O(1). kCorrupt: not a section of texts for at most so many records.
  static Result<TextStore> Open(ByteSpan section, uint64_t records);
  TextStore(TextStore&&) noexcept;
  TextStore& operator=(TextStore&&) noexcept;
  ~TextStore();

  uint64_t size() const;
  // False: the record has no text here. O(log size()). Valid as long as the section's bytes.
  bool Find(uint64_t record, std::string_view* text) const;
  // O(size()): everything that docs/format-attributes.md says of the section.
  Status Verify() const;

 private:
  struct Content;
  explicit TextStore(std::unique_ptr<const Content> content);
  std::unique_ptr<const Content> content_;
};

}  // namespace burin::internal

#endif
