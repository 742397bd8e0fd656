// Lattices walked together with formats.
#include "src/mark/formats/format_reading.h"

#include <algorithm>

namespace burin::internal {
namespace {

bool HaveCommon(const SymbolSet& a, const SymbolSet& b) { return (a.base & b.base) != 0 || !a.Intersection(b).empty(); }

}  // namespace

uint32_t FormatSets::NumberOf(const SymbolSet& set) {
  const auto number = static_cast<uint32_t>(sets_.size());
  const auto [at, added] = numbers_.try_emplace({set.base, set.others, set.listed}, number);
  if (added) sets_.push_back(set);
  return at->second;
}

FormatUnits FormatSets::Lay(const FormatSequence& sequence) {
  FormatUnits units;
  for (const FormatItem& item : sequence) {
    const uint32_t set = NumberOf(item.members);
    for (uint32_t i = 0; i < item.most; ++i) units.push_back({set, i >= item.least});
  }
  return units;
}

FormatReading::FormatReading(const Lattice& lattice, const std::vector<SymbolSet>& sets, uint32_t least, uint32_t most)
    : sets_(sets.size()), slots_(lattice.slots), loops_(lattice.slots, kEmpty) {
  meets_.reserve(lattice.elements.size() * sets.size());
  for (const Element& element : lattice.elements) {
    for (const SymbolSet& set : sets) meets_.push_back(HaveCommon(element.members, set));
  }
  for (const Arc& arc : lattice.arcs) {
    if (arc.from == arc.to) {
      loops_[arc.from] = arc.element;
    } else {
      arcs_.push_back(arc);
    }
  }
  std::stable_sort(arcs_.begin(), arcs_.end(), [](const Arc& a, const Arc& b) { return a.from < b.from; });
  for (uint32_t length = least; length <= std::min<uint32_t>(most, kMaxMarkSymbols); ++length) wanted_.set(length);
}

// Passes over optional units and goes round the loop. Both lead to later units only, so one pass does.
void FormatReading::Settle(uint32_t slot, const FormatUnits& units) {
  Lengths* const row = &reached_[slot * (units.size() + 1)];
  for (size_t u = 0; u < units.size(); ++u) {
    if (row[u].none()) continue;
    if (units[u].optional) row[u + 1] |= row[u];
    if (loops_[slot] != kEmpty && Meets(loops_[slot], units[u].set)) row[u + 1] |= row[u] << 1;
  }
}

bool FormatReading::Fits(const FormatUnits& units) {
  const size_t width = units.size() + 1;
  reached_.assign(slots_ * width, Lengths());
  reached_[0].set(0);
  auto arc = arcs_.begin();
  for (uint32_t slot = 0; slot < slots_; ++slot) {
    Settle(slot, units);
    const Lengths* const from = &reached_[slot * width];
    for (; arc != arcs_.end() && arc->from == slot; ++arc) {
      Lengths* const to = &reached_[arc->to * width];
      if (arc->element == kEmpty) {
        for (size_t u = 0; u < width; ++u) to[u] |= from[u];
        continue;
      }
      for (size_t u = 0; u < units.size(); ++u) {
        if (from[u].any() && Meets(arc->element, units[u].set)) to[u + 1] |= from[u] << 1;
      }
    }
  }
  return (reached_.back() & wanted_).any();
}

}  // namespace burin::internal
