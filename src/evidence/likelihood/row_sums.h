// Sums over rows of numbers, one for each symbol of the population: what the sum over a population consists of. By the
// processor's vectors, for each symbol on its own: every target makes the same sums in the same order, to the bit.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_ROW_SUMS_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_ROW_SUMS_H_

#include <cstddef>
#include <span>

#include "src/evidence/likelihood/population_path.h"

namespace burin::internal {

// Shares of the rows of a table, whose rows have PopulationModel::kSymbols numbers each.
struct RowShares {
  const double* shares = nullptr;  // By row.
  double* sum = nullptr;           // Receives, for each symbol, its numbers' sum, each times its row's share.
};

// For each of `all`: sum[y] = shares[x] * table[x][y], summed over the rows x of `befores` in ascending order, for the
// symbols y of a range; other sums are left as they are. No sum is a share of another.
void SumRows(const double* table, SymbolRange befores, SymbolRange symbols, std::span<const RowShares> all);

// to[y] += from[y] * weights[y], for the symbols y of a range.
struct RowProduct {
  const double* from = nullptr;
  const double* weights = nullptr;
  double* to = nullptr;
};
// One after the other.
void AddProducts(SymbolRange symbols, std::span<const RowProduct> all);

}  // namespace burin::internal

#endif
