// Random numbers of the accuracy bench: the same everywhere, one stream for each reading, so that a reading does not
// depend on how many come before it.
#ifndef BURIN_BENCH_ACCURACY_RANDOM_H_
#define BURIN_BENCH_ACCURACY_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "bench/draw.h"

namespace burin::accuracy {

class Random {
 public:
  explicit Random(uint64_t seed) : draw_(seed) {}
  // The stream of number `i` under a seed.
  static Random Stream(uint64_t seed, uint64_t i) {
    return Random(bench::Draw(seed + i * 0xD1342543DE82EF95ull).Next());
  }

  size_t Below(size_t n) { return draw_.Below(n); }
  // Uniform on [0, 1).
  double Unit() { return static_cast<double>(draw_.Next() >> 11) * 0x1.0p-53; }
  bool Chance(double p) { return Unit() < p; }
  // i with probability weights[i], which sum to 1 but for rounding.
  size_t Pick(std::span<const double> weights) {
    double left = Unit();
    for (size_t i = 0; i + 1 < weights.size(); ++i) {
      if (left < weights[i]) return i;
      left -= weights[i];
    }
    return weights.size() - 1;
  }

 private:
  bench::Draw draw_;
};

}  // namespace burin::accuracy

#endif
