#include "tests/reference/twin_evidence.h"

#include <cmath>

namespace burin::internal::reference {

TwinEvidence WeighAll(const std::vector<double>& likelihoods, double of_population, double prior) {
  const long double n = static_cast<long double>(likelihoods.size()), e = 0.01L;
  long double sum = 0;
  for (const double l : likelihoods) sum += l;
  const long double outside = (1 - static_cast<long double>(prior)) * of_population;
  const long double all = (n > 0 ? prior / n * sum : 0) + outside;
  TwinEvidence out;
  out.not_in_registry = static_cast<double>(outside / all);
  for (size_t i = 0; i < likelihoods.size(); ++i) {
    long double others = 0;
    for (size_t j = 0; j < likelihoods.size(); ++j) others += j == i ? 0 : likelihoods[j];
    const long double against = n > 1 ? (1 - e) * others / (n - 1) + e * of_population : of_population;
    const long double lr = std::log10(static_cast<long double>(likelihoods[i])) - std::log10(against);
    out.records.push_back({static_cast<double>(lr), static_cast<double>(prior / n * likelihoods[i] / all)});
  }
  return out;
}

}  // namespace burin::internal::reference
