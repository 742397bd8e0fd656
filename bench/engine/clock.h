// Time and order statistics.
#ifndef BURIN_BENCH_ENGINE_CLOCK_H_
#define BURIN_BENCH_ENGINE_CLOCK_H_

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace burin::bench {

template <typename Work>
double NanosecondsOf(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

// The value below which the share `q` of the values lies: q = 0.5 is the median. REQUIRES: values is not empty.
inline double Quantile(std::vector<double> values, double q) {
  const auto at = std::min(values.size() - 1, static_cast<size_t>(static_cast<double>(values.size()) * q));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

// Makes the compiler compute a value that nobody looks at.
template <typename Value>
void KeepValue(const Value& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace burin::bench

#endif
