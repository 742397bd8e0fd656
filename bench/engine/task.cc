#include "bench/engine/task.h"

namespace burin::bench {
namespace {

using burin::internal::Metric;
constexpr Metric kHamming = Metric::kHamming, kOsa = Metric::kOsa;
constexpr size_t kJudgedCount = 10'000'000;

constexpr Task kTasks[] = {
    {"k1_all", Asked::kOneEdit, kOsa, 1, 0, {1000, 2000}, {400, 800}, 1002, 1007, 9883},
    {"k2_all", Asked::kTwoEdits, kOsa, 2, 0, {25, 60}, {20, 50}, 1099, 2118, 135826},
    {"k2_best10", Asked::kTwoEdits, kOsa, 2, 10, {25, 60}, {60, 150}, 0, 0, 0},
    {"k3_all", Asked::kTwoEdits, kOsa, 3, 0, {}, {}, 0, 0, 0},
    {"two_unknown", Asked::kTwoUnreadable, kHamming, 0, 0, {60, 120}, {150, 300, true}, 1003, 1038, 25573},
    {"three_unknown_k1",
     Asked::kThreeUnreadableOneSubstituted,
     kHamming,
     1,
     0,
     {4, 10},
     {6, 15, true},
     16947,
     159166,
     1970188},
    {"leading_gap", Asked::kLeadingGap, kOsa, 0, 0, {100, 300, true}, {100, 300, true}, 0, 0, 0},
    {"trailing_gap", Asked::kTrailingGap, kOsa, 0, 0, {100, 300, true}, {100, 300, true}, 0, 0, 0},
    {"middle_gap", Asked::kMiddleGap, kOsa, 0, 0, {}, {}, 0, 0, 0},
    {"lattice_k1", Asked::kLattice, kOsa, 1, 0, {}, {}, 0, 0, 0},
    {"typed_best10", Asked::kOneEdit, kOsa, kTyped, 10, {}, {}, 0, 0, 0},
    {"typed_evidence_best10", Asked::kOneEdit, kOsa, kWeighed, 10, {}, {}, 0, 0, 0},
    {"typed_unknown_best10", Asked::kTwoUnreadable, kOsa, kTyped, 10, {}, {}, 0, 0, 0},
};

}  // namespace

std::span<const Task> Tasks() { return kTasks; }

const Task* FindTask(std::string_view name) {
  for (const Task& task : kTasks) {
    if (task.name == name) return &task;
  }
  return nullptr;
}

std::optional<uint64_t> KnownTotal(const Task& task, const SetName& set) {
  const uint64_t total = set.name == "w1_1m"    ? task.w1_1m
                         : set.name == "w1_10m" ? task.w1_10m
                         : set.name == "w2_10m" ? task.w2_10m
                                                : 0;
  return total == 0 ? std::nullopt : std::optional(total);
}

Target TargetOf(const Task& task, const SetName& set) {
  if (set.count != kJudgedCount || set.partials) return {};
  return set.makers ? task.target_w2 : task.target_w1;
}

}  // namespace burin::bench
