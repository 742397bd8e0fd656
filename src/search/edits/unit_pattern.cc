#include "src/search/edits/unit_pattern.h"

#include <bit>
#include <vector>

namespace burin::internal {
namespace {

// What leads from slot to slot, whatever it was made from.
struct Link {
  uint32_t from, to;
  bool empty;
  uint64_t classes;
};

// Slots of the reading laid out as a chain: slots joined by nothing but free passage become one.
class Chain {
 public:
  explicit Chain(uint32_t slots) : slots_(slots), next_(slots, kNone), empty_(slots, false), entered_(slots, 0) {}

  // False: the links do not make a chain.
  bool Lay(const std::vector<Link>& links, UnitPattern* out) {
    for (const Link& link : links) {
      if (link.from != link.to && !AddLink(link)) return false;
    }
    if (!Number(out)) return false;
    for (const Link& link : links) {
      const uint32_t at = number_[link.from];
      if (link.from != link.to) {
        if (!link.empty) out->members[at] |= link.classes;
      } else {
        if (out->loop_at[at] != 0 || link.classes == 0) return false;
        out->loop_at[at] = link.classes;
      }
    }
    return true;
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  bool AddLink(const Link& link) {
    if (next_[link.from] != kNone && (next_[link.from] != link.to || empty_[link.from] || link.empty)) return false;
    if (next_[link.from] == kNone && entered_[link.to]++ > 0) return false;
    next_[link.from] = link.to;
    empty_[link.from] = link.empty;
    return true;
  }
  bool Number(UnitPattern* out) {
    number_.assign(slots_, kNone);
    uint32_t at = 0, slot = 0, seen = 1;
    for (number_[0] = 0; slot + 1 != slots_; ++seen) {
      if (next_[slot] == kNone) return false;
      if (!empty_[slot]) ++at;
      slot = next_[slot];
      number_[slot] = at;
      if (at > kMostUnitSlots) return false;
    }
    out->last = at;
    return seen == slots_;
  }

  uint32_t slots_;
  std::vector<uint32_t> next_, number_;
  std::vector<bool> empty_;
  std::vector<uint32_t> entered_;
};

void FillMasks(UnitPattern* pattern) {
  for (uint32_t i = 0; i <= pattern->last; ++i) {
    const uint64_t bit = uint64_t{1} << i;
    for (uint64_t left = pattern->members[i]; left != 0; left &= left - 1) {
      pattern->step[std::countr_zero(left)] |= bit;
    }
    for (uint64_t left = pattern->loop_at[i]; left != 0; left &= left - 1) {
      pattern->loop[std::countr_zero(left)] |= bit;
    }
    if (pattern->members[i] == kAllUnitClasses) pattern->any_step |= bit;
    if (pattern->loop_at[i] == kAllUnitClasses) pattern->any_loop |= bit;
    if (pattern->loop_at[i] != 0) pattern->loops |= bit;
  }
}

uint64_t ClassesOf(const Lattice& lattice, const Arc& arc, bool* lists) {
  const SymbolSet& members = lattice.elements[static_cast<size_t>(arc.element)].members;
  // With symbols listed, the class of others is neither in nor out: whoever meets one takes the general walk.
  if (!members.listed.empty()) *lists = true;
  return members.base | (members.others ? uint64_t{1} << kOtherClass : 0);
}

// One element after another and nothing else, as most readings are.
bool IsPlainChain(const Lattice& lattice) {
  if (lattice.arcs.size() + 1 != lattice.slots || lattice.arcs.size() > kMostUnitSlots) return false;
  for (uint32_t i = 0; i < lattice.arcs.size(); ++i) {
    const Arc& arc = lattice.arcs[i];
    if (arc.from != i || arc.to != i + 1 || arc.element == kEmpty) return false;
  }
  return true;
}

std::optional<UnitPattern> Finish(uint32_t slots, const std::vector<Link>& links, UnitPattern pattern) {
  if (slots == 0 || slots > 2 * kMostUnitSlots || !Chain(slots).Lay(links, &pattern)) return std::nullopt;
  FillMasks(&pattern);
  return pattern;
}

}  // namespace

uint32_t UnitPattern::first_loop() const {
  return loops == 0 ? last + 1 : static_cast<uint32_t>(std::countr_zero(loops));
}

UnitPattern UnitPattern::Reversed() const {
  UnitPattern out;
  out.last = last;
  out.lists = lists;
  out.indels = indels;
  out.swaps = swaps;
  for (uint32_t i = 0; i < last; ++i) out.members[i] = members[last - 1 - i];
  for (uint32_t i = 0; i <= last; ++i) out.loop_at[i] = loop_at[last - i];
  FillMasks(&out);
  return out;
}

std::optional<UnitPattern> MakeUnitPattern(const Lattice& lattice, Metric metric) {
  UnitPattern pattern;
  pattern.indels = metric != Metric::kHamming;
  pattern.swaps = metric == Metric::kOsa;
  if (IsPlainChain(lattice)) {
    pattern.last = lattice.slots - 1;
    for (uint32_t i = 0; i < pattern.last; ++i) {
      pattern.members[i] = ClassesOf(lattice, lattice.arcs[i], &pattern.lists);
    }
    FillMasks(&pattern);
    return pattern;
  }
  std::vector<Link> links;
  links.reserve(lattice.arcs.size());
  for (const Arc& arc : lattice.arcs) {
    if (arc.element == kEmpty) {
      links.push_back({arc.from, arc.to, true, 0});
      continue;
    }
    const uint64_t classes = ClassesOf(lattice, arc, &pattern.lists);
    links.push_back({arc.from, arc.to, false, classes});
  }
  return Finish(lattice.slots, links, pattern);
}

std::optional<UnitPattern> MakeUnitPattern(const CostLattice& lattice) {
  if (!lattice.unit) return std::nullopt;
  UnitPattern pattern;
  pattern.indels = lattice.lost_lowest < kNever;
  pattern.swaps = false;
  pattern.lists = !lattice.listed.empty();
  std::vector<Link> links;
  for (const auto& free : lattice.free) {
    if (free.element == kEmpty) links.push_back({free.from, free.to, true, 0});
  }
  for (const auto& step : lattice.steps) {
    uint64_t classes = 0;
    for (uint32_t c = 0; c < kUnitClasses; ++c) {
      if (lattice.costs[step.row + c] == 0) classes |= uint64_t{1} << c;
    }
    links.push_back({step.from, step.to, false, classes});
  }
  pattern.swaps = lattice.has_swaps;
  return Finish(lattice.slots, links, pattern);
}

}  // namespace burin::internal
