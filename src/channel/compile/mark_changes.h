// What can happen to a mark as a whole (channel.h, Structure), as cost lattices of their own: each holds the alignments
// of the reading with the changed mark, over the symbols of the mark as it is.
//
// A symbol that is not read is a step that any symbol takes at no cost; a character that is none of the mark's is a
// move that reads nothing; what happened is paid for where the lattice comes to the reading's own moves. What is
// between two symbols that are not neighbours on the weapon is never swapped or rewritten. Some hold alignments, too,
// of marks to which their change cannot happen; as the reading of such a mark as it is these are cheaper still, and so
// the lowest cost over all lattices is that of the mark.
#ifndef BURIN_SRC_CHANNEL_COMPILE_MARK_CHANGES_H_
#define BURIN_SRC_CHANNEL_COMPILE_MARK_CHANGES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "src/base/patience.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

enum class MarkChange : uint8_t { kAddedBefore, kLostBefore, kLastFour, kAtEnd, kLettersLost, kBlocksSwapped };

// What exactly happened, where an alignment says that something did: the channel's names (Structure).
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

// One of them. There may be two for each slot of the reading, and each as large as it is: those that are too large to
// be kept beside the others are made anew whenever they are asked for.
struct ChangedLattice {
  MarkChange change;
  Cost least = 0;  // No mark costs less.
  std::shared_ptr<const CostLattice> kept;
  std::function<CostLattice()> make;  // Of what is not kept; borrows what ChangedLattices did.

  std::shared_ptr<const CostLattice> Costs() const {
    return kept != nullptr ? kept : std::make_shared<const CostLattice>(make());
  }
};

// Those whose best cost is at most `cut`; of those that are not kept, some may cost more. `plain` is CompileChannel's
// of the reading and the channel. All are borrowed, for as long as the lattices are used. Once the patience is over,
// some are missing.
std::vector<ChangedLattice> ChangedLattices(const Lattice& reading, const CostLattice& plain, const Channel& channel,
                                            Cost cut, Patience* patience = nullptr);

// The lowest cost of a serial over all lattices for blocks that were swapped, wherever they may meet, at once.
Cost CostOfBlocksSwapped(const CostLattice& plain, const Structure& structure, std::u32string_view serial);

// The elements that a move of such a lattice adds to the mark's beginning or end at once, in reading order; none for
// any other move.
std::vector<int32_t> AddedElements(const Lattice& reading, const Structure& structure, MarkChange change,
                                   const CostLattice& costs, const CostLattice::Free& move);

// What a move of such a lattice that costs something and reads nothing pays for.
MarkMistake MistakeOf(const Lattice& reading, const Structure& structure, MarkChange change, const CostLattice& costs,
                      const CostLattice::Free& move);

}  // namespace burin::internal

#endif
