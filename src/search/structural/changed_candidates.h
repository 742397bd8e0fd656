// Serials that may be a reading's if something happened to the mark as a whole, by edits: a filter before
// changed_walk.h.
//
// A change costs several nats, and each difference more; within the cut there is seldom room for more than one besides.
// So whatever a change explains lies within one edit, or one rewriting, of a few readings made from the one there is:
// unreadable characters in front of it for a lost prefix, its beginning gone for an added one, its blocks in the other
// order, and so on. The walk of unit_walk.h finds these in a microsecond or two each, where a walk for each lattice
// takes tens. Each candidate is then scored under the lattices of its change, so that this filter need not be sharp: it
// must only let nothing through.
//
// That is argued by prices. Every move of a lattice that is no reading of a symbol as itself is so many edits, or one
// of the reading's rewritings; with `least` the lowest price of an edit, what is left of the cut after the change and a
// rewriting buys at most left / least edits. Where that may be two edits, two rewritings, or the reading is no chain of
// elements, there are no candidates and each lattice is walked (Make answers nothing).
#ifndef BURIN_SRC_SEARCH_STRUCTURAL_CHANGED_CANDIDATES_H_
#define BURIN_SRC_SEARCH_STRUCTURAL_CHANGED_CANDIDATES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "src/channel/compile/mark_changes.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/index/view/index.h"
#include "src/mark/pattern/lattice.h"
#include "src/search/edits/unit_planner.h"
#include "src/search/edits/unit_walk.h"

namespace burin::internal {

struct ChangedCandidate {
  uint32_t group = 0;
  uint64_t key = 0;  // Its number in the group.
  MarkChange change = MarkChange::kAddedBefore;
  auto operator<=>(const ChangedCandidate&) const = default;
};

struct CandidateLimits {
  uint32_t min_length = 0, max_length = kMaxMarkSymbols;
  uint64_t most_work = UINT64_MAX;
  Patience* patience = nullptr;  // Borrowed; nullptr: endless.
};

class ChangedCandidates {
 public:
  // `plain` is what CompileChannel makes of the two others; marks have at most `longest` symbols.
  static std::optional<ChangedCandidates> Make(const Lattice& reading, const CostLattice& plain, const Channel& channel,
                                               Cost cut, uint32_t longest);

  // Unreadable characters where a prefix may be lost, and an edit besides, can be most of a registry. Walking each
  // lattice takes about as much as this.
  static constexpr uint64_t kMostWork = 10'000;

  // In order, each once; adds the work done to *work. False: given up, since it is most_work or more, or the patience
  // is over. REQUIRES: every group of the lengths is of packed keys.
  bool Find(const Index& index, const CandidateLimits& limits, UnitPlanner* planner, UnitSearch* search,
            std::vector<UnitHit>* hits, std::vector<ChangedCandidate>* out, uint64_t* work) const;

 private:
  // A reading that a change explains.
  struct Changed {
    MarkChange change;
    uint32_t edits;
    UnitPattern pattern;
  };
  std::vector<Changed> readings_;
  friend class CandidateMaker;
};

}  // namespace burin::internal

#endif
