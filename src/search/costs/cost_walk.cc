#include "src/search/costs/cost_walk.h"

#include <algorithm>
#include <array>
#include <functional>

#include "src/base/after_stop.h"
#include "src/base/sort_in_pieces.h"
#include "src/index/keys/packed_keys.h"
#include "src/search/costs/mark_scorer.h"

namespace burin::internal {
namespace {

constexpr double kLeafKeys = 48;  // So many are read through if many symbols may follow,
constexpr double kFewKeys = 8;    // so many if a few may.
constexpr int kFewWays = 4;
constexpr uint64_t kFewBlocks = 1;  // Read through rather than branched over.
constexpr double kNodeWork = 8;     // Of a node, in keys read.
// Moves of a lattice for which counting prefixes pays: it asks each move at each number of symbols, for each step of
// cost. Larger ones are walked from both ends, whatever they look like.
constexpr size_t kMostCountedMoves = 4096;

// One walk over one order of one group. Sink: void(uint64_t number in the order, Value value, Cost cost).
template <typename Value, typename Sink>
class OrderWalk {
 public:
  OrderWalk(const KeyGroup& group, const typename PackedKeys<Value>::Order& order, bool backward,
            const CostLattice& lattice, CostRows* rows, WalkVisitor* visitor, Sink sink)
      : group_(group),
        order_(order),
        backward_(backward),
        length_(group.length()),
        lattice_(lattice),
        rows_(*rows),
        visitor_(*visitor),
        sink_(sink) {
    below_[0] = static_cast<double>(group.size());
    for (uint32_t d = 0; d < length_; ++d) below_[d + 1] = below_[d] * order.axis.positions[d].share;
  }

  bool Run() { return Visit(0, 0); }

 private:
  using Position = typename KeyAxis<Value>::Position;

  bool Visit(uint32_t depth, Value base) {
    if (visitor_.Spend()) return false;
    if (depth == length_) return ReadKeys(depth, base, 1);
    const Position& position = order_.axis.positions[depth];
    uint64_t parts[CostRows::kMostParts];
    uint64_t all = 0;
    const uint32_t count = rows_.Parts(depth, parts);
    const uint64_t present = Present(position);
    for (uint32_t i = 0; i < count; ++i) all |= parts[i] &= present;
    if (all == 0) return true;
    if (IsLeaf(position, depth, base, std::popcount(all))) {
      return ReadKeys(depth, base, position.weight * position.radix);
    }
    for (uint32_t i = 0; i < count; ++i) {
      if (parts[i] != 0 && !VisitPart(position, depth, base, parts[i])) return false;
    }
    return true;
  }

  // Classes of the lattice that may occur at a position: what is not of the base may be anything.
  static uint64_t Present(const Position& position) {
    constexpr uint64_t kOthers = ~((uint64_t{1} << kBaseSymbols) - 1);
    return (position.classes >> kBaseSymbols & 1) != 0 ? position.classes | kOthers : position.classes;
  }

  bool IsLeaf(const Position& position, uint32_t depth, Value base, int ways) const {
    if (ways == 1) return false;
    if (below_[depth] <= (ways > kFewWays ? kLeafKeys : kFewKeys)) return true;
    const uint64_t first = order_.blocks.FindBlock(base);
    const uint64_t last = order_.blocks.FindBlock(base + (position.weight * position.radix - 1));
    return last <= first + (ways > kFewWays ? kFewBlocks : 0);
  }

  // Every symbol of a set whose rows are equal.
  bool VisitPart(const Position& position, uint32_t depth, Value base, uint64_t part) {
    const auto symbol_class = static_cast<uint16_t>(std::countr_zero(part));
    if (symbol_class < kLastClassBit && !rows_.Enter(depth, symbol_class)) return true;
    constexpr uint64_t kBase = (uint64_t{1} << kBaseSymbols) - 1;
    for (uint64_t left = part & kBase; left != 0; left &= left - 1) {
      const uint16_t code = position.code_of[std::countr_zero(left)];
      if (!Visit(depth + 1, base + position.weight * code)) return false;
    }
    return (part & ~kBase) == 0 || VisitOthers(position, depth, base, part);
  }
  bool VisitOthers(const Position& position, uint32_t depth, Value base, uint64_t part) {
    for (uint32_t code = 0; code < position.radix; ++code) {
      if (position.class_of[code] != kBaseSymbols) continue;
      const uint16_t symbol_class = ClassOf(depth, code);
      if ((part & ClassBit(symbol_class)) == 0 || !rows_.Enter(depth, symbol_class)) continue;
      if (!Visit(depth + 1, base + position.weight * code)) return false;
    }
    return true;
  }
  uint16_t ClassOf(uint32_t depth, uint32_t code) const {
    const uint8_t base = order_.axis.positions[depth].class_of[code];
    if (base < kBaseSymbols) return base;
    return lattice_.ClassOf(group_.alphabet(backward_ ? length_ - 1 - depth : depth)[code]);
  }

  bool ReadKeys(uint32_t depth, Value base, Value width) {
    const auto& blocks = order_.blocks;
    Value values[kKeysPerBlock];
    uint32_t good = depth, dead = 0;  // As in Walk::Scan.
    bool any = false;
    Value skipped = 0;  // Keys below it begin with what led nowhere.
    for (uint64_t number = blocks.LowerBound(base); number < blocks.size();) {
      const uint64_t until = std::min(blocks.size(), (number / kKeysPerBlock + 1) * kKeysPerBlock);
      blocks.Read(number, until, values);
      for (const Value* value = values; number < until; ++number, ++value) {
        if (*value - base >= width) return true;
        if (*value < skipped) continue;
        if (visitor_.Spend()) return false;
        codes_.swap(previous_);
        order_.radix.Unpack(*value, codes_.data());
        if (any) {
          const uint32_t common = Common(depth);
          if (dead != 0 && common >= dead) continue;  // In a corrupt file.
          good = std::min(good, common);
        }
        any = true;
        dead = 0;
        for (; good < length_; ++good) {
          if (rows_.Enter(good, ClassOf(good, codes_[good]))) continue;
          dead = good + 1;
          const Value weight = order_.axis.positions[good].weight;
          skipped = *value - *value % weight + weight;
          break;
        }
        if (dead == 0) sink_(number, *value, rows_.Score());
      }
    }
    return true;
  }
  uint32_t Common(uint32_t depth) const {
    while (depth < length_ && codes_[depth] == previous_[depth]) ++depth;
    return depth;
  }

  const KeyGroup& group_;
  const typename PackedKeys<Value>::Order& order_;
  const bool backward_;
  const uint32_t length_;
  const CostLattice& lattice_;
  CostRows& rows_;
  WalkVisitor& visitor_;
  Sink sink_;
  std::array<double, kMaxPackedLength + 1> below_;  // Keys of a prefix, if keys were spread evenly.
  std::array<uint16_t, kMaxPackedLength> codes_ = {}, previous_ = {};
};

bool HasBackward(const KeyGroup& group) {
  return group.packed64() != nullptr ? group.packed64()->has_backward() : group.packed128()->has_backward();
}

template <typename Value>
const PackedKeys<Value>& Packed(const KeyGroup& group) {
  if constexpr (sizeof(Value) == 8) {
    return *group.packed64();
  } else {
    return *group.packed128();
  }
}

// By symbols: keys of a prefix, if keys were spread evenly.
std::vector<double> Below(const KeyGroup& group, bool backward) {
  const uint32_t length = group.length();
  std::vector<double> below = {static_cast<double>(group.size())};
  for (uint32_t d = 0; d < length; ++d) {
    below.push_back(below.back() / static_cast<double>(group.alphabet(backward ? length - 1 - d : d).size()));
  }
  return below;
}

}  // namespace

CostWalk::CostWalk(const CostLattice& lattice, uint32_t most) : lattice_(lattice), most_(most) {}

CostWalk::Direction& CostWalk::forward() {
  if (!forward_) forward_.emplace(lattice_, most_);
  return *forward_;
}

CostWalk::Direction& CostWalk::backward() {
  if (!backward_) backward_.emplace(reversed(), most_);
  return *backward_;
}

const CostLattice& CostWalk::reversed() {
  if (!reversed_) reversed_ = lattice_.Reversed();
  return *reversed_;
}

Cost CostWalk::Lowest(uint32_t length, bool from_back) {
  return (from_back ? backward() : forward()).moves.ahead().at(0, length);
}

// Whether each element stands alone between two slots and one symbol, or a few, cost much less there than all others.
bool CostWalk::IsNarrowChain() {
  if (narrow_chain_) return *narrow_chain_;
  constexpr Cost kMuch = 4 * kCostsPerNat;
  constexpr int kFew = 6;
  uint32_t elements = 0;
  narrow_chain_ = false;
  for (const CostLattice::Step& s : lattice_.steps) {
    if (s.rewritten) continue;
    const auto row = lattice_.costs.begin() + s.row;
    const auto low = std::count_if(row, row + kBaseSymbols, [&](Cost c) { return c <= s.lowest + kMuch; });
    if (s.to != s.from + 1 || low > kFew) return false;
    ++elements;
  }
  narrow_chain_ = elements + 1 == lattice_.slots;
  return *narrow_chain_;
}

void CostWalk::Count(Cost cut) {
  if (counted_ == cut) return;
  counted_ = cut;
  const Cost excess = cut - std::min(cut, lattice_.best);
  forward_counts_.emplace(&forward().moves, most_, excess);
  backward_counts_.emplace(&backward().moves, most_, excess);
}

double CostWalk::Work(const PrefixCounts& counts, const std::vector<double>& below, Cost excess, uint32_t cut,
                      double node_work) {
  const uint32_t length = static_cast<uint32_t>(below.size()) - 1;
  const double open = counts.At(cut, excess), kept = counts.At(cut, excess / 2);
  double work = 0;
  for (uint32_t d = 0; d <= length; ++d) {
    const double all = counts.At(d, excess);
    const double prefixes = d <= cut ? counts.At(d, excess / 2) : kept * all / std::max(open, 1.0);
    work += node_work * prefixes * std::min(1.0, below[d]);
    if (below[d] <= kLeafKeys) return work + prefixes * below[d];
  }
  return work;
}

const FirstParts& CostWalk::Parts(uint32_t middle, Cost cut) {
  if (parted_ != cut) parts_.clear();
  parted_ = cut;
  const auto known = parts_.find(middle);
  if (known != parts_.end()) return known->second;
  return parts_.emplace(middle, SplitCost(lattice_, reversed(), middle, cut)).first->second;
}

CostPlan CostWalk::Plan(const KeyGroup& group, Cost cut) {
  if (!HasBackward(group)) return {};
  const size_t moves = lattice_.steps.size() + lattice_.swaps.size() + lattice_.free.size();
  if (IsNarrowChain() || moves > kMostCountedMoves) return Halves(cut);
  Count(cut);
  const Cost excess = cut - std::min(cut, lattice_.best);
  const uint32_t length = group.length(), last = lattice_.slots - 1;
  const std::vector<double> front = Below(group, false), back = Below(group, true);
  CostPlan plan;
  double least = Work(*forward_counts_, front, excess, 0, kNodeWork);
  if (const double work = Work(*backward_counts_, back, excess, 0, kNodeWork); work < least) {
    least = work;
    plan = {false, true, {}};
  }
  for (uint32_t symbols = 1; symbols < length; ++symbols) {
    const uint32_t middle = symbols * last / length;
    const double work = Work(*forward_counts_, front, excess, symbols, kNodeWork) +
                        Work(*backward_counts_, back, excess, length - symbols, kNodeWork);
    if (work >= least || middle == 0) continue;
    least = work;
    plan = {true, true, Parts(middle, cut)};
  }
  return plan;
}

double CostWalk::ExpectedWork(const KeyGroup& group, Cost cut) {
  const uint32_t length = group.length(), last = lattice_.slots - 1;
  if (Lowest(length) > cut) return 0;
  const CostPlan plan = Plan(group, cut);
  Count(cut);
  const Cost excess = cut - std::min(cut, lattice_.best);
  const uint32_t middle = plan.parts.front.slot;
  const uint32_t symbols = middle == 0 || last == 0 ? 0 : middle * length / last;
  double work = 0;
  if (plan.forward) work += Work(*forward_counts_, Below(group, false), excess, symbols, 1);
  if (plan.backward) work += Work(*backward_counts_, Below(group, true), excess, middle == 0 ? 0 : length - symbols, 1);
  return work;
}

Cost CostWalk::Rescore(const KeyGroup& group, uint64_t key) const {
  uint16_t codes[kMaxMarkSymbols];
  group.Read(key, key + 1, codes);
  const uint32_t slots = lattice_.slots;
  std::vector<Cost> rows(size_t{group.length() + 1} * slots);
  lattice_.Start(rows.data());
  uint16_t before = 0;
  for (uint32_t d = 0; d < group.length(); ++d) {
    Cost* row = &rows[size_t{d} * slots];
    const uint16_t symbol_class = lattice_.ClassOf(group.alphabet(d)[codes[d]]);
    lattice_.Advance(d > 0 ? row - slots : nullptr, before, row, symbol_class, row + slots);
    before = symbol_class;
  }
  return AddCosts(rows.back(), lattice_.end);
}

bool KeepLowestCosts(std::vector<CostHit>* hits, Patience* patience) {
  const bool sorted = !patience->over() && SortInPieces(hits, std::less<>(), patience);
  if (!sorted && hits->size() > kOrderedAfterStop) hits->resize(kOrderedAfterStop);
  if (!sorted) std::sort(hits->begin(), hits->end());
  const auto same = [](const CostHit& a, const CostHit& b) { return a.key == b.key; };
  hits->erase(std::unique(hits->begin(), hits->end(), same), hits->end());
  return sorted;
}

bool CostWalk::HandOver(const KeyGroup& group, bool complete, Cost cut, WalkVisitor* visitor) {
  complete = KeepLowestCosts(&hits_, &visitor->patience()) && complete;
  if (complete) {
    AfterStop after(&visitor->patience());
    for (const CostHit& hit : hits_) {
      if (!after.Goes()) break;
      if (hit.cost <= cut) visitor->Found(hit.key, hit.cost);
    }
    return !visitor->patience().over();
  }
  // Without the other walk a hit's alignment need not be its best.
  const uint64_t most = std::max<uint64_t>(kMovesAfterStop / MovesOf(lattice_, group.length()), 1);
  if (hits_.size() > most) hits_.resize(most);
  for (const CostHit& hit : hits_) {
    if (const Cost cost = Rescore(group, hit.key); cost <= cut) visitor->Found(hit.key, cost);
  }
  return false;
}

template <typename Value>
bool CostWalk::RunPacked(const KeyGroup& group, const CostPlan& plan, WalkVisitor* visitor) {
  const PackedKeys<Value>& keys = Packed<Value>(group);
  const Cost cut = visitor->cut();
  const uint32_t length = group.length();
  hits_.clear();
  bool complete = true;
  if (plan.forward) {
    CostRows& rows = forward().rows;
    rows.Start(length, cut, plan.parts.front);
    const auto walk = [&](auto sink) {
      return OrderWalk<Value, decltype(sink)>(group, keys.forward(), false, lattice_, &rows, visitor, sink).Run();
    };
    if (!plan.backward) {
      return walk([visitor](uint64_t number, Value, Cost cost) { visitor->Found(number, cost); });
    }
    complete = walk([this](uint64_t number, Value, Cost cost) { hits_.push_back({number, cost}); });
  }
  if (plan.backward && complete) {
    CostRows& rows = backward().rows;
    rows.Start(length, cut, plan.parts.back);
    const auto sink = [&](uint64_t, Value value, Cost cost) {
      uint16_t codes[kMaxPackedLength];
      keys.backward().radix.Unpack(value, codes);
      std::reverse(codes, codes + length);
      const uint64_t number = keys.forward().blocks.LowerBound(keys.forward().radix.Pack(codes, length));
      if (number < group.size()) hits_.push_back({number, cost});  // Else a corrupt file.
    };
    complete = OrderWalk<Value, decltype(sink)>(group, keys.backward(), true, reversed(), &rows, visitor, sink).Run();
  }
  return HandOver(group, complete, cut, visitor);
}

bool CostWalk::Run(const KeyGroup& group, const CostPlan& plan, WalkVisitor* visitor) {
  return group.packed64() != nullptr ? RunPacked<uint64_t>(group, plan, visitor)
                                     : RunPacked<Uint128>(group, plan, visitor);
}

bool CostWalk::Run(const KeyGroup& group, WalkVisitor* visitor) {
  if (Lowest(group.length()) > visitor->cut()) return true;
  return Run(group, Plan(group, visitor->cut()), visitor);
}

}  // namespace burin::internal
