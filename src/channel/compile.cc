// From a lattice and a way of pricing to a cost lattice.
//
// The two ways differ in four prices only: an element against a class of symbols (Row), an element added, a symbol
// lost, and an element's share of a swap (SwapRow). All else is common: which arcs follow each other, classes, lowest
// costs.
#include <algorithm>
#include <cmath>

#include "src/channel/cost_lattice.h"

namespace burin::internal {
namespace {

// Swaps pair arcs that follow each other: many parallel arcs would square.
constexpr size_t kMaxSwaps = 16384;

Cost FromProbability(double p) {
  if (!(p > 0)) return kNever;
  const double cost = std::floor(-std::log(p) * kCostsPerNat + 0.5);
  return cost >= kNever ? kNever : static_cast<Cost>(std::max(cost, 0.0));
}

// How an element weighs symbols, as what was seen: members 1, or the stated support divided by the largest, with what
// the statements leave of 1 spread evenly over the channel's other symbols.
class Weights {
 public:
  explicit Weights(const Element& element) : element_(element) {
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
  double Of(Symbol s) const {
    if (element_.support.empty()) return element_.members.Contains(s) ? 1 : 0;
    for (const auto& [symbol, support] : element_.support) {
      if (symbol == s) return support / largest_;
    }
    return unstated_;
  }
  // Of the symbols outside the base that the reading does not mention by name.
  double OfOthers() const { return element_.support.empty() ? (element_.members.others ? 1 : 0) : unstated_; }

 private:
  const Element& element_;
  double largest_ = 1;
  double unstated_ = 0;
};

class UnitPrices {
 public:
  UnitPrices(Metric metric) : metric_(metric) {}
  bool unit() const { return true; }
  Cost Lost() const { return metric_ == Metric::kHamming ? kNever : 1; }
  Cost Added(const Element&) const { return metric_ == Metric::kHamming ? kNever : 1; }
  bool Swaps() const { return metric_ == Metric::kOsa; }
  Cost End() const { return 0; }
  Status Check() const { return Status(); }

  void Row(const Element& e, const std::vector<Symbol>& listed, Cost* row) const { Members(e, listed, 1, row); }
  // A swap costs 1, counted with its first element.
  void SwapRow(const Element& e, const std::vector<Symbol>& listed, bool first, Cost* row) const {
    Members(e, listed, kNever, row);
    if (first) {
      for (size_t c = 0; c < kFirstListedClass + listed.size(); ++c) row[c] = AddCosts(row[c], 1);
    }
  }

 private:
  static void Members(const Element& e, const std::vector<Symbol>& listed, Cost otherwise, Cost* row) {
    for (size_t i = 0; i < kBaseSymbols; ++i) row[i] = e.members.Contains(BaseSymbol(i)) ? 0 : otherwise;
    row[kOtherClass] = e.members.others ? 0 : otherwise;
    row[kAnyClass] = 0;  // Some symbol satisfies the element, and the record does not say which it is.
    for (size_t i = 0; i < listed.size(); ++i)
      row[kFirstListedClass + i] = e.members.Contains(listed[i]) ? 0 : otherwise;
  }

  Metric metric_;
};

class ChannelPrices {
 public:
  explicit ChannelPrices(const Channel& channel) : channel_(channel), go_on_(1 - channel.insert) {}
  bool unit() const { return false; }
  Cost Lost() const { return FromProbability(go_on_ * channel_.erase); }
  Cost Added(const Element& e) const {
    const Weights weights(e);
    double sum = weights.OfOthers();
    for (Symbol s : e.members.listed) sum = std::max(sum, weights.Of(s));
    for (size_t i = 0; i < kBaseSymbols; ++i) sum += weights.Of(BaseSymbol(i));
    return FromProbability(channel_.insert * sum / static_cast<double>(kChannelSymbols));
  }
  bool Swaps() const { return channel_.swap > 0; }
  Cost End() const { return FromProbability(go_on_); }
  Status Check() const {
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

  void Row(const Element& e, const std::vector<Symbol>& listed, Cost* row) const {
    const double moved = go_on_ * (1 - channel_.erase - channel_.swap);
    const Weights weights(e);
    double read[kChannelSymbols];  // Weight of each symbol of the channel as read.
    for (size_t i = 0; i < kBaseSymbols; ++i) read[i] = weights.Of(BaseSymbol(i));
    double listed_most = 0;
    for (Symbol s : e.members.listed) listed_most = std::max(listed_most, weights.Of(s));
    read[kBaseSymbols] = std::max(weights.OfOthers(), listed_most);

    double mean = 0;
    for (size_t a = 0; a < kBaseSymbols; ++a) {
      const double p = Emission(e, read, a, read[a], BaseSymbol(a));
      row[a] = FromProbability(moved * p);
      mean += p;
    }
    const double other = Emission(e, read, kBaseSymbols, weights.OfOthers(), kUnmentioned);
    row[kOtherClass] = FromProbability(moved * other);
    mean += other;
    row[kAnyClass] = FromProbability(moved * mean / static_cast<double>(kChannelSymbols));
    for (size_t i = 0; i < listed.size(); ++i) {
      const double p = Emission(e, read, kBaseSymbols, weights.Of(listed[i]), listed[i]);
      row[kFirstListedClass + i] = FromProbability(moved * p);
    }
  }

  void SwapRow(const Element& e, const std::vector<Symbol>& listed, bool first, Cost* row) const {
    const double share = first ? go_on_ * channel_.swap : 1;
    const Weights weights(e);
    double mean = weights.OfOthers();
    for (size_t a = 0; a < kBaseSymbols; ++a) {
      row[a] = FromProbability(share * weights.Of(BaseSymbol(a)));
      mean += weights.Of(BaseSymbol(a));
    }
    row[kOtherClass] = FromProbability(share * weights.OfOthers());
    row[kAnyClass] = FromProbability(share * mean / static_cast<double>(kChannelSymbols));
    for (size_t i = 0; i < listed.size(); ++i) {
      row[kFirstListedClass + i] = FromProbability(share * weights.Of(listed[i]));
    }
  }

 private:
  static constexpr Symbol kUnmentioned = 0;  // Any symbol outside the base that the reading does not mention.

  // Sum over read symbols of weight times P(read | a); `kept` is the weight of reading the symbol as itself. For a
  // symbol outside the base, confusion[a][a] is being read as another one outside it.
  double Emission(const Element& e, const double* read, size_t a, double kept, Symbol symbol) const {
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
  double Beneath(Symbol beneath, size_t a, Symbol symbol) const {
    const double rate = channel_.Error(a, Doubt::kProbable);
    return beneath == symbol ? 1 - rate : rate * channel_.confusion[a * kChannelSymbols + BaseIndex(beneath)];
  }

  const Channel& channel_;
  double go_on_;
};

std::vector<Symbol> ListedSymbols(const Lattice& lattice) {
  std::vector<Symbol> listed;
  for (const Element& e : lattice.elements) {
    listed.insert(listed.end(), e.members.listed.begin(), e.members.listed.end());
    if (e.beneath != 0 && BaseIndex(e.beneath) == kBaseSymbols) listed.push_back(e.beneath);
  }
  std::sort(listed.begin(), listed.end());
  listed.erase(std::unique(listed.begin(), listed.end()), listed.end());
  return listed;
}

// slots reachable from each slot by empty arcs, itself included.
std::vector<std::vector<uint32_t>> Passages(const Lattice& lattice) {
  std::vector<std::vector<uint32_t>> out(lattice.slots), reach(lattice.slots);
  for (const Arc& a : lattice.arcs) {
    if (a.element == kEmpty) out[a.from].push_back(a.to);
  }
  for (uint32_t i = lattice.slots; i-- > 0;) {
    reach[i].push_back(i);
    for (uint32_t to : out[i]) reach[i].insert(reach[i].end(), reach[to].begin(), reach[to].end());
    std::sort(reach[i].begin(), reach[i].end());
    reach[i].erase(std::unique(reach[i].begin(), reach[i].end()), reach[i].end());
  }
  return reach;
}

template <typename Prices>
class Compiler {
 public:
  Compiler(const Lattice& lattice, const Prices& prices) : lattice_(lattice), prices_(prices) {}

  Result<CostLattice> Run() {
    if (Status s = prices_.Check(); !s.ok()) return s;
    out_.unit = prices_.unit();
    out_.has_swaps = prices_.Swaps();
    out_.slots = lattice_.slots;
    out_.listed = ListedSymbols(lattice_);
    out_.classes = static_cast<uint32_t>(kFirstListedClass + out_.listed.size());
    out_.lost.assign(out_.classes, prices_.Lost());
    out_.lost_lowest = prices_.Lost();
    out_.end = prices_.End();
    AddRows();
    AddArcs();
    if (prices_.Swaps()) {
      if (Status s = AddSwaps(); !s.ok()) return s;
    }
    MergeClasses();
    out_.best = Best();
    return std::move(out_);
  }

 private:
  // One row an element for steps, two for its places in swaps.
  void AddRows() {
    rows_ = prices_.Swaps() ? 3 : 1;
    out_.costs.assign(lattice_.elements.size() * rows_ * out_.classes, kNever);
    for (size_t e = 0; e < lattice_.elements.size(); ++e) {
      const Element& element = lattice_.elements[e];
      prices_.Row(element, out_.listed, &out_.costs[RowOf(e, 0)]);
      if (rows_ == 1) continue;
      prices_.SwapRow(element, out_.listed, true, &out_.costs[RowOf(e, 1)]);
      prices_.SwapRow(element, out_.listed, false, &out_.costs[RowOf(e, 2)]);
    }
  }
  uint32_t RowOf(size_t element, size_t which) const {
    return static_cast<uint32_t>((element * rows_ + which) * out_.classes);
  }
  Cost Lowest(uint32_t row) const {
    return *std::min_element(out_.costs.begin() + row, out_.costs.begin() + row + out_.classes);
  }

  void AddArcs() {
    for (const Arc& a : lattice_.arcs) {
      if (a.element == kEmpty) {
        out_.free.push_back({a.from, a.to, kEmpty, 0});
        continue;
      }
      const uint32_t row = RowOf(static_cast<size_t>(a.element), 0);
      out_.steps.push_back({a.from, a.to, a.element, row, Lowest(row)});
      const Cost added = prices_.Added(lattice_.elements[static_cast<size_t>(a.element)]);
      if (a.from != a.to && added < kNever) out_.free.push_back({a.from, a.to, a.element, added});
    }
    std::stable_sort(out_.free.begin(), out_.free.end(), [](const auto& x, const auto& y) { return x.from < y.from; });
  }

  Status AddSwaps() {
    const auto reach = Passages(lattice_);
    std::vector<std::vector<const Arc*>> leaving(lattice_.slots);
    for (const Arc& a : lattice_.arcs) {
      if (a.element != kEmpty) leaving[a.from].push_back(&a);
    }
    for (const Arc& first : lattice_.arcs) {
      if (first.element == kEmpty) continue;
      for (uint32_t slot : reach[first.to]) {
        for (const Arc* second : leaving[slot]) AddSwap(first, *second);
      }
      if (out_.swaps.size() > kMaxSwaps) {
        return Status(StatusCode::kInvalidArgument,
                      "the reading is too large: too many neighbouring pairs of characters");
      }
    }
    return Status();
  }
  void AddSwap(const Arc& first, const Arc& second) {
    const uint32_t first_row = RowOf(static_cast<size_t>(first.element), 1);
    const uint32_t second_row = RowOf(static_cast<size_t>(second.element), 2);
    const Cost first_lowest = Lowest(first_row), second_lowest = Lowest(second_row);
    if (AddCosts(first_lowest, second_lowest) >= kNever) return;
    out_.swaps.push_back(
        {first.from, second.to, first.element, second.element, first_row, second_row, first_lowest, second_lowest});
  }

  // A reading tells few symbols apart, and a search need try only one of those it does not.
  void MergeClasses() {
    out_.alike.resize(out_.classes);
    for (uint16_t c = 0; c < out_.classes; ++c) {
      uint16_t d = 0;
      while (d < c && (out_.alike[d] != d || !SameCosts(c, d))) ++d;
      out_.alike[c] = d;
    }
  }
  bool SameCosts(uint16_t c, uint16_t d) const {
    for (size_t row = 0; row < out_.costs.size(); row += out_.classes) {
      if (out_.costs[row + c] != out_.costs[row + d]) return false;
    }
    return out_.lost[c] == out_.lost[d];
  }

  Cost Best() const {
    std::vector<Cost> to_end(out_.slots, kNever);
    to_end[out_.slots - 1] = out_.end;
    for (uint32_t slot = out_.slots; slot-- > 0;) {
      for (const auto& s : out_.steps) {
        if (s.from == slot && s.to != slot) to_end[slot] = std::min(to_end[slot], AddCosts(s.lowest, to_end[s.to]));
      }
      for (const auto& f : out_.free) {
        if (f.from == slot) to_end[slot] = std::min(to_end[slot], AddCosts(f.cost, to_end[f.to]));
      }
      for (const auto& s : out_.swaps) {
        if (s.from != slot || s.to == slot) continue;
        to_end[slot] = std::min(to_end[slot], AddCosts(AddCosts(s.first_lowest, s.second_lowest), to_end[s.to]));
      }
    }
    return to_end[0];
  }

  const Lattice& lattice_;
  const Prices& prices_;
  size_t rows_ = 1;
  CostLattice out_;
};

}  // namespace

Result<CostLattice> CompileUnit(const Lattice& lattice, Metric metric) {
  const UnitPrices prices(metric);
  return Compiler<UnitPrices>(lattice, prices).Run();
}

Result<CostLattice> CompileChannel(const Lattice& lattice, const Channel& channel) {
  const ChannelPrices prices(channel);
  return Compiler<ChannelPrices>(lattice, prices).Run();
}

}  // namespace burin::internal
