// What exactly happened to a mark as a whole, where an alignment says that something did: the channel's names
// (Structure) for the moves of changed lattices.
#ifndef BURIN_SRC_CHANNEL_MARK_MISTAKE_H_
#define BURIN_SRC_CHANNEL_MARK_MISTAKE_H_

#include <cstdint>

#include "src/channel/mark_changes.h"

namespace burin::internal {

enum class MarkMistake : uint8_t {
  kNone,
  kPrefixLost,
  kSuffixLost,
  kPrefixAdded,
  kSuffixAdded,
  kZerosAdded,
  kZerosLost,
  kLastFour,
  kLettersLost,
  kBlocksSwapped
};

// What a move of such a lattice that costs something and reads nothing pays for.
MarkMistake MistakeOf(const Lattice& reading, const Structure& structure, MarkChange change, const CostLattice& costs,
                      const CostLattice::Free& move);

}  // namespace burin::internal

#endif
