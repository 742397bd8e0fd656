// The table of the scorer (src/search/costs/mark_scorer.h) is filled once and retraced from its end.
#include "src/evidence/explain/alignment.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "src/search/costs/mark_scorer.h"

namespace burin::internal {
namespace {

class Retrace {
 public:
  // `change`: of a lattice that is not of the mark as it is; else nullptr.
  Retrace(const Lattice& lattice, const CostLattice& costs, std::u32string_view items, const MarkScorer& table,
          const ChangedLattice* change = nullptr, const Structure* structure = nullptr)
      : change_(change),
        structure_(structure),
        lattice_(lattice),
        costs_(costs),
        items_(items),
        table_(table),
        n_(table.best_length()),
        node_(table.nodes() - 1),
        slot_(costs.slots - 1) {}

  std::vector<Move> Run() {
    while (n_ > 0 || slot_ > 0) {
      if (!BackByStep() && !BackBySwap() && !BackByLost() && !BackByFree()) return {};
    }
    std::reverse(moves_.begin(), moves_.end());
    return std::move(moves_);
  }

 private:
  struct Way {
    uint32_t from;
    uint16_t symbol_class;
    int32_t item;
  };
  Cost Here() const { return table_.row(n_, node_)[slot_]; }
  std::vector<Way> WaysInto(uint32_t n, uint32_t node) const {
    std::vector<Way> ways;
    if (n == 0) return ways;
    if (node > 0 && table_.reached(n - 1, node - 1)) {
      ways.push_back({node - 1, table_.class_into(node), table_.item_into(node)});
    }
    if (table_.gap_at(node) && table_.reached(n - 1, node)) ways.push_back({node, kAnyClass, table_.gap_item(node)});
    return ways;
  }
  MoveKind KindOf(int32_t element, int32_t item, bool loop) const {
    const SymbolSet& members = lattice_.elements[static_cast<size_t>(element)].members;
    if (loop && members == SymbolSet::All()) return MoveKind::kUnread;
    const Symbol s = items_[static_cast<size_t>(item)];
    return s == kUnreadable || s == kGap || members.Contains(s) ? MoveKind::kKept : MoveKind::kSubstituted;
  }

  // Backwards: the last move first.
  void PushStep(const CostLattice::Step& s, int32_t item, Cost cost) {
    if (s.element == kEmpty) {
      moves_.push_back({MoveKind::kLost, kEmpty, item, cost});
      return;
    }
    if (s.second != kEmpty) moves_.push_back({MoveKind::kRewritten, s.second, -1, 0});
    const MoveKind kind = s.rewritten ? MoveKind::kRewritten : KindOf(s.element, item, s.from == s.to);
    moves_.push_back({kind, s.element, item, cost});
  }
  void PushPair(const CostLattice::Swap& s, const Way& first, const Way& second, Cost move, Cost own) {
    if (s.rewritten) {
      moves_.push_back({MoveKind::kRewritten, s.second, second.item, 0});
      moves_.push_back({MoveKind::kRewritten, s.first, first.item, move});
      return;
    }
    moves_.push_back({MoveKind::kSwapped, s.second, first.item, move - own});
    moves_.push_back({MoveKind::kSwapped, s.first, second.item, own});
  }
  void PushFree(const CostLattice::Free& f) {
    if (f.element != kEmpty) {
      moves_.push_back({MoveKind::kAdded, f.element, -1, f.cost});
      return;
    }
    if (change_ == nullptr || f.cost == 0) return;
    PushAdded(AddedElements(lattice_, *structure_, change_->change, costs_, f));
    moves_.push_back(
        {MoveKind::kChanged, kEmpty, -1, f.cost, MistakeOf(lattice_, *structure_, change_->change, costs_, f)});
  }
  void PushAdded(const std::vector<int32_t>& added) {
    for (auto element = added.rbegin(); element != added.rend(); ++element) {
      moves_.push_back({MoveKind::kAdded, *element, -1, 0});
    }
  }

  bool BackByStep() {
    for (const Way& way : WaysInto(n_, node_)) {
      for (const auto& s : costs_.steps) {
        const Cost move = costs_.costs[s.row + way.symbol_class];
        if (s.to != slot_ || AddCosts(table_.row(n_ - 1, way.from)[s.from], move) != Here() || move >= kNever) continue;
        PushStep(s, way.item, move);
        --n_;
        node_ = way.from;
        slot_ = s.from;
        return true;
      }
    }
    return false;
  }

  bool BackBySwap() {
    if (n_ < 2) return false;
    for (const Way& second : WaysInto(n_, node_)) {
      for (const Way& first : WaysInto(n_ - 1, second.from)) {
        for (const auto& s : costs_.swaps) {
          const Cost own = costs_.costs[s.first_row + second.symbol_class];
          const Cost move = AddCosts(own, costs_.costs[s.second_row + first.symbol_class]);
          if (s.to != slot_ || move >= kNever) continue;
          if (AddCosts(table_.row(n_ - 2, first.from)[s.from], move) != Here()) continue;
          PushPair(s, first, second, move, own);
          n_ -= 2;
          node_ = first.from;
          slot_ = s.from;
          return true;
        }
      }
    }
    return false;
  }

  bool BackByLost() {
    for (const Way& way : WaysInto(n_, node_)) {
      const Cost move = costs_.lost[way.symbol_class];
      if (move >= kNever || AddCosts(table_.row(n_ - 1, way.from)[slot_], move) != Here()) continue;
      moves_.push_back({MoveKind::kLost, kEmpty, way.item, move});
      --n_;
      node_ = way.from;
      return true;
    }
    return false;
  }

  bool BackByFree() {
    for (const auto& f : costs_.free) {
      if (f.to != slot_ || AddCosts(table_.row(n_, node_)[f.from], f.cost) != Here()) continue;
      PushFree(f);
      slot_ = f.from;
      return true;
    }
    return false;
  }

  const ChangedLattice* change_;
  const Structure* structure_;
  const Lattice& lattice_;
  const CostLattice& costs_;
  std::u32string_view items_;
  const MarkScorer& table_;
  uint32_t n_, node_, slot_;
  std::vector<Move> moves_;
};

}  // namespace

std::vector<Move> Align(const Lattice& lattice, const CostLattice& costs, std::u32string_view items,
                        uint32_t min_length, uint32_t max_length) {
  MarkScorer table(costs);
  if (table.Score(items, min_length, max_length) >= kNever) return {};
  return Retrace(lattice, costs, items, table).Run();
}

std::vector<Move> AlignChanged(const Lattice& lattice, const CostLattice& plain,
                               std::span<const ChangedLattice> changed, const Channel& channel,
                               std::u32string_view items, uint32_t min_length, uint32_t max_length) {
  const bool partial = items.find_first_of(std::u32string{kUnreadable, kGap}) != std::u32string_view::npos;
  Cost best = MarkScorer(plain).Score(items, min_length, max_length);
  const ChangedLattice* cheapest = nullptr;
  std::shared_ptr<const CostLattice> costs;
  for (const ChangedLattice& change : changed) {
    if (partial) break;
    if (change.least >= best) continue;
    std::shared_ptr<const CostLattice> of_change = change.Costs();
    const Cost cost = MarkScorer(*of_change).Score(items, min_length, max_length);
    if (cost >= best) continue;
    best = cost;
    cheapest = &change;
    costs = std::move(of_change);
  }
  if (cheapest == nullptr) return Align(lattice, plain, items, min_length, max_length);
  MarkScorer table(*costs);
  table.Score(items, min_length, max_length);
  return Retrace(lattice, *costs, items, table, cheapest, &channel.structure).Run();
}

}  // namespace burin::internal
