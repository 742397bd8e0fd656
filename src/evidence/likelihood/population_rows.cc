#include "src/evidence/likelihood/population_rows.h"

#include <algorithm>

#include "src/channel/model/prices.h"

namespace burin::internal {

PopulationRows::PopulationRows(const CostLattice& costs, const Channel& channel) {
  const double unlisted = PopulationModel::kForeignSymbols - static_cast<double>(costs.listed.size());
  for (size_t row = 0; row < costs.weights.size(); row += costs.classes) {
    Symbols& weights = rows.emplace_back();
    std::copy_n(&costs.weights[row], kBaseSymbols, weights.begin());
    double foreign = std::max(unlisted, 0.0) * costs.weights[row + kOtherClass];
    for (size_t c = kFirstListedClass; c < costs.classes; ++c) foreign += costs.weights[row + c];
    weights[kBaseSymbols] = foreign / PopulationModel::kForeignSymbols;
  }
  for (size_t s = 0; s < last_factor.size(); ++s) {
    last_factor[s] = ReadFactor(channel, s < kBaseSymbols ? BaseSymbol(s) : kSomeForeign, 0);
  }
  last_rows = rows;
  for (Symbols& row : last_rows) {
    for (size_t s = 0; s < row.size(); ++s) row[s] *= last_factor[s];
  }
}

}  // namespace burin::internal
