// A set of 64- or 128-bit unsigned integers, ascending and distinct, in blocks of 64: what the serials of a group are
// stored as. A block is stored in whichever of three ways is smallest:
//   run      head, head+1, head+2, ...                                                             no payload
//   bitmap   one bit for each integer from the head on, where 64 of them span at most 256          1 + span/8 bytes
//   split    (Elias-Fano) the high bits of each distance from the head in unary: the i-th integer sets bit (high + i);
//            then the low w bits of each, back to back. w = floor(log2(span / 64)), so the unary part is at most 256
//            bits: it and its neighbour in the low part are all that a search touches.
// Over random data that is about 2 + log2(universe / count) bits an integer, in dense runs next to nothing.
//
// A directory (key_directory.h) finds the block of a value in one step, or two where values crowd: a table says where
// in the list of heads to look; the list holds each block's head and where its payload begins. It costs about 0.2 bytes
// an integer.
//
//   u64 count, u64 payload bytes, u64 buckets, u8 bytes of a head, u8 bytes of an offset (4 or 6), u8 shift, u8 zero,
//   u32 words of the directory
//   the directory of the heads
//   (blocks + 1) entries: head, offset of the payload; the last one is the end: the last integer, the payload's size
//   payload: of each block that is no run a byte (w, or 128 for a bitmap) and its bits, padded to whole bytes
//   32 zero bytes, so that words can be loaded without looking
//
// A probe touches the directory, one or two lines of the list and one to three lines of payload. Open is O(1); whatever
// the bytes say, reads stay inside and answer some value; Verify finds what is wrong. From: Elias 1974, Fano 1971;
// blocks of three kinds after Ottaviano and Venturini, "Partitioned Elias-Fano indexes", 2014.
#ifndef BURIN_SRC_CODEC_KEY_BLOCKS_H_
#define BURIN_SRC_CODEC_KEY_BLOCKS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/prefetch.h"
#include "src/base/status.h"
#include "src/codec/key_directory.h"

namespace burin::internal {

inline constexpr uint32_t kKeysPerBlock = 64;

template <typename Value>
class KeyBlocksWriter {
 public:
  // REQUIRES: above every value before.
  void Add(Value value) {
    block_[in_block_++] = value;
    if (in_block_ == kKeysPerBlock) CloseBlock();
  }
  void Reserve(uint64_t count);
  uint64_t size() const { return count_ + in_block_; }
  // Adds the values of another writer. REQUIRES: they are above those here; size() is a multiple of kKeysPerBlock.
  void Append(KeyBlocksWriter that);
  // Appends the encoded set. REQUIRES: size() > 0. The writer is empty afterwards.
  void Finish(ByteWriter* out);

 private:
  void CloseBlock();
  void WriteDirectory(ByteWriter* out) const;

  Value block_[kKeysPerBlock];
  Value last_ = 0;
  uint32_t in_block_ = 0;
  uint64_t count_ = 0;
  std::vector<Value> heads_;
  std::vector<uint64_t> offsets_;
  ByteWriter payload_;
};

template <typename Value>
class KeyBlocks {
 public:
  static constexpr uint32_t kWords = 4;  // Of a block's unary part or bitmap.

  // A block laid open: nothing decoded yet.
  struct Block {
    Value head = 0;
    uint32_t size = 0;   // Values.
    bool run = true;     // head + i.
    bool split = false;  // Else a bitmap.
    uint32_t width = 0;  // Of the low parts; 0 for a bitmap.
    const std::byte* low = nullptr;
    uint64_t words[kWords] = {};
  };

  KeyBlocks() = default;
  // A view of the set at the front of `bytes`, which must be all of it. kCorrupt with the position.
  static Status Open(ByteSpan bytes, KeyBlocks* out);
  // What Open leaves: order, places, paddings, the smallest kind of each block. kCorrupt.
  Status Verify() const;
  // Encoded, the set is these bytes.
  bool SameBytes(ByteSpan bytes) const;

  uint64_t size() const { return count_; }
  uint64_t blocks() const { return blocks_; }

  Value Head(uint64_t block) const {  // REQUIRES: block <= blocks().
    const std::byte* entry = entries_ + block * stride_;
    if constexpr (sizeof(Value) == 16) {
      return (Load(entry) & low_head_mask_) | Value{Load(entry + 8) & high_head_mask_} << 64;
    } else {
      return Load(entry) & low_head_mask_;
    }
  }

  // The last block whose head is at most the value; 0 if there is none. REQUIRES: size() > 0.
  uint64_t FindBlock(Value value) const {
    uint64_t low, high;
    if (!directory_.Find(value, &low, &high)) return blocks_ - 1;
    while (high - low > kCounted) {
      const uint64_t middle = low + (high - low) / 2;
      if (Head(middle) <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    // The last few are counted rather than searched: which way it goes no processor can foresee.
    uint64_t below = 0;
    for (uint64_t i = 0; i < kCounted; ++i) {
      const uint64_t at = std::min(low + i, blocks_);
      below += (at < high ? 1u : 0u) & (Head(at) <= value ? 1u : 0u);
    }
    low += below;
    return low == 0 ? 0 : low - 1;
  }

  // Three steps of a probe for `value`, each fetching what the next one reads: the bucket, the heads, the block.
  void PrefetchBucket(Value value) const { directory_.Prefetch(value); }
  void PrefetchHeads(Value value) const {
    uint64_t low, high;
    if (!directory_.Find(value, &low, &high)) return;
    const std::byte* at = entries_ + (low - (low > 0 ? 1 : 0)) * stride_;
    Prefetch(at);
    Prefetch(at + 3 * stride_);
  }
  // What the directory says of a block: where it begins, and where its payload lies.
  struct Entry {
    Value head = 0;
    uint64_t begin = 0, end = 0;
  };
  // REQUIRES: block < blocks().
  Entry EntryOf(uint64_t block) const {
    return {Head(block), std::min(Offset(block), payload_bytes_), std::min(Offset(block + 1), payload_bytes_)};
  }
  // The unary part, and where the low part of `value` should be: its number in the block is a guess that is off by four
  // or so, which may be a line's border away. REQUIRES: entry is EntryOf(block).
  void PrefetchBlock(uint64_t block, const Entry& entry, Value value) const {
    constexpr uint64_t kUnaryBytes = 25, kOff = 12;
    const std::byte* at = payload_ + entry.begin;
    Prefetch(at);
    Prefetch(at + kUnaryBytes);
    if (entry.end <= entry.begin + kUnaryBytes + kOff) return;
    const float span = static_cast<float>(Head(block + 1) - entry.head);
    const float part = std::min(1.0f, static_cast<float>(value - entry.head) / span);
    const std::byte* guess =
        at + kUnaryBytes + static_cast<uint32_t>(part * static_cast<float>(entry.end - entry.begin - kUnaryBytes));
    Prefetch(guess - kOff);
    Prefetch(guess + kOff);
  }

  // REQUIRES: block < blocks().
  Block Lay(uint64_t block) const { return Lay(block, EntryOf(block)); }
  // REQUIRES: entry is EntryOf(block).
  Block Lay(uint64_t block, const Entry& entry) const {
    Block out;
    out.head = entry.head;
    out.size = static_cast<uint32_t>(std::min<uint64_t>(kKeysPerBlock, count_ - block * kKeysPerBlock));
    if (entry.begin >= entry.end) return out;  // A run, or nonsense.
    const std::byte* const at = payload_ + entry.begin;
    const uint8_t tag = std::to_integer<uint8_t>(*at);
    const bool split = tag != kBitmapTag;
    const uint32_t width = split ? tag : 0;
    const uint64_t low_bytes = (uint64_t{out.size} * width + 7) / 8;
    if (width >= sizeof(Value) * 8 || 1 + low_bytes >= entry.end - entry.begin) return out;
    out.run = false;
    out.split = split;
    out.width = width;
    out.low = payload_ + entry.end - low_bytes;
    // As many ones as values stand in the unary part or the bitmap: what follows it is loaded and never looked at.
    for (uint32_t i = 0; i < kWords; ++i) out.words[i] = Load(at + 1 + 8 * i);
    return out;
  }

  // The low part of the i-th value of a split block.
  static Value Low(const Block& block, uint32_t i) {
    const uint64_t bit = uint64_t{i} * block.width;
    const std::byte* at = block.low + bit / 8;
    const uint32_t shift = static_cast<uint32_t>(bit % 8);
    if constexpr (sizeof(Value) == 16) {
      Value low = (Value{Load(at + 8)} << 64 | Load(at)) >> shift;
      if (shift + block.width > 128) low |= Value{std::to_integer<uint8_t>(at[16])} << (128 - shift);
      return low & ((Value{1} << block.width) - 1);
    } else {
      Value low = Load(at) >> shift;
      if (shift + block.width > 64) low |= Value{std::to_integer<uint8_t>(at[8])} << (64 - shift);
      return low & ((Value{1} << block.width) - 1);
    }
  }
  // The values of a block from the i-th on, one after another.
  class Cursor {
   public:
    // REQUIRES: `place` is where the i-th value's bit is (key_block_find.inc answers it); i < block.size.
    Cursor(const Block& block, uint32_t i, uint32_t place)
        : block_(block), i_(i), word_(place / 64), left_(word_ < kWords ? block.words[word_] >> (place % 64) : 0) {
      left_ <<= place % 64;
    }
    uint32_t index() const { return i_; }
    bool done() const { return i_ >= block_.size; }
    Value value() {
      if (block_.run) return block_.head + i_;
      while (left_ == 0) {
        if (++word_ >= kWords) return block_.head;  // Nonsense: fewer bits than values.
        left_ = block_.words[word_];
      }
      const uint32_t place = word_ * 64 + static_cast<uint32_t>(std::countr_zero(left_));
      if (!block_.split) return block_.head + place;
      return block_.head + (Value{place - i_} << block_.width | Low(block_, i_));
    }
    void Next() {
      left_ &= left_ - 1;
      ++i_;
    }

   private:
    const Block& block_;
    uint32_t i_;
    uint32_t word_;
    uint64_t left_;
  };

  // Values of a block; answers how many.
  uint32_t ReadBlock(uint64_t block, Value* out) const;
  // Values [first, last). REQUIRES: first <= last <= size(); out has room.
  void Read(uint64_t first, uint64_t last, Value* out) const;
  // REQUIRES: number < size().
  Value Get(uint64_t number) const;
  // The number of values below `value`.
  uint64_t LowerBound(Value value) const;

 private:
  static constexpr uint8_t kBitmapTag = 128;
  static constexpr uint64_t kCounted = 4;
  friend class KeyBlocksWriter<Value>;

  static uint64_t Load(const std::byte* at) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    return LittleEndian(word);
  }
  uint64_t Offset(uint64_t block) const { return Load(entries_ + block * stride_ + head_bytes_) & offset_mask_; }
  uint64_t count_ = 0;
  uint64_t blocks_ = 0;
  uint64_t payload_bytes_ = 0;
  uint32_t head_bytes_ = 0;
  uint32_t stride_ = 0;
  uint64_t low_head_mask_ = 0, high_head_mask_ = 0, offset_mask_ = 0;
  KeyDirectory<Value> directory_;
  const std::byte* bytes_ = nullptr;
  const std::byte* entries_ = nullptr;
  const std::byte* payload_ = nullptr;
  uint64_t encoded_bytes_ = 0;
};

extern template class KeyBlocksWriter<uint64_t>;
extern template class KeyBlocksWriter<Uint128>;
extern template class KeyBlocks<uint64_t>;
extern template class KeyBlocks<Uint128>;

}  // namespace burin::internal

#endif
