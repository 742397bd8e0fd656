// The weights of a reading's rows by symbol of the population: what the sum over it, and its bound, read symbols by.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_ROWS_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_ROWS_H_

#include <array>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/population/model.h"

namespace burin::internal {

// Any symbol outside the base that no reading mentions.
inline constexpr Symbol kSomeForeign = 0x10ffff;

struct PopulationRows {
  using Symbols = std::array<double, PopulationModel::kSymbols>;

  PopulationRows(const CostLattice& costs, const Channel& channel);

  std::vector<Symbols> rows;       // By row of the lattice.
  std::vector<Symbols> last_rows;  // The same of symbols that are the last one.
  Symbols last_factor = {};        // What that multiplies a symbol's weight by.
};

}  // namespace burin::internal

#endif
