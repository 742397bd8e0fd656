#include "src/evidence/likelihood/unseen_mass.h"

#include <algorithm>

#include "src/channel/model/prices.h"

namespace burin::internal {

UnseenMass::UnseenMass(const Lattice& reading, const CostLattice& costs, const Channel& channel,
                       const RecordPopulation& population, const UnseenBound& bound, Cost most)
    : reading_(reading), costs_(costs), channel_(channel), population_(population), bound_(bound), most_(most) {}

const CostTail& UnseenMass::tail() {
  if (!tail_) {
    std::vector<double> symbols(costs_.classes);
    double listed = 0;
    for (size_t s = 0; s < kBaseSymbols; ++s) symbols[s] = population_.occurs[s] ? 1 : 0;
    for (size_t c = kFirstListedClass; c < costs_.classes; ++c) {
      symbols[c] = 1;
      listed += 1;
    }
    symbols[kOtherClass] = std::max(0.0, static_cast<double>(population_.serials.foreign));
    const auto& lengths = population_.model.lengths();
    const uint32_t longest = lengths.empty() ? 0 : lengths.back().length;
    // A mark much longer than the reading weighs next to nothing, and its records are left to the other bound.
    tail_.emplace(reading_, costs_, channel_, symbols, std::min(longest, costs_.slots + 3), most_);
  }
  return *tail_;
}

double UnseenMass::Of(const RecordsLeft& left, Cost cost) {
  double sum = left.partials > 0 ? static_cast<double>(left.partials) * bound_.OfAny(cost) : 0;
  for (uint32_t n = 0; n < left.of_length.size(); ++n) {
    if (left.of_length[n] > 0) sum += OfLength(n, left.of_length[n], cost);
  }
  return sum;
}

// Of so many symbols, how many strings.
double UnseenMass::Symbols(uint32_t count) const {
  double all = static_cast<double>(population_.serials.foreign), out = 1;
  for (const bool occurs : population_.occurs) all += occurs ? 1 : 0;
  for (uint32_t i = 0; i < count; ++i) out *= all;
  return out;
}

double UnseenMass::OfChange(double p, uint32_t symbols, double records, double shared, Cost cost) {
  if (!(p > 0) || records <= 0) return 0;
  const double one = records * bound_.OfChange(p, symbols, cost);
  if (symbols >= tail().size()) return one;
  const Cost price = CostOfProbability(p);
  return std::min(one, shared * p * tail().Of(symbols, cost > price ? cost - price : 0) * bound_.last_factor());
}

double UnseenMass::OfLength(uint32_t n, uint64_t records, Cost cost) {
  const double count = static_cast<double>(records), alike = static_cast<double>(population_.serials.most_alike);
  const Structure& s = channel_.structure;
  double sum = count * bound_.OfWhole(n, cost);
  if (n < tail().size()) sum = std::min(sum, alike * tail().Of(n, cost) * bound_.last_factor());
  for (const Affix* affix : {&s.prefix_lost, &s.suffix_lost}) {
    for (uint32_t k = 1; k <= std::min<size_t>(n, affix->counts.size()); ++k) {
      sum += OfChange(affix->p * affix->counts[k - 1], n - k, count, std::min(alike * Symbols(k), count), cost);
    }
  }
  for (uint32_t zeros = 1; zeros <= n && s.zeros_lost > 0; ++zeros) {
    sum += OfChange(s.zeros_lost, n - zeros, count, alike, cost);
  }
  if (n > 4) sum += OfChange(s.last_four, 4, count, std::min(alike * Symbols(n - 4), count), cost);
  sum += OfChange(s.blocks_swapped, n, count, alike, cost) * bound_.last_factor();
  return sum + LettersLost(n, records, cost);
}

// By how many letters there are behind the first digit; only formats that have some.
double UnseenMass::LettersLost(uint32_t n, uint64_t records, Cost cost) {
  const double p = channel_.structure.letters_lost;
  if (!(p > 0)) return 0;
  const double count = static_cast<double>(records), alike = static_cast<double>(population_.serials.most_alike);
  double factor = 1;
  for (uint32_t i = 0; i < n; ++i) factor *= bound_.last_factor();
  const auto of = population_.letters_behind.find(n);
  if (of == population_.letters_behind.end()) {
    double most = 0;
    for (uint32_t left = 0; left < n; ++left) most = std::max(most, bound_.OfChange(p, left, cost));
    return count * most * factor;
  }
  double sum = 0;
  for (uint32_t lost = 1; lost < of->second.size(); ++lost) {
    const double with = std::min(count, static_cast<double>(of->second[lost]));
    double ways = 1;  // Of the lost letters, and where they stood.
    for (uint32_t i = 0; i < lost; ++i) ways *= 26.0 * (n - i) / (i + 1);
    sum += OfChange(p, n - lost, with, std::min(alike * ways, with), cost);
  }
  return sum * factor;
}

}  // namespace burin::internal
