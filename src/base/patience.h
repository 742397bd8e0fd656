// How long somebody waits for a piece of work: until a deadline, or until a function says that it is not wanted any
// more. Whoever works counts steps of some nanoseconds; now and then that asks.
#ifndef BURIN_SRC_BASE_PATIENCE_H_
#define BURIN_SRC_BASE_PATIENCE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

namespace burin::internal {

// One thread at a time.
class Patience {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Between two questions: some tens of microseconds.
  static constexpr uint64_t kStepsBetweenQuestions = uint64_t{1} << 14;

  Patience() = default;  // Has no end.
  Patience(std::optional<Time> deadline, std::function<bool()> cancelled)
      : deadline_(deadline), cancelled_(std::move(cancelled)) {}

  // Whether it can end at all.
  bool can_end() const { return deadline_ || cancelled_; }
  // Whether it was found to have ended: asks nobody.
  bool over() const { return over_; }

  // So many steps were taken, or are about to be. True: it has ended; once it has, it always has.
  bool Took(uint64_t steps) {
    if (steps < left_) {
      left_ -= steps;
      return over_;
    }
    return Ask();
  }
  // Asks now. True: it has ended.
  bool Ask() {
    left_ = kStepsBetweenQuestions;
    over_ = over_ || (cancelled_ && cancelled_()) || (deadline_ && std::chrono::steady_clock::now() >= *deadline_);
    return over_;
  }

 private:
  std::optional<Time> deadline_;
  std::function<bool()> cancelled_;
  uint64_t left_ = 1;  // Steps until somebody is asked. The first step asks.
  bool over_ = false;
};

}  // namespace burin::internal

#endif
