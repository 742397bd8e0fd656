// What all marks there could be weigh together through alignments that cost at least so much: a bound for what a search
// has not seen that does not grow with the number of records, only with how often one serial is repeated.
//
// Every alignment of an unseen mark costs at least what the search has seen all of, C. So the likelihoods of unseen
// serials are at most the sum, over every string there could be, of its alignments that cost C or more. That sum is one
// pass over the slots for each number of symbols, with weights kept by cost: at each move all symbols of the population
// that cost the same go together. Costs are counted above the cheapest way on, in steps of kStep, rounded up: what is
// summed is never less than it should be.
//
// Costs symbols x moves x steps x the different costs of a move.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_COST_TAIL_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_COST_TAIL_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

class CostTail {
 public:
  static constexpr Cost kStep = kCostsPerNat / 2;

  // `symbols`: how many there are of each class of the lattice, as far as they occur. Strings of up to `longest`
  // symbols, costs up to `most`.
  CostTail(const Lattice& reading, const CostLattice& costs, const Channel& channel, std::span<const double> symbols,
           uint32_t longest, Cost most);

  // Of all strings of `length` symbols, read as they are or with something added at an end, through alignments that
  // cost at least `cost`; up to what their being the last symbol adds. REQUIRES: length <= longest.
  double Of(uint32_t length, Cost cost) const;
  uint32_t size() const { return static_cast<uint32_t>(tails_.size()); }  // Lengths, from 0.

 private:
  using Steps = std::vector<double>;  // Weight by cost above the cheapest, in steps; the last one and above.
  struct Term {
    uint32_t from = 0, to = 0;
    uint32_t step = 0;
    double weight = 0;
  };
  uint32_t StepOf(Cost cost, Cost ahead, Cost before) const;
  std::vector<std::pair<Cost, double>> Prices(uint32_t row, std::span<const double> symbols) const;
  std::vector<Term> AffixTerms(const Lattice& reading, const Affix& affix, const std::vector<double>& weight,
                               bool back) const;
  void MakeTerms(std::span<const double> symbols);
  void Add(const Steps& from, const Term& term, Steps* to) const;
  void Close(std::vector<Steps>* reached, std::vector<Steps>* passed) const;
  void Run(const std::vector<Term>& before, const std::vector<Term>& behind, uint32_t longest);

  const CostLattice& costs_;
  std::vector<Cost> ahead_;  // The cheapest way from a slot to the end.
  uint32_t steps_;
  std::vector<Term> reads_, lost_, free_, swaps_;
  std::vector<double> in_vain_;
  std::vector<Steps> tails_;  // By length; cumulative from above.
};

}  // namespace burin::internal

#endif
