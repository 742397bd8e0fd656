// How much is still done with what was found when a deadline or a cancel function stopped a search: little enough to
// take some milliseconds at most. What a budget of work stops is not hurried: it comes out the same on every machine.
#ifndef BURIN_SRC_BASE_AFTER_STOP_H_
#define BURIN_SRC_BASE_AFTER_STOP_H_

#include <cstddef>
#include <cstdint>

#include "src/base/patience.h"

namespace burin::internal {

// Hits of the level at hand that are put in order; partial records that are placed among them.
inline constexpr size_t kOrderedAfterStop = 1024;
inline constexpr size_t kPlacedAfterStop = 128;
// Hits that are in order already, and are handed over.
inline constexpr size_t kHandedOverAfterStop = size_t{1} << 16;
// Moves of alignments (some five nanoseconds each) for what hits cost that only a part of the walks has met. This much,
// too, where a budget of work stopped the walks.
inline constexpr uint64_t kMovesAfterStop = uint64_t{1} << 18;

// Counts what is handed on: some more after the patience is over, then no more.
class AfterStop {
 public:
  explicit AfterStop(Patience* patience, uint64_t most = kOrderedAfterStop) : patience_(*patience), left_(most) {}
  // Before each, which takes some hundred steps at most.
  bool Goes() {
    constexpr uint64_t kSteps = 64;
    return !patience_.Took(kSteps) || left_-- > 0;
  }

 private:
  Patience& patience_;
  uint64_t left_;
};

}  // namespace burin::internal

#endif
