// Groups of keys as stored: the shape of a group (section GRPS, docs/format.md 5) and what all stored keys can do.
#ifndef BURIN_SRC_INDEX_KEYS_STORED_KEYS_H_
#define BURIN_SRC_INDEX_KEYS_STORED_KEYS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/keys/key_group.h"

namespace burin::internal {

// How the keys of a group are stored. In files: values never change.
enum class SerialForm : uint8_t {
  kPacked64 = 1,   // One mixed-radix integer of at most 64 bits a key.
  kPacked128 = 2,  // Of at most 128 bits.
  kLong = 3,       // A row of codes a key.
};
inline constexpr uint32_t kMaxPackedLength = 24;
inline constexpr uint32_t kMaxAlphabet = 65535;  // Symbols at one position of one length.

// What a symbol is to the format of a serial.
enum class SymbolKind : uint8_t { kDigit = 0, kLetter = 1, kOther = 2 };
SymbolKind SymbolKindOf(Symbol symbol);

struct GroupShape {
  uint32_t length = 0;
  uint64_t size = 0;
  bool backward = false;                       // The keys are stored in reversed order too. Packed forms only.
  std::vector<std::vector<Symbol>> alphabets;  // One a position, ascending, not empty.

  // The form follows from the alphabets: packed if the length is at most kMaxPackedLength and the product of the
  // alphabets' sizes fits.
  SerialForm Form() const;
  // The product; false if it does not fit.
  template <typename Value>
  bool Product(Value* product) const;
  std::vector<uint32_t> Radices() const;
  // All symbols at each position are of one kind: the group is that of a format.
  bool IsFormat() const;
};

// Section GRPS.
void EncodeShapes(std::span<const GroupShape> shapes, ByteWriter* out);
Status DecodeShapes(ByteSpan section, std::vector<GroupShape>* shapes);

class StoredKeys : public KeyGroup {
 public:
  uint32_t length() const final { return shape_.length; }
  uint64_t size() const final { return shape_.size; }
  uint64_t first_rank() const final { return first_rank_; }
  std::span<const Symbol> alphabet(uint32_t position) const final { return shape_.alphabets[position]; }
  // What Open leaves unchecked: keys ascending and distinct, codes in range, every symbol of an alphabet in use, no
  // key of one of these formats (of the groups before of the same length).
  Status Verify(std::span<const GroupShape* const> formats) const;
  const GroupShape& shape() const { return shape_; }

 protected:
  StoredKeys(GroupShape shape, uint64_t first_rank) : shape_(std::move(shape)), first_rank_(first_rank) {}

 private:
  virtual Status VerifyStorage() const = 0;

  GroupShape shape_;
  uint64_t first_rank_;
};

// The keys of section KEYS, and of section BKEY where the shape says that there is one. O(1) in the number of keys;
// kCorrupt with the position in the section that `status_section` (0 or 1) says.
Result<std::unique_ptr<StoredKeys>> OpenKeys(ByteSpan section, ByteSpan backward, GroupShape shape, uint64_t first_rank,
                                             int* status_section);

}  // namespace burin::internal

#endif
