// Keys whose packed integer would not fit 128 bits: rows of codes in ascending order, each code in as many bits as its
// position's alphabet needs, back to back without padding. LowerBound is a binary search over rows.
#ifndef BURIN_SRC_INDEX_KEYS_LONG_KEYS_H_
#define BURIN_SRC_INDEX_KEYS_LONG_KEYS_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "src/index/keys/stored_keys.h"

namespace burin::internal {

// Bits of a code at each position.
std::vector<uint32_t> CodeWidths(const GroupShape& shape);

class LongKeys final : public StoredKeys {
 public:
  static Result<std::unique_ptr<StoredKeys>> Open(ByteSpan section, GroupShape shape, uint64_t first_rank);
  void Read(uint64_t first, uint64_t last, uint16_t* out) const override;
  uint64_t LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const override;

 private:
  LongKeys(GroupShape shape, uint64_t first_rank);
  Status VerifyStorage() const override;
  uint16_t Code(uint64_t row, uint32_t position) const;

  std::vector<uint32_t> widths_;
  std::vector<uint32_t> offsets_;  // Bits before a code in its row.
  uint64_t row_bits_ = 0;
  ByteSpan rows_;
};

}  // namespace burin::internal

#endif
