// Integer helpers: 128-bit integers, bit widths, arithmetic that says when it overflows. All constexpr, no state.
#ifndef BURIN_SRC_BASE_BITS_H_
#define BURIN_SRC_BASE_BITS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace burin::internal {

__extension__ typedef unsigned __int128 Uint128;

template <typename T>
inline constexpr bool kIsUnsigned = std::is_unsigned_v<T> || std::is_same_v<T, Uint128>;

// The number of bits needed to write `value`: 0 for 0, 64 for ~0.
constexpr uint32_t BitWidth(uint64_t value) { return static_cast<uint32_t>(std::bit_width(value)); }
constexpr uint32_t BitWidth(Uint128 value) {
  const auto high = static_cast<uint64_t>(value >> 64);
  return high != 0 ? 64 + BitWidth(high) : BitWidth(static_cast<uint64_t>(value));
}

// The `width` lowest bits set. REQUIRES: width <= 64.
constexpr uint64_t LowMask(uint32_t width) { return width == 0 ? 0 : ~uint64_t{0} >> (64 - width); }

// *out = a + b, a * b. False if the result does not fit; *out is then unspecified.
template <typename T>
[[nodiscard]] constexpr bool CheckedAdd(T a, T b, T* out) {
  static_assert(kIsUnsigned<T>);
  return !__builtin_add_overflow(a, b, out);
}
template <typename T>
[[nodiscard]] constexpr bool CheckedMultiply(T a, T b, T* out) {
  static_assert(kIsUnsigned<T>);
  return !__builtin_mul_overflow(a, b, out);
}

constexpr uint64_t DivideUp(uint64_t a, uint64_t b) { return a / b + (a % b != 0 ? 1 : 0); }

// `value` rounded up to a multiple of `unit`, a power of two. REQUIRES: the result fits.
constexpr uint64_t RoundUp(uint64_t value, uint64_t unit) { return (value + unit - 1) & ~(unit - 1); }

}  // namespace burin::internal

#endif
