// Serials of a group that a reading can come from if something happened to the mark as a whole (mark_changes.h), beside
// those it can come from as they are: one walk for each kind of change, and for each serial the lowest of its costs.
//
// Changes are dear, so that little is left of the cut for anything else: these walks are short.
#ifndef BURIN_SRC_SEARCH_STRUCTURAL_CHANGED_WALK_H_
#define BURIN_SRC_SEARCH_STRUCTURAL_CHANGED_WALK_H_

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/channel/compile/mark_changes.h"
#include "src/search/costs/cost_walk.h"
#include "src/search/costs/walk.h"

namespace burin::internal {

// Collects what a walk finds, for another visitor's sake.
class GatherHits : public WalkVisitor {
 public:
  // `full` is asked whenever there are more than `most` of them (0: never), and may drop what is there twice; true
  // stops the walk.
  GatherHits(WalkVisitor* visitor, std::vector<CostHit>* hits, uint64_t most = 0, std::function<bool()> full = {})
      : visitor_(visitor), hits_(hits), ask_above_(most == 0 ? UINT64_MAX : most), full_(std::move(full)) {}
  Cost cut() const override { return visitor_->cut(); }
  void Found(uint64_t key, Cost cost) override {
    hits_->push_back({key, cost});
    if (hits_->size() <= ask_above_) return;
    stopped_ = stopped_ || full_();
    ask_above_ = 2 * hits_->size();
  }
  bool Spend() override { return stopped_ || visitor_->Spend(); }
  Patience& patience() override { return visitor_->patience(); }

 private:
  WalkVisitor* visitor_;
  std::vector<CostHit>* hits_;
  uint64_t ask_above_;
  std::function<bool()> full_;
  bool stopped_ = false;
};

class ChangedWalk {
 public:
  // `changed` is what ChangedLattices made, borrowed.
  ChangedWalk(std::span<const ChangedLattice> changed, uint32_t most) : changed_(changed), most_(most) {}

  // Tells the visitor what the group has within its cut, in no order; a serial may come several times, and the lowest
  // cost is its own. False if the visitor stopped it: of what it was told, too, every cost is one that the serial has,
  // but not always its lowest.
  bool Run(const KeyGroup& group, WalkVisitor* visitor);

 private:
  // Of the lattices whose walks are kept: a walk takes some hundred bytes for each.
  static constexpr size_t kMostKeptMoves = size_t{1} << 15;

  bool WalkOne(size_t i, CostWalk* walk, const KeyGroup& group, WalkVisitor* visitor) const;
  // Counting what a walk would meet would take longer than most of them do.
  CostPlan PlanOf(size_t i, const KeyGroup& group) const;  // Without its parts.
  bool RunLong(const CostLattice& lattice, const KeyGroup& group, WalkVisitor* visitor) const;

  std::span<const ChangedLattice> changed_;
  uint32_t most_;
  std::vector<std::unique_ptr<CostWalk>> walks_;  // By lattice; made when needed, and kept as long as there is room.
  size_t room_ = kMostKeptMoves;
};

// The serial of a key of a group.
std::u32string SerialOfKey(const KeyGroup& group, uint64_t key);

}  // namespace burin::internal

#endif
