#include "src/search/unit_planner.h"

#include <algorithm>
#include <array>
#include <bit>

#include "src/index/packed_keys.h"

namespace burin::internal {
namespace {

// What a node, a probe of a block and a key cost in proportion, measured (docs/performance.md).
constexpr double kNodeWork = 2, kProbeWork = 5, kKeyWork = 1;
// Below so many keys a prefix is read through.
constexpr double kLeafKeys = 96;
// A set of symbols is taken to hold so many.
constexpr double kSetSymbols = 4;

// One direction: what stands at each depth.
struct Direction {
  uint32_t length = 0;
  uint32_t slots = 0;                               // Elements.
  std::array<double, kMaxPackedLength> radix = {};  // Symbols at a depth.
  std::array<double, kMaxPackedLength> keep = {};   // Of them those that the element there takes.
};

Direction Make(const KeyGroup& group, uint64_t any, uint64_t sets, uint64_t loops, uint32_t last, bool backward) {
  Direction out;
  out.length = group.length();
  out.slots = last;
  uint32_t first_loop = last + 1;
  for (uint32_t i = 0; i <= last; ++i) {
    const uint32_t slot = backward ? last - i : i;
    if ((loops >> slot & 1) != 0) first_loop = std::min(first_loop, i);
  }
  for (uint32_t d = 0; d < out.length; ++d) {
    const double radix = static_cast<double>(group.alphabet(backward ? out.length - 1 - d : d).size());
    out.radix[d] = radix;
    const uint32_t slot = backward ? last - 1 - d : d;
    if (d >= first_loop) {
      out.keep[d] = radix;
    } else if (d < last) {
      out.keep[d] = (any >> slot & 1) != 0 ? radix : (sets >> slot & 1) != 0 ? std::min(radix, kSetSymbols) : 1;
    }
  }
  return out;
}

// Work of a walk that allows fewer than `limit` edits before slot `cut`, `edits` in all.
double Work(const Direction& way, double keys, uint32_t edits, bool indels, uint32_t cut, uint32_t limit) {
  if (limit == 0) return 0;
  std::array<double, kMostEdits + 1> now = {1};
  double below = keys;  // Keys of one prefix, if they were spread evenly.
  double work = 0;
  for (uint32_t d = 0; d < way.length; ++d) {
    const bool first_half = d < cut;
    double prefixes = 0;
    for (uint32_t e = 0; e <= edits; ++e) {
      // A prefix whose edits are used up has few ways on and is followed further.
      const bool may_err = first_half ? e + 1 < limit : e < edits;
      if (below <= kLeafKeys && now[e] > 0 && (may_err || !first_half)) {
        work += now[e] * (kProbeWork + kKeyWork * below);
        now[e] = 0;
      }
      prefixes += now[e];
    }
    if (prefixes == 0) return work;
    work += kNodeWork * std::min(prefixes, 1e18);
    std::array<double, kMostEdits + 1> next = {};
    const double exist = std::min(1.0, below);
    const double err = indels ? 2 * way.radix[d] + 1 : std::max(0.0, way.radix[d] - way.keep[d]);
    for (uint32_t e = 0; e <= edits; ++e) {
      next[e] += now[e] * way.keep[d] * (way.keep[d] > 1 ? exist : 1);
      if (e < edits && (!first_half || e + 1 < limit)) next[e + 1] += now[e] * err * exist;
    }
    now = next;
    below /= way.radix[d];
  }
  for (const double left : now) work += left * kProbeWork;
  return work;
}

UnitPlan Choose(const KeyGroup& group, uint64_t any, uint64_t sets, uint64_t loops, uint32_t last, uint32_t edits,
                bool indels) {
  const double keys = static_cast<double>(group.size());
  const Direction front = Make(group, any, sets, loops, last, false);
  const Direction back = Make(group, any, sets, loops, last, true);
  UnitPlan best = {0, edits + 1, 0};
  double least = Work(front, keys, edits, indels, last, edits + 1);
  const auto consider = [&](const UnitPlan& plan, double work) {
    if (work < least) {
      least = work;
      best = plan;
    }
  };
  consider({0, 0, edits + 1}, Work(back, keys, edits, indels, last, edits + 1));
  for (uint32_t cut = 1; cut < last; ++cut) {
    for (uint32_t a = 1; a <= edits; ++a) {
      const uint32_t b = edits + 1 - a;
      const double work = Work(front, keys, edits, indels, cut, a) + Work(back, keys, edits, indels, last - cut, b);
      consider({cut, a, b}, work);
    }
  }
  return best;
}

}  // namespace

UnitPlan UnitPlanner::Plan(const UnitPattern& pattern, uint32_t edits, uint32_t number, const KeyGroup& group) {
  const bool backward =
      group.packed64() != nullptr ? group.packed64()->has_backward() : group.packed128()->has_backward();
  if (!backward) return {0, edits + 1, 0};
  Shape shape = {
      pattern.any_step, 0, pattern.loops, number, static_cast<uint8_t>(pattern.last), static_cast<uint8_t>(edits),
      pattern.indels};
  for (uint32_t i = 0; i < pattern.last; ++i) {
    if ((pattern.members[i] & (pattern.members[i] - 1)) != 0) shape.sets |= uint64_t{1} << i;
  }
  const auto known = plans_.find(shape);
  if (known != plans_.end()) return known->second;
  if (plans_.size() >= kMostPlans) plans_.clear();
  const UnitPlan plan = Choose(group, shape.any, shape.sets, shape.loops, pattern.last, edits, pattern.indels);
  plans_.emplace(shape, plan);
  return plan;
}

}  // namespace burin::internal
