#include "src/evidence/likelihood/cost_tail.h"

#include <algorithm>

#include "src/base/exp_log.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/model/prices.h"

namespace burin::internal {

CostTail::CostTail(const Lattice& reading, const CostLattice& costs, const Channel& channel,
                   std::span<const double> symbols, uint32_t longest, Cost most)
    : costs_(costs), ahead_(costs.LowestToEnd()), in_vain_(costs.slots) {
  steps_ = (most > costs.best ? most - costs.best : 0) / kStep + 2;
  for (const auto& loop : costs.loops) in_vain_[loop.slot] += loop.weight;
  MakeTerms(symbols);
  const Structure& s = channel.structure;
  std::vector<double> any, zero;
  for (const Element& e : reading.elements) {
    any.push_back(ElementWeights(e).Mean());
    zero.push_back(ElementWeights(e).Of(U'0'));
  }
  std::vector<Term> before = AffixTerms(reading, s.prefix_added, any, false);
  const std::vector<Term> zeros = AffixTerms(reading, s.zeros_added, zero, false);
  before.insert(before.end(), zeros.begin(), zeros.end());
  Run(before, AffixTerms(reading, s.suffix_added, any, true), longest);
}

// How far a move leads above the cheapest way on.
uint32_t CostTail::StepOf(Cost cost, Cost ahead, Cost before) const {
  const Cost sum = AddCosts(cost, ahead);
  if (sum >= kNever) return steps_;
  return sum <= before ? 0 : std::min((sum - before + kStep - 1) / kStep, steps_ - 1);
}

void CostTail::MakeTerms(std::span<const double> symbols) {
  for (const auto& s : costs_.steps) {
    if (ahead_[s.to] >= kNever) continue;
    for (const auto& [cost, weight] : Prices(s.row, symbols)) {
      reads_.push_back({s.from, s.to, StepOf(cost, ahead_[s.to], ahead_[s.from]), weight});
    }
  }
  double all = 0;
  for (uint16_t c = 0; c < costs_.classes; ++c) all += symbols[c];
  for (uint32_t slot = 0; slot < costs_.slots && costs_.lost_lowest < kNever; ++slot) {
    if (ahead_[slot] >= kNever) continue;
    lost_.push_back({slot, slot, StepOf(costs_.lost_lowest, 0, 0), all * costs_.lost_weight});
  }
  for (const auto& f : costs_.free) {
    if (ahead_[f.to] >= kNever) {
      free_.push_back({f.from, f.to, 0, 0});  // Parallel to the lattice's.
    } else {
      free_.push_back({f.from, f.to, StepOf(f.cost, ahead_[f.to], ahead_[f.from]), f.weight});
    }
  }
  for (const auto& s : costs_.swaps) {
    if (ahead_[s.to] >= kNever) continue;
    const auto first = Prices(s.first_row, symbols), second = Prices(s.second_row, symbols);
    for (const auto& [cost, weight] : first) {
      for (const auto& [more, times] : second) {
        swaps_.push_back({s.from, s.to, StepOf(cost + more, ahead_[s.to], ahead_[s.from]), weight * times});
      }
    }
  }
}

// The different costs of a row, with what all their symbols weigh.
std::vector<std::pair<Cost, double>> CostTail::Prices(uint32_t row, std::span<const double> symbols) const {
  std::vector<std::pair<Cost, double>> prices;
  for (uint16_t c = 0; c < costs_.classes; ++c) {
    const Cost cost = costs_.costs[row + c];
    if (symbols[c] == 0 || cost >= kNever) continue;
    const double weight = symbols[c] * costs_.weights[row + c];
    const auto same = std::find_if(prices.begin(), prices.end(), [&](const auto& p) { return p.first == cost; });
    if (same == prices.end()) {
      prices.emplace_back(cost, weight);
    } else {
      same->second += weight;
    }
  }
  return prices;
}

// Characters that are none of the mark's at an end of the reading, by the slot where they end (or begin).
std::vector<CostTail::Term> CostTail::AffixTerms(const Lattice& reading, const Affix& affix,
                                                 const std::vector<double>& weight, bool back) const {
  std::vector<Term> terms;
  const auto is_chain = [&] {
    return reading.arcs.size() + 1 == reading.slots &&
           std::all_of(reading.arcs.begin(), reading.arcs.end(),
                       [](const Arc& arc) { return arc.element != kEmpty && arc.from + 1 == arc.to; });
  };
  const bool one_way = is_chain() && std::all_of(weight.begin(), weight.end(), [](double w) { return w <= 1; });
  for (size_t k = 0; k < affix.counts.size(); ++k) {
    Affix one = {affix.p, std::vector<double>(k + 1)};
    one.counts[k] = affix.counts[k];
    const std::vector<double> ways = AddedWays(reading, one, weight, back);
    for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
      if (!(ways[slot] > 0)) continue;
      uint32_t step = steps_ - 1;
      if (one_way) {  // So its weight says its cost, up to rounding.
        const auto cost = static_cast<Cost>(-Log(ways[slot]) * kCostsPerNat) + static_cast<Cost>(k) / 2 + 2;
        step = back ? StepOf(cost, costs_.end, ahead_[slot]) : StepOf(cost, ahead_[slot], ahead_[0]);
      }
      terms.push_back({slot, slot, std::min(step, steps_ - 1), ways[slot]});
    }
  }
  return terms;
}

void CostTail::Add(const Steps& from, const Term& term, Steps* to) const {
  const uint32_t last = steps_ - 1;
  for (uint32_t i = 0; i + term.step < last; ++i) (*to)[i + term.step] += from[i] * term.weight;
  for (uint32_t i = term.step < last ? last - term.step : 0; i <= last; ++i) (*to)[last] += from[i] * term.weight;
}

void CostTail::Close(std::vector<Steps>* reached, std::vector<Steps>* passed) const {
  for (Steps& steps : *passed) std::fill(steps.begin(), steps.end(), 0.0);
  size_t next = 0;
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    Steps& here = (*reached)[slot];
    Steps& through = (*passed)[slot];
    if (in_vain_[slot] > 0) {
      for (uint32_t i = 0; i < steps_; ++i) {
        here[i] = (here[i] + in_vain_[slot] * through[i]) / (1 - in_vain_[slot]);
      }
    }
    for (uint32_t i = 0; i < steps_; ++i) through[i] += here[i];
    for (; next < free_.size() && free_[next].from == slot; ++next) {
      std::vector<Steps>& rows = costs_.free[next].element == kEmpty ? *passed : *reached;
      Add(through, free_[next], &rows[free_[next].to]);
    }
  }
}

void CostTail::Run(const std::vector<Term>& before, const std::vector<Term>& behind, uint32_t longest) {
  const uint32_t slots = costs_.slots, last = slots - 1;
  const std::vector<Steps> none(slots, Steps(steps_));
  std::vector<Steps> reached = none, passed = none, two_before = none, next = none;
  reached[0][0] = 1;
  for (const Term& t : before) reached[t.to][t.step] += t.weight;
  for (uint32_t n = 0;; ++n) {
    Close(&reached, &passed);
    Steps tail(steps_);
    for (uint32_t i = 0; i < steps_; ++i) tail[i] += passed[last][i];
    for (const Term& t : behind) Add(passed[t.from], t, &tail);
    for (uint32_t i = steps_ - 1; i-- > 0;) tail[i] += tail[i + 1];
    tails_.push_back(std::move(tail));
    if (n == longest) return;
    next = none;
    for (const Term& t : lost_) Add(reached[t.from], t, &next[t.to]);
    for (const Term& t : reads_) Add(passed[t.from], t, &next[t.to]);
    if (n > 0) {
      for (const Term& t : swaps_) Add(two_before[t.from], t, &next[t.to]);
    }
    two_before.swap(passed);
    reached.swap(next);
  }
}

double CostTail::Of(uint32_t length, Cost cost) const {
  const Cost above = cost > costs_.best ? cost - costs_.best : 0;
  return tails_[length][std::min(above / kStep, steps_ - 1)] * (1 + 1e-9);
}

}  // namespace burin::internal
