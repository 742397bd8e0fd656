#include "bench/accuracy/baseline/osa.h"

#include "bench/accuracy/baseline/by_score.h"
#include "bench/accuracy/noise/noise_model.h"

namespace burin::accuracy {

OsaReading::OsaReading(std::string_view reading) : size_(reading.size()) {
  for (size_t j = 0; j < reading.size(); ++j) {
    const uint64_t bit = uint64_t{1} << j;
    if (reading[j] != kUnreadable) {
      matches_[static_cast<unsigned char>(reading[j])] |= bit;
      continue;
    }
    for (uint64_t& mask : matches_) mask |= bit;
  }
}

size_t OsaReading::Distance(std::string_view serial) const {
  const uint64_t top = uint64_t{1} << (size_ - 1);
  uint64_t plus = ~uint64_t{0}, minus = 0, zero = 0, before = 0;
  size_t distance = size_;
  for (const char c : serial) {
    const uint64_t match = matches_[static_cast<unsigned char>(c)];
    const uint64_t swapped = (((~zero) & match) << 1) & before;
    zero = (((match & plus) + plus) ^ plus) | match | minus | swapped;
    uint64_t across_plus = minus | ~(zero | plus);
    const uint64_t across_minus = zero & plus;
    distance += (across_plus & top) != 0;
    distance -= (across_minus & top) != 0;
    across_plus = (across_plus << 1) | 1;
    plus = (across_minus << 1) | ~(zero | across_plus);
    minus = zero & across_plus;
    before = match;
  }
  return distance;
}

RankerFactory OsaRanker(const Registry& registry) {
  return ByScore("osa", registry, [](std::string_view reading) -> Score {
    return [osa = OsaReading(reading)](std::string_view serial) { return -static_cast<double>(osa.Distance(serial)); };
  });
}

}  // namespace burin::accuracy
