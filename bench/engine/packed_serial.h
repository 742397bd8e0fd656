// Serials of the workloads as 64-bit integers: six bits a symbol, the last symbol lowest, 0 for no symbol. Up to ten
// symbols. Integers are in the order of serials: by length, then by code points.
#ifndef BURIN_BENCH_ENGINE_PACKED_SERIAL_H_
#define BURIN_BENCH_ENGINE_PACKED_SERIAL_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace burin::bench {

inline constexpr size_t kMaxPackedSymbols = 10;
inline constexpr int kPackedBits = 6;
inline constexpr std::string_view kPackedAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// REQUIRES: 0-9 A-Z only.
inline uint64_t PackSymbol(char c) { return static_cast<uint64_t>(c <= '9' ? c - '0' : c - 'A' + 10) + 1; }
inline uint64_t PackSerial(std::string_view serial) {
  uint64_t packed = 0;
  for (const char c : serial) packed = packed << kPackedBits | PackSymbol(c);
  return packed;
}

inline size_t PackedLength(uint64_t packed) {
  return (static_cast<size_t>(std::bit_width(packed)) + kPackedBits - 1) / kPackedBits;
}

inline std::string PackedText(uint64_t packed) {
  std::string serial(PackedLength(packed), ' ');
  for (size_t i = serial.size(); i > 0; packed >>= kPackedBits) serial[--i] = kPackedAlphabet[(packed & 63) - 1];
  return serial;
}

}  // namespace burin::bench

#endif
