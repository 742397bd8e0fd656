#include "src/channel/model/prices.h"

#include <algorithm>
#include <cmath>

#include "src/base/exp_log.h"

namespace burin::internal {

Cost CostOfProbability(double p) {
  if (!(p > 0)) return kNever;
  const double cost = std::floor(-Log(p) * kCostsPerNat + 0.5);
  return cost >= kNever ? kNever : static_cast<Cost>(std::max(cost, 0.0));
}

ElementWeights::ElementWeights(const Element& element) : element_(element) {
  if (element.support.empty()) return;
  double sum = 0, most = 0;
  for (const auto& [symbol, support] : element.support) {
    sum += support;
    most = std::max(most, support);
  }
  largest_ = most;
  const size_t rest = kChannelSymbols - std::min(kChannelSymbols - 1, element.support.size());
  unstated_ = std::max(0.0, 1 - sum) / static_cast<double>(rest) / most;
}

double ElementWeights::Of(Symbol s) const {
  if (element_.support.empty()) return element_.members.Contains(s) ? 1 : 0;
  for (const auto& [symbol, support] : element_.support) {
    if (symbol == s) return support / largest_;
  }
  return unstated_;
}

double ElementWeights::OfForeign() const {
  double most = OfOthers();
  for (const Symbol s : element_.members.listed) most = std::max(most, Of(s));
  return most;
}

double ElementWeights::Mean() const {
  double sum = OfForeign();
  for (size_t i = 0; i < kBaseSymbols; ++i) sum += Of(BaseSymbol(i));
  return sum / static_cast<double>(kChannelSymbols);
}

const std::vector<Rewrite>& UnitPrices::rewrites() const {
  static const std::vector<Rewrite> none;
  return none;
}

void UnitPrices::SwapRow(const Element& e, const std::vector<Symbol>& listed, bool first, Cost* row) const {
  Members(e, listed, kNever, row);
  if (!first) return;
  for (size_t c = 0; c < kFirstListedClass + listed.size(); ++c) row[c] = AddCosts(row[c], 1);
}

void UnitPrices::Members(const Element& e, const std::vector<Symbol>& listed, Cost otherwise, Cost* row) {
  for (size_t i = 0; i < kBaseSymbols; ++i) row[i] = e.members.Contains(BaseSymbol(i)) ? 0 : otherwise;
  row[kOtherClass] = e.members.others ? 0 : otherwise;
  row[kAnyClass] = 0;  // Some symbol satisfies the element, and the record does not say which it is.
  for (size_t i = 0; i < listed.size(); ++i) {
    row[kFirstListedClass + i] = e.members.Contains(listed[i]) ? 0 : otherwise;
  }
}

Status ChannelPrices::Check() const {
  if (channel_.symbols != kChannelSymbols) {
    return Status(StatusCode::kInvalidArgument,
                  "channel " + channel_.name + " does not have the 37 symbols of a reading");
  }
  // That the last symbol of a mark cannot be swapped is worth less than half a cost unit up to here, and not priced.
  if (channel_.swap > 0.0075) {
    return Status(StatusCode::kOutOfRange, "channel " + channel_.name + " swaps more than 0.75 % of symbols");
  }
  return Status();
}

namespace {

// Weight of each symbol of the channel as read.
void WeighRead(const ElementWeights& weights, double* read) {
  for (size_t i = 0; i < kBaseSymbols; ++i) read[i] = weights.Of(BaseSymbol(i));
  read[kBaseSymbols] = weights.OfForeign();
}

}  // namespace

void ChannelPrices::Row(const Element& e, const std::vector<Symbol>& listed, double* row) const {
  const ElementWeights weights(e);
  double read[kChannelSymbols];
  WeighRead(weights, read);
  double mean = 0;
  for (size_t a = 0; a < kBaseSymbols; ++a) {
    row[a] = go_on_ * ReadShare(channel_, BaseSymbol(a)) * Emission(e, read, a, read[a], BaseSymbol(a));
    mean += row[a];
  }
  const double share = ReadShare(channel_, kUnmentioned);
  row[kOtherClass] = go_on_ * share * Emission(e, read, kBaseSymbols, weights.OfOthers(), kUnmentioned);
  row[kAnyClass] = (mean + row[kOtherClass]) / static_cast<double>(kChannelSymbols);
  for (size_t i = 0; i < listed.size(); ++i) {
    const double kept = weights.Of(listed[i]);
    row[kFirstListedClass + i] =
        go_on_ * ReadShare(channel_, listed[i]) * Emission(e, read, kBaseSymbols, kept, listed[i]);
  }
}

void ChannelPrices::SwapRow(const Element& e, const std::vector<Symbol>& listed, bool first, double* row) const {
  const double share = first ? go_on_ * channel_.swap : 1;
  const ElementWeights weights(e);
  double sum = weights.OfOthers();
  for (size_t a = 0; a < kBaseSymbols; ++a) {
    row[a] = share * weights.Of(BaseSymbol(a));
    sum += weights.Of(BaseSymbol(a));
  }
  row[kOtherClass] = share * weights.OfOthers();
  row[kAnyClass] = share * sum / static_cast<double>(kChannelSymbols);
  for (size_t i = 0; i < listed.size(); ++i) row[kFirstListedClass + i] = share * weights.Of(listed[i]);
}

// Sum over read symbols of weight times P(read | a); `kept` is the weight of reading the symbol as itself. For a symbol
// outside the base, confusion[a][a] is being read as another one outside it.
double ChannelPrices::Emission(const Element& e, const double* read, size_t a, double kept, Symbol symbol) const {
  const double rate = channel_.Error(a, e.doubt);
  const double* confusion = &channel_.confusion[a * kChannelSymbols];
  double misread = 0;
  for (size_t b = 0; b < kChannelSymbols; ++b) misread += confusion[b] * read[b];
  double p = (1 - rate) * kept + rate * misread;
  if (!e.altered) return p;
  const double* alteration = &channel_.alteration[a * kChannelSymbols];
  double changed = 0;
  for (size_t b = 0; b < kChannelSymbols; ++b) changed += alteration[b] * read[b];
  p = (1 - channel_.truly_altered) * p + channel_.truly_altered * changed;
  if (e.beneath != 0) p *= Beneath(e.beneath, a, symbol);
  return p;
}

// What was seen beneath is a second reading of the same symbol, no more than probable.
double ChannelPrices::Beneath(Symbol beneath, size_t a, Symbol symbol) const {
  const double rate = channel_.Error(a, Doubt::kProbable);
  return beneath == symbol ? 1 - rate : rate * channel_.confusion[a * kChannelSymbols + BaseIndex(beneath)];
}

ReadCause MainCause(const Channel& channel, const Element& e, Symbol symbol) {
  const ElementWeights weights(e);
  double read[kChannelSymbols];
  WeighRead(weights, read);
  const size_t a = BaseIndex(symbol);
  const double rate = channel.Error(a, e.doubt), altered = e.altered ? channel.truly_altered : 0;
  ReadCause cause;
  double most = (1 - altered) * (1 - rate) * weights.Of(symbol);
  const auto offer = [&](double p, bool by_alteration, size_t b) {
    if (p <= most) return;
    most = p;
    cause = {false, by_alteration, b};
  };
  for (size_t b = 0; b < kChannelSymbols; ++b) {
    const size_t at = a * channel.symbols + b;
    offer((1 - altered) * rate * channel.confusion[at] * read[b], false, b);
    if (e.altered) offer(altered * channel.alteration[at] * read[b], true, b);
  }
  return cause;
}

double ReadShare(const Channel& channel, Symbol symbol) {
  double share = 1 - channel.erase - channel.swap;
  for (const Rewrite& r : channel.rewrites) {
    if (r.mark.size() == 1 && r.mark[0] == symbol) share -= r.p;
  }
  return share;
}

double ReadFactor(const Channel& channel, Symbol symbol, Symbol next) {
  const double share = ReadShare(channel, symbol);
  if (next == 0) return (share + channel.swap) / share;
  double rewritten = 0;
  for (const Rewrite& r : channel.rewrites) {
    if (r.mark.size() == 2 && r.mark[0] == symbol && r.mark[1] == next) rewritten += r.p;
  }
  return (share - rewritten) / share;
}

}  // namespace burin::internal
