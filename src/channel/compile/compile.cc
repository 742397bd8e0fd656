// From a lattice and a way of pricing to a cost lattice.
//
// The two ways differ in a few prices only (prices.h): an element against a class of symbols, an element added, a
// symbol lost, an element's share of a swap, and what is rewritten. All else is common: which arcs follow each other,
// classes, lowest costs. Rows that are alike are one, so that there are no more than different characters ask for.
#include "src/channel/compile/compile.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <string>
#include <unordered_map>

#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

// Swaps pair arcs that follow each other: many parallel arcs would square.
constexpr size_t kMaxSwaps = 16384;
// Of all rows together: 12 MiB.
constexpr size_t kMaxCosts = size_t{1} << 20;
constexpr uint32_t kMaxClasses = UINT16_MAX;

// One more value of a sequence that is looked up by its hash.
uint64_t Hashed(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15;
  return hash ^ hash >> 29;
}
uint64_t BitsOf(Cost value) { return value; }
uint64_t BitsOf(double value) { return std::bit_cast<uint64_t>(value); }

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
    if (out_.classes > kMaxClasses) return TooManyCosts();
    AddRows();
    if (full_) return TooManyCosts();
    AddArcs();
    if (Status s = AddPairs(); !s.ok()) return s;
    if (full_) return TooManyCosts();
    MergeClasses();
    out_.best = out_.LowestToEnd()[0];
    return std::move(out_);
  }

 private:
  using Value = typename Prices::Value;
  static constexpr bool kUnit = std::is_same_v<Value, Cost>;

  static Cost ToCost(Cost cost) { return cost; }
  static Cost ToCost(double p) { return CostOfProbability(p); }

  Status TooManyCosts() const {
    return Status(StatusCode::kInvalidArgument,
                  "the reading is too large: its different characters, times the symbols that they tell apart (" +
                      std::to_string(out_.classes) + "), are at most " + std::to_string(kMaxCosts));
  }

  // A row of values by class; answers where it begins, or where the one that is alike does.
  template <typename Fill>
  uint32_t AddRow(const Fill& fill) {
    made_.assign(out_.classes, kUnit ? static_cast<Value>(kNever) : Value{0});
    fill(made_.data());
    return Keep();
  }
  uint32_t Keep() {
    uint64_t hash = 0;
    for (const Value value : made_) hash = Hashed(hash, BitsOf(value));
    const auto [first, last] = known_rows_.equal_range(hash);
    for (auto known = first; known != last; ++known) {
      if (std::memcmp(ValuesOf(known->second), made_.data(), made_.size() * sizeof(Value)) == 0) return known->second;
    }
    const auto row = static_cast<uint32_t>(out_.costs.size());
    if (row + made_.size() > kMaxCosts) full_ = true;
    if (full_) return 0;
    for (const Value value : made_) out_.costs.push_back(ToCost(value));
    if constexpr (!kUnit) out_.weights.insert(out_.weights.end(), made_.begin(), made_.end());
    known_rows_.emplace(hash, row);
    return row;
  }
  const Value* ValuesOf(uint32_t row) const {
    if constexpr (kUnit) {
      return &out_.costs[row];
    } else {
      return &out_.weights[row];
    }
  }

  // One row an element for steps, two for its places in swaps.
  void AddRows() {
    for (const Element& e : lattice_.elements) {
      if (full_) return;
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
    const auto reach = SlotsByPassage(lattice_);
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
        if (full_) return TooManyCosts();
      }
      if (out_.swaps.size() > kMaxSwaps || out_.steps.size() > lattice_.arcs.size() * 2 + kMaxSwaps) {
        return Status(StatusCode::kInvalidArgument,
                      "the reading is too large: too many neighbouring pairs of characters, at most " +
                          std::to_string(kMaxSwaps));
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
    const auto is_alone = [](const auto& next) { return next.first == 0; };
    const auto has_any = [&](const auto& one) { return std::any_of(one.second.begin(), one.second.end(), is_alone); };
    if (std::none_of(rewritten.begin(), rewritten.end(), has_any)) return;
    const uint32_t row = AddRow([&](Value* values) {
      for (const auto& [symbol, nexts] : rewritten) {
        for (const auto& [next, weight] : nexts) {
          if (next == 0) Put(symbol, static_cast<Value>(weight), values);
        }
      }
    });
    AddStep(first, second, row);
    out_.steps.back().rewritten = true;
  }
  // Two symbols of the mark, read as one or two: `symbol` and what may stand behind it.
  void AddTogether(const Arc& first, const Arc* second, Symbol symbol,
                   const std::vector<std::pair<Symbol, double>>& nexts) {
    if (std::all_of(nexts.begin(), nexts.end(), [](const auto& next) { return next.first == 0; })) return;
    const uint32_t of_next = AddRow([&](Value* values) {
      for (const auto& [next, weight] : nexts) {
        if (next != 0) Put(next, static_cast<Value>(weight), values);
      }
    });
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

  // A reading tells few symbols apart, and a search need try only one of those it does not.
  void MergeClasses() {
    std::vector<uint64_t> hashes(out_.lost.begin(), out_.lost.end());
    for (size_t at = 0; at < out_.costs.size(); at += out_.classes) {
      for (uint32_t c = 0; c < out_.classes; ++c) hashes[c] = Hashed(hashes[c], out_.costs[at + c]);
    }
    out_.alike.resize(out_.classes);
    std::unordered_map<uint64_t, std::vector<uint16_t>> first;  // Of those alike; of one hash, but for an accident.
    for (uint16_t c = 0; c < out_.classes; ++c) {
      std::vector<uint16_t>& some = first[hashes[c]];
      const auto same = std::find_if(some.begin(), some.end(), [&](uint16_t d) { return SameCosts(c, d); });
      out_.alike[c] = same != some.end() ? *same : c;
      if (same == some.end()) some.push_back(c);
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
  std::vector<uint32_t> step_rows_;                         // By element.
  std::vector<uint32_t> swap_rows_[2];                      // By element: as the second, and as the first of a swap.
  std::vector<Value> made_;                                 // The row that is made.
  std::unordered_multimap<uint64_t, uint32_t> known_rows_;  // By hash.
  bool full_ = false;                                       // Rows are not kept any more.
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
