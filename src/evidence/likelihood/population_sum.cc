#include "src/evidence/likelihood/population_sum.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "src/channel/model/prices.h"
#include "src/evidence/likelihood/population_bound.h"

namespace burin::internal {
namespace {

// What a weight costs at least, by its exponent alone: a bit is 44 units of cost.
Cost CostOf(double weight) {
  constexpr Cost kBit = 44;
  if (!(weight > 0)) return kNever;
  int exponent = 0;
  std::frexp(weight, &exponent);
  return static_cast<Cost>(std::max(-exponent, 0)) * kBit;
}

// To bound what a format adds, in steps of the patience.
constexpr uint64_t kStepsOfBound = uint64_t{1} << 12;

Cost Worth(Cost mass, Cost move, Cost to_end) { return AddCosts(AddCosts(mass, move), to_end); }

}  // namespace

PopulationSum::PopulationSum(const CostLattice& costs, const Channel& channel, const Likelihood& likelihood,
                             Patience* patience)
    : costs_(costs),
      channel_(channel),
      likelihood_(likelihood),
      patience_(patience),
      rows_(costs, channel),
      to_end_((kMaxMarkSymbols + 1) * costs.slots),
      far_(costs.slots),
      mass_(costs.slots),
      worth_(costs.slots) {
  const LookAhead ahead(costs);
  for (uint32_t symbols = 0; symbols <= kMaxMarkSymbols; ++symbols) {
    Cost* row = &to_end_[symbols * costs.slots];
    for (uint32_t slot = 0; slot < costs.slots; ++slot) {
      const Cost fewer = symbols > 0 ? to_end_[(symbols - 1) * costs.slots + slot] : kNever;
      row[slot] = std::min(ahead.at(slot, symbols), fewer);
    }
  }

  swap_weights_.resize(rows_.rows.size());
  const auto some = [&](uint32_t row) {
    Weights& out = swap_weights_[row / costs_.classes];
    if (!out.empty()) return &out;
    const Symbols& weights = rows_.rows[row / costs_.classes];
    for (uint16_t s = 0; s < kSymbols; ++s) {
      if (weights[s] > 0) out.emplace_back(s, weights[s]);
    }
    return &out;
  };
  const auto most = [](const Weights* weights) {
    double highest = 0;
    for (const auto& [symbol, weight] : *weights) highest = std::max(highest, weight);
    return highest;
  };
  for (const auto& s : costs.swaps) {
    if (Over(4 * kSymbols)) break;
    Swap swap = {s.from, s.to, some(s.first_row), some(s.second_row)};
    const double highest = most(swap.first) * most(swap.second);
    if (!(highest > 0)) continue;
    swap.least = CostOf(highest);
    swaps_.push_back(std::move(swap));
  }
  for (const Rewrite& r : channel.rewrites) {
    if (r.mark.size() != 2) continue;
    const size_t first = BaseIndex(r.mark[0]), second = BaseIndex(r.mark[1]);
    if (first == kBaseSymbols || second == kBaseSymbols) continue;
    const auto same = [&](const Pair& pair) { return pair.first == first && pair.second == second; };
    if (std::any_of(pairs_.begin(), pairs_.end(), same)) continue;
    pairs_.push_back({first, second, 1 - ReadFactor(channel, r.mark[0], r.mark[1])});
    begins_pair_[first] = 1;
  }
  has_passages_ = std::any_of(costs.free.begin(), costs.free.end(), [](const auto& f) { return f.element == kEmpty; });
  for (State* state : {&state_, &next_, &side_}) {
    state->reached.resize(costs.slots);
    state->passed.resize(costs.slots);
    if (pairs_.empty()) continue;
    state->read_reached.resize(costs.slots);
    state->read.resize(costs.slots);
  }
  drawn_reached_.resize(costs.slots);
  drawn_.resize(costs.slots);
  waiting_.resize(swaps_.size());
  swapped_.resize(swaps_.size());
}

double PopulationSum::Of(const PopulationModel& model, uint32_t min_length, uint32_t max_length) {
  // What may weigh most comes first, so that the rest can be left out.
  struct Part {
    double most = 0;
    const PopulationModel::OfLength* of = nullptr;
    const PopulationModel::Format* format = nullptr;
    int pass = 0;
  };
  std::vector<Part> parts;
  PopulationBound bound(costs_, channel_, likelihood_, rows_);
  if (Over(kStepsOfBound)) return 0;
  const std::vector<double> uniform = Uniform(kMaxMarkSymbols);
  double sum = 0;
  auto known = model.lengths().begin();
  for (uint32_t n = 1; n <= kMaxMarkSymbols; ++n) {
    while (known != model.lengths().end() && known->length < n) ++known;
    const bool occurs = known != model.lengths().end() && known->length == n;
    if (n < min_length || n > max_length) continue;
    if (!occurs) {
      sum += model.unseen_length() * uniform[n];
      continue;
    }
    for (const auto& format : known->formats) {
      if (Over(kStepsOfBound)) return 0;
      const PerPass most = bound.Of(*known, format);
      for (int pass = 0; pass < kPopulationPasses; ++pass) {
        if (most[pass] > 0) parts.push_back({format.share * most[pass], &*known, &format, pass});
      }
    }
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.most > b.most; });
  std::vector<double> left(parts.size() + 1);
  for (size_t i = parts.size(); i-- > 0;) left[i] = left[i + 1] + parts[i].most;
  for (size_t i = 0; i < parts.size() && left[i] > kLeftOut * sum && !Over(kStepsOfBound); ++i) {
    sum += parts[i].format->share * OfPass(*parts[i].of, *parts[i].format, parts[i].pass);
  }
  return sum;
}

std::vector<double> PopulationSum::Uniform(uint32_t longest) const {
  constexpr double kEach = 1.0 / static_cast<double>(kSymbols);
  const auto mean = [&](const Symbols& weights, bool last) {
    double sum = 0;
    for (size_t y = 0; y < kSymbols; ++y) sum += weights[y] * (last ? rows_.last_factor[y] : 1);
    return sum * kEach;
  };
  const auto mean_of = [&](const Weights& weights) {
    double sum = 0;
    for (const auto& [symbol, weight] : weights) sum += weight;
    return sum * kEach;
  };
  std::vector<double> steps, lasts, swaps;
  for (const auto& s : costs_.steps) {
    const Symbols& weights = rows_.rows[s.row / costs_.classes];
    steps.push_back(mean(weights, false));
    lasts.push_back(s.rewritten ? steps.back() : mean(weights, true));
  }
  for (const Swap& s : swaps_) swaps.push_back(mean_of(*s.first) * mean_of(*s.second));

  constexpr double kNothing = 1e-60;
  const uint32_t slots = costs_.slots;
  using Slots = std::vector<double>;
  // [n]: all n symbols read, by the slot reached; and from there to the end.
  struct LengthEnds {
    double whole = 0, behind = 0;
  };
  const auto run = [&](const Slots& start) {
    std::vector<LengthEnds> ends(longest + 1);
    Slots reached = start, passed, before(slots), next, last, last_passed;
    CloseScalars(start, &reached, &passed);
    ends[0].whole = passed.back() * costs_.end_weight;
    for (uint32_t n = 1; n <= longest; ++n) {
      next.assign(slots, 0.0);
      for (uint32_t slot = 0; slot < slots; ++slot) next[slot] = reached[slot] * costs_.lost_weight;
      for (size_t i = 0; i < swaps.size() && n >= 2; ++i) next[swaps_[i].to] += before[swaps_[i].from] * swaps[i];
      last = next;
      for (size_t i = 0; i < steps.size(); ++i) {
        next[costs_.steps[i].to] += passed[costs_.steps[i].from] * steps[i];
        last[costs_.steps[i].to] += passed[costs_.steps[i].from] * lasts[i];
      }
      Slots closed;
      CloseScalars(last, &closed, &last_passed);
      ends[n].whole = last_passed.back() * costs_.end_weight;
      for (uint32_t slot = 0; slot < slots; ++slot) {
        ends[n].behind += last_passed[slot] * likelihood_.added_behind()[slot] * costs_.end_weight;
      }
      before = passed;
      // Longer ones weigh nothing that could be told from this.
      if (n > slots && *std::max_element(next.begin(), next.end()) < kNothing) break;
      CloseScalars(next, &reached, &passed);
    }
    return ends;
  };
  Slots first(slots);
  first[0] = 1;
  const std::vector<LengthEnds> plain = run(first), front = run(likelihood_.added_before());
  const Structure& s = channel_.structure;
  std::vector<double> out(longest + 1);
  for (uint32_t n = 1; n <= longest; ++n) {
    double same =
        1 - s.Sum() + TooMany(s.prefix_lost, n) + TooMany(s.suffix_lost, n) + s.letters_lost + s.blocks_swapped;
    same += s.zeros_lost * (1 - kEach) + (n <= 4 ? s.last_four : 0);
    double sum = same * plain[n].whole + front[n].whole + plain[n].behind;
    for (const Affix* affix : {&s.prefix_lost, &s.suffix_lost}) {
      for (uint32_t k = 1; k <= std::min<size_t>(n, affix->counts.size()); ++k) {
        sum += affix->p * affix->counts[k - 1] * plain[n - k].whole;
      }
    }
    double zeros = kEach;  // So many of them, and no more.
    for (uint32_t z = 1; z <= n; ++z, zeros *= kEach) {
      sum += s.zeros_lost * zeros * (z < n ? 1 - kEach : 1) * plain[n - z].whole;
    }
    out[n] = sum + (n > 4 ? s.last_four * plain[4].whole : 0);
  }
  return out;
}

double PopulationSum::OfPass(const PopulationModel::OfLength& of, const PopulationModel::Format& format, int pass) {
  const PopulationPath path = PathAsItStands(of, format);
  const Structure& s = channel_.structure;
  if (pass == kFront) return Front(path);
  const auto without_letters = PathWithoutLetters(path), swapped = PathOfSwappedBlocks(path);
  if (pass == kWithoutLetters) return s.letters_lost * Plain(*without_letters, false).whole;
  if (pass == kSwappedBlocks) return s.blocks_swapped * Plain(*swapped, false).whole;
  // What cannot happen to marks of this format has not happened.
  double same = 1 - s.Sum() + TooMany(s.prefix_lost, of.length) + TooMany(s.suffix_lost, of.length);
  if (of.length <= 4) same += s.last_four;
  if (!without_letters) same += s.letters_lost;
  if (!swapped) same += s.blocks_swapped;
  const Ends plain = Plain(path, true);
  return same * plain.whole + plain.behind;
}

PopulationSum::Ends PopulationSum::Plain(const PopulationPath& path, bool with_ends) {
  std::vector<double> first(costs_.slots);
  first[0] = 1;
  Start(first, 0);
  const Structure& s = channel_.structure;
  const uint32_t n = path.length, last = costs_.slots - 1;
  const auto suffix_lost = [&](uint32_t left) {
    const uint32_t k = n - left;
    return with_ends && k >= 1 && k <= s.suffix_lost.counts.size() ? s.suffix_lost.p * s.suffix_lost.counts[k - 1] : 0;
  };
  Ends ends;
  ends.behind += suffix_lost(0) * start_passed_[last] * costs_.end_weight;
  for (uint32_t i = 0; i < n; ++i) {
    if (Over(StepsOfSymbol())) return {};
    if (i == 0) {
      DrawFirst(path);
    } else {
      DrawNext(path, i);
    }
    if (const double p = suffix_lost(i + 1); p > 0) {
      Read(path, i, true, &side_);
      Close(path.RangeAt(i), &side_);
      ends.behind += p * ExitAt(side_, last);
    }
    Advance(path, i);
    if (!path.skipped[i]) Close(path.RangeAt(i), &state_);
  }
  ends.whole = ExitAt(state_, last);
  if (!with_ends) return ends;
  for (uint32_t slot = 0; slot <= last; ++slot) {
    const double p = likelihood_.added_behind()[slot];
    if (p > 0) ends.behind += p * ExitAt(state_, slot);
  }
  return ends;
}

double PopulationSum::Front(const PopulationPath& path) {
  const Structure& s = channel_.structure;
  Start(likelihood_.added_before(), s.zeros_lost);
  Row marginal = {}, before;
  double zeros = 0;
  for (uint32_t i = 0; i < path.length; ++i) {
    if (Over(StepsOfSymbol())) return 0;
    if (i == 0) {
      DrawFirst(path);
      if (path.format->pooled) {
        std::copy_n(path.of->pooled.begin(), kSymbols, marginal.begin());
      } else {
        const SymbolRange range = path.RangeAt(0);
        std::copy(path.of->first.begin() + range.begin, path.of->first.begin() + range.end,
                  marginal.begin() + range.begin);
      }
      zeros = marginal[0];
    } else {
      DrawNext(path, i);
      before = marginal;
      Draw(path, i, before.data(), marginal.data());
      Row only_zero = {};
      double next[kSymbols];
      only_zero[0] = zeros;
      Draw(path, i, only_zero.data(), next);
      zeros = next[0];
    }
    Advance(path, i);
    AddWaysIn(path, i + 1, marginal, zeros);
    Close(path.RangeAt(i), &state_);
  }
  return ExitAt(state_, costs_.slots - 1);
}

void PopulationSum::AddWaysIn(const PopulationPath& path, uint32_t i, const Row& marginal, double zeros) {
  const Structure& s = channel_.structure;
  double lost = i <= s.prefix_lost.counts.size() ? s.prefix_lost.p * s.prefix_lost.counts[i - 1] : 0;
  if (i + 4 == path.length) lost += s.last_four;
  Row& row = state_.reached[0];
  for (size_t x = 0; x < kSymbols; ++x) row[x] += lost * marginal[x];
  row[kNoZeroNext] += s.zeros_lost * zeros;
}

void PopulationSum::Start(const std::vector<double>& any, double no_zero) {
  std::vector<double> at_first(costs_.slots);
  at_first[0] = no_zero;
  CloseScalars(any, &start_, &start_passed_);
  CloseScalars(at_first, &no_zero_, &no_zero_passed_);
  waits_.clear();
}

// As Close, of one number a slot.
void PopulationSum::CloseScalars(const std::vector<double>& start, std::vector<double>* reached,
                                 std::vector<double>* passed) const {
  *reached = start;
  passed->assign(costs_.slots, 0.0);
  auto free = costs_.free.begin();
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    const double in_vain = likelihood_.in_vain()[slot];
    if (in_vain > 0) (*reached)[slot] = ((*reached)[slot] + in_vain * (*passed)[slot]) / (1 - in_vain);
    (*passed)[slot] += (*reached)[slot];
    for (; free != costs_.free.end() && free->from == slot; ++free) {
      std::vector<double>& row = free->element == kEmpty ? *passed : *reached;
      row[free->to] += (*passed)[slot] * free->weight;
    }
  }
}

void PopulationSum::DrawFirst(const PopulationPath& path) {
  Symbols first = {};
  const uint32_t p = path.order[0];
  if (path.format->pooled) {
    std::copy_n(path.of->pooled.begin(), kSymbols, first.begin());
  } else {
    const SymbolRange range = path.RangeAt(0);
    for (size_t y = range.begin; y < range.end; ++y) first[y] = path.of->first[p * kSymbols + y];
  }
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    for (size_t y = 0; y < kSymbols; ++y) {
      drawn_[slot][y] = (start_passed_[slot] + (y == 0 ? 0 : no_zero_passed_[slot])) * first[y];
      drawn_reached_[slot][y] = (start_[slot] + (y == 0 ? 0 : no_zero_[slot])) * first[y];
    }
  }
}

void PopulationSum::Draw(const PopulationPath& path, size_t place, std::span<const RowShares> all) const {
  const uint32_t p = path.order[place];
  const SymbolRange befores = path.RangeAt(place - 1), symbols = path.RangeAt(place);
  for (const RowShares& one : all) std::fill_n(one.sum, kSymbols, 0.0);
  if (!path.DependsOnBefore(place)) {
    const double* const alike = &path.of->first[p * kSymbols];
    for (const RowShares& one : all) {
      double sum = 0;
      for (size_t x = befores.begin; x < befores.end; ++x) sum += one.shares[x];
      const double no_zero = one.shares[kNoZeroNext];
      for (size_t y = symbols.begin; y < symbols.end; ++y) one.sum[y] = (sum + (y == 0 ? 0 : no_zero)) * alike[y];
    }
    return;
  }
  const double* const table = &(path.format->pooled ? path.of->pooled : path.of->next)[p * kSymbols * kSymbols];
  SumRows(table, befores, symbols, all);
  for (const RowShares& one : all) {
    const double no_zero = one.shares[kNoZeroNext];
    if (no_zero == 0) continue;
    for (size_t y = std::max<size_t>(symbols.begin, 1); y < symbols.end; ++y) one.sum[y] += no_zero * table[y];
  }
}

void PopulationSum::Draw(const PopulationPath& path, size_t place, const double* from, double* to) const {
  const RowShares one = {from, to};
  Draw(path, place, {&one, 1});
}

// Symbols may be lost at the end of a mark, or inside it, at no cost to the reading: fewer than are left may be read.
void PopulationSum::FindFar(const PopulationPath& path, size_t place) {
  const Cost* to_end = &to_end_[(path.length - place) * costs_.slots];
  best_ = kNever;
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    double sum = 0;
    for (const double p : state_.passed[slot]) sum += p;
    mass_[slot] = CostOf(sum);
    worth_[slot] = AddCosts(mass_[slot], to_end[slot]);
    best_ = std::min(best_, worth_[slot]);
  }
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) far_[slot] = worth_[slot] > AddCosts(best_, kFar) ? 1 : 0;
}

void PopulationSum::DrawNext(const PopulationPath& path, size_t place) {
  FindFar(path, place);
  to_draw_.clear();
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    if (far_[slot] != 0) {
      drawn_[slot].fill(0);
      drawn_reached_[slot].fill(0);
      continue;
    }
    to_draw_.push_back({state_.passed[slot].data(), drawn_[slot].data()});
    if (has_passages_) to_draw_.push_back({state_.reached[slot].data(), drawn_reached_[slot].data()});
  }
  Draw(path, place, to_draw_);
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    if (far_[slot] != 0) continue;
    if (!has_passages_) drawn_reached_[slot] = drawn_[slot];
    for (const Pair& pair : pairs_) {
      const double read = state_.read[slot][pair.first];
      if (read == 0) continue;
      Row only = {};
      Symbols next;
      only[pair.first] = 1;
      Draw(path, place, only.data(), next.data());
      drawn_[slot][pair.second] -= read * pair.lost * next[pair.second];
      drawn_reached_[slot][pair.second] -= state_.read_reached[slot][pair.first] * pair.lost * next[pair.second];
    }
  }
}

void PopulationSum::Read(const PopulationPath& path, size_t place, bool last, State* to) const {
  const bool alone = last || !path.joined[place] || place + 1 == path.length;
  const SymbolRange range = path.RangeAt(place);
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    Row& row = to->reached[slot];
    row.fill(0);
    for (size_t y = range.begin; y < range.end; ++y) row[y] = drawn_reached_[slot][y] * costs_.lost_weight;
    if (!pairs_.empty()) to->read_reached[slot].fill(0);
  }
  to_read_.clear();
  for (const auto& s : costs_.steps) {
    if (place > 0 && far_[s.from] != 0) continue;
    const auto& rows = alone && !s.rewritten ? rows_.last_rows : rows_.rows;
    to_read_.push_back({drawn_[s.from].data(), rows[s.row / costs_.classes].data(), to->reached[s.to].data()});
  }
  AddProducts(range, to_read_);
  if (!pairs_.empty() && !alone) {
    for (const auto& s : costs_.steps) {
      if (s.rewritten) continue;
      const Symbols& weights = rows_.rows[s.row / costs_.classes];
      for (size_t y = range.begin; y < range.end; ++y) {
        if (begins_pair_[y]) to->read_reached[s.to][y] += drawn_[s.from][y] * weights[y];
      }
    }
  }
  if (waits_.empty()) return;
  to_swap_.clear();
  for (const uint32_t i : waits_) to_swap_.push_back({waiting_[i].data(), swapped_[i].data()});
  Draw(path, place, to_swap_);
  for (const uint32_t i : waits_) {
    for (const auto& [y, weight] : *swaps_[i].first) to->reached[swaps_[i].to][y] += swapped_[i][y] * weight;
  }
}

void PopulationSum::KeepSwaps(const PopulationPath& path, size_t place) {
  waits_.clear();
  if (!path.joined[place] || place + 1 >= path.length || path.skipped[place]) return;
  const Cost* to_end = &to_end_[(path.length - place - 2) * costs_.slots];
  for (uint32_t i = 0; i < swaps_.size(); ++i) {
    const Swap& s = swaps_[i];
    if (place > 0 && (far_[s.from] != 0 || Worth(mass_[s.from], s.least, to_end[s.to]) > AddCosts(best_, kFar)))
      continue;
    waits_.push_back(i);
    waiting_[i].fill(0);
    for (const auto& [x, weight] : *s.second) waiting_[i][x] = drawn_[s.from][x] * weight;
  }
}

void PopulationSum::Advance(const PopulationPath& path, size_t place) {
  if (path.skipped[place]) {
    for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
      next_.reached[slot].fill(0);
      next_.passed[slot].fill(0);
      std::copy(drawn_reached_[slot].begin(), drawn_reached_[slot].end(), next_.reached[slot].begin());
      std::copy(drawn_[slot].begin(), drawn_[slot].end(), next_.passed[slot].begin());
      if (!pairs_.empty()) {
        next_.read_reached[slot].fill(0);
        next_.read[slot].fill(0);
      }
    }
  } else {
    Read(path, place, false, &next_);
  }
  KeepSwaps(path, place);
  std::swap(state_, next_);
}

void PopulationSum::Close(SymbolRange range, State* state) const {
  const auto each = [range](const auto& act) {
    for (size_t x = range.begin; x < range.end; ++x) act(x);
    act(kNoZeroNext);
  };
  const auto close = [&](std::vector<Row>* reached, std::vector<Row>* passed) {
    for (Row& row : *passed) row.fill(0);
    auto free = costs_.free.begin();
    for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
      Row& here = (*reached)[slot];
      Row& through = (*passed)[slot];
      const double in_vain = likelihood_.in_vain()[slot];
      if (in_vain > 0) {
        each([&](size_t x) { here[x] = (here[x] + in_vain * through[x]) / (1 - in_vain); });
      }
      each([&](size_t x) { through[x] += here[x]; });
      for (; free != costs_.free.end() && free->from == slot; ++free) {
        Row& row = free->element == kEmpty ? (*passed)[free->to] : (*reached)[free->to];
        each([&](size_t x) { row[x] += through[x] * free->weight; });
      }
    }
  };
  close(&state->reached, &state->passed);
  if (!pairs_.empty()) close(&state->read_reached, &state->read);
}

double PopulationSum::ExitAt(const State& state, uint32_t slot) const {
  double sum = 0;
  for (const double p : state.passed[slot]) sum += p;
  return sum * costs_.end_weight;
}

}  // namespace burin::internal
