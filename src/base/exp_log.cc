#include "src/base/exp_log.h"

#include <bit>
#include <cstdint>
#include <limits>

namespace burin::internal {
namespace {

// ln 2 in two parts; the first has few enough bits that a multiple of it up to 2^11 is exact.
constexpr double kLn2High = 0x1.62e42fee00000p-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kOneByLn2 = 0x1.71547652b82fep+0;
constexpr double kLog10OfE = 0x1.bcb7b1526e50ep-2;

constexpr uint64_t kFractionBits = 52;
constexpr uint64_t kFraction = (uint64_t{1} << kFractionBits) - 1;
constexpr uint64_t kOne = uint64_t{1023} << kFractionBits;

// 2^k. REQUIRES: -1022 <= k <= 1023.
double PowerOfTwo(int k) { return std::bit_cast<double>(static_cast<uint64_t>(1023 + k) << kFractionBits); }

}  // namespace

double Exp(double x) {
  if (!(x > -746)) return 0;
  if (x > 710) return std::numeric_limits<double>::infinity();
  const double scaled = x * kOneByLn2;
  const int k = static_cast<int>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  const double high = x - k * kLn2High, low = k * kLn2Low, r = high - low;
  // The series of e^r; |r| <= ln 2 / 2, so that the first term left out is below 2^-58.
  double sum = 1.0 / 6227020800;
  sum = sum * r + 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  // 1 + r + r^2 sum, with what rounding took from r.
  const double tail = r * r * sum + ((high - r) - low);
  const double power = 1 + (r + tail);
  const int half = k / 2;  // In two steps: 2^k itself may be out of range.
  return power * PowerOfTwo(half) * PowerOfTwo(k - half);
}

double Log(double x) {
  if (!(x > 0)) return -std::numeric_limits<double>::infinity();
  if (x == std::numeric_limits<double>::infinity()) return x;
  int k = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= PowerOfTwo(54);
    k = -54;
  }
  const auto bits = std::bit_cast<uint64_t>(x);
  k += static_cast<int>(bits >> kFractionBits) - 1023;
  double m = std::bit_cast<double>((bits & kFraction) | kOne);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++k;
  }
  // log m = 2 artanh s with s = f / (2 + f); |s| <= 0.1716, so that the first term left out is below 2^-60.
  const double f = m - 1, s = f / (2 + f), z = s * s;
  double sum = 1.0 / 23;
  sum = sum * z + 1.0 / 21;
  sum = sum * z + 1.0 / 19;
  sum = sum * z + 1.0 / 17;
  sum = sum * z + 1.0 / 15;
  sum = sum * z + 1.0 / 13;
  sum = sum * z + 1.0 / 11;
  sum = sum * z + 1.0 / 9;
  sum = sum * z + 1.0 / 7;
  sum = sum * z + 1.0 / 5;
  sum = sum * z + 1.0 / 3;
  // 2s = f - s f: the first part of it is exact.
  const double rest = 2 * s * z * sum - s * f;
  return k * kLn2High + (f + (rest + k * kLn2Low));
}

double Log10(double x) { return Log(x) * kLog10OfE; }

}  // namespace burin::internal
