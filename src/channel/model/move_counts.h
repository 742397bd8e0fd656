// How often each move of a channel was made: what training counts, and fits rates to.
//
// Every symbol of a mark draws one move (channel.h). What was drawn and could not be made (a swap of the last symbol)
// counts as drawn, so that shares of counts are rates.
#ifndef BURIN_SRC_CHANNEL_MODEL_MOVE_COUNTS_H_
#define BURIN_SRC_CHANNEL_MODEL_MOVE_COUNTS_H_

#include <array>
#include <cstddef>
#include <vector>

#include "src/channel/model/channel.h"

namespace burin::internal {

inline constexpr size_t kAffixCounts = 8;
inline constexpr size_t kDoubts = 3;

// Places of what can happen to a mark as a whole.
enum StructureCount : size_t {
  kPrefixLost = 0,  // [+ i]: i + 1 symbols.
  kSuffixLost = kPrefixLost + kAffixCounts,
  kPrefixAdded = kSuffixLost + kAffixCounts,
  kSuffixAdded = kPrefixAdded + kAffixCounts,
  kZerosAdded = kSuffixAdded + kAffixCounts,
  kZerosLost = kZerosAdded + kAffixCounts,
  kLastFourLeft,
  kLettersLost,
  kBlocksSwapped,
  kNothingHappened,
  kStructureCounts
};

struct MoveCounts {
  explicit MoveCounts(const Channel& channel)
      : right(kDoubts * kChannelSymbols),
        wrong(kDoubts * kChannelSymbols * kChannelSymbols),
        rewritten(channel.rewrites.size()),
        chances(channel.rewrites.size()) {}

  double gaps = 0, inserted = 0;  // Gaps where nothing (more) was added; symbols that were.
  double erased = 0, swapped = 0;
  double rest = 0;                // Symbols that were read or rewritten.
  std::vector<double> right;      // [doubt * 37 + a]: read as itself.
  std::vector<double> wrong;      // [(doubt * 37 + a) * 37 + b].
  std::vector<double> rewritten;  // By rewrite.
  // By rewrite: how often its mark stood there and was rewritten or read; of one of two symbols, less what was
  // rewritten of the first alone.
  std::vector<double> chances;
  std::array<double, kStructureCounts> structure = {};

  void Clear();
  void Add(const MoveCounts& that);
};

// What a channel's structure says of each of those places.
std::array<double, kStructureCounts> StructureShares(const Structure& s);

}  // namespace burin::internal

#endif
