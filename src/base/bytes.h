// Bytes of files: bounded little-endian loads, a reading cursor that remembers failure, and an appending writer.
// Everything is loaded by memcpy, so alignment never matters; a load outside its span answers 0 and never reads.
#ifndef BURIN_SRC_BASE_BYTES_H_
#define BURIN_SRC_BASE_BYTES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/bits.h"

namespace burin::internal {

using ByteSpan = std::span<const std::byte>;

static_assert(std::endian::native == std::endian::little || std::endian::native == std::endian::big);

template <typename T>
constexpr T LittleEndian(T value) {
  if constexpr (std::endian::native == std::endian::big && sizeof(T) > 1) {
    T swapped = 0;
    for (size_t i = 0; i < sizeof(T); ++i) {
      swapped = static_cast<T>((swapped << 8) | ((value >> (8 * i)) & 0xff));
    }
    return swapped;
  }
  return value;
}

// The unsigned integer of sizeof(T) bytes at `offset`; 0 if it does not lie wholly inside.
template <typename T>
T LoadLe(ByteSpan bytes, uint64_t offset) {
  if (bytes.size() < sizeof(T) || offset > bytes.size() - sizeof(T)) return 0;
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return LittleEndian(value);
}
inline uint8_t LoadU8(ByteSpan bytes, uint64_t offset) { return LoadLe<uint8_t>(bytes, offset); }
inline uint16_t LoadU16(ByteSpan bytes, uint64_t offset) { return LoadLe<uint16_t>(bytes, offset); }
inline uint32_t LoadU32(ByteSpan bytes, uint64_t offset) { return LoadLe<uint32_t>(bytes, offset); }
inline uint64_t LoadU64(ByteSpan bytes, uint64_t offset) { return LoadLe<uint64_t>(bytes, offset); }

// [offset, offset + size) cut to what there is.
inline ByteSpan ClampedSubspan(ByteSpan bytes, uint64_t offset, uint64_t size) {
  if (offset >= bytes.size()) return {};
  const uint64_t left = bytes.size() - offset;
  return bytes.subspan(static_cast<size_t>(offset), static_cast<size_t>(size < left ? size : left));
}

inline ByteSpan AsBytes(std::string_view text) {
  return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

inline std::string_view AsText(ByteSpan bytes) {
  // char may alias anything: the one cast of file bytes.
  return {static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()};
}

inline constexpr size_t kMaxVarintBytes = 10;

// Reads from the front. A read that does not fit, or a varint that is not in its shortest form, makes the cursor fail:
// it and every later read answer 0 or nothing, and ok() is false for good.
class ByteReader {
 public:
  explicit ByteReader(ByteSpan bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return at_ == bytes_.size(); }
  size_t position() const { return at_; }
  size_t remaining() const { return bytes_.size() - at_; }

  uint8_t U8() { return Fixed<uint8_t>(); }
  uint16_t U16() { return Fixed<uint16_t>(); }
  uint32_t U32() { return Fixed<uint32_t>(); }
  uint64_t U64() { return Fixed<uint64_t>(); }

  uint64_t Varint() {
    uint64_t value = 0;
    for (uint32_t shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = U8();
      if (!ok_) return 0;
      const uint64_t bits = byte & 0x7f;
      if ((shift == 63 && bits > 1) || (byte == 0 && shift != 0)) return Fail();
      value |= bits << shift;
      if (byte < 0x80) return value;
    }
    return Fail();
  }

  ByteSpan Bytes(uint64_t size) {
    if (!ok_ || size > remaining()) {
      Fail();
      return {};
    }
    const ByteSpan out = bytes_.subspan(at_, static_cast<size_t>(size));
    at_ += static_cast<size_t>(size);
    return out;
  }
  ByteSpan Rest() { return Bytes(remaining()); }

  // Moves to the next multiple of `unit` (a power of two) counted from the start; the bytes between must be zero.
  void Align(size_t unit) {
    const uint64_t target = RoundUp(at_, unit);
    for (const std::byte b : Bytes(target - at_)) {
      if (b != std::byte{0}) Fail();
    }
  }

 private:
  uint64_t Fail() {
    ok_ = false;
    return 0;
  }
  template <typename T>
  T Fixed() {
    if (!ok_ || sizeof(T) > remaining()) return static_cast<T>(Fail());
    const T value = LoadLe<T>(bytes_, at_);
    at_ += sizeof(T);
    return value;
  }

  ByteSpan bytes_;
  size_t at_ = 0;
  bool ok_ = true;
};

// Appends to a growing vector.
class ByteWriter {
 public:
  size_t size() const { return bytes_.size(); }
  ByteSpan bytes() const { return bytes_; }
  void reserve(size_t size) { bytes_.reserve(size); }
  // The bytes; the writer is empty afterwards.
  std::vector<std::byte> Take() { return std::exchange(bytes_, {}); }

  void U8(uint8_t value) { bytes_.push_back(static_cast<std::byte>(value)); }
  void U16(uint16_t value) { Fixed(value); }
  void U32(uint32_t value) { Fixed(value); }
  void U64(uint64_t value) { Fixed(value); }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) U8(static_cast<uint8_t>(value | 0x80));
    U8(static_cast<uint8_t>(value));
  }
  void Bytes(ByteSpan bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  void Text(std::string_view text) { Bytes(AsBytes(text)); }
  void Zeros(size_t count) { bytes_.resize(bytes_.size() + count); }
  // Zeros up to a multiple of `unit`, a power of two.
  void PadTo(size_t unit) { bytes_.resize(static_cast<size_t>(RoundUp(bytes_.size(), unit))); }
  // Overwrites what was written before. REQUIRES: offset + 8 <= size().
  void SetU64(size_t offset, uint64_t value) {
    value = LittleEndian(value);
    std::memcpy(bytes_.data() + offset, &value, sizeof(value));
  }

 private:
  template <typename T>
  void Fixed(T value) {
    value = LittleEndian(value);
    const size_t at = bytes_.size();
    bytes_.resize(at + sizeof(T));
    std::memcpy(bytes_.data() + at, &value, sizeof(T));
  }

  std::vector<std::byte> bytes_;
};

}  // namespace burin::internal

#endif
