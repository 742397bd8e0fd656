// How the symbols of a mark of one length and format are drawn and read: as they stand, without letters behind the
// first digit, or with two blocks swapped. In pooled formats only as they stand.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_PATH_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_POPULATION_PATH_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "src/population/model.h"

namespace burin::internal {

// Symbols of the population, from .. to.
struct SymbolRange {
  size_t begin = 0, end = PopulationModel::kSymbols;
};
SymbolRange RangeOf(FormatKind kind);

// The model is borrowed.
struct PopulationPath {
  const PopulationModel::OfLength* of = nullptr;
  const PopulationModel::Format* format = nullptr;
  uint32_t length = 0;
  std::vector<uint32_t> order;  // Positions as read.
  std::vector<char> skipped;    // By place in the order: the symbol is lost with others of its kind.
  std::vector<char> joined;     // By place: the next one is its neighbour.

  // What the symbol at a place can be.
  SymbolRange RangeAt(size_t place) const;
  // It depends on the one at the place before. REQUIRES: place > 0.
  bool DependsOnBefore(size_t place) const;
};

// The passes over a format: of marks as they stand, or with an end lost or added; of those with something that happened
// at the front; of those whose letters were lost, or blocks swapped.
enum PopulationPass : int { kWhole, kFront, kWithoutLetters, kSwappedBlocks, kPopulationPasses };
using PerPass = std::array<double, kPopulationPasses>;

PopulationPath PathAsItStands(const PopulationModel::OfLength& of, const PopulationModel::Format& format);
// std::nullopt: the format has no such letters, or not two blocks; then nothing happens to it.
std::optional<PopulationPath> PathWithoutLetters(const PopulationPath& as_it_stands);
std::optional<PopulationPath> PathOfSwappedBlocks(const PopulationPath& as_it_stands);

}  // namespace burin::internal

#endif
