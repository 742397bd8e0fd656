// A reading compiled for search: every move between the reading and a mark has an integer cost.
//
// This is the one definition of what a reading costs against a mark. Search walks it, alignments retrace it, the twins
// in tests/reference re-derive it by textbook dynamic programming. Moves, with D the lowest cost of having read up to a
// slot after some symbols of the mark:
//   step   an arc reads the next symbol of the mark, right or wrong   row[class]
//   lost   the mark has a symbol that the reading has not             lost[class], at any slot
//   added  the reading has a symbol that the mark has not             added, along an arc; 0 for free passage
//   swap   two arcs in a row read the mark's next two symbols in the other order
//   rewriting: one or two arcs read one symbol (a step, with row[class]) or two (kept with the swaps) as something else
// and `end` once (with a channel: that nothing was added there, and that the mark as a whole was read as it is). The
// cost of a mark is the lowest sum over all paths from slot 0 to the last slot that read the whole mark; kNever if
// there is none. Costs are >= 0, saturating at kNever. Unit costs count edits; channel costs are -ln probability of the
// best alignment in 1/64 nat, each move rounded to the nearest; a swap is rounded in two: with the weight of its first
// element, and the weight of its second.
//
// Within one element the probabilities of all read strings are summed (`?` costs only the chance that nothing was
// lost), so "best" is over alignments and paths.
#ifndef BURIN_SRC_CHANNEL_MODEL_COST_LATTICE_H_
#define BURIN_SRC_CHANNEL_MODEL_COST_LATTICE_H_

#include <cstdint>
#include <vector>

#include "src/base/status.h"
#include "src/channel/model/channel.h"
#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

using Cost = uint32_t;
inline constexpr Cost kNever = 1u << 28;  // No such move. Sums of a mark's moves stay below 2^32.
inline constexpr Cost kCostsPerNat = 64;
constexpr Cost AddCosts(Cost a, Cost b) { return a + b < kNever ? a + b : kNever; }

enum class Metric : uint8_t { kHamming, kLevenshtein, kOsa };

// Symbols that the reading does not tell apart share a class: 0..35 the base symbols, kOtherClass every other symbol
// that it does not mention, kAnyClass an unreadable symbol of a partial record, kFirstListedClass.. the others it
// mentions.
inline constexpr uint16_t kOtherClass = kBaseSymbols;
inline constexpr uint16_t kAnyClass = kBaseSymbols + 1;
inline constexpr uint16_t kFirstListedClass = kBaseSymbols + 2;

struct CostLattice {
  struct Step {
    uint32_t from = 0, to = 0;  // from == to: a loop.
    int32_t element = kEmpty;   // Of the lattice compiled.
    uint32_t row = 0;           // Cost of class c: costs[row + c].
    Cost lowest = kNever;       // Of the row.
    int32_t second = kEmpty;    // The other element, where a symbol was rewritten as two.
    bool rewritten = false;     // Rather than read as itself or misread.
  };
  // Moves that read no symbol of the mark: free passage, and elements added. Never loops: reading a loop's element in
  // vain costs something and gains nothing.
  struct Free {
    uint32_t from = 0, to = 0;
    int32_t element = kEmpty;  // kEmpty: passage.
    Cost cost = 0;
    double weight = 1;  // Before rounding; of a channel.
  };
  // An element that a loop adds in vain: of no use to a best alignment, but part of the sum over all.
  struct Loop {
    uint32_t slot = 0;
    double weight = 0;
  };
  // Two symbols of the mark, read by one element or two.
  struct Swap {
    uint32_t from = 0, to = 0;
    int32_t first = kEmpty, second = kEmpty;  // Elements, in reading order; kEmpty: two symbols were rewritten as one.
    uint32_t first_row = 0;                   // Of the class of the mark's second symbol.
    uint32_t second_row = 0;                  // Of the class of the mark's first symbol.
    Cost first_lowest = kNever, second_lowest = kNever;
    bool rewritten = false;  // Rather than read in the other order.
  };

  uint32_t slots = 1;
  uint32_t classes = 0;
  std::vector<Symbol> listed;  // Symbols of classes kFirstListedClass .., ascending.
  std::vector<Step> steps;
  std::vector<Free> free;  // Ascending by `from`: one pass closes a row.
  std::vector<Swap> swaps;
  std::vector<Cost> costs;  // Rows of `classes` costs.
  // Of a channel, before rounding: parallel to `costs`, and of the other moves. Empty and 0 with unit costs.
  std::vector<double> weights;
  std::vector<Loop> loops;
  double lost_weight = 0, end_weight = 0;
  std::vector<Cost> lost;  // By class.
  Cost lost_lowest = kNever;
  std::vector<uint16_t> alike;  // By class: the lowest class that has the same costs everywhere.
  Cost end = 0;
  Cost best = 0;  // The lowest cost that any mark could have; kNever if the reading fits no mark.
  bool unit = true;
  bool has_swaps = false;  // Neighbours may be read in the other order (even if no two elements are neighbours).

  uint16_t ClassOf(Symbol s) const;  // kUnreadable gives kAnyClass.
  // The lowest cost of reading on from each slot to the end, over any symbols.
  std::vector<Cost> LowestToEnd() const;
  // The reading from its end to its beginning: every mark, read so too, has the cost that it has here.
  CostLattice Reversed() const;

  // Lowest costs of having read up to each slot: before any symbol of the mark, and after one more symbol of class `c`,
  // given the row one symbol before and, where there was one, the row two before with the symbol between (`before`).
  void Start(Cost* row) const;
  void Advance(const Cost* two_before, uint16_t before, const Cost* one_before, uint16_t c, Cost* row) const;

 private:
  void Close(Cost* row) const;
};

// The lowest cost of reading on from each slot to the end over any r further symbols of a mark, r = 0 .. most.
class LookAhead {
 public:
  explicit LookAhead(const CostLattice& lattice, uint32_t most = kMaxMarkSymbols);
  Cost at(uint32_t slot, uint32_t symbols) const { return costs_[symbols * slots_ + slot]; }
  const Cost* row(uint32_t symbols) const { return &costs_[symbols * slots_]; }

 private:
  uint32_t slots_;
  std::vector<Cost> costs_;
};

}  // namespace burin::internal

#endif
