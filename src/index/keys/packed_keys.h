// Keys as mixed-radix integers in ascending order (codec/key_blocks.h), and, where the group has them, the same keys
// read backwards, as integers of their own: a prefix is an interval of the one, a suffix an interval of the other.
// Value is uint64_t or Uint128.
#ifndef BURIN_SRC_INDEX_KEYS_PACKED_KEYS_H_
#define BURIN_SRC_INDEX_KEYS_PACKED_KEYS_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "src/codec/key_blocks.h"
#include "src/index/keys/key_axis.h"
#include "src/index/keys/mixed_radix.h"
#include "src/index/keys/stored_keys.h"

namespace burin::internal {

template <typename Value>
class PackedKeys final : public StoredKeys {
 public:
  static Result<std::unique_ptr<StoredKeys>> Open(ByteSpan section, ByteSpan backward, GroupShape shape,
                                                  uint64_t first_rank, int* status_section);
  void Read(uint64_t first, uint64_t last, uint16_t* out) const override;
  uint64_t LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const override;
  const PackedKeys<uint64_t>* packed64() const override;
  const PackedKeys<Uint128>* packed128() const override;

  // Key number i of this order is the integer number i of `blocks`; codes of position 0 weigh most (backward: least).
  struct Order {
    KeyBlocks<Value> blocks;
    MixedRadix<Value> radix;  // Of the positions in this order: backward, number 0 is the last position.
    KeyAxis<Value> axis;
  };
  const Order& forward() const { return forward_; }
  bool has_backward() const { return shape().backward; }
  const Order& backward() const { return backward_; }  // REQUIRES: has_backward().

  // What the codes of the backward positions from `depth` on, which make `rest` there, make in forward order. A key's
  // integer is the sum of its parts in either order.
  Value Turned(Value rest, uint32_t depth) const {
    Value turned = 0;
    const auto& positions = backward_.axis.positions;
    const size_t length = positions.size();
    for (; depth < length && positions[depth].inverse == 0; ++depth) {
      const Value code = std::min<Value>(rest / positions[depth].weight, positions[depth].radix - 1);
      rest -= code * positions[depth].weight;
      turned += code * forward_.radix.weight(length - 1 - depth);
    }
    if (depth == length) return turned;
    // As a fraction of 2^64: multiplied by a radix it gives the code above and the rest below the point.
    uint64_t fraction = static_cast<uint64_t>(rest) * positions[depth].inverse;
    for (; depth < length; ++depth) {
      const Uint128 product = Uint128{fraction} * positions[depth].radix;
      fraction = static_cast<uint64_t>(product);
      turned += static_cast<uint64_t>(product >> 64) * forward_.radix.weight(length - 1 - depth);
    }
    return turned;
  }

 private:
  PackedKeys(GroupShape shape, uint64_t first_rank);
  Status OpenOrder(ByteSpan section, Order* order) const;
  Status VerifyStorage() const override;
  Status VerifyBackward() const;

  Order forward_;
  Order backward_;
};

extern template class PackedKeys<uint64_t>;
extern template class PackedKeys<Uint128>;

}  // namespace burin::internal

#endif
