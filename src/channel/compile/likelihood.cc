#include "src/channel/compile/likelihood.h"

#include <algorithm>

#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

// One more element of the reading: `weight` of each. Forward: into the slots that the arcs lead to.
template <typename Weight>
std::vector<double> OverOneElement(const Lattice& reading, const std::vector<double>& from, const Weight& weight) {
  std::vector<double> to(from.size());
  for (const Arc& arc : reading.arcs) {
    if (arc.element != kEmpty) to[arc.to] += from[arc.from] * weight[static_cast<size_t>(arc.element)];
  }
  return to;
}
template <typename Weight>
std::vector<double> BackOverOneElement(const Lattice& reading, const std::vector<double>& to, const Weight& weight) {
  std::vector<double> from(to.size());
  for (const Arc& arc : reading.arcs) {
    if (arc.element != kEmpty) from[arc.from] += to[arc.to] * weight[static_cast<size_t>(arc.element)];
  }
  return from;
}

// Free passage, forward or back.
void Pass(const std::vector<const Arc*>& passages, bool back, std::vector<double>* row) {
  for (const Arc* arc : passages) (*row)[back ? arc->from : arc->to] += (*row)[back ? arc->to : arc->from];
}

}  // namespace

std::vector<double> AddedWays(const Lattice& reading, const Affix& affix, const std::vector<double>& weight,
                              bool back) {
  std::vector<double> sum(reading.slots), now(reading.slots);
  const std::vector<const Arc*> passages = PassagesInOrder(reading, back);
  now[back ? reading.slots - 1 : 0] = 1;
  for (const double share : affix.counts) {
    Pass(passages, back, &now);
    now = back ? BackOverOneElement(reading, now, weight) : OverOneElement(reading, now, weight);
    for (uint32_t i = 0; i < reading.slots; ++i) sum[i] += affix.p * share * now[i];
  }
  return sum;
}

bool HasLikelihood(const CostLattice& costs) {
  std::vector<double> in_vain(costs.slots);
  for (const auto& loop : costs.loops) in_vain[loop.slot] += loop.weight;
  return std::all_of(in_vain.begin(), in_vain.end(), [](double weight) { return weight < 1; });
}

Likelihood::Likelihood(const Lattice& reading, const CostLattice& costs, const Channel& channel)
    : costs_(costs),
      channel_(channel),
      in_vain_(costs.slots),
      moves_(costs.classes),
      base_factors_(kBaseSymbols * (kBaseSymbols + 1)) {
  for (const auto& loop : costs.loops) in_vain_[loop.slot] += loop.weight;
  std::vector<double> any, zero;
  for (const Element& e : reading.elements) {
    any.push_back(ElementWeights(e).Mean());
    zero.push_back(ElementWeights(e).Of(U'0'));
  }
  added_before_ = AddedWays(reading, channel.structure.prefix_added, any, false);
  const Row zeros = AddedWays(reading, channel.structure.zeros_added, zero, false);
  for (size_t i = 0; i < zeros.size(); ++i) added_before_[i] += zeros[i];
  added_behind_ = AddedWays(reading, channel.structure.suffix_added, any, true);
}

double Likelihood::Of(std::u32string_view items, uint32_t min_length, uint32_t max_length) {
  min_length_ = min_length;
  max_length_ = std::min<uint32_t>(max_length, kMaxMarkSymbols);
  const auto gaps = std::count(items.begin(), items.end(), kGap);
  if (gaps == 0 && std::count(items.begin(), items.end(), kUnreadable) == 0) return OfSerial(items);
  std::u32string serial;
  const double p = OverGaps(items, gaps < 3 ? kMaxGapSymbols : kMaxGapSymbols / 2, &serial);
  return (1 - channel_.structure.Sum()) * p;
}

double Likelihood::OverGaps(std::u32string_view items, uint32_t most, std::u32string* serial) {
  const size_t before = serial->size(), gap = items.find(kGap);
  if (gap == std::u32string_view::npos) {
    serial->append(items);
    const double p = HasLength(serial->size()) ? Plain(AllJoined(*serial)) : 0;
    serial->resize(before);
    return p;
  }
  serial->append(items.substr(0, gap));
  double sum = 0;
  for (uint32_t symbols = 0; symbols <= most; ++symbols) {
    if (symbols > 0) serial->push_back(kUnreadable);
    sum += OverGaps(items.substr(gap + 1), most, serial);
  }
  serial->resize(before);
  return sum / (most + 1);
}

double Likelihood::OfSerial(std::u32string_view serial) {
  const Structure& s = channel_.structure;
  double same = 1 - s.Sum() + TooMany(s.prefix_lost, serial.size()) + TooMany(s.suffix_lost, serial.size());
  if (LeadingZeros(serial) == 0) same += s.zeros_lost;
  if (serial.size() <= 4) same += s.last_four;
  double sum = 0;
  const auto inside = [&](double p, JoinedMark mark) {
    if (p <= 0) return;
    if (mark.symbols.empty()) {
      same += p;
    } else {
      sum += p * Plain(std::move(mark));
    }
  };
  inside(s.letters_lost, WithoutLateLetters(serial));
  inside(s.blocks_swapped, WithBlocksSwapped(serial));
  double from_beginning = 0, at_end = 0;
  FromEnds(serial, same, &from_beginning, &at_end);
  if (s.suffix_lost.p > 0 || s.suffix_added.p > 0) sum += at_end;
  return sum + from_beginning;
}

double Likelihood::Factor(Symbol symbol, Symbol next) {
  const size_t a = BaseIndex(symbol), b = next == 0 ? kBaseSymbols : BaseIndex(next);
  if (a == kBaseSymbols || (b == kBaseSymbols && next != 0)) return ReadFactor(channel_, symbol, next);
  double& known = base_factors_[a * (kBaseSymbols + 1) + b];
  if (known == 0) known = ReadFactor(channel_, symbol, next);
  return known;
}

const Likelihood::Moves& Likelihood::MovesOf(uint16_t symbol_class) {
  Moves& moves = moves_[symbol_class];
  if (moves.made) return moves;
  moves.made = true;
  for (const auto& s : costs_.steps) {
    const double weight = costs_.weights[s.row + symbol_class];
    if (weight > 0) moves.steps.push_back({s.from, s.to, weight, s.rewritten});
  }
  for (const auto& s : costs_.swaps) {
    const double weight = costs_.weights[s.first_row + symbol_class];
    if (weight > 0) moves.swaps.push_back({s.from, s.to, s.second_row, weight});
  }
  return moves;
}

void Likelihood::Take() {
  const std::u32string& symbols = mark_.symbols;
  const size_t n = symbols.size();
  classes_.resize(n);
  factors_.resize(n);
  last_factors_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    classes_[i] = costs_.ClassOf(symbols[i]);
    last_factors_[i] = Factor(symbols[i], 0);
    factors_[i] = i + 1 < n && mark_.joined[i] ? Factor(symbols[i], symbols[i + 1]) : last_factors_[i];
  }
  if (states_.size() < n + 1) states_.resize(n + 1);
}

Likelihood::TwoRow& Likelihood::FirstRow() {
  states_[0].reached.assign(costs_.slots, Two{});
  return states_[0].reached;
}

template <typename WaysIn>
void Likelihood::Fill(const WaysIn& ways_in) {
  Close(&states_[0]);
  for (size_t i = 1; i <= mark_.symbols.size(); ++i) {
    Advance(i, false, &states_[i]);
    states_[i].reached[0] += Two{0, ways_in(i)};
    Close(&states_[i]);
  }
}

double Likelihood::Plain(JoinedMark mark) {
  mark_ = std::move(mark);
  Take();
  FirstRow()[0] = Two{1, 0};
  Fill([](size_t) { return 0.0; });
  return Exit(states_[mark_.symbols.size()], kPlain);
}

double Likelihood::LostBefore(std::u32string_view serial, size_t zeros, size_t i) const {
  const Structure& s = channel_.structure;
  double p = i <= s.prefix_lost.counts.size() ? s.prefix_lost.p * s.prefix_lost.counts[i - 1] : 0;
  if (i == zeros) p += s.zeros_lost;
  if (i + 4 == serial.size()) p += s.last_four;
  return p;
}

void Likelihood::FromEnds(std::u32string_view serial, double same, double* from_beginning, double* at_end) {
  mark_.symbols.assign(serial);
  mark_.joined.assign(serial.size(), 1);
  Take();
  TwoRow& first = FirstRow();
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) first[slot] = Two{0, added_before_[slot]};
  first[0] += Two{1, same};
  const size_t zeros = LeadingZeros(serial);
  Fill([&](size_t i) { return LostBefore(serial, zeros, i); });
  *from_beginning = Exit(states_[serial.size()], kFromBeginning);
  *at_end = AtEnd(serial.size());
}

double Likelihood::AtEnd(size_t n) {
  const Affix& lost = channel_.structure.suffix_lost;
  double sum = 0;
  for (size_t k = 1; k <= std::min(n, lost.counts.size()); ++k) {
    if (k == n) {
      side_ = states_[0];
    } else {
      Advance(n - k, true, &side_);
      Close(&side_);
    }
    sum += lost.p * lost.counts[k - 1] * Exit(side_, kPlain);
  }
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    sum += states_[n].passed[slot][kPlain] * added_behind_[slot] * costs_.end_weight;
  }
  return sum;
}

void Likelihood::Advance(size_t at, bool last, State* to) {
  const State& from = states_[at - 1];
  const Moves& moves = MovesOf(classes_[at - 1]);
  const double factor = last ? last_factors_[at - 1] : factors_[at - 1];
  TwoRow& row = to->reached;
  row.resize(costs_.slots);
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) row[slot] = from.reached[slot] * costs_.lost_weight;
  for (const Step& s : moves.steps) row[s.to] += from.passed[s.from] * (s.rewritten ? s.weight : s.weight * factor);
  if (at < 2 || !mark_.joined[at - 2]) return;
  const TwoRow& before = states_[at - 2].passed;
  const double* second = &costs_.weights[classes_[at - 2]];
  for (const Swap& s : moves.swaps) row[s.to] += before[s.from] * (s.weight * second[s.second_row]);
}

// Moves that read no symbol of the mark, in the order of their slots.
void Likelihood::Close(State* state) const {
  TwoRow& reached = state->reached;
  TwoRow& passed = state->passed;
  passed.assign(costs_.slots, Two{});  // By passages alone, until a slot's turn comes.
  auto free = costs_.free.begin();
  for (uint32_t slot = 0; slot < costs_.slots; ++slot) {
    const double in_vain = in_vain_[slot];
    if (in_vain > 0) reached[slot] = (reached[slot] + in_vain * passed[slot]) / (1 - in_vain);
    passed[slot] += reached[slot];
    for (; free != costs_.free.end() && free->from == slot; ++free) {
      TwoRow& row = free->element == kEmpty ? passed : reached;
      row[free->to] += passed[slot] * free->weight;
    }
  }
}

}  // namespace burin::internal
