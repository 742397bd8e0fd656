// Random numbers that are the same everywhere: SplitMix64.
#ifndef BURIN_BENCH_DRAW_H_
#define BURIN_BENCH_DRAW_H_

#include <cstddef>
#include <cstdint>

namespace burin::bench {

class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  size_t Below(uint64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<size_t>((static_cast<Wide>(Next()) * n) >> 64);
  }

 private:
  uint64_t state_;
};

}  // namespace burin::bench

#endif
