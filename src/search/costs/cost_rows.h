// The rows of a prefix under a cost lattice: the lowest cost at which each slot can be reached over the symbols so far,
// kept for as few slots as are alive.
//
// A slot is alive if the end can still be reached from it, over exactly the symbols that remain, within the cut. Few
// are, and they are neighbours: a row is kept as a window of slots, and a symbol more costs the moves of those alone.
// Everything else stands at kNever, so that symbols whose moves lead only there give equal rows: Parts() says which
// symbols a walk has to tell apart at all.
#ifndef BURIN_SRC_SEARCH_COSTS_COST_ROWS_H_
#define BURIN_SRC_SEARCH_COSTS_COST_ROWS_H_

#include <cstdint>
#include <vector>

#include "src/search/costs/cost_moves.h"
#include "src/search/costs/first_part.h"

namespace burin::internal {

class CostRows {
 public:
  static constexpr uint32_t kMostParts = 64;

  // Borrowed.
  explicit CostRows(CostMoves* moves) : moves_(*moves) {}

  // Row 0, of marks of `length` symbols. REQUIRES: length is at most that of the moves; cut < kNever.
  void Start(uint32_t length, Cost cut, const FirstPart& first);
  // Makes row depth + 1 from those before it and a symbol of a class. False: nothing within the cut lies ahead.
  // REQUIRES: depth < length; row `depth` was made.
  bool Enter(uint32_t depth, uint16_t symbol_class);
  // Disjoint sets of classes that may lead on from row `depth`: those of one set give equal rows, those of none give
  // no row that is alive. Answers how many sets; the last bit's classes must be tried one by one.
  uint32_t Parts(uint32_t depth, uint64_t* parts);
  // What the mark costs that was read to its end.
  Cost Score() const;

 private:
  struct Window {
    uint32_t begin = 0, end = 0;
  };
  Cost* row(uint32_t depth) { return &rows_[size_t{depth} * slots_]; }
  const Cost* row(uint32_t depth) const { return &rows_[size_t{depth} * slots_]; }
  uint32_t remaining(uint32_t depth) const { return length_ - depth; }
  // Closes a new row over moves that read nothing, and drops slots that are not alive.
  void Settle(uint32_t depth, Window window);
  bool SwapLeadsOn(uint32_t depth, uint16_t symbol_class) const;
  // What a move from cost `at` to slot `to` may cost, with `ahead` behind it; below 0: it leads nowhere.
  int64_t Left(Cost at, uint32_t to, Cost ahead) const {
    const int64_t left = int64_t{cut_} - at - ahead;
    return to < first_.slot ? std::min(left, int64_t{first_.limit} - at) : left;
  }

  CostMoves& moves_;
  uint32_t slots_ = 0, length_ = 0;
  Cost cut_ = 0;
  FirstPart first_;
  std::vector<Cost> rows_;
  std::vector<Window> windows_;
  std::vector<uint16_t> path_;  // Classes read.
};

}  // namespace burin::internal

#endif
