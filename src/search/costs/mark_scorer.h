// The cost of a reading against one mark, by dynamic programming over the mark: a serial, or a partial record, whose
// unreadable characters and gaps are taken at their cheapest (unit costs) or averaged (channels; see cost_lattice.h).
//
// State: n symbols of the mark consumed, standing at item node j, the reading at slot i. A gap is a loop at its node. A
// mark without gaps has one node per n, so the cost is that of a textbook alignment: symbols x arcs; with gaps,
// max_length x nodes x arcs. Memory: slots for each state of n and j that is reached.
#ifndef BURIN_SRC_SEARCH_COSTS_MARK_SCORER_H_
#define BURIN_SRC_SEARCH_COSTS_MARK_SCORER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

// Moves that scoring a serial of so many symbols takes: some nanoseconds each.
inline uint64_t MovesOf(const CostLattice& lattice, uint32_t symbols) {
  const uint64_t of_symbol = lattice.slots + lattice.steps.size() + lattice.free.size() + lattice.swaps.size();
  return of_symbol * (uint64_t{symbols} + 1);
}

class MarkScorer {
 public:
  explicit MarkScorer(const CostLattice& lattice) : lattice_(lattice) {}

  // Over marks of min_length .. max_length symbols that the items allow; kNever if there are none. max_length <=
  // kMaxMarkSymbols.
  Cost Score(std::u32string_view items, uint32_t min_length, uint32_t max_length);

  // The table of the last Score, for alignments.
  uint32_t nodes() const { return nodes_; }
  uint32_t layers() const { return layers_; }  // n = 0 .. layers() - 1.
  uint32_t best_length() const { return best_length_; }
  bool reached(uint32_t n, uint32_t node) const { return reached_[n * nodes_ + node] != 0; }
  const Cost* row(uint32_t n, uint32_t node) const {  // REQUIRES: reached(n, node).
    return &rows_[size_t{reached_[n * nodes_ + node] - 1} * lattice_.slots];
  }
  // The ways into a node by one symbol of the mark: from itself (a gap) and from the node before (an item).
  bool gap_at(uint32_t node) const { return gaps_[node] >= 0; }
  int32_t gap_item(uint32_t node) const { return gaps_[node]; }
  int32_t item_into(uint32_t node) const { return items_[node]; }
  uint16_t class_into(uint32_t node) const { return classes_[node]; }

 private:
  struct Way {
    uint32_t from;
    uint16_t symbol_class;
  };
  void Prepare(std::u32string_view items, uint32_t max_length);
  uint32_t WaysInto(uint32_t node, Way* ways) const;
  void Fill(uint32_t n, uint32_t node);

  const CostLattice& lattice_;
  uint32_t nodes_ = 0, layers_ = 0, best_length_ = 0;
  std::vector<uint16_t> classes_;  // By node: of the item that leads to it; node 0 has none.
  std::vector<int32_t> items_;     // By node: the number of that item.
  std::vector<int32_t> gaps_;      // By node: the number of the gap item at it, or -1.
  Cost* AddRow(uint32_t n, uint32_t node);

  std::vector<Cost> rows_;         // Of what was reached, in that order: most of a table is not.
  std::vector<uint32_t> reached_;  // By n and node: the number of its row, from 1.
  uint32_t rows_made_ = 0;
  std::vector<Cost> scratch_;
};

}  // namespace burin::internal

#endif
