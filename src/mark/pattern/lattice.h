// A reading as a lattice: the set of read strings that the examiner considers possible.
//
// Slots 0 .. slots-1 in an order that every arc respects; the reading starts at slot 0 and ends at slot slots-1. An arc
// with an element reads one character; an arc without one (kEmpty) is free passage (an optional item, a branch of a
// group). An arc from a slot to itself is a loop: its element any number of times, which is how `*` and `X{m,}` are
// kept. A slot has at most one loop, and only `Lattice::Check` decides what is well formed; nothing else re-checks it.
//
//   A[38]*   0 -A-> 1 -[38]-> 2 -empty-> 3 (loop: any symbol)
//
// The read strings are the strings spelled by all paths; the weight of one is the product of its elements' weights
// (docs/patterns.md). Everything that searches or scores takes its meaning from here.
#ifndef BURIN_SRC_MARK_PATTERN_LATTICE_H_
#define BURIN_SRC_MARK_PATTERN_LATTICE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

// How sure the examiner is of what was read. A channel prices it; unit costs ignore it.
enum class Doubt : uint8_t { kCertain = 0, kProbable = 1, kPossible = 2 };

// One read character.
struct Element {
  SymbolSet members;  // What satisfies it. Never empty.
  // Relative support of members as stated, `[3:.6 8:.3]`; empty: every member weighs 1. Values are finite and > 0; base
  // and listed symbols of `members` only, each once; where not empty, it names every member.
  std::vector<std::pair<Symbol, double>> support;
  Doubt doubt = Doubt::kCertain;
  bool altered = false;  // `8!`: looks altered.
  Symbol beneath = 0;    // `8!3`: 3 was seen beneath; 0: nothing was.
};

inline constexpr int32_t kEmpty = -1;

struct Arc {
  uint32_t from = 0;
  uint32_t to = 0;
  int32_t element = kEmpty;  // Index into `elements`, or kEmpty.
};

struct Lattice {
  static constexpr uint32_t kMaxSlots = 1024;
  static constexpr size_t kMaxArcs = 4096;
  // Pairs of characters that may be neighbours, for what asks each: parallel characters square.
  static constexpr size_t kMaxPairs = 16384;

  uint32_t slots = 1;
  std::vector<Element> elements;
  std::vector<Arc> arcs;

  // Appends an element and returns its number.
  int32_t AddElement(Element element);
  // Within limits; arcs from <= to (from < to if empty); one loop a slot at most; elements as described above; the end
  // is reachable from the start. Every lattice that enters the library from outside passes here.
  Status Check() const;
};

// Free passages in an order in which each stands behind those that lead to it, from the front or from the back.
// Borrowed.
std::vector<const Arc*> PassagesInOrder(const Lattice& lattice, bool back);

// By slot, the slots that free passages lead to from there, itself included, ascending.
std::vector<std::vector<uint32_t>> SlotsByPassage(const Lattice& lattice);

// How many pairs of arcs with elements follow each other, with nothing but free passage between them.
size_t NeighbouringPairs(const Lattice& lattice);

// The reading floats in a longer mark: anything may stand before it (head) or after it (tail).
Lattice Float(const Lattice& lattice, bool head, bool tail);

}  // namespace burin::internal

#endif
