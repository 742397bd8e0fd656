// Partial records within a cost of a reading, without scoring them all: a walk over their items in sorted order.
//
// Partial records are stored sorted by their items, read from the end that is better known (index/records/partials.h).
// Those that begin alike stand together, and so share the rows of what they have in common; where a beginning rules out
// that anything can come within the cut, all that have it are stepped over by a search for the first one that has not:
// among the integers of index/records/partial_keys.h, or in a file without them among the lists. Edits are counted by a
// walk of their own (unit_partials.h). Records known at both ends are met in both orders, each with a part of the costs
// (first_part.h).
//
// Rows are those of mark_scorer.h: an item stands for one symbol of a mark, a gap for any number, so that behind a gap
// there is one row for each number of symbols that the mark may have had so far. Costs are taken at their cheapest
// (unit costs) or averaged (channels), as there; every record is found that scoring it alone would find, at the same
// cost.
#ifndef BURIN_SRC_SEARCH_PARTIALS_PARTIAL_WALK_H_
#define BURIN_SRC_SEARCH_PARTIALS_PARTIAL_WALK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/patience.h"
#include "src/channel/model/cost_lattice.h"
#include "src/index/view/index.h"
#include "src/search/costs/first_part.h"

namespace burin::internal {

struct ScoredPartial {
  uint64_t partial = 0;  // Its number in the index.
  Cost cost = 0;
  auto operator<=>(const ScoredPartial&) const = default;
};

// What a walk looks for.
struct PartialBounds {
  uint32_t min_length = 0, max_length = kMaxMarkSymbols;  // Symbols of the mark; at most kMaxMarkSymbols.
  Cost cut = 0;
  FirstPart first;
};

// The rows of items read one after another, and whether anything wanted may follow them.
class ItemRows {
 public:
  ItemRows(const CostLattice& lattice, const PartialBounds& bounds);

  // False: no mark of these lengths can be within the cut, whatever its symbols.
  bool possible() const { return possible_; }
  // Moves since it was last asked: some nanoseconds each.
  uint64_t TakeMoves() { return std::exchange(moves_, 0); }
  uint32_t depth() const { return static_cast<uint32_t>(levels_.size()) - 1; }
  void BackTo(uint32_t depth) { levels_.resize(depth + 1); }
  // Reads one item more. False: no continuation can be within the cut, and the item was not read.
  bool Push(Symbol item);
  // The cost of the items read so far as a whole record; kNever if no mark of these lengths fits them.
  Cost Score() const;

 private:
  struct Level {
    uint32_t low = 0, high = 0;  // Symbols that the mark may have had so far.
    int32_t before = -1;         // The level behind which this one's symbol was read.
    uint16_t entered = 0;        // Its class.
    bool gap = false;            // More symbols may have been here.
    size_t rows = 0;             // Of `low` symbols, in rows_.
  };
  // One symbol more: behind which level, and its class.
  struct Way {
    size_t from;
    uint16_t symbol_class;
  };
  Cost* row(const Level& level, uint32_t n) { return &rows_[level.rows + size_t{n - level.low} * lattice_.slots]; }
  const Cost* row(const Level& level, uint32_t n) const {
    return &rows_[level.rows + size_t{n - level.low} * lattice_.slots];
  }
  static bool Has(const Level& level, uint32_t n) { return n >= level.low && n <= level.high; }
  size_t EndOfRows() const;
  uint32_t WaysInto(size_t level, Way* ways) const;
  void PushSymbol(Symbol item);
  void PushGap();
  // Lowers the row of n symbols at a level to what one symbol more gives by that way.
  void Lower(size_t level, uint32_t n, const Way& last);
  void Prune(Cost* row) const;
  bool Alive() const;
  bool AliveInSwap(const Way& way, const Level& level) const;
  const Cost* ahead(uint32_t n) const { return &ahead_[size_t{n} * lattice_.slots]; }

  const CostLattice& lattice_;
  Cost cut_;
  FirstPart first_;
  bool possible_ = false;
  uint32_t least_ = 0, most_ = 0;  // Symbols of a mark that may be within the cut.
  std::vector<Cost> ahead_;        // By symbols so far and slot: the lowest cost of whatever may follow.
  std::vector<Level> levels_;
  std::vector<Cost> rows_;
  std::vector<Cost> scratch_;
  uint64_t moves_of_symbol_ = 0, moves_ = 0;
};

// By number, each once: a record that was found several times has the lowest of its costs. False: the patience is over,
// and nothing is left.
bool KeepLowest(std::vector<ScoredPartial>* found, Patience* patience);

class PartialWalk {
 public:
  // Over marks of min_length .. max_length symbols; max_length <= kMaxMarkSymbols. The lattice is borrowed.
  PartialWalk(const CostLattice& lattice, uint32_t min_length, uint32_t max_length)
      : lattice_(lattice), min_length_(min_length), max_length_(max_length) {}

  // Leaves the partial records within the cut, by number. `spend` is asked for each record that is looked at; true, or
  // the end of the patience, stops the walk: the answer is false, and only some are left.
  bool Run(const Index& index, Cost cut, const std::function<bool()>& spend, Patience* patience,
           std::vector<ScoredPartial>* found);

 private:
  const CostLattice& reversed();

  const CostLattice& lattice_;
  std::optional<CostLattice> reversed_;
  uint32_t min_length_, max_length_;
};

}  // namespace burin::internal

#endif
