// Mixed-radix integers: a row of codes as one integer that keeps the rows' order. A prefix of a row is an interval.
//
// Packing is a sum of products. Unpacking divides by products of neighbouring radices that fit 32 bits (at most one
// division for every 6 base symbols), then takes the digits off by multiplication: about 1 ns a code.
#ifndef BURIN_SRC_INDEX_KEYS_MIXED_RADIX_H_
#define BURIN_SRC_INDEX_KEYS_MIXED_RADIX_H_

#include <cstdint>
#include <vector>

#include "src/base/bits.h"

namespace burin::internal {

template <typename Value>
class MixedRadix {
 public:
  MixedRadix() = default;
  // REQUIRES: every radix in 1 .. 65535; their product fits Value.
  explicit MixedRadix(const std::vector<uint32_t>& radices) : weights_(radices.size()) {
    Value weight = 1;
    for (size_t p = radices.size(); p-- > 0;) {
      weights_[p] = weight;
      weight *= radices[p];
    }
    for (size_t p = radices.size(); p-- > 0;) {
      if (chunks_.empty() || uint64_t{chunks_.back().product} * radices[p] > UINT32_MAX) chunks_.push_back({});
      Chunk& chunk = chunks_.back();
      chunk.product *= radices[p];
      chunk.digits.push_back({static_cast<uint32_t>(p), radices[p], ~uint64_t{0} / radices[p] + 1});
    }
  }

  Value weight(size_t position) const { return weights_[position]; }
  Value Pack(const uint16_t* codes, uint32_t depth) const {
    Value value = 0;
    for (uint32_t p = 0; p < depth; ++p) value += weights_[p] * codes[p];
    return value;
  }
  // Every code is below its radix, even if `value` is not below the product.
  void Unpack(Value value, uint16_t* codes) const {
    for (const Chunk& chunk : chunks_) {
      const bool top = &chunk == &chunks_.back();
      const Value quotient = top && value < chunk.product ? 0 : static_cast<Value>(value / chunk.product);
      uint32_t rest = static_cast<uint32_t>(value - quotient * chunk.product);
      if (top && quotient != 0) rest = chunk.product - 1;
      value = quotient;
      UnpackChunk(chunk, rest, codes);
    }
  }

 private:
  struct Digit {
    uint32_t position;
    uint32_t radix;
    uint64_t reciprocal;  // 2^64 / radix, rounded up: exact quotients of 32-bit integers. 0 for radix 1.
  };
  struct Chunk {
    uint32_t product = 1;
    std::vector<Digit> digits;  // Least significant first.
  };

  static void UnpackChunk(const Chunk& chunk, uint32_t rest, uint16_t* codes) {
    for (const Digit& digit : chunk.digits) {
      if (digit.radix == 1) {
        codes[digit.position] = 0;
        continue;
      }
      const auto quotient = static_cast<uint32_t>((Uint128{digit.reciprocal} * rest) >> 64);
      codes[digit.position] = static_cast<uint16_t>(rest - quotient * digit.radix);
      rest = quotient;
    }
  }

  std::vector<Value> weights_;
  std::vector<Chunk> chunks_;  // Least significant first.
};

}  // namespace burin::internal

#endif
