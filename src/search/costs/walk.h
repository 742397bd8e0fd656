// Trie-style walk over one group of serials of one length, however its keys are stored: used for those too long to
// pack.
//
// A node is a prefix that occurs: an interval of the sorted keys. It carries one row of lowest costs (cost_lattice.h).
// A child is entered only if the row says that some completion by exactly the symbols that remain can stay within the
// cut; that bound looks through swaps under way. Small intervals are read key by key, each key sharing the rows of the
// prefix it has in common with the one before. Nothing is cut that could cost the cut or less, so the walk is exact;
// its cost is the number of prefixes near the reading, never the number of serials unless the reading allows them all.
#ifndef BURIN_SRC_SEARCH_COSTS_WALK_H_
#define BURIN_SRC_SEARCH_COSTS_WALK_H_

#include <cstdint>
#include <vector>

#include "src/base/patience.h"
#include "src/channel/model/cost_lattice.h"
#include "src/index/view/index.h"

namespace burin::internal {

// Who receives serials, and says how far to look.
class WalkVisitor {
 public:
  virtual ~WalkVisitor() = default;
  // The highest cost still wanted. May fall from call to call.
  virtual Cost cut() const = 0;
  // A serial (its key's number in the group) and its cost, which is <= cut(). Each once.
  virtual void Found(uint64_t key, Cost cost) = 0;
  // Called for each unit of work; true stops the walk.
  virtual bool Spend() = 0;
  // Asked beside that for work that is no unit.
  virtual Patience& patience() { return endless_; }

 private:
  Patience endless_;
};

class Walk {
 public:
  Walk(const CostLattice& lattice, const LookAhead& ahead) : lattice_(lattice), ahead_(ahead) {}
  // False if the visitor stopped it.
  bool Run(const KeyGroup& group, WalkVisitor* visitor);

 private:
  bool Visit(uint32_t depth, uint64_t first, uint64_t last);
  bool Scan(uint32_t depth, uint64_t first, uint64_t last);
  // Makes row depth + 1 from the rows before it and a symbol class; true if something within the cut may lie ahead.
  bool Enter(uint32_t depth, uint16_t symbol_class);
  void Leave(uint64_t key);
  Cost* row(uint32_t depth) { return &rows_[size_t{depth} * lattice_.slots]; }

  const CostLattice& lattice_;
  const LookAhead& ahead_;
  const KeyGroup* group_ = nullptr;
  WalkVisitor* visitor_ = nullptr;
  uint32_t length_ = 0;
  std::vector<Cost> rows_;                       // length + 1 rows.
  std::vector<uint16_t> path_;                   // Classes of the symbols on the path.
  std::vector<uint16_t> prefix_;                 // Their codes.
  std::vector<std::vector<uint16_t>> class_of_;  // By position and code; classes alike are one.
  std::vector<char> hopeless_;                   // By depth and class: no child at this node can stay within the cut.
  std::vector<uint16_t> keys_;
};

}  // namespace burin::internal

#endif
