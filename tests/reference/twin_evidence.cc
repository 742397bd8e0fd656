#include "tests/reference/twin_evidence.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace burin::internal::reference {
namespace {

// P(reading | the mark is in no record): of a new serial, or of one that is registered.
long double OfAbsent(const std::vector<TwinMarkWeight>& marks, long double of_population) {
  std::map<std::u32string, std::vector<const TwinMarkWeight*>> serials;
  long double sum = 0, records = 0;
  for (const TwinMarkWeight& mark : marks) {
    sum += mark.likelihood;
    if (mark.serial.empty()) continue;
    serials[mark.serial].push_back(&mark);
    ++records;
  }
  long double singles = 0, registered = 0, explained = 0;
  for (const auto& [serial, of] : serials) {
    singles += of.size() == 1 ? 1 : 0;
    registered += of[0]->q;
    explained += static_cast<long double>(of[0]->q) * of[0]->of_mark;
  }
  const long double is_new = (singles + 1) / (records + 1);
  const long double of_new = std::max(of_population - explained, 0.0L) / (1 - registered);
  return is_new * of_new + (marks.empty() ? 0 : (1 - is_new) * sum / static_cast<long double>(marks.size()));
}

}  // namespace

TwinEvidence WeighAll(const std::vector<TwinMarkWeight>& marks, double of_population, double prior) {
  const long double n = static_cast<long double>(marks.size()), e = 0.01L;
  long double sum = 0;
  for (const TwinMarkWeight& mark : marks) sum += mark.likelihood;
  const long double outside = (1 - static_cast<long double>(prior)) * OfAbsent(marks, of_population);
  const long double all = (n > 0 ? prior / n * sum : 0) + outside;
  TwinEvidence out;
  out.not_in_registry = static_cast<double>(outside / all);
  for (size_t i = 0; i < marks.size(); ++i) {
    const double likelihood = marks[i].likelihood;
    long double others = 0;
    for (size_t j = 0; j < marks.size(); ++j) others += j == i ? 0 : marks[j].likelihood;
    const long double against = n > 1 ? (1 - e) * others / (n - 1) + e * of_population : of_population;
    const long double lr = std::log10(static_cast<long double>(likelihood)) - std::log10(against);
    out.records.push_back({static_cast<double>(lr), static_cast<double>(prior / n * likelihood / all)});
  }
  return out;
}

}  // namespace burin::internal::reference
