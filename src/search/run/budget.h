// What a search may still spend: units of work, one a step of a walk, and the patience of whoever waits. What a budget
// of work stops comes out the same on every machine; what a deadline stops does not.
#ifndef BURIN_SRC_SEARCH_RUN_BUDGET_H_
#define BURIN_SRC_SEARCH_RUN_BUDGET_H_

#include <algorithm>
#include <cstdint>

#include "src/base/patience.h"
#include "src/search/run/search_request.h"

namespace burin::internal {

// One unit of work in steps of the patience.
inline constexpr uint64_t kStepsOfUnit = 64;

// One thread at a time.
class Budget {
 public:
  explicit Budget(const SearchRequest& request)
      : max_work_(request.max_work), patience_(request.deadline, request.cancelled) {}
  uint64_t spent() const { return spent_; }
  // So many units more, until the next call, and then none. UINT64_MAX: as many as the search may spend.
  void LimitRound(uint64_t units) { round_end_ = spent_ > UINT64_MAX - units ? UINT64_MAX : spent_ + units; }
  // Nothing but that limit stopped a round.
  bool OnlyRoundIsOver() const { return spent_ >= round_end_ && spent_ < most() && !patience_.over(); }
  bool Spend() {
    if (spent_ >= std::min(most(), round_end_)) return true;
    ++spent_;
    return patience_.Took(kStepsOfUnit);
  }
  // For walks that count their work themselves.
  uint64_t left() const {
    const uint64_t end = std::min(most(), round_end_);
    return end == UINT64_MAX ? UINT64_MAX : end - std::min(end, spent_);
  }
  bool limited() const { return max_work_ != 0 || patience_.can_end(); }
  void Add(uint64_t units) { spent_ += units; }
  Patience& patience() { return patience_; }

 private:
  uint64_t most() const { return max_work_ == 0 ? UINT64_MAX : max_work_; }

  uint64_t max_work_;
  Patience patience_;
  uint64_t spent_ = 0, round_end_ = UINT64_MAX;
};

}  // namespace burin::internal

#endif
