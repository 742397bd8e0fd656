// Keys of records: the caller's own ids, unique within a source. Keys that are row numbers or other rising numbers are
// kept as numbers (about 2 bytes each while building, a few bits in the file), others as bytes and offsets.
#ifndef BURIN_SRC_INDEX_COLUMNS_KEY_STORE_H_
#define BURIN_SRC_INDEX_COLUMNS_KEY_STORE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"
#include "src/index/columns/string_table.h"

namespace burin::internal {

inline constexpr size_t kMaxKeyBytes = 64;

// Stored in files: values never change.
enum class KeyForm : uint8_t { kNumbers = 1, kTexts = 2 };

// The section, opened. Cheap to copy; borrows the bytes.
class KeyStore {
 public:
  KeyStore() = default;
  // O(1). kCorrupt: not a section of keys for so many records; the position counts from the front of the section.
  static Result<KeyStore> Open(ByteSpan section, uint64_t records);

  uint64_t size() const { return records_; }
  bool rising() const { return numbers_only_; }  // Keys are numbers of which none is below the one before.
  // At most kMaxKeyBytes, whatever the bytes say; nothing for a record that there is not.
  void AppendKey(uint64_t record, std::string* out) const;
  // O(records): everything that docs/format-attributes.md says of the section.
  Status Verify() const;

 private:
  uint64_t records_ = 0;
  bool numbers_only_ = false;
  DeltaBlocks<uint64_t> numbers_;
  StringTable texts_;
};

}  // namespace burin::internal

#endif
