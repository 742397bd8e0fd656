// Groups of keys as stored: the shape of a group (section GRPS, docs/format.md 5) and what all stored keys can do.
#ifndef BURIN_SRC_INDEX_KEY_GROUP_H_
#define BURIN_SRC_INDEX_KEY_GROUP_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/index.h"

namespace burin::internal {

// How the keys of a group are stored. In files: values never change.
enum class SerialForm : uint8_t {
  kPacked64 = 1,   // One mixed-radix integer of at most 64 bits a key.
  kPacked128 = 2,  // Of at most 128 bits.
  kLong = 3,       // A row of codes a key.
};
inline constexpr uint32_t kMaxPackedLength = 24;
inline constexpr uint32_t kMaxAlphabet = 65535;  // Symbols at one position of one length.

struct GroupShape {
  uint32_t length = 0;
  uint64_t size = 0;
  std::vector<std::vector<Symbol>> alphabets;  // One a position, ascending, not empty.

  // The form follows from the alphabets: packed if the length is at most kMaxPackedLength and the product of the
  // alphabets' sizes fits.
  SerialForm Form() const;
  // The product; false if it does not fit.
  template <typename Value>
  bool Product(Value* product) const;
  std::vector<uint32_t> Radices() const;
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
  // What Open leaves unchecked: keys ascending and distinct, codes in range, every symbol of an alphabet in use.
  Status Verify() const;

 protected:
  StoredKeys(GroupShape shape, uint64_t first_rank) : shape_(std::move(shape)), first_rank_(first_rank) {}
  const GroupShape& shape() const { return shape_; }

 private:
  virtual Status VerifyStorage() const = 0;

  GroupShape shape_;
  uint64_t first_rank_;
};

// The keys of section KEYS. O(1) in the number of keys; kCorrupt with the position in the section.
Result<std::unique_ptr<StoredKeys>> OpenKeys(ByteSpan section, GroupShape shape, uint64_t first_rank);

}  // namespace burin::internal

#endif
