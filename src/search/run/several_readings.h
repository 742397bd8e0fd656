// Several readings of one mark as one cost: the cheapest way in which all readers, who share the damage of the mark
// (channel/compile/shared_damage.h), read it so; or in which the mark as a whole was changed for some of them, who then
// err by themselves.
//
// Each of the readings bounds that cost: what all readings together cost is no less than what one of them does, but for
// rounding (slack). So a walk over one of them, that far further, meets every mark; Of() then says what it costs.
#ifndef BURIN_SRC_SEARCH_RUN_SEVERAL_READINGS_H_
#define BURIN_SRC_SEARCH_RUN_SEVERAL_READINGS_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/channel/compile/shared_damage.h"
#include "src/search/costs/mark_rescorer.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/structural/changed_scorer.h"
#include "src/search/structural/priced_reading.h"

namespace burin::internal {

class SeveralReadings final : public MarkRescorer {
 public:
  struct One {
    PricedReading* priced = nullptr;  // Borrowed; under a channel.
    uint32_t min_length = 0, max_length = kMaxMarkSymbols;
  };
  // Two readings at least, of one channel. `above`: costs so far above best() are wanted. What SharedDamage refuses.
  static Result<std::unique_ptr<SeveralReadings>> Make(const std::vector<One>& readings, Cost above);

  // The readings' best costs, added up: no mark costs less but for rounding.
  Cost best() const { return best_; }
  Cost highest() const { return highest_; }
  Cost Of(std::u32string_view items, bool partial) override;
  Cost slack() const override { return slack_; }
  uint64_t work() const override { return work_; }
  // The likelihood of a mark, as a sum (SharedDamage::Of).
  double Likelihood(std::u32string_view items) { return damage_.Of(items); }

 private:
  explicit SeveralReadings(SharedDamage damage) : damage_(std::move(damage)) {}

  std::vector<One> readings_;
  SharedDamage damage_;
  std::vector<MarkScorer> plain_;
  std::vector<ChangedScorer> changed_;
  uint32_t min_length_ = 0, max_length_ = kMaxMarkSymbols;  // That all readings allow.
  Cost best_ = 0, highest_ = 0, slack_ = 0;
  uint64_t work_ = 1;
};

}  // namespace burin::internal

#endif
