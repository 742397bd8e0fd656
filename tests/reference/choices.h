// A stream of small decisions from which test cases are made: from a seed, or from the bytes of a fuzzer.
#ifndef BURIN_TESTS_REFERENCE_CHOICES_H_
#define BURIN_TESTS_REFERENCE_CHOICES_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace burin::internal::reference {

class Choices {
 public:
  explicit Choices(uint64_t seed) : state_(seed) {}
  explicit Choices(std::span<const uint8_t> bytes) : bytes_(bytes), is_random_(false) {}

  // 0 .. n-1, and 0 when the bytes are used up. REQUIRES: 1 <= n <= 65536.
  uint32_t Below(uint32_t n) {
    if (is_random_) return static_cast<uint32_t>(Next() % n);
    uint32_t value = 0;
    for (uint32_t range = 1; range < n && !bytes_.empty(); range *= 256, bytes_ = bytes_.subspan(1)) {
      value = value * 256 + bytes_[0];
    }
    return value % n;
  }
  bool OneIn(uint32_t n) { return Below(n) + 1 == n; }
  template <typename Options>
  decltype(auto) Of(const Options& options) {
    return options[Below(static_cast<uint32_t>(options.size()))];
  }

 private:
  uint64_t Next() {  // SplitMix64.
    uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  uint64_t state_ = 0;
  std::span<const uint8_t> bytes_;
  bool is_random_ = true;
};

}  // namespace burin::internal::reference

#endif
