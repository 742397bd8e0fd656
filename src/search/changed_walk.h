// Serials of a group that a reading can come from if something happened to the mark as a whole (mark_changes.h), beside
// those it can come from as they are: one walk for each kind of change, and for each serial the lowest of its costs.
//
// Changes are dear, so that little is left of the cut for anything else: these walks are short.
#ifndef BURIN_SRC_SEARCH_CHANGED_WALK_H_
#define BURIN_SRC_SEARCH_CHANGED_WALK_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/channel/mark_changes.h"
#include "src/search/cost_walk.h"
#include "src/search/walk.h"

namespace burin::internal {

// Collects what a walk finds, for another visitor's sake.
class GatherHits : public WalkVisitor {
 public:
  GatherHits(WalkVisitor* visitor, std::vector<CostHit>* hits) : visitor_(visitor), hits_(hits) {}
  Cost cut() const override { return visitor_->cut(); }
  void Found(uint64_t key, Cost cost) override { hits_->push_back({key, cost}); }
  bool Spend() override { return visitor_->Spend(); }

 private:
  WalkVisitor* visitor_;
  std::vector<CostHit>* hits_;
};

class ChangedWalk {
 public:
  // `changed` is what ChangedLattices made, borrowed.
  ChangedWalk(std::span<const ChangedLattice> changed, uint32_t most) : changed_(changed), most_(most) {}

  // Adds what the group has within the visitor's cut to *hits, in no order; a serial may be among them several times,
  // and the lowest cost is its own. False if the visitor stopped it: of what was added, too, every cost is one that the
  // serial has, but not always its lowest.
  bool Run(const KeyGroup& group, WalkVisitor* visitor, std::vector<CostHit>* hits);

  // The lowest cost of a serial over all changes; kNever if there is none.
  Cost CostOf(std::u32string_view serial) const;

 private:
  // Counting what a walk would meet would take longer than most of them do.
  CostPlan PlanOf(size_t i, const KeyGroup& group) const;  // Without its parts.
  bool RunLong(const CostLattice& lattice, const KeyGroup& group, WalkVisitor* visitor) const;

  std::span<const ChangedLattice> changed_;
  uint32_t most_;
  std::vector<std::unique_ptr<CostWalk>> walks_;  // By lattice; made when needed.
};

// The serial of a key of a group.
std::u32string SerialOfKey(const KeyGroup& group, uint64_t key);

}  // namespace burin::internal

#endif
