// P(reading | mark): the sum over all alignments of the reading with the mark, and over all that can happen to the mark
// as a whole (channel.h). Costs are of the best alignment and rounded; this is the value itself.
//
// One pass over the mark, as a forward algorithm: for each number of symbols read, the probability of each slot. What
// happens to a mark at its beginning is a way in: at a later symbol, or at a later slot; what happens at its end is a
// way out. The two exclude each other, so ways in that are mistakes and ways out that are mistakes are kept apart: two
// passes, made side by side. Letters lost and blocks swapped are marks of their own. All sums are made in one order, by
// +, * and / alone: the same on every machine.
//
// Costs symbols x moves of the reading that weigh anything, half a microsecond to one for a serial of eight.
#ifndef BURIN_SRC_CHANNEL_COMPILE_LIKELIHOOD_H_
#define BURIN_SRC_CHANNEL_COMPILE_LIKELIHOOD_H_

#include <span>
#include <string_view>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/channel/model/joined_mark.h"

namespace burin::internal {

// False: elements that may be added without end weigh one or more together, so that the sum over all alignments has no
// end either.
bool HasLikelihood(const CostLattice& costs);

// Memory is kept between marks: one thread at a time.
class Likelihood {
 public:
  // `costs` is what CompileChannel makes of the two others; it and the channel are borrowed.
  Likelihood(const Lattice& reading, const CostLattice& costs, const Channel& channel);

  // Of a serial, or of a partial record's items: an unreadable symbol is any of the channel's, all with the same
  // probability, and a gap any number of them, 0 .. kMaxGapSymbols, each with the same probability. Nothing can have
  // happened to a partial record's mark as a whole: what that would weigh is not counted. REQUIRES: at most
  // kMaxMarkSymbols symbols beside gaps. A partial record's lengths outside min_length .. max_length weigh nothing,
  // though their share is theirs; a serial is taken as it is.
  double Of(std::u32string_view items, uint32_t min_length = 0, uint32_t max_length = kMaxMarkSymbols);

  static constexpr uint32_t kMaxGapSymbols = 8;

  // By slot: what the element of its loop weighs as an added one, and ways in and out over elements that are none of
  // the mark's.
  const std::vector<double>& in_vain() const { return in_vain_; }
  const std::vector<double>& added_before() const { return added_before_; }
  const std::vector<double>& added_behind() const { return added_behind_; }

 private:
  using Row = std::vector<double>;  // By slot.
  // Two sums side by side: where nothing happened at the mark's beginning, and where something may have. Arithmetic is
  // that of each by itself.
  using Two = double __attribute__((vector_size(16)));
  using TwoRow = std::vector<Two>;
  enum Side : int { kPlain = 0, kFromBeginning = 1 };
  // After some symbols of the mark. A passage is made right before an element is read, or at the end, so that each
  // alignment counts once: what loses a symbol starts from where no passage was made.
  struct State {
    TwoRow reached, passed;
  };
  double OfSerial(std::u32string_view serial);
  // Nothing happened to the mark, with probability `same`, or something at its beginning; or something at its end.
  void FromEnds(std::u32string_view serial, double same, double* from_beginning, double* at_end);
  double AtEnd(size_t symbols);
  // Ways in at symbol i that are mistakes.
  double LostBefore(std::u32string_view serial, size_t zeros, size_t i) const;
  double OverGaps(std::u32string_view items, uint32_t most, std::u32string* serial);
  bool HasLength(size_t symbols) const { return symbols >= min_length_ && symbols <= max_length_; }

  // What a symbol of a class makes of the reading's moves, without those that weigh nothing.
  struct Step {
    uint32_t from, to;
    double weight;
    bool rewritten;
  };
  struct Swap {
    uint32_t from, to, second_row;
    double weight;
  };
  struct Moves {
    bool made = false;
    std::vector<Step> steps;
    std::vector<Swap> swaps;
  };
  const Moves& MovesOf(uint16_t symbol_class);
  // ReadFactor, remembered for symbols of the base.
  double Factor(Symbol symbol, Symbol next);

  // Makes mark_ what is read.
  void Take();
  // Fills states_ from the first one, whose `reached` is set; ways_in(i) is added at symbol i.
  template <typename WaysIn>
  void Fill(const WaysIn& ways_in);
  TwoRow& FirstRow();
  double Plain(JoinedMark mark);
  // The moves that end after `at` symbols; `last`: as if nothing stood behind them.
  void Advance(size_t at, bool last, State* to);
  void Close(State* state) const;
  double Exit(const State& state, Side side) const { return state.passed.back()[side] * costs_.end_weight; }

  const CostLattice& costs_;
  const Channel& channel_;
  uint32_t min_length_ = 0, max_length_ = kMaxMarkSymbols;  // Of partial records.
  Row in_vain_;                       // By slot: what the element of its loop weighs as an added one.
  Row added_before_, added_behind_;   // Ways in and out over elements that are none of the mark's.
  std::vector<Moves> moves_;          // By class.
  std::vector<double> base_factors_;  // Of two symbols of the base, or of one and nothing behind it; 0: not known yet.
  JoinedMark mark_;                   // What is read now.
  std::vector<uint16_t> classes_;     // Of its symbols.
  std::vector<double> factors_;       // See ReadFactor; as they stand, and as if each were the last.
  std::vector<double> last_factors_;
  std::vector<State> states_;  // [i]: after i symbols.
  State side_;
};

// What an affix of elements that are none of the mark's weighs, by the slot where it ends or, from the `back`, begins;
// `weight` is of each element.
std::vector<double> AddedWays(const Lattice& reading, const Affix& affix, const std::vector<double>& weight, bool back);

}  // namespace burin::internal

#endif
