// P(reading | population) = sum over all strings s of q(s) L(s), with L as likelihood.h defines it: the probability of
// the reading if the mark is any of the population, in a registry or not.
//
// A forward pass over (slot, last symbol) for each length and format of the population: the pass of the likelihood,
// with the next symbol drawn from the model instead of given. What happens to a mark as a whole is a way in or out, or
// a pass of its own, as there; in pooled formats letters are not lost and blocks not swapped, and what that would weigh
// is that nothing happened. Passes that cannot contribute (population_bound.h) are left out: what is left
// out is below kLeftOut of the sum. So are slots that cannot come to matter: what they could still be worth is below
// exp(-kFar / 64) of the best. All sums are made in one order.
//
// Costs slots x symbols x (symbols of the kind) for each format.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_SUM_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_SUM_H_

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "src/base/patience.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/channel/model/joined_mark.h"
#include "src/evidence/likelihood/population_path.h"
#include "src/evidence/likelihood/population_rows.h"
#include "src/evidence/likelihood/row_sums.h"
#include "src/population/model.h"

namespace burin::internal {

class PopulationSum {
 public:
  static constexpr double kLeftOut = 1e-6;
  static constexpr Cost kFar = 16 * kCostsPerNat;

  // All borrowed. Once the patience is over, the sum is of no use; nullptr: it has no end.
  PopulationSum(const CostLattice& costs, const Channel& channel, const Likelihood& likelihood,
                Patience* patience = nullptr);

  // Over marks of min_length .. max_length symbols.
  double Of(const PopulationModel& model, uint32_t min_length, uint32_t max_length);

 private:
  static constexpr size_t kSymbols = PopulationModel::kSymbols;
  // The last symbol, or that zeros were lost and the next symbol is none; padded.
  static constexpr size_t kNoZeroNext = kSymbols;
  static constexpr size_t kWidth = 40;
  using Row = std::array<double, kWidth>;
  using Symbols = PopulationRows::Symbols;

  // Symbols with a weight above 0.
  using Weights = std::vector<std::pair<uint16_t, double>>;
  struct Swap {
    uint32_t from = 0, to = 0;
    const Weights *first = nullptr, *second = nullptr;  // In swap_weights_.
    Cost least = 0;                                     // Of the likeliest two.
  };
  // Two symbols that may be rewritten together: what the first one's being read loses in weight before the second.
  struct Pair {
    size_t first = 0, second = 0;
    double lost = 0;
  };
  // After some symbols. `read`: of these, what arrived by reading a symbol that a pair begins with.
  struct State {
    std::vector<Row> reached, passed, read_reached, read;
  };
  struct Ends {
    double whole = 0;   // All symbols read, and no more.
    double behind = 0;  // A suffix lost or added, with what that weighs.
  };

  // [n]: over strings of n symbols, all equally likely: what L is on average. For lengths that do not occur; symbols do
  // not depend on each other there, so that a pass over slots alone gives all lengths at once.
  std::vector<double> Uniform(uint32_t longest) const;
  // On average over the strings of a format, what one pass adds.
  double OfPass(const PopulationModel::OfLength& of, const PopulationModel::Format& format, int pass);
  Ends Plain(const PopulationPath& path, bool with_ends);
  double Front(const PopulationPath& path);
  // Ways in after `i` symbols.
  void AddWaysIn(const PopulationPath& path, uint32_t i, const Row& marginal, double zeros);

  // Before the first symbol: `any` by slot, and at slot 0 what goes on only if the first symbol is no zero.
  void Start(const std::vector<double>& any, double no_zero);
  void CloseScalars(const std::vector<double>& start, std::vector<double>* reached, std::vector<double>* passed) const;
  // Slots from which the rest of a path cannot add anything that counts.
  void FindFar(const PopulationPath& path, size_t place);
  // Draws the next symbol, and reads it: state_ becomes the state behind it, not yet closed.
  void DrawFirst(const PopulationPath& path);
  void DrawNext(const PopulationPath& path, size_t place);
  // What is drawn at a place, from what stood before it; in `all`, shares by symbol before.
  void Draw(const PopulationPath& path, size_t place, std::span<const RowShares> all) const;
  void Draw(const PopulationPath& path, size_t place, const double* from, double* to) const;
  void Read(const PopulationPath& path, size_t place, bool last, State* to) const;
  void KeepSwaps(const PopulationPath& path, size_t place);
  void Advance(const PopulationPath& path, size_t place);
  // `range`: what the last symbol can be.
  void Close(SymbolRange range, State* state) const;
  double ExitAt(const State& state, uint32_t slot) const;

  bool Over(uint64_t steps) const { return patience_ != nullptr && patience_->Took(steps); }
  // A symbol drawn and read, in steps of the patience.
  uint64_t StepsOfSymbol() const { return 16 * (costs_.slots + swaps_.size()); }

  const CostLattice& costs_;
  const Channel& channel_;
  const Likelihood& likelihood_;
  Patience* patience_;
  PopulationRows rows_;
  std::vector<Weights> swap_weights_;  // By row of the costs, of those that swaps have.
  std::vector<Swap> swaps_;
  std::vector<Pair> pairs_;
  std::array<char, kSymbols> begins_pair_ = {};
  bool has_passages_ = false;
  // By slot, before any symbol; and what goes on only if the first one is no zero.
  std::vector<double> start_, start_passed_, no_zero_, no_zero_passed_;
  State state_, next_, side_;
  // By slot: states with the next symbol drawn. The first equals the second without passages.
  std::vector<Symbols> drawn_reached_, drawn_;
  // By symbols and slot: the cheapest way to the end over so many symbols or fewer.
  std::vector<Cost> to_end_;
  std::vector<char> far_;           // By slot.
  std::vector<Cost> mass_, worth_;  // By slot: the cost of what arrived there, and of its cheapest way to the end.
  Cost best_ = 0;                   // Of the latter.
  std::vector<Row> waiting_;        // By swap: what waits for its second symbol.
  std::vector<uint32_t> waits_;     // Swaps of which anything does that counts.
  // Kept for their memory.
  std::vector<RowShares> to_draw_;
  mutable std::vector<RowShares> to_swap_;
  mutable std::vector<Symbols> swapped_;
  mutable std::vector<RowProduct> to_read_;
};

}  // namespace burin::internal

#endif
