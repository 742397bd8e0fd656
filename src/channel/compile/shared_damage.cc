#include "src/channel/compile/shared_damage.h"

#include <algorithm>
#include <string>
#include <utility>

#include "src/channel/compile/compile.h"
#include "src/channel/compile/reader_moves.h"
#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

// How values of states add up, and what they begin as.
double Sum(double a, double b) { return a + b; }
Cost Sum(Cost a, Cost b) { return std::min(a, b); }
double Weighed(double value, double weight) { return value * weight; }
Cost Weighed(Cost value, Cost weight) { return AddCosts(value, weight); }
template <typename Value>
constexpr Value kNothing = Value{0};
template <>
constexpr Cost kNothing<Cost> = kNever;
template <typename Value>
constexpr Value kCertain = Value{1};
template <>
constexpr Cost kCertain<Cost> = Cost{0};

uint32_t MostGapSymbols(std::u32string_view items) {
  const auto gaps = std::count(items.begin(), items.end(), kGap);
  return gaps < 3 ? Likelihood::kMaxGapSymbols : Likelihood::kMaxGapSymbols / 2;
}

// A symbol for one of the channel's; 0 is any outside the base that no reading mentions.
Symbol SymbolOf(size_t a) { return a < kBaseSymbols ? BaseSymbol(a) : Symbol{0}; }

}  // namespace

DamageModel::DamageModel(const Channel& channel) : damaged(channel.symbols, 0.0), given{channel, channel} {
  constexpr std::array<Doubt, 3> kDoubts = {Doubt::kCertain, Doubt::kProbable, Doubt::kPossible};
  for (size_t a = 0; a < channel.symbols; ++a) {
    const double certain = channel.Error(a, Doubt::kCertain), worst = channel.Error(a, Doubt::kPossible);
    const double p = worst > 0 ? kShareOfDamage * certain / worst : 0;
    // A channel whose doubts mean less than certainty has no damage.
    const bool orderly = p < 1 && std::all_of(kDoubts.begin(), kDoubts.end(), [&](Doubt d) {
                           return channel.Error(a, d) >= p * worst && channel.Error(a, d) <= worst;
                         });
    if (!orderly) continue;
    damaged[a] = p;
    for (const Doubt d : kDoubts) {
      const size_t at = static_cast<size_t>(d) * channel.symbols + a;
      given[0].error[at] = (channel.error[at] - p * worst) / (1 - p);
      given[1].error[at] = worst;
    }
  }
}

SharedDamage::SharedDamage(const Channel& channel) : channel_(&channel), model_(channel) {
  for (size_t a = 0; a < channel.symbols; ++a) {
    state_costs_[0].push_back(CostOfProbability(1 - model_.damaged[a]));
    state_costs_[1].push_back(CostOfProbability(model_.damaged[a]));
  }
}
SharedDamage::SharedDamage(SharedDamage&&) noexcept = default;
SharedDamage::~SharedDamage() = default;

Result<SharedDamage> SharedDamage::Make(std::span<const Lattice* const> readings,
                                        std::span<const CostLattice* const> costs, const Channel& channel) {
  const auto refuse = [](std::string what) { return Status(StatusCode::kInvalidArgument, std::move(what)); };
  if (readings.size() > kMaxReadings) {
    return refuse(std::to_string(readings.size()) + " readings of one mark: at most " + std::to_string(kMaxReadings));
  }
  SharedDamage made(channel);
  size_t states = 1;
  for (size_t i = 0; i < readings.size(); ++i) {
    std::array<CostLattice, 2> given;
    for (size_t d = 0; d < 2; ++d) {
      Result<CostLattice> compiled = CompileChannel(*readings[i], made.model_.given[d]);
      if (!compiled.ok()) return compiled.status();
      given[d] = *std::move(compiled);
    }
    made.moves_.push_back(std::make_unique<ReaderMoves>(*readings[i], *costs[i], std::move(given)));
    made.alone_.push_back(std::make_unique<Likelihood>(*readings[i], *costs[i], channel));
    states *= std::min(made.moves_.back()->states(), kMaxJointStates);
    if (states > kMaxJointStates) return refuse("the readings are too large to be weighed together");
  }
  return made;
}

std::vector<const ReaderMoves*> SharedDamage::Readers(uint32_t which) const {
  std::vector<const ReaderMoves*> readers;
  for (size_t i = 0; i < moves_.size(); ++i) {
    if ((which >> i & 1) != 0) readers.push_back(moves_[i].get());
  }
  return readers;
}

// Each reader's step along its own axis of the states.
template <typename Value>
void SharedDamage::Apply(const std::vector<const ReaderMoves*>& readers, Symbol symbol, double factor, int damaged,
                         const std::vector<Value>& from, std::vector<Value>* to) const {
  *to = from;
  size_t inner = from.size();
  std::vector<Value> fiber, stepped;
  for (const ReaderMoves* reader : readers) {
    const size_t states = reader->states();
    const uint16_t symbol_class = reader->costs().ClassOf(symbol);
    inner /= states;
    fiber.resize(states);
    stepped.resize(states);
    for (size_t outer = 0; outer < from.size(); outer += states * inner) {
      for (size_t i = outer; i < outer + inner; ++i) {
        bool any = false;
        for (size_t s = 0; s < states; ++s) {
          fiber[s] = (*to)[i + s * inner];
          any = any || fiber[s] != kNothing<Value>;
        }
        if (!any) continue;
        reader->Step(fiber.data(), symbol_class, factor, damaged, stepped.data());
        for (size_t s = 0; s < states; ++s) (*to)[i + s * inner] = stepped[s];
      }
    }
  }
}

template <typename Value>
void SharedDamage::Step(std::u32string_view items, size_t at, uint32_t which, std::vector<Value>* states) {
  const std::vector<const ReaderMoves*> readers = Readers(which);
  const Symbol symbol = items[at];
  const double factor = ReadFactor(*channel_, symbol, at + 1 < items.size() ? items[at + 1] : 0);
  std::vector<Value> sum(states->size(), kNothing<Value>), one;
  // The mark has `as` there, with a share.
  const auto add = [&](Symbol as, Value share) {
    const size_t a = BaseIndex(as);
    for (int damaged = 0; damaged < 2; ++damaged) {
      const double p = damaged == 1 ? model_.damaged[a] : 1 - model_.damaged[a];
      if (!(p > 0)) continue;
      Value weight;
      if constexpr (std::is_same_v<Value, Cost>) {
        weight = Weighed(share, state_costs_[static_cast<size_t>(damaged)][a]);
      } else {
        weight = share * p;
      }
      Apply(readers, as, factor, damaged, *states, &one);
      for (size_t i = 0; i < sum.size(); ++i) sum[i] = Sum(sum[i], Weighed(one[i], weight));
    }
  };
  if (symbol != kUnreadable) {
    add(symbol, kCertain<Value>);
  } else {
    Value share;
    if constexpr (std::is_same_v<Value, Cost>) {
      share = CostOfProbability(1 / static_cast<double>(kChannelSymbols));
      Apply(readers, kUnreadable, factor, -1, *states, &one);
      sum = one;
    } else {
      share = 1 / static_cast<double>(kChannelSymbols);
    }
    for (size_t a = 0; a < kChannelSymbols; ++a) add(SymbolOf(a), share);
  }
  *states = std::move(sum);
}

template <typename Value>
Value SharedDamage::Whole(std::u32string_view items, uint32_t which) {
  const std::vector<const ReaderMoves*> readers = Readers(which);
  size_t size = 1;
  for (const ReaderMoves* reader : readers) size *= reader->states();
  std::vector<Value> states(size, kNothing<Value>);
  states[0] = kCertain<Value>;
  for (size_t at = 0; at < items.size(); ++at) Step(items, at, which, &states);
  // The readers end one after the other.
  for (const ReaderMoves* reader : readers) {
    const size_t count = reader->states();
    size /= count;
    std::vector<Value> fiber(count);
    for (size_t i = 0; i < size; ++i) {
      for (size_t s = 0; s < count; ++s) fiber[s] = states[i + s * size];
      states[i] = reader->End(fiber.data());
    }
  }
  return states[0];
}

double SharedDamage::Plain(std::u32string_view items, uint32_t which) { return Whole<double>(items, which); }

Cost SharedDamage::CostOf(std::u32string_view items, uint32_t which, uint32_t min_length, uint32_t max_length) {
  std::u32string serial;
  return OverGaps(items, MostGapSymbols(items), which, {min_length, max_length}, &serial);
}

Cost SharedDamage::OverGaps(std::u32string_view items, uint32_t most, uint32_t which,
                            std::pair<uint32_t, uint32_t> lengths, std::u32string* serial) {
  const size_t before = serial->size(), gap = items.find(kGap);
  if (gap == std::u32string_view::npos) {
    serial->append(items);
    Cost cost = kNever;
    if (serial->size() >= lengths.first && serial->size() <= std::min<size_t>(lengths.second, kMaxMarkSymbols)) {
      cost = Whole<Cost>(*serial, which);
    }
    serial->resize(before);
    return cost;
  }
  serial->append(items.substr(0, gap));
  Cost least = kNever;
  for (uint32_t symbols = 0; symbols <= most; ++symbols) {
    if (symbols > 0) serial->push_back(kUnreadable);
    least = std::min(least, OverGaps(items.substr(gap + 1), most, which, lengths, serial));
  }
  serial->resize(before);
  return least;
}

double SharedDamage::SumOverGaps(std::u32string_view items, uint32_t most, std::u32string* serial) {
  const size_t before = serial->size(), gap = items.find(kGap);
  if (gap == std::u32string_view::npos) {
    serial->append(items);
    const double p = serial->size() <= kMaxMarkSymbols ? Plain(*serial, All()) : 0;
    serial->resize(before);
    return p;
  }
  serial->append(items.substr(0, gap));
  double sum = 0;
  for (uint32_t symbols = 0; symbols <= most; ++symbols) {
    if (symbols > 0) serial->push_back(kUnreadable);
    sum += SumOverGaps(items.substr(gap + 1), most, serial);
  }
  serial->resize(before);
  return sum / (most + 1);
}

double SharedDamage::Of(std::u32string_view items) {
  const double same = 1 - channel_->structure.Sum();
  double all_same = 1;
  for (size_t i = 0; i < moves_.size(); ++i) all_same *= same;
  if (items.find_first_of(std::u32string{kGap, kUnreadable}) != std::u32string_view::npos) {
    std::u32string serial;
    return all_same * SumOverGaps(items, MostGapSymbols(items), &serial);
  }
  // What happened to the mark as a whole for some of the readers, who then err by themselves.
  std::vector<double> changed, plain;
  for (size_t i = 0; i < moves_.size(); ++i) {
    plain.push_back(same * Plain(items, uint32_t{1} << i));
    changed.push_back(std::max(0.0, alone_[i]->Of(items) - plain[i]));
  }
  double sum = 0;
  for (uint32_t which = 0; which <= All(); ++which) {
    double p = 1;
    size_t together = 0;
    for (size_t i = 0; i < moves_.size(); ++i) {
      if ((which >> i & 1) == 0) {
        p *= changed[i];
      } else {
        ++together;
        p *= same;
      }
    }
    if (p > 0 && together > 0) p *= Plain(items, which);
    sum += p;
  }
  return sum;
}

}  // namespace burin::internal
