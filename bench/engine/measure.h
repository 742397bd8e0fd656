// Asks the engine all readings of a task, one after another on one thread, and judges the answers; then in batches.
#ifndef BURIN_BENCH_ENGINE_MEASURE_H_
#define BURIN_BENCH_ENGINE_MEASURE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/engine/set.h"
#include "bench/engine/task.h"
#include "src/index/view/index.h"
#include "src/mark/pattern/lattice.h"

namespace burin::bench {

inline constexpr size_t kReadings = 1000;

struct TaskOptions {
  size_t readings = kReadings;  // Fewer: no total to compare with but what is counted here.
  size_t rounds = 1;            // Measured passes over the readings.
};

struct TaskResult {
  const Task* task = nullptr;
  size_t asked = 0;  // Searches timed.
  double median_ns = 0, p99_ns = 0, mean_ns = 0;
  double batched_mean_ns = 0;        // In batches of eight, interleaved: of one pass by its readings.
  double median_less_output_ns = 0;  // Of each time less kOutputNs a result.
  double p99_less_output_ns = 0;     // Of each time less kTailOutputNs a result.
  uint64_t hits = 0;                 // Of one pass.
  std::optional<uint64_t> expected;
  std::string judge;   // Where `expected` comes from: "table", "counted", "all" (the front of all hits), or "none";
                       // of answers with evidence, how many of it is complete.
  bool right = true;   // Hits as expected, complete, and the same in every pass.
  double work = 0;     // SearchResult::work, mean.
  double covered = 1;  // Sum of the times by the time of the whole pass.
  // Within 20 % of each other, or the times are void.
  bool consistent() const { return covered >= 0.8; }
  bool tail_held() const { return p99_less_output_ns <= kTailMedians * median_ns; }
};

// REQUIRES: set.ranks are made.
TaskResult RunTask(const Task& task, const Set& set, const burin::internal::Index& index, const TaskOptions& options);

}  // namespace burin::bench

#endif
