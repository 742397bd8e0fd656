// Sums over rows of numbers are those of the obvious loops, to the bit, on every kind of processor.
#include "src/evidence/likelihood/row_sums.h"

#include <gtest/gtest.h>

#include <hwy/targets.h>
#include <array>
#include <vector>

#include "tests/reference/choices.h"

namespace burin::internal {
namespace {

using reference::Choices;

constexpr size_t kSymbols = PopulationModel::kSymbols;
using Row = std::array<double, kSymbols>;

Row RandomRow(Choices* choices) {
  Row row;
  for (double& x : row) x = choices->OneIn(5) ? 0 : 1.0 / (1 + choices->Below(1000000));
  return row;
}

void CheckRange(SymbolRange befores, SymbolRange symbols, Choices* choices) {
  std::vector<double> table;
  for (size_t x = 0; x < kSymbols; ++x) {
    const Row row = RandomRow(choices);
    table.insert(table.end(), row.begin(), row.end());
  }
  std::vector<Row> shares, sums, expected, products, added;
  for (int i = 0; i < 3; ++i) {
    shares.push_back(RandomRow(choices));
    sums.push_back(RandomRow(choices));
  }
  expected = products = added = sums;
  std::vector<RowShares> all;
  std::vector<RowProduct> terms;
  for (size_t i = 0; i < shares.size(); ++i) {
    for (size_t y = symbols.begin; y < symbols.end; ++y) {
      expected[i][y] = 0;
      for (size_t x = befores.begin; x < befores.end; ++x) expected[i][y] += shares[i][x] * table[x * kSymbols + y];
      added[0][y] += shares[i][y] * table[i * kSymbols + y];
    }
    all.push_back({shares[i].data(), sums[i].data()});
    terms.push_back({shares[i].data(), &table[i * kSymbols], products[0].data()});
  }
  SumRows(table.data(), befores, symbols, all);
  EXPECT_EQ(sums, expected);
  AddProducts(symbols, terms);
  EXPECT_EQ(products, added);
}

void CheckRanges() {
  Choices choices(1);
  for (size_t begin = 0; begin < kSymbols; begin += 3) {
    for (size_t end = begin; end <= kSymbols; ++end)
      CheckRange({begin, end}, {kSymbols - end, kSymbols - begin}, &choices);
  }
}

TEST(RowSums, AreThoseOfTheLoopsOnEveryProcessor) {
  CheckRanges();
  // One bit a kind, the best one lowest; without all but the last, the portable code is left.
  for (int64_t left = hwy::SupportedTargets(); (left & (left - 1)) != 0; left &= left - 1) {
    hwy::DisableTargets(~(left & (left - 1)));
    CheckRanges();
  }
  hwy::DisableTargets(0);
}

}  // namespace
}  // namespace burin::internal
