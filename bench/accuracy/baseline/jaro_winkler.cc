#include "bench/accuracy/baseline/jaro_winkler.h"

#include <algorithm>
#include <cstdint>

#include "bench/accuracy/baseline/by_score.h"

namespace burin::accuracy {
namespace {

constexpr size_t kPrefix = 4;
constexpr double kPremium = 0.1;

double Jaro(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() == b.size() ? 1 : 0;
  const size_t longer = std::max(a.size(), b.size());
  const size_t window = longer / 2 == 0 ? 0 : longer / 2 - 1;
  uint64_t in_a = 0, in_b = 0;
  size_t common = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const size_t end = std::min(b.size(), i + window + 1);
    for (size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (a[i] != b[j] || (in_b >> j & 1) != 0) continue;
      in_a |= uint64_t{1} << i;
      in_b |= uint64_t{1} << j;
      ++common;
      break;
    }
  }
  if (common == 0) return 0;
  size_t out_of_order = 0, j = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    if ((in_a >> i & 1) == 0) continue;
    while ((in_b >> j & 1) == 0) ++j;
    out_of_order += a[i] != b[j++];
  }
  const double m = static_cast<double>(common);
  return (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
          (m - static_cast<double>(out_of_order / 2)) / m) /
         3;
}

}  // namespace

double JaroWinkler(std::string_view a, std::string_view b) {
  const double jaro = Jaro(a, b);
  size_t prefix = 0;
  while (prefix < std::min({kPrefix, a.size(), b.size()}) && a[prefix] == b[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * kPremium * (1 - jaro);
}

RankerFactory JaroWinklerRanker(const Registry& registry) {
  return ByScore("jaro-winkler", registry, [](std::string_view reading) -> Score {
    return [reading](std::string_view serial) { return JaroWinkler(reading, serial); };
  });
}

}  // namespace burin::accuracy
