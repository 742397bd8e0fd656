// A non-decreasing sequence of 64- or 128-bit unsigned integers in blocks of 64.
//
// A block is its first value (head), its smallest step from one value to the next, and for each further value the step
// above that smallest one, in one width for the block. A run of constant steps costs no payload. Heads, smallest steps,
// widths and payload offsets are packed arrays over the blocks (packed_array.h), so that a long run costs about
// (BitWidth(last) + 1) / 64 bits a value.
//
//   u64 count, u64 payload bytes, u8 value bits (0..128), u8 step bits, u8 width bits (0..8), u8 offset bits, u32 zero,
//   heads, steps, widths, offsets: one a block, each array padded to 8 bytes; payload: blocks, each from a byte on
//
// Get costs up to 63 additions, LowerBound a binary search over heads and one block. Open is O(1) and checks sizes;
// what the arrays say is bounded at every read: a corrupt file yields wrong values, never a read outside. Verify finds
// those.
#ifndef BURIN_SRC_CODEC_DELTA_BLOCKS_H_
#define BURIN_SRC_CODEC_DELTA_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/packed_array.h"

namespace burin::internal {

inline constexpr uint64_t kDeltaBlock = 64;

// Value: uint64_t or Uint128; both are instantiated in delta_blocks.cc.
template <typename Value>
class DeltaBlocksWriter {
 public:
  // REQUIRES: value >= the one before.
  void Add(Value value) {
    block_[in_block_++] = value;
    if (in_block_ == kDeltaBlock) CloseBlock();
  }
  uint64_t size() const { return widths_.size() * kDeltaBlock + in_block_; }
  // Appends the encoded sequence. The writer is empty afterwards.
  void Finish(ByteWriter* out);

 private:
  void CloseBlock();

  Value block_[kDeltaBlock];
  uint32_t in_block_ = 0;
  std::vector<Value> heads_;
  std::vector<Value> steps_;
  std::vector<uint8_t> widths_;
  std::vector<uint64_t> offsets_;
  ByteWriter payload_;
};

template <typename Value>
class DeltaBlocks {
 public:
  DeltaBlocks() = default;
  // A view of the sequence at the front of `bytes`. kCorrupt, with the position in `bytes`: sizes that do not fit.
  static Status Open(ByteSpan bytes, DeltaBlocks* out);

  uint64_t size() const { return count_; }
  uint64_t blocks() const { return heads_.size(); }
  uint64_t encoded_bytes() const { return encoded_bytes_; }  // Where what follows in `bytes` begins.
  Value Head(uint64_t block) const { return static_cast<Value>(heads_.GetWide(block)); }
  // 0 if i >= size().
  Value Get(uint64_t i) const;
  // Writes the values of a block, answers how many: 64, fewer in the last block, 0 behind it.
  uint32_t ReadBlock(uint64_t block, Value* out) const;
  // Values [first, last). REQUIRES: first <= last <= size(); out has room.
  void Read(uint64_t first, uint64_t last, Value* out) const;
  // The first i in [first, last) with Get(i) >= value, or last. REQUIRES: first <= last <= size().
  uint64_t LowerBound(uint64_t first, uint64_t last, Value value) const;

  // Everything that Open does not check: order, overflow, offsets, unused bits. kCorrupt with the number of the value.
  Status Verify() const;

 private:
  // The values of one block, one after another.
  class Cursor;
  uint64_t BlockSize(uint64_t block) const;
  uint64_t SearchBlock(uint64_t block, uint64_t from, uint64_t to, Value value) const;

  uint64_t count_ = 0;
  uint64_t encoded_bytes_ = 0;
  PackedArray heads_;
  PackedArray steps_;
  PackedArray widths_;
  PackedArray offsets_;
  ByteSpan payload_;
};

extern template class DeltaBlocksWriter<uint64_t>;
extern template class DeltaBlocksWriter<Uint128>;
extern template class DeltaBlocks<uint64_t>;
extern template class DeltaBlocks<Uint128>;

}  // namespace burin::internal

#endif
