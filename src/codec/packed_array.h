// Unsigned integers of one fixed width of 0 .. 128 bits, back to back, least significant bit first. Width 0 costs
// nothing: every value is 0. Size in bytes: ceil(count * width / 8); unused bits of the last byte are zero. Random
// access costs one or two unaligned loads. A read never leaves the span: bits outside it are 0.
#ifndef BURIN_SRC_CODEC_PACKED_ARRAY_H_
#define BURIN_SRC_CODEC_PACKED_ARRAY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/status.h"

namespace burin::internal {

// The 8 bytes at `byte`, as many of them as there are.
inline uint64_t LoadTail(ByteSpan bytes, uint64_t byte) {
  const ByteSpan there = ClampedSubspan(bytes, byte, 8);
  uint64_t word = 0;
  for (size_t i = 0; i < there.size(); ++i) word |= std::to_integer<uint64_t>(there[i]) << (8 * i);
  return word;
}

// `width` bits from bit number `bit` on. REQUIRES: width <= 64.
inline uint64_t LoadBits(ByteSpan bytes, uint64_t bit, uint32_t width) {
  const uint64_t byte = bit >> 3;
  const uint32_t shift = static_cast<uint32_t>(bit & 7);
  uint64_t word;
  if (bytes.size() >= 8 && byte <= bytes.size() - 8) {
    std::memcpy(&word, bytes.data() + byte, 8);
    word = LittleEndian(word);
  } else {
    word = LoadTail(bytes, byte);
  }
  word >>= shift;
  if (shift + width > 64) word |= uint64_t{LoadU8(bytes, byte + 8)} << (64 - shift);
  return word & LowMask(width);
}

// The same for width <= 128.
inline Uint128 LoadWideBits(ByteSpan bytes, uint64_t bit, uint32_t width) {
  if (width <= 64) return LoadBits(bytes, bit, width);
  return LoadBits(bytes, bit, 64) | Uint128{LoadBits(bytes, bit + 64, width - 64)} << 64;
}

// Appends values bit by bit.
class BitWriter {
 public:
  explicit BitWriter(ByteWriter* out) : out_(out) {}
  // REQUIRES: width <= 128; value < 2^width.
  void Write(Uint128 value, uint32_t width) {
    if (width > 64) {
      Write64(static_cast<uint64_t>(value), 64);
      Write64(static_cast<uint64_t>(value >> 64), width - 64);
    } else {
      Write64(static_cast<uint64_t>(value), width);
    }
  }
  // Fills the last byte with zero bits. The next Write starts at a byte.
  void Flush() {
    for (; used_ > 0; used_ -= used_ < 8 ? used_ : 8, word_ >>= 8) out_->U8(static_cast<uint8_t>(word_));
    word_ = 0;
  }

 private:
  void Write64(uint64_t value, uint32_t width) {
    word_ |= value << used_;
    if (used_ + width < 64) {
      used_ += width;
      return;
    }
    out_->U64(word_);
    word_ = used_ == 0 ? 0 : value >> (64 - used_);
    used_ = used_ + width - 64;
  }

  ByteWriter* out_;
  uint64_t word_ = 0;
  uint32_t used_ = 0;  // Bits of word_: below 64.
};

class PackedArray {
 public:
  static constexpr uint32_t kMaxWidth = 128;

  PackedArray() = default;
  // A view of the first Bytes(count, width) bytes. False: there are fewer, or the width is over kMaxWidth.
  static bool Open(ByteSpan bytes, uint64_t count, uint32_t width, PackedArray* out) {
    uint64_t size;
    if (!Bytes(count, width, &size) || size > bytes.size()) return false;
    out->bytes_ = bytes.first(static_cast<size_t>(size));
    out->count_ = count;
    out->width_ = width;
    return true;
  }
  // False: overflow, or too wide.
  static bool Bytes(uint64_t count, uint32_t width, uint64_t* bytes) {
    uint64_t bits;
    if (width > kMaxWidth || !CheckedMultiply<uint64_t>(count, width, &bits)) return false;
    *bytes = DivideUp(bits, 8);
    return true;
  }

  uint64_t size() const { return count_; }
  uint32_t width() const { return width_; }
  ByteSpan bytes() const { return bytes_; }
  // 0 if i >= size(). Get() answers the lowest 64 bits.
  uint64_t Get(uint64_t i) const {
    if (i >= count_) return 0;
    return LoadBits(bytes_, i * width_, width_ < 64 ? width_ : 64);
  }
  Uint128 GetWide(uint64_t i) const { return i >= count_ ? 0 : LoadWideBits(bytes_, i * width_, width_); }

  // The unused bits of the last byte are zero.
  bool TailIsZero() const {
    const uint64_t used = count_ * width_;
    return used % 8 == 0 || LoadU8(bytes_, used / 8) >> (used % 8) == 0;
  }

 private:
  ByteSpan bytes_;
  uint64_t count_ = 0;
  uint32_t width_ = 0;
};

// Appends an array of any range of unsigned integers, Bytes(count, width) long. REQUIRES: every value < 2^width.
template <typename Range>
void AppendPacked(const Range& values, uint32_t width, ByteWriter* out) {
  BitWriter bits(out);
  for (const auto value : values) bits.Write(value, width);
  bits.Flush();
}

}  // namespace burin::internal

#endif
