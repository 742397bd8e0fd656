// All serials of a group of packed keys within a cost of a reading, for every reading and price: by two frontiers.
//
// A walk from the front visits prefixes, one from the back suffixes; each drops what its own part of the cost forbids
// (first_part.h), and between them they find every serial within the cut. What both find has the lower of its costs:
// one of the two kept its best alignment. A group that is stored in one order only is walked in that one, without
// parts; so is one where that is less work, by counts of prefixes (cost_moves.h). A chain of elements that each name
// few symbols is cut in its middle without counting, which would take longer than it saves.
//
// A node is an interval of packed keys and the rows of its prefix (cost_rows.h). Symbols that lead to equal rows share
// them. A prefix with one way on is followed without looking at keys; an interval of few keys is read, each key sharing
// the rows of what it has in common with the one before.
#ifndef BURIN_SRC_SEARCH_COSTS_COST_WALK_H_
#define BURIN_SRC_SEARCH_COSTS_COST_WALK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "src/search/costs/cost_moves.h"
#include "src/search/costs/cost_rows.h"
#include "src/search/costs/first_part.h"
#include "src/search/costs/walk.h"

namespace burin::internal {

// A serial that was found: its key's number in the group.
struct CostHit {
  uint64_t key = 0;
  Cost cost = 0;
  auto operator<=>(const CostHit&) const = default;
};

// By key, each once: one that was found several times has the lowest of its costs. False: the patience is over, and
// kOrderedAfterStop at most are left, not all at their lowest costs.
bool KeepLowestCosts(std::vector<CostHit>* hits, Patience* patience);

// What is walked in a group.
struct CostPlan {
  bool forward = true, backward = false;
  FirstParts parts;  // Empty if only one is.
};

class CostWalk {
 public:
  // Over groups of at most `most` symbols. The lattice is borrowed.
  CostWalk(const CostLattice& lattice, uint32_t most);

  // The lowest cost that a mark of so many symbols could have. Asked of the walk from the back if that is all that will
  // be needed.
  Cost Lowest(uint32_t length, bool from_back = false);
  // Units of work (nodes, and keys read) that Run() would take in a group within the cut, if keys were spread evenly.
  double ExpectedWork(const KeyGroup& group, Cost cut);
  // Both walks, where they meet in the middle of the reading.
  CostPlan Halves(Cost cut) { return {true, true, Parts(lattice_.slots / 2, cut)}; }
  // Walks a group stored as packed64() or packed128(). False if the visitor stopped it: what was found before that has
  // its true cost all the same. The visitor's cut is asked for once.
  bool Run(const KeyGroup& group, WalkVisitor* visitor);
  // By this plan rather than the walk's own: any that keeps every alignment finds the same.
  bool Run(const KeyGroup& group, const CostPlan& plan, WalkVisitor* visitor);

 private:
  // What walks in one direction need: made when the first one begins.
  struct Direction {
    Direction(const CostLattice& lattice, uint32_t most) : moves(lattice, most), rows(&moves) {}
    CostMoves moves;
    CostRows rows;
  };
  Direction& forward();
  Direction& backward();
  const CostLattice& reversed();
  bool IsNarrowChain();
  CostPlan Plan(const KeyGroup& group, Cost cut);
  void Count(Cost cut);
  // Work of a walk over prefixes of any cost, or with half the excess before symbol `cut`.
  static double Work(const PrefixCounts& counts, const std::vector<double>& below, Cost excess, uint32_t cut,
                     double node_work);
  const FirstParts& Parts(uint32_t middle, Cost cut);
  template <typename Value>
  bool RunPacked(const KeyGroup& group, const CostPlan& plan, WalkVisitor* visitor);
  // The cost of a key over all alignments.
  Cost Rescore(const KeyGroup& group, uint64_t key) const;
  // False: not all were.
  bool HandOver(const KeyGroup& group, bool complete, Cost cut, WalkVisitor* visitor);

  const CostLattice& lattice_;
  uint32_t most_;
  std::optional<CostLattice> reversed_;
  std::optional<Direction> forward_, backward_;
  std::optional<bool> narrow_chain_;
  // Made for one cut.
  std::optional<PrefixCounts> forward_counts_, backward_counts_;
  Cost counted_ = kNever;
  std::map<uint32_t, FirstParts> parts_;  // By middle, for one cut.
  Cost parted_ = kNever;
  std::vector<CostHit> hits_;
};

}  // namespace burin::internal

#endif
