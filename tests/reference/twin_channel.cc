#include "tests/reference/twin_channel.h"

#include <algorithm>
#include <cmath>

#include "src/channel/file/shipped.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal::reference {
namespace {

// Stands for all symbols outside the base that a reading does not mention.
constexpr Symbol kUnmentioned = 0xF8FF;

double Mean(double sum) { return sum / 37; }

}  // namespace

uint64_t CostOf(double p) {
  if (p <= 0) return kImpossible;
  return static_cast<uint64_t>(std::max(0L, std::lround(-64 * std::log(p))));
}

double ChannelTwin::Weight(const Element& e, Symbol symbol) const {
  if (e.support.empty()) return Has(e.members, symbol) ? 1 : 0;
  double largest = 0, sum = 0;
  for (const auto& [s, weight] : e.support) {
    largest = std::max(largest, weight);
    sum += weight;
  }
  for (const auto& [s, weight] : e.support) {
    if (s == symbol) return weight / largest;
  }
  const double unstated = std::max<double>(37 - static_cast<double>(e.support.size()), 1);
  return std::max(1 - sum, 0.0) / unstated / largest;
}

// The channel has one symbol for all that lie outside the base: as something read it weighs what the best of them does.
double ChannelTwin::WeightOfOther(const Element& e) const {
  double weight = Weight(e, kUnmentioned);
  for (const Symbol s : e.members.listed) weight = std::max(weight, Weight(e, s));
  return weight;
}

double ChannelTwin::MeanWeight(int32_t number, Symbol symbol) const {
  const auto [at, is_new] = weight_.try_emplace({number, symbol}, 0);
  if (!is_new) return at->second;
  const Element& e = element(number);
  if (symbol != kUnreadable) return at->second = Weight(e, symbol);
  double sum = Weight(e, kUnmentioned);
  for (size_t i = 0; i < kBaseSymbols; ++i) sum += Weight(e, BaseSymbol(i));
  return at->second = Mean(sum);
}

double ChannelTwin::Emission(const Element& e, Symbol symbol) const {
  if (symbol == kUnreadable) {
    double sum = Emission(e, kUnmentioned);
    for (size_t i = 0; i < kBaseSymbols; ++i) sum += Emission(e, BaseSymbol(i));
    return Mean(sum);
  }
  const size_t a = BaseIndex(symbol);
  const double wrong = channel_.error[static_cast<size_t>(e.doubt) * 37 + a];
  double misread = 0, changed = 0;
  for (size_t b = 0; b < 37; ++b) {
    const double weight = b < kBaseSymbols ? Weight(e, BaseSymbol(b)) : WeightOfOther(e);
    misread += weight * channel_.confusion[a * 37 + b];
    changed += weight * channel_.alteration[a * 37 + b];
  }
  double p = (1 - wrong) * Weight(e, symbol) + wrong * misread;
  if (e.altered) p = (1 - channel_.truly_altered) * p + channel_.truly_altered * changed;
  if (e.beneath != 0) {
    // A second reading of the same symbol, no more than probable.
    const double doubt = channel_.error[static_cast<size_t>(Doubt::kProbable) * 37 + a];
    p *= e.beneath == symbol ? 1 - doubt : doubt * channel_.confusion[a * 37 + BaseIndex(e.beneath)];
  }
  return p;
}

uint64_t ChannelTwin::Read(int32_t number, Symbol symbol) const {
  const auto [at, is_new] = read_.try_emplace({number, symbol}, 0);
  if (is_new) {
    const double move = (1 - channel_.insert) * (1 - channel_.erase - channel_.swap);
    at->second = CostOf(move * Emission(element(number), symbol));
  }
  return at->second;
}

uint64_t ChannelTwin::Added(int32_t number) const {
  const auto [at, is_new] = added_.try_emplace(number, 0);
  if (!is_new) return at->second;
  const Element& e = element(number);
  double sum = WeightOfOther(e);
  for (size_t i = 0; i < kBaseSymbols; ++i) sum += Weight(e, BaseSymbol(i));
  return at->second = CostOf(channel_.insert * Mean(sum));
}

uint64_t ChannelTwin::Lost() const { return CostOf((1 - channel_.insert) * channel_.erase); }
uint64_t ChannelTwin::End() const { return CostOf(1 - channel_.insert); }

uint64_t ChannelTwin::Swapped(int32_t first, int32_t second, Symbol mark_first, Symbol mark_second) const {
  const double move = (1 - channel_.insert) * channel_.swap;
  return std::min(CostOf(move * MeanWeight(first, mark_second)) + CostOf(MeanWeight(second, mark_first)), kImpossible);
}

const Channel& PlainTyped() {
  static const Channel plain = [] {
    Channel channel = TypedChannel();
    channel.rewrites.clear();
    channel.structure = {};
    return channel;
  }();
  return plain;
}

double Probability(const Channel& channel, const std::vector<size_t>& reading, const std::vector<size_t>& mark) {
  const size_t n = mark.size(), m = reading.size();
  const double go_on = 1 - channel.insert;
  // at[i][j]: at the gap before the i-th symbol of the mark, j symbols read.
  std::vector<std::vector<double>> at(n + 1, std::vector<double>(m + 1, 0));
  at[0][0] = 1;
  for (size_t i = 0; i <= n; ++i) {
    for (size_t j = 0; j <= m; ++j) {
      const double here = at[i][j];
      if (j < m) at[i][j + 1] += here * channel.insert / static_cast<double>(channel.symbols);
      if (i == n) continue;
      const bool last = i + 1 == n;
      const double read = 1 - channel.erase - (last ? 0 : channel.swap);
      at[i + 1][j] += here * go_on * channel.erase;
      if (j < m) at[i + 1][j + 1] += here * go_on * read * channel.Read(mark[i], reading[j], Doubt::kCertain);
      if (!last && j + 2 <= m && reading[j] == mark[i + 1] && reading[j + 1] == mark[i]) {
        at[i + 2][j + 2] += here * go_on * channel.swap;
      }
    }
  }
  return at[n][m] * go_on;
}

}  // namespace burin::internal::reference
