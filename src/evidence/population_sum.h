// P(reading | population) = sum over all strings s of q(s) L(s), with L as likelihood.h defines it: the probability of
// the reading if the mark is any of the population, in a registry or not.
//
// A forward pass over (slot, last symbol) for each length and format of the population: the pass of the likelihood,
// with the next symbol drawn from the model instead of given. What happens to a mark as a whole is a way in or out, or
// a pass of its own, as there; in pooled formats letters are not lost and blocks not swapped, and what that would weigh
// is that nothing happened. Lengths that cannot contribute are left out: what is left out is below kLeftOut of the sum.
// So are slots that cannot come to matter: what they could still be worth is below exp(-kFar / 64) of the best. All
// sums are made in one order.
//
// Costs slots x symbols x (symbols of the kind) for each format.
#ifndef BURIN_SRC_EVIDENCE_POPULATION_SUM_H_
#define BURIN_SRC_EVIDENCE_POPULATION_SUM_H_

#include <array>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "src/channel/channel.h"
#include "src/channel/cost_lattice.h"
#include "src/channel/joined_mark.h"
#include "src/channel/likelihood.h"
#include "src/population/model.h"

namespace burin::internal {

class PopulationSum {
 public:
  static constexpr double kLeftOut = 1e-6;
  static constexpr Cost kFar = 32 * kCostsPerNat;

  // All borrowed.
  PopulationSum(const CostLattice& costs, const Channel& channel, const Likelihood& likelihood);

  // Over marks of min_length .. max_length symbols. `most_of` answers a bound of L over marks of a length.
  double Of(const PopulationModel& model, uint32_t min_length, uint32_t max_length,
            const std::function<double(uint32_t length)>& most_of);

 private:
  static constexpr size_t kSymbols = PopulationModel::kSymbols;
  // The last symbol, or that zeros were lost and the next symbol is none; padded.
  static constexpr size_t kNoZeroNext = kSymbols;
  static constexpr size_t kWidth = 40;
  using Row = std::array<double, kWidth>;
  using Symbols = std::array<double, kSymbols>;

  struct Swap {
    uint32_t from = 0, to = 0;
    // Symbols with a weight above 0.
    std::vector<std::pair<uint16_t, double>> first, second;
  };
  // Two symbols that may be rewritten together: what the first one's being read loses in weight before the second.
  struct Pair {
    size_t first = 0, second = 0;
    double lost = 0;
  };
  // Where a pass goes through the symbols of a mark.
  struct Path {
    const PopulationModel::OfLength* of = nullptr;  // nullptr: a length that does not occur; all symbols alike.
    const PopulationModel::Format* format = nullptr;
    uint32_t length = 0;
    std::vector<uint32_t> order;  // Positions as read.
    std::vector<char> skipped;    // By place in the order: the symbol is lost with others of its kind.
    std::vector<char> joined;     // By place: the next one is its neighbour.
  };
  // After some symbols. `read`: of these, what arrived by reading a symbol that a pair begins with.
  struct State {
    std::vector<Row> reached, passed, read_reached, read;
  };
  struct Ends {
    double whole = 0;   // All symbols read, and no more.
    double behind = 0;  // A suffix lost or added, with what that weighs.
  };

  double OfLength(const PopulationModel::OfLength& of);
  double OfFormat(const PopulationModel::OfLength* of, const PopulationModel::Format* format, uint32_t length);
  double LettersLost(Path path);
  double BlocksSwapped(Path path);
  Ends Plain(const Path& path, bool with_ends);
  double Front(const Path& path);
  // Ways in after `i` symbols.
  void AddWaysIn(const Path& path, uint32_t i, const Row& marginal, double zeros);

  // Before the first symbol: `any` by slot, and at slot 0 what goes on only if the first symbol is no zero.
  void Start(const std::vector<double>& any, double no_zero);
  void CloseScalars(const std::vector<double>& start, std::vector<double>* reached, std::vector<double>* passed) const;
  // Slots from which the rest of a path cannot add anything that counts.
  void FindFar(const Path& path, size_t place);
  // Draws the next symbol, and reads it: state_ becomes the state behind it, not yet closed.
  void DrawFirst(const Path& path);
  void DrawNext(const Path& path, size_t place);
  void Draw(const Path& path, size_t place, const double* from, double* to) const;
  void Read(const Path& path, size_t place, bool last, State* to) const;
  void KeepSwaps(const Path& path, size_t place);
  void Advance(const Path& path, size_t place);
  void Close(State* state) const;
  double ExitAt(const State& state, uint32_t slot) const;

  const CostLattice& costs_;
  const Channel& channel_;
  const Likelihood& likelihood_;
  std::vector<Symbols> rows_;  // By row of the lattice: its weights by symbol of the population.
  std::vector<Swap> swaps_;
  std::vector<Pair> pairs_;
  std::array<char, kSymbols> begins_pair_ = {};
  Symbols last_factor_ = {};
  bool has_passages_ = false;
  // By slot, before any symbol; and what goes on only if the first one is no zero.
  std::vector<double> start_, start_passed_, no_zero_, no_zero_passed_;
  State state_, next_, side_;
  // By slot: states with the next symbol drawn. The first equals the second without passages.
  std::vector<Symbols> drawn_reached_, drawn_;
  // By symbols and slot: the cheapest way to the end over so many symbols or fewer.
  std::vector<Cost> to_end_;
  std::vector<char> far_;  // By slot.
  std::vector<Cost> worth_;
  std::vector<Row> waiting_;  // By swap: what waits for its second symbol.
  bool swaps_wait_ = false;
};

}  // namespace burin::internal

#endif
