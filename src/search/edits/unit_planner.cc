#include "src/search/edits/unit_planner.h"

#include <algorithm>
#include <array>
#include <bit>

#include "src/index/keys/packed_keys.h"

namespace burin::internal {
namespace {

// What a node, a probe of a block and a key cost in proportion.
struct Prices {
  double node, probe, key;
};
constexpr Prices kTime = {2, 5, 1};   // Measured (docs/performance.md).
constexpr Prices kUnits = {1, 1, 1};  // As UnitOutcome::work counts.
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

// Where a walk begins to branch: behind a prefix, and how many keys have it.
struct Begin {
  uint32_t depth;
  double keys;
};

// Work of a walk that allows fewer than `limit` edits before slot `cut`, `edits` in all.
double Work(const Direction& way, const Begin& begin, uint32_t edits, bool indels, uint32_t cut, uint32_t limit,
            const Prices& prices) {
  if (limit == 0) return 0;
  std::array<double, kMostEdits + 1> now = {1};
  double below = begin.keys;  // Keys of one prefix, if they were spread evenly.
  double work = begin.depth * prices.node;
  for (uint32_t d = begin.depth; d < way.length; ++d) {
    const bool first_half = d < cut;
    double prefixes = 0;
    for (uint32_t e = 0; e <= edits; ++e) {
      // A prefix whose edits are used up has few ways on and is followed further.
      const bool may_err = first_half ? e + 1 < limit : e < edits;
      if (below <= kLeafKeys && now[e] > 0 && (may_err || !first_half)) {
        work += now[e] * (prices.probe + prices.key * below);
        now[e] = 0;
      }
      prefixes += now[e];
    }
    if (prefixes == 0) return work;
    work += prices.node * std::min(prefixes, 1e18);
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
  for (const double left : now) work += left * prices.probe;
  return work;
}

UnitPlan Choose(const KeyGroup& group, uint64_t any, uint64_t sets, uint64_t loops, uint32_t last, uint32_t edits,
                bool indels) {
  const Begin all = {0, static_cast<double>(group.size())};
  const Direction front = Make(group, any, sets, loops, last, false);
  const Direction back = Make(group, any, sets, loops, last, true);
  UnitPlan best = {0, edits + 1, 0};
  double least = Work(front, all, edits, indels, last, edits + 1, kTime);
  const auto consider = [&](const UnitPlan& plan, double work) {
    if (work < least) {
      least = work;
      best = plan;
    }
  };
  consider({0, 0, edits + 1}, Work(back, all, edits, indels, last, edits + 1, kTime));
  for (uint32_t cut = 1; cut < last; ++cut) {
    for (uint32_t a = 1; a <= edits; ++a) {
      const uint32_t b = edits + 1 - a;
      const double work = Work(front, all, edits, indels, cut, a, kTime);
      consider({cut, a, b}, work + Work(back, all, edits, indels, last - cut, b, kTime));
    }
  }
  return best;
}

// Elements that take several symbols.
uint64_t SetsOf(const UnitPattern& pattern) {
  uint64_t sets = 0;
  for (uint32_t i = 0; i < pattern.last; ++i) {
    if ((pattern.members[i] & (pattern.members[i] - 1)) != 0) sets |= uint64_t{1} << i;
  }
  return sets;
}

}  // namespace

bool FitsUnitWalk(const UnitPattern& pattern, const KeyGroup& group) {
  if (group.packed64() == nullptr && group.packed128() == nullptr) return false;
  if (!pattern.lists) return true;
  for (uint32_t p = 0; p < group.length(); ++p) {
    const auto alphabet = group.alphabet(p);
    if (BaseIndex(alphabet.back()) == kBaseSymbols || BaseIndex(alphabet.front()) == kBaseSymbols) return false;
  }
  return true;
}

bool MayHaveLength(const UnitPattern& pattern, uint32_t length, uint32_t edits) {
  if (pattern.loops != 0) return true;
  const uint32_t off = length > pattern.last ? length - pattern.last : pattern.last - length;
  return off <= (pattern.indels ? edits : 0);
}

double UnitPlanner::ExpectedWork(const UnitPattern& pattern, uint32_t edits, uint32_t number, const KeyGroup& group,
                                 uint32_t prefix, uint64_t keys) {
  const UnitPlan plan = Plan(pattern, edits, number, group);
  const uint64_t sets = SetsOf(pattern);
  const Direction front = Make(group, pattern.any_step, sets, pattern.loops, pattern.last, false);
  const Direction back = Make(group, pattern.any_step, sets, pattern.loops, pattern.last, true);
  const Begin behind = {prefix, static_cast<double>(keys)}, all = {0, static_cast<double>(group.size())};
  const uint32_t cut = plan.back == 0 ? pattern.last : plan.cut, back_cut = plan.front == 0 ? 0 : plan.cut;
  return Work(front, behind, edits, pattern.indels, cut, plan.front, kUnits) +
         Work(back, all, edits, pattern.indels, pattern.last - back_cut, plan.back, kUnits);
}

UnitPlan UnitPlanner::Plan(const UnitPattern& pattern, uint32_t edits, uint32_t number, const KeyGroup& group) {
  const bool backward =
      group.packed64() != nullptr ? group.packed64()->has_backward() : group.packed128()->has_backward();
  if (!backward) return {0, edits + 1, 0};
  const Shape shape = {pattern.any_step,
                       SetsOf(pattern),
                       pattern.loops,
                       number,
                       static_cast<uint8_t>(pattern.last),
                       static_cast<uint8_t>(edits),
                       pattern.indels};
  const auto known = plans_.find(shape);
  if (known != plans_.end()) return known->second;
  if (plans_.size() >= kMostPlans) plans_.clear();
  const UnitPlan plan = Choose(group, shape.any, shape.sets, shape.loops, pattern.last, edits, pattern.indels);
  plans_.emplace(shape, plan);
  return plan;
}

}  // namespace burin::internal
