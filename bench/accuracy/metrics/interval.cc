#include "bench/accuracy/metrics/interval.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace burin::accuracy {

Interval Wilson(double hits, double n, double z) {
  if (n <= 0) return {};
  const double share = hits / n, z2 = z * z;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::vector<double> Quantiles(std::vector<double> values, std::span<const double> shares) {
  std::vector<double> quantiles;
  if (values.empty()) return quantiles;
  std::sort(values.begin(), values.end());
  for (const double share : shares) {
    const double rank = std::ceil(share * static_cast<double>(values.size()));
    const size_t i = rank < 1 ? 0 : static_cast<size_t>(rank) - 1;
    quantiles.push_back(values[std::min(i, values.size() - 1)]);
  }
  return quantiles;
}

}  // namespace burin::accuracy
