// At most what each pass over a length and format of the population adds to P(reading | population): to know which can
// be left out.
//
// The pass of population_sum.h over slots alone. Of each position only the highest probability of each symbol is used,
// whatever stands before it (the model: next_most, pooled_most): a symbol read at a position weighs at most the sum
// over all symbols of that times their weights, and at most the highest of the weights. What rewriting two symbols
// together takes away is not taken away here.
//
// Costs positions x (rows of the reading x symbols of the kind + moves of the reading).
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_BOUND_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_BOUND_H_

#include <cstddef>
#include <vector>

#include "src/channel/compile/likelihood.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/evidence/likelihood/population_path.h"
#include "src/evidence/likelihood/population_rows.h"

namespace burin::internal {

class PopulationBound {
 public:
  // All borrowed.
  PopulationBound(const CostLattice& costs, const Channel& channel, const Likelihood& likelihood,
                  const PopulationRows& rows);

  // By pass (population_path.h): of all strings of the format, drawn from the model, the mean likelihood.
  PerPass Of(const PopulationModel::OfLength& of, const PopulationModel::Format& format);

 private:
  struct Sums {
    std::vector<double> reached, passed;
  };
  // The highest that each row can weigh at a position. What comes before a position is of its kind or not, whatever the
  // path, so this is made once a format.
  void WeighRows(const PopulationPath& as_it_stands);
  const double* WeightsAt(const PopulationPath& path, size_t place) const {
    return &weights_[path.order[place] * rows_.size()];
  }
  double Plain(const PopulationPath& path, bool with_ends);
  double Front(const PopulationPath& path);
  // From the state before a place to that behind it, not yet closed.
  void Advance(const PopulationPath& path, size_t place);
  void Close(Sums* sums) const;

  const CostLattice& costs_;
  const Channel& channel_;
  const Likelihood& likelihood_;
  const std::vector<PopulationRows::Symbols>& rows_;
  double last_factor_ = 1;
  std::vector<double> weights_;  // [position][row].
  Sums state_, next_;
  std::vector<double> two_before_;  // Passed, a place earlier.
};

}  // namespace burin::internal

#endif
