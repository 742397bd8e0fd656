#include "src/evidence/likelihood/unseen_bound.h"

#include <algorithm>

#include "src/base/exp_log.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/model/joined_mark.h"
#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

constexpr double kHalfUnit = 0.5 / kCostsPerNat;

// By element of a reading: what it weighs on average over symbols, and at a zero.
struct ElementMeans {
  explicit ElementMeans(const Lattice& reading) {
    for (const Element& e : reading.elements) {
      const ElementWeights weights(e);
      any.push_back(weights.Mean());
      zero.push_back(weights.Of(U'0'));
    }
  }
  std::vector<double> any, zero;
};

// The sums of one power.
class Sums {
 public:
  Sums(const Lattice& reading, const ElementMeans& means, const CostLattice& costs, const Channel& channel, double t,
       double last_factor, Patience* patience)
      : reading_(reading),
        means_(means),
        costs_(costs),
        channel_(channel),
        t_(t),
        last_factor_(last_factor),
        patience_(patience) {
    const Structure& s = channel.structure;
    for (const Affix* affix : {&s.prefix_lost, &s.suffix_lost}) {
      const size_t most = affix->counts.size();
      if (most > ends_lost_.size()) ends_lost_.resize(most);
      for (size_t k = 0; k < most; ++k) ends_lost_[k] += Weight(affix->p * affix->counts[k]);
    }
    zeros_lost_ = Weight(s.zeros_lost);
    letters_lost_ = Weight(s.letters_lost);
    last_four_ = Weight(s.last_four);
    blocks_swapped_ = Weight(s.blocks_swapped);
    for (const auto& step : costs.steps) steps_.push_back(Move(step.lowest) * Above(step.row));
    for (const auto& f : costs.free) {
      const bool passage = f.element == kEmpty && f.cost == 0;
      free_.push_back(passage ? 1 : Move(f.cost) * std::max(1.0, f.weight));
    }
    for (const auto& swap : costs.swaps) {
      swaps_.push_back(Move(swap.first_lowest) * Above(swap.first_row) * Move(swap.second_lowest) *
                       Above(swap.second_row));
    }
    lost_ = Move(costs.lost_lowest);
    in_vain_.resize(costs.slots);
    for (const auto& loop : costs.loops) in_vain_[loop.slot] += loop.weight;
  }

  void Run(uint32_t longest, std::vector<double>* all, std::vector<double>* wholes, std::vector<double>* reads) {
    const Structure& s = channel_.structure;
    std::vector<double> any, zero;
    for (const double p : means_.any) any.push_back(Weight(p));
    for (const double p : means_.zero) zero.push_back(Weight(p));
    std::vector<double> before = AddedWays(reading_, Scaled(s.prefix_added), any, false);
    const std::vector<double> zeros = AddedWays(reading_, Scaled(s.zeros_added), zero, false);
    for (size_t i = 0; i < before.size(); ++i) before[i] += zeros[i];
    const std::vector<double> behind = AddedWays(reading_, Scaled(s.suffix_added), any, true);

    std::vector<double> first(costs_.slots);
    first[0] = 1;
    const auto plain = Rows(first, longest), front = Rows(before, longest);
    const double end = Exp(kHalfUnit);
    for (uint32_t n = 0; n <= longest; ++n) {
      double added = front[n].back();
      for (uint32_t slot = 0; slot < costs_.slots; ++slot) added += plain[n][slot] * behind[slot];
      // That nothing happened is priced at its lowest and may weigh up to 1.
      const double whole = plain[n].back() * Move(costs_.end) / (1 - s.Sum());
      reads->push_back(plain[n].back() * end * last_factor_);
      wholes->push_back((whole + added * end) * last_factor_);
      all->push_back(wholes->back() + OfChanges(n, plain) * end * last_factor_);
    }
  }

 private:
  double Move(Cost cost) {
    if (cost >= kNever) return 0;
    for (const auto& [known, value] : moves_) {
      if (known == cost) return value;
    }
    moves_.emplace_back(cost, Exp(-(1 - t_) * cost / kCostsPerNat + kHalfUnit));
    return moves_.back().second;
  }
  // What was seen may weigh more than 1, where little is stated of an element; its cost is 0 all the same.
  double Above(uint32_t row) const {
    return std::max(1.0,
                    *std::max_element(costs_.weights.begin() + row, costs_.weights.begin() + row + costs_.classes));
  }
  // Of what weighs p exactly and is priced with one rounding.
  double Weight(double p) const {
    if (!(p > 0)) return 0;
    return std::max(p > 1 ? p : 0, Exp((1 - t_) * Log(p) + t_ * kHalfUnit));
  }
  Affix Scaled(const Affix& affix) const {
    Affix out = {1, {}};
    for (const double share : affix.counts) out.counts.push_back(Weight(affix.p * share));
    return out;
  }

  // [n][slot]: after n symbols.
  std::vector<std::vector<double>> Rows(const std::vector<double>& start, uint32_t longest) const {
    std::vector<std::vector<double>> rows(longest + 1, std::vector<double>(costs_.slots));
    std::vector<std::vector<double>> reached(longest + 1);
    for (uint32_t n = 0; n <= longest; ++n) {
      if (patience_ != nullptr && patience_->Took(steps_.size() + swaps_.size() + free_.size())) break;
      std::vector<double>& row = reached[n];
      if (n == 0) {
        row = start;
      } else {
        row.resize(costs_.slots);
        for (uint32_t slot = 0; slot < costs_.slots; ++slot) row[slot] = reached[n - 1][slot] * lost_;
        for (size_t i = 0; i < steps_.size(); ++i) {
          row[costs_.steps[i].to] += rows[n - 1][costs_.steps[i].from] * steps_[i];
        }
        for (size_t i = 0; i < swaps_.size() && n >= 2; ++i) {
          row[costs_.swaps[i].to] += rows[n - 2][costs_.swaps[i].from] * swaps_[i];
        }
      }
      Close(&row, &rows[n]);
    }
    return rows;
  }
  void Close(std::vector<double>* reached, std::vector<double>* passed) const {
    passed->assign(costs_.slots, 0.0);
    size_t i = 0;
    for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
      const double in_vain = in_vain_[slot];
      if (in_vain > 0) (*reached)[slot] = ((*reached)[slot] + in_vain * (*passed)[slot]) / (1 - in_vain);
      (*passed)[slot] += (*reached)[slot];
      for (; i < free_.size() && costs_.free[i].from == slot; ++i) {
        std::vector<double>& row = costs_.free[i].element == kEmpty ? *passed : *reached;
        row[costs_.free[i].to] += (*passed)[slot] * free_[i];
      }
    }
  }

  double OfChanges(uint32_t n, const std::vector<std::vector<double>>& plain) const {
    const auto of = [&](uint32_t symbols) { return plain[symbols].back(); };
    double rest = 0;
    for (uint32_t k = 1; k <= std::min<size_t>(n, ends_lost_.size()); ++k) rest += ends_lost_[k - 1] * of(n - k);
    double most = 0, most_letters = 0, factor = 1;
    for (uint32_t left = 0; left < n; ++left, factor *= last_factor_) {
      most = std::max(most, of(left));
      most_letters = std::max(most_letters, of(left) * factor);
    }
    rest += zeros_lost_ * most + letters_lost_ * most_letters;
    if (n > 4) rest += last_four_ * of(4);
    return rest + blocks_swapped_ * of(n) * last_factor_;
  }

  const Lattice& reading_;
  const ElementMeans& means_;
  const CostLattice& costs_;
  const Channel& channel_;
  double t_, last_factor_;
  Patience* patience_;
  // What happens to a mark as a whole; the first by how many symbols are lost.
  std::vector<double> ends_lost_;
  double zeros_lost_ = 0, letters_lost_ = 0, last_four_ = 0, blocks_swapped_ = 0;
  std::vector<double> steps_, free_, swaps_, in_vain_;
  double lost_ = 0;
  std::vector<std::pair<Cost, double>> moves_;
};

// What a symbol's being the last one adds to its weight at most.
double LastFactor(const CostLattice& costs, const Channel& channel) {
  double most = 1;
  for (size_t s = 0; s < kBaseSymbols; ++s) most = std::max(most, ReadFactor(channel, BaseSymbol(s), 0));
  most = std::max(most, ReadFactor(channel, kUnreadable, 0));
  for (const Symbol s : costs.listed) most = std::max(most, ReadFactor(channel, s, 0));
  return most;
}

}  // namespace

UnseenBound::UnseenBound(const Lattice& reading, const CostLattice& costs, const Channel& channel, uint32_t longest,
                         Patience* patience)
    : last_factor_(LastFactor(costs, channel)) {
  const ElementMeans means(reading);
  for (size_t i = 0; i < kPowers.size(); ++i) {
    if (patience != nullptr && patience->Ask()) return;
    Sums(reading, means, costs, channel, kPowers[i], last_factor_, patience)
        .Run(longest, &sums_[i], &wholes_[i], &reads_[i]);
    largest_[i] = {*std::max_element(sums_[i].begin(), sums_[i].end())};
  }
}

const UnseenBound::Powers& UnseenBound::Decay(Cost cost) const {
  if (cost != decay_cost_) {
    decay_cost_ = cost;
    for (size_t i = 0; i < kPowers.size(); ++i) decay_[i] = i == 0 ? 1 : Exp(-kPowers[i] * cost / kCostsPerNat);
  }
  return decay_;
}

double UnseenBound::Least(const ByPower& sums, uint32_t length, Cost cost) const {
  const Powers& decay = Decay(cost);
  double least = sums[0][length];
  for (size_t i = 1; i < kPowers.size(); ++i) least = std::min(least, sums[i][length] * decay[i]);
  // What rounding of these sums and of the likelihood's may have taken.
  return least * (1 + 1e-9);
}

double UnseenBound::Of(uint32_t length, Cost cost) const { return Least(sums_, length, cost); }
double UnseenBound::OfWhole(uint32_t length, Cost cost) const { return Least(wholes_, length, cost); }

const UnseenBound::Powers& UnseenBound::OfP(double p) const {
  for (const auto& [known, powers] : of_p_) {
    if (known == p) return powers;
  }
  Powers powers;
  const double log = Log(p);
  for (size_t i = 0; i < kPowers.size(); ++i) {
    powers[i] = i == 0 ? p : Exp((1 - kPowers[i]) * log + kPowers[i] * kHalfUnit);
  }
  return of_p_.emplace_back(p, powers).second;
}

double UnseenBound::OfChange(double p, uint32_t symbols, Cost cost) const {
  if (!(p > 0)) return 0;
  const Powers &of_p = OfP(p), &decay = Decay(cost);
  double least = reads_[0][symbols] * p;
  for (size_t i = 1; i < kPowers.size(); ++i) least = std::min(least, reads_[i][symbols] * (of_p[i] * decay[i]));
  return least * (1 + 1e-9);
}

double UnseenBound::OfAny(Cost cost) const { return Least(largest_, 0, cost); }

}  // namespace burin::internal
