// Which formats a reading fits: those that some string which satisfies the reading matches.
//
// Lattice and format are walked together. A format's items are laid out as units of one symbol each, X{2,4} as X X X?
// X?; for each slot of the lattice and each unit, the lengths are kept that some way there can have, as bits. Cost:
// arcs times units a format, each step a few machine words.
#ifndef BURIN_SRC_MARK_FORMATS_FORMAT_READING_H_
#define BURIN_SRC_MARK_FORMATS_FORMAT_READING_H_

#include <bitset>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "src/mark/formats/format_pattern.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// One symbol of a format.
struct FormatUnit {
  uint32_t set = 0;       // Number of the set of symbols.
  bool optional = false;  // May be passed over.
};
using FormatUnits = std::vector<FormatUnit>;

// The different sets of many formats, numbered.
class FormatSets {
 public:
  FormatUnits Lay(const FormatSequence& sequence);
  const std::vector<SymbolSet>& sets() const { return sets_; }

 private:
  uint32_t NumberOf(const SymbolSet& set);
  std::vector<SymbolSet> sets_;
  std::map<std::tuple<uint64_t, bool, std::vector<Symbol>>, uint32_t> numbers_;  // Of the members of each set.
};

// Weights, doubt and alteration of the reading are ignored, as under unit costs.
class FormatReading {
 public:
  // Only strings of `least` to `most` symbols count. REQUIRES: lattice.Check().ok().
  FormatReading(const Lattice& lattice, const std::vector<SymbolSet>& sets, uint32_t least, uint32_t most);
  bool Fits(const FormatUnits& units);

 private:
  using Lengths = std::bitset<kMaxMarkSymbols + 1>;

  bool Meets(int32_t element, uint32_t set) const { return meets_[static_cast<size_t>(element) * sets_ + set]; }
  void Settle(uint32_t slot, const FormatUnits& units);

  size_t sets_;
  uint32_t slots_;
  std::vector<bool> meets_;     // Element by set: they have a symbol in common.
  std::vector<Arc> arcs_;       // By the slot they start from, without loops.
  std::vector<int32_t> loops_;  // By slot: the loop's element, or kEmpty.
  Lengths wanted_;
  std::vector<Lengths> reached_;  // Slot by number of units passed.
};

}  // namespace burin::internal

#endif
