#include "src/evidence/likelihood/population_bound.h"

#include <algorithm>
#include <utility>

#include "src/channel/model/joined_mark.h"

namespace burin::internal {

PopulationBound::PopulationBound(const CostLattice& costs, const Channel& channel, const Likelihood& likelihood,
                                 const PopulationRows& rows)
    : costs_(costs),
      channel_(channel),
      likelihood_(likelihood),
      rows_(rows.rows),
      last_factor_(std::max(1.0, *std::max_element(rows.last_factor.begin(), rows.last_factor.end()))),
      two_before_(costs.slots) {
  for (Sums* sums : {&state_, &next_}) {
    sums->reached.resize(costs.slots);
    sums->passed.resize(costs.slots);
  }
}

PerPass PopulationBound::Of(const PopulationModel::OfLength& of, const PopulationModel::Format& format) {
  const PopulationPath path = PathAsItStands(of, format);
  WeighRows(path);
  const Structure& s = channel_.structure;
  PerPass sums = {};
  sums[kWhole] = Plain(path, true);
  sums[kFront] = Front(path);
  if (const auto letters = PathWithoutLetters(path)) sums[kWithoutLetters] = s.letters_lost * Plain(*letters, false);
  if (const auto blocks = PathOfSwappedBlocks(path)) sums[kSwappedBlocks] = s.blocks_swapped * Plain(*blocks, false);
  for (double& sum : sums) sum *= last_factor_;
  return sums;
}

void PopulationBound::WeighRows(const PopulationPath& path) {
  weights_.clear();
  for (uint32_t p = 0; p < path.length; ++p) {
    const bool depends = p > 0 && path.DependsOnBefore(p);
    const auto& table = path.format->pooled ? path.of->pooled_most : depends ? path.of->next_most : path.of->first;
    const double* const most = &table[p * PopulationModel::kSymbols];
    const SymbolRange range = path.RangeAt(p);
    for (const PopulationRows::Symbols& row : rows_) {
      double sum = 0, highest = 0;
      for (size_t y = range.begin; y < range.end; ++y) {
        sum += most[y] * row[y];
        highest = std::max(highest, row[y]);
      }
      weights_.push_back(std::min(sum, highest));
    }
  }
}

double PopulationBound::Plain(const PopulationPath& path, bool with_ends) {
  const Structure& s = channel_.structure;
  std::fill(state_.reached.begin(), state_.reached.end(), 0.0);
  state_.reached[0] = 1;
  Close(&state_);
  const auto lost = [&](uint32_t left) {
    const uint32_t k = path.length - left;
    return with_ends && k >= 1 && k <= s.suffix_lost.counts.size() ? s.suffix_lost.p * s.suffix_lost.counts[k - 1] : 0;
  };
  double sum = lost(0) * state_.passed.back();
  for (uint32_t i = 0; i < path.length; ++i) {
    Advance(path, i);
    if (path.skipped[i] == 0) Close(&state_);
    sum += (i + 1 == path.length ? 1 : lost(i + 1)) * state_.passed.back();
  }
  for (uint32_t slot = 0; slot < costs_.slots && with_ends; ++slot) {
    sum += state_.passed[slot] * likelihood_.added_behind()[slot];
  }
  return sum * costs_.end_weight;
}

double PopulationBound::Front(const PopulationPath& path) {
  const Structure& s = channel_.structure;
  state_.reached = likelihood_.added_before();
  state_.reached[0] += s.zeros_lost;
  Close(&state_);
  for (uint32_t i = 0; i < path.length; ++i) {
    Advance(path, i);
    // In behind so many lost symbols, or zeros.
    double in = s.zeros_lost;
    if (i < s.prefix_lost.counts.size()) in += s.prefix_lost.p * s.prefix_lost.counts[i];
    if (i + 5 == path.length) in += s.last_four;
    state_.reached[0] += in;
    Close(&state_);
  }
  return state_.passed.back() * costs_.end_weight;
}

void PopulationBound::Advance(const PopulationPath& path, size_t place) {
  if (path.skipped[place] != 0) {
    std::fill(two_before_.begin(), two_before_.end(), 0.0);
    return;
  }
  const double* const here = WeightsAt(path, place);
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) next_.reached[slot] = state_.reached[slot] * costs_.lost_weight;
  for (const auto& s : costs_.steps) next_.reached[s.to] += state_.passed[s.from] * here[s.row / costs_.classes];
  if (place > 0) {
    const double* const before = WeightsAt(path, place - 1);
    for (const auto& s : costs_.swaps) {
      const double second = before[s.second_row / costs_.classes], first = here[s.first_row / costs_.classes];
      next_.reached[s.to] += two_before_[s.from] * second * first;
    }
  }
  two_before_ = state_.passed;
  std::swap(state_, next_);
}

void PopulationBound::Close(Sums* sums) const {
  std::fill(sums->passed.begin(), sums->passed.end(), 0.0);
  auto free = costs_.free.begin();
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    double& here = sums->reached[slot];
    const double in_vain = likelihood_.in_vain()[slot];
    if (in_vain > 0) here = (here + in_vain * sums->passed[slot]) / (1 - in_vain);
    sums->passed[slot] += here;
    for (; free != costs_.free.end() && free->from == slot; ++free) {
      std::vector<double>& row = free->element == kEmpty ? sums->passed : sums->reached;
      row[free->to] += sums->passed[slot] * free->weight;
    }
  }
}

}  // namespace burin::internal
