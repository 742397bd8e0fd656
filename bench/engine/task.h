// What is asked of the engine: the tasks, what they must find, and how fast they should be beside a scan.
#ifndef BURIN_BENCH_ENGINE_TASK_H_
#define BURIN_BENCH_ENGINE_TASK_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "bench/engine/set.h"
#include "src/channel/model/cost_lattice.h"

namespace burin::bench {

enum class Asked : uint8_t {
  kOneEdit,
  kTwoEdits,
  kTwoUnreadable,
  kThreeUnreadableOneSubstituted,
  kLeadingGap,
  kTrailingGap,
  kMiddleGap,
  kLattice
};

// The median must be at most the scan's divided by these, plus 20 ns a result where output is extra. 0: no target.
struct Target {
  double floor = 0, aim = 0;
  bool output_extra = false;
};
inline constexpr double kOutputNs = 20;
// The 99th percentile must be at most so many medians plus so much a result.
inline constexpr double kTailMedians = 8, kTailOutputNs = 50;

inline constexpr burin::internal::Cost kTyped = ~burin::internal::Cost{0};  // As `within`: channel costs.
inline constexpr burin::internal::Cost kWeighed = kTyped - 1;               // The same, with evidence.

struct Task {
  std::string_view name;
  Asked asked;
  burin::internal::Metric metric;
  burin::internal::Cost within;
  uint64_t top;                    // 0: all.
  Target target_w1, target_w2;     // For ten million serials.
  uint64_t w1_1m, w1_10m, w2_10m;  // Records found by all readings (bench/README.md); 0: not known.
};

std::span<const Task> Tasks();
const Task* FindTask(std::string_view name);  // nullptr: there is none.
std::optional<uint64_t> KnownTotal(const Task& task, const SetName& set);
// None unless the set has ten million serials.
Target TargetOf(const Task& task, const SetName& set);

}  // namespace burin::bench

#endif
