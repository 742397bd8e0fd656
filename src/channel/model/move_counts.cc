#include "src/channel/model/move_counts.h"

#include <algorithm>

namespace burin::internal {
namespace {

template <typename Numbers>
void AddEach(const Numbers& from, Numbers* to) {
  for (size_t i = 0; i < from.size(); ++i) (*to)[i] += from[i];
}

void Put(const Affix& affix, double* shares) {
  for (size_t i = 0; i < affix.counts.size(); ++i) shares[i] = affix.p * affix.counts[i];
}

}  // namespace

void MoveCounts::Clear() {
  gaps = inserted = erased = swapped = rest = 0;
  for (std::vector<double>* numbers : {&right, &wrong, &rewritten, &chances}) {
    std::fill(numbers->begin(), numbers->end(), 0.0);
  }
  structure.fill(0);
}

void MoveCounts::Add(const MoveCounts& that) {
  gaps += that.gaps;
  inserted += that.inserted;
  erased += that.erased;
  swapped += that.swapped;
  rest += that.rest;
  AddEach(that.right, &right);
  AddEach(that.wrong, &wrong);
  AddEach(that.rewritten, &rewritten);
  AddEach(that.chances, &chances);
  AddEach(that.structure, &structure);
}

std::array<double, kStructureCounts> StructureShares(const Structure& s) {
  std::array<double, kStructureCounts> shares = {};
  Put(s.prefix_lost, &shares[kPrefixLost]);
  Put(s.suffix_lost, &shares[kSuffixLost]);
  Put(s.prefix_added, &shares[kPrefixAdded]);
  Put(s.suffix_added, &shares[kSuffixAdded]);
  Put(s.zeros_added, &shares[kZerosAdded]);
  shares[kZerosLost] = s.zeros_lost;
  shares[kLastFourLeft] = s.last_four;
  shares[kLettersLost] = s.letters_lost;
  shares[kBlocksSwapped] = s.blocks_swapped;
  shares[kNothingHappened] = 1 - s.Sum();
  return shares;
}

}  // namespace burin::internal
