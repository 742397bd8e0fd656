// From a lattice and a way of pricing to a cost lattice.
//
// The two ways differ in a few prices only (prices.h): an element against a class of symbols, an element added, a
// symbol lost, an element's share of a swap, and what is rewritten. All else is common: which arcs follow each other,
// classes, lowest costs.
#include <algorithm>
#include <map>

#include "src/channel/cost_lattice.h"
#include "src/channel/prices.h"

namespace burin::internal {
namespace {

// Swaps pair arcs that follow each other: many parallel arcs would square.
constexpr size_t kMaxSwaps = 16384;

std::vector<Symbol> ListedSymbols(const Lattice& lattice, const std::vector<Rewrite>& rewrites) {
  std::vector<Symbol> listed;
  const auto add = [&](Symbol s) {
    if (BaseIndex(s) == kBaseSymbols) listed.push_back(s);
  };
  for (const Element& e : lattice.elements) {
    listed.insert(listed.end(), e.members.listed.begin(), e.members.listed.end());
    if (e.beneath != 0) add(e.beneath);
  }
  for (const Rewrite& r : rewrites) std::for_each(r.mark.begin(), r.mark.end(), add);
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
    out_.unit = kUnit;
    out_.has_swaps = prices_.Swaps();
    out_.slots = lattice_.slots;
    out_.listed = ListedSymbols(lattice_, prices_.rewrites());
    out_.classes = static_cast<uint32_t>(kFirstListedClass + out_.listed.size());
    out_.lost.assign(out_.classes, ToCost(prices_.Lost()));
    out_.lost_lowest = out_.lost[0];
    if constexpr (kUnit) {
      out_.end = prices_.End();
    } else {
      out_.end = ToCost(prices_.End() * prices_.Plain());
      out_.lost_weight = prices_.Lost();
      out_.end_weight = prices_.End();
    }
    AddRows();
    AddArcs();
    if (Status s = AddPairs(); !s.ok()) return s;
    MergeClasses();
    out_.best = out_.LowestToEnd()[0];
    return std::move(out_);
  }

 private:
  using Value = typename Prices::Value;
  static constexpr bool kUnit = std::is_same_v<Value, Cost>;

  static Cost ToCost(Cost cost) { return cost; }
  static Cost ToCost(double p) { return CostOfProbability(p); }

  // A row of values by class; answers where it begins.
  template <typename Fill>
  uint32_t AddRow(const Fill& fill) {
    const auto row = static_cast<uint32_t>(out_.costs.size());
    out_.costs.resize(row + out_.classes, kNever);
    if constexpr (kUnit) {
      fill(&out_.costs[row]);
    } else {
      out_.weights.resize(row + out_.classes, 0.0);
      fill(&out_.weights[row]);
      for (uint32_t c = row; c < row + out_.classes; ++c) out_.costs[c] = ToCost(out_.weights[c]);
    }
    return row;
  }

  // One row an element for steps, two for its places in swaps.
  void AddRows() {
    for (const Element& e : lattice_.elements) {
      step_rows_.push_back(AddRow([&](Value* row) { prices_.Row(e, out_.listed, row); }));
      if (!prices_.Swaps()) continue;
      for (const bool first : {true, false}) {
        swap_rows_[first].push_back(AddRow([&](Value* row) { prices_.SwapRow(e, out_.listed, first, row); }));
      }
    }
  }
  Cost Lowest(uint32_t row) const {
    return *std::min_element(out_.costs.begin() + row, out_.costs.begin() + row + out_.classes);
  }
  const Element& ElementOf(const Arc& arc) const { return lattice_.elements[static_cast<size_t>(arc.element)]; }

  void AddArcs() {
    for (const Arc& a : lattice_.arcs) {
      if (a.element == kEmpty) {
        out_.free.push_back({a.from, a.to, kEmpty, 0});
        continue;
      }
      AddStep(a, nullptr, step_rows_[static_cast<size_t>(a.element)]);
      const Value added = prices_.Added(ElementOf(a));
      if constexpr (kUnit) {
        if (a.from != a.to && added < kNever) out_.free.push_back({a.from, a.to, a.element, added});
      } else if (a.from != a.to) {
        out_.free.push_back({a.from, a.to, a.element, ToCost(added), added});
      } else {
        out_.loops.push_back({a.from, added});
      }
      AddRewritesOf(a);
    }
    std::stable_sort(out_.free.begin(), out_.free.end(), [](const auto& x, const auto& y) { return x.from < y.from; });
  }
  void AddStep(const Arc& first, const Arc* second, uint32_t row) {
    out_.steps.push_back({first.from, second != nullptr ? second->to : first.to, first.element, row, Lowest(row)});
    if (second != nullptr) out_.steps.back().second = second->element;
  }

  // Pairs of arcs that follow each other.
  Status AddPairs() {
    if (!prices_.Swaps() && prices_.rewrites().empty()) return Status();
    const auto reach = Passages(lattice_);
    std::vector<std::vector<const Arc*>> leaving(lattice_.slots);
    for (const Arc& a : lattice_.arcs) {
      if (a.element != kEmpty) leaving[a.from].push_back(&a);
    }
    for (const Arc& first : lattice_.arcs) {
      if (first.element == kEmpty) continue;
      for (uint32_t slot : reach[first.to]) {
        for (const Arc* second : leaving[slot]) {
          if (prices_.Swaps()) AddSwap(first, *second);
          AddRewritesOf(first, *second);
        }
      }
      if (out_.swaps.size() > kMaxSwaps || out_.steps.size() > lattice_.arcs.size() * 2 + kMaxSwaps) {
        return Status(StatusCode::kInvalidArgument,
                      "the reading is too large: too many neighbouring pairs of characters");
      }
    }
    return Status();
  }
  void AddSwap(const Arc& first, const Arc& second) {
    AddPairMove(first, second.to, second.element, swap_rows_[true][static_cast<size_t>(first.element)],
                swap_rows_[false][static_cast<size_t>(second.element)]);
  }
  void AddPairMove(const Arc& first, uint32_t to, int32_t second, uint32_t first_row, uint32_t second_row) {
    const Cost first_lowest = Lowest(first_row), second_lowest = Lowest(second_row);
    if (AddCosts(first_lowest, second_lowest) >= kNever) return;
    out_.swaps.push_back({first.from, to, first.element, second, first_row, second_row, first_lowest, second_lowest});
    out_.has_swaps = true;
  }

  // By the mark's symbols: what its rewriting weighs as the elements of one or two arcs.
  using Rewritten = std::map<Symbol, std::vector<std::pair<Symbol, double>>>;
  Rewritten RewrittenAs(const Arc& first, const Arc* second) const {
    Rewritten out;
    if constexpr (!kUnit) {
      for (const Rewrite& r : prices_.rewrites()) {
        if (r.read.size() != (second != nullptr ? 2 : 1)) continue;
        double weight = prices_.go_on() * r.p * ElementWeights(ElementOf(first)).Of(r.read[0]);
        if (second != nullptr) weight *= ElementWeights(ElementOf(*second)).Of(r.read[1]);
        if (weight > 0) out[r.mark[0]].emplace_back(r.mark.size() == 2 ? r.mark[1] : 0, weight);
      }
    }
    return out;
  }
  void AddRewritesOf(const Arc& first) { AddRewrites(first, nullptr); }
  void AddRewritesOf(const Arc& first, const Arc& second) { AddRewrites(first, &second); }
  void AddRewrites(const Arc& first, const Arc* second) {
    if (prices_.rewrites().empty()) return;
    const Rewritten rewritten = RewrittenAs(first, second);
    if (rewritten.empty()) return;
    AddAlone(first, second, rewritten);
    for (const auto& [symbol, nexts] : rewritten) AddTogether(first, second, symbol, nexts);
  }
  // One symbol of the mark, read as one or two.
  void AddAlone(const Arc& first, const Arc* second, const Rewritten& rewritten) {
    bool any = false;
    const uint32_t row = AddRow([&](Value* values) {
      for (const auto& [symbol, nexts] : rewritten) {
        for (const auto& [next, weight] : nexts) {
          if (next != 0) continue;
          Put(symbol, static_cast<Value>(weight), values);
          any = true;
        }
      }
    });
    if (any) {
      AddStep(first, second, row);
      out_.steps.back().rewritten = true;
    } else {
      DropRow(row);
    }
  }
  // Two symbols of the mark, read as one or two: `symbol` and what may stand behind it.
  void AddTogether(const Arc& first, const Arc* second, Symbol symbol,
                   const std::vector<std::pair<Symbol, double>>& nexts) {
    bool any = false;
    const uint32_t of_next = AddRow([&](Value* values) {
      for (const auto& [next, weight] : nexts) {
        if (next == 0) continue;
        Put(next, static_cast<Value>(weight), values);
        any = true;
      }
    });
    if (!any) return DropRow(of_next);
    const uint32_t of_symbol = AddRow([&](Value* values) { Put(symbol, Value{1}, values); });
    const size_t before = out_.swaps.size();
    AddPairMove(first, second != nullptr ? second->to : first.to, second != nullptr ? second->element : kEmpty, of_next,
                of_symbol);
    if (out_.swaps.size() > before) out_.swaps.back().rewritten = true;
  }
  // Adds to a symbol's class, and its share to that of a symbol that may be any.
  void Put(Symbol symbol, Value value, Value* row) const {
    row[out_.ClassOf(symbol)] += value;
    if (BaseIndex(symbol) < kBaseSymbols) row[kAnyClass] += value / static_cast<Value>(kChannelSymbols);
  }
  void DropRow(uint32_t row) {
    out_.costs.resize(row);
    if constexpr (!kUnit) out_.weights.resize(row);
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

  const Lattice& lattice_;
  const Prices& prices_;
  std::vector<uint32_t> step_rows_;     // By element.
  std::vector<uint32_t> swap_rows_[2];  // By element: as the second, and as the first of a swap.
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
