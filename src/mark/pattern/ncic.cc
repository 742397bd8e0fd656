// The NCIC-compatible rule as a product of a lattice with three phases of the mark: before its first digit (kBefore),
// between digits, another one promised (kInside), and after its last digit (kAfter). "Digit" means 0-9 or O throughout,
// O being the digit 0; everything else is a letter.
//
//   kBefore, kAfter   letters of the reading are kept; a digit leaves kBefore, and there is none in kAfter
//   kInside           letters of the reading count for nothing: free passage. Letters of the mark are free: a loop
//
// A mark without a digit stays in kBefore to the end.
#include "src/mark/pattern/ncic.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace burin::internal {
namespace {

enum Phase : uint32_t { kBefore = 0, kInside = 1, kAfter = 2 };
constexpr uint32_t kPhases = 3;

constexpr uint64_t kZeros = uint64_t{1} << BaseIndex(U'0') | uint64_t{1} << BaseIndex(U'O');
constexpr uint64_t kDigits = 0x3FF | kZeros;

enum class Part : uint8_t { kWhole, kDigitsOnly, kLettersOnly, kDigitsAndAnyLetter, kAnyLetter };

bool HasDigit(const Element& element) { return (element.members.base & kDigits) != 0; }
bool HasLetter(const Element& element) {
  return (element.members.base & ~kDigits) != 0 || element.members.others || !element.members.listed.empty();
}

SymbolSet AnyLetter() {
  SymbolSet letters = SymbolSet::All();
  letters.base &= ~kDigits;
  return letters;
}

// Weights of the members that remain; 0 and O, being one symbol now, both weigh what the heavier of the two does.
void RestrictSupport(Element* element) {
  if (element->support.empty()) return;
  std::vector<std::pair<Symbol, double>> kept;
  double zero = 0;
  for (const auto& [symbol, weight] : element->support) {
    if (symbol == U'0' || symbol == U'O') {
      zero = std::max(zero, weight);
    } else if (element->members.Contains(symbol)) {
      kept.emplace_back(symbol, weight);
    }
  }
  if ((element->members.base & kZeros) != 0) {
    kept.emplace_back(U'0', zero);
    kept.emplace_back(U'O', zero);
  }
  element->support = std::move(kept);
}

Element Restrict(Element element, Part part) {
  switch (part) {
    case Part::kWhole:
      return element;
    case Part::kAnyLetter:
      return Element{.members = AnyLetter(), .support = {}};
    case Part::kLettersOnly:
      element.members.base &= ~kDigits;
      break;
    case Part::kDigitsOnly:
    case Part::kDigitsAndAnyLetter:
      if ((element.members.base & kZeros) != 0) element.members.base |= kZeros;
      element.members.base &= kDigits;
      element.members.others = false;
      element.members.listed.clear();
      break;
  }
  if (part == Part::kDigitsAndAnyLetter) {
    // Any letter at all cannot be weighed one by one, and weights name every member: here they go.
    element.members.AddAll(AnyLetter());
    element.support.clear();
  }
  RestrictSupport(&element);
  return element;
}

class Product {
 public:
  explicit Product(const Lattice& lattice) : lattice_(lattice), loops_(lattice.slots, kEmpty) {
    for (const Arc& arc : lattice.arcs) {
      if (arc.from == arc.to) loops_[arc.from] = arc.element;
    }
  }

  Lattice Build() {
    result_.slots = lattice_.slots * kPhases;
    for (const Arc& arc : lattice_.arcs) {
      if (arc.element == kEmpty) {
        for (const Phase phase : {kBefore, kInside, kAfter}) Add(arc.from, phase, arc.to, phase, kEmpty);
      } else {
        AddReading(arc);
      }
    }
    AddInsideLoops();
    AddEnd();
    Prune();
    return std::move(result_);
  }

 private:
  static uint32_t Slot(uint32_t slot, Phase phase) { return slot * kPhases + phase; }

  void Add(uint32_t from, Phase before, uint32_t to, Phase after, int32_t element) {
    result_.arcs.push_back({Slot(from, before), Slot(to, after), element});
  }

  // The number of a part of an element in the result.
  int32_t Number(int32_t element, Part part) {
    if (part == Part::kAnyLetter) element = kEmpty;
    const auto [entry, added] = numbers_.try_emplace({element, part}, 0);
    if (added) {
      Element whole;
      if (element != kEmpty) whole = lattice_.elements[static_cast<size_t>(element)];
      entry->second = result_.AddElement(Restrict(std::move(whole), part));
    }
    return entry->second;
  }

  void AddReading(const Arc& arc) {
    const Element& element = lattice_.elements[static_cast<size_t>(arc.element)];
    const bool loop = arc.from == arc.to;
    if (HasLetter(element)) {
      const int32_t letters = Number(arc.element, HasDigit(element) ? Part::kLettersOnly : Part::kWhole);
      Add(arc.from, kBefore, arc.to, kBefore, letters);
      if (!loop) Add(arc.from, kInside, arc.to, kInside, kEmpty);
      Add(arc.from, kAfter, arc.to, kAfter, letters);
    }
    if (HasDigit(element)) {
      const int32_t digits = Number(arc.element, Part::kDigitsOnly);
      Add(arc.from, kBefore, arc.to, kInside, digits);
      Add(arc.from, kBefore, arc.to, kAfter, digits);
      if (!loop) Add(arc.from, kInside, arc.to, kInside, digits);
      Add(arc.from, kInside, arc.to, kAfter, digits);
    }
  }

  // Free letters right after a digit are enough: passages further on would only spell the same strings again.
  void AddInsideLoops() {
    std::vector<bool> after_digit(lattice_.slots, false);
    for (const Arc& arc : lattice_.arcs) {
      if (arc.element != kEmpty && HasDigit(lattice_.elements[static_cast<size_t>(arc.element)])) {
        after_digit[arc.to] = true;
      }
    }
    for (uint32_t slot = 0; slot < lattice_.slots; ++slot) {
      if (!after_digit[slot]) continue;
      const int32_t loop = loops_[slot];
      const bool digits = loop != kEmpty && HasDigit(lattice_.elements[static_cast<size_t>(loop)]);
      const int32_t element = digits ? Number(loop, Part::kDigitsAndAnyLetter) : Number(kEmpty, Part::kAnyLetter);
      Add(slot, kInside, slot, kInside, element);
    }
  }

  // Readings end before any digit or after the last. A loop at the end would spell strings twice over a shared slot, so
  // then the two meet in a slot of their own.
  void AddEnd() {
    const uint32_t end = lattice_.slots - 1;
    if (loops_[end] == kEmpty) {
      Add(end, kBefore, end, kAfter, kEmpty);
      return;
    }
    const uint32_t join = result_.slots++;
    result_.arcs.push_back({Slot(end, kBefore), join, kEmpty});
    result_.arcs.push_back({Slot(end, kAfter), join, kEmpty});
  }

  // Leaves only slots and arcs on some path from the start to the end, each arc once, and the elements they read.
  void Prune() {
    std::vector<Arc>& arcs = result_.arcs;
    const auto key = [](const Arc& arc) { return std::tuple(arc.from, arc.to, arc.element); };
    std::sort(arcs.begin(), arcs.end(), [&](const Arc& a, const Arc& b) { return key(a) < key(b); });
    arcs.erase(std::unique(arcs.begin(), arcs.end(), [&](const Arc& a, const Arc& b) { return key(a) == key(b); }),
               arcs.end());
    std::vector<bool> ahead(result_.slots, false), back(result_.slots, false);
    ahead[0] = true;
    back[result_.slots - 1] = true;
    for (const Arc& arc : arcs) {  // Sorted by `from`, and every arc goes on: one pass is enough.
      if (ahead[arc.from]) ahead[arc.to] = true;
    }
    for (auto arc = arcs.rbegin(); arc != arcs.rend(); ++arc) {
      if (back[arc->to]) back[arc->from] = true;
    }
    std::vector<uint32_t> renumbered(result_.slots, 0);
    uint32_t slots = 0;
    for (uint32_t slot = 0; slot < result_.slots; ++slot) {
      renumbered[slot] = slots;
      if (ahead[slot] && back[slot]) ++slots;
    }
    const auto useless = [&](const Arc& arc) {
      return !(ahead[arc.from] && back[arc.from] && ahead[arc.to] && back[arc.to]);
    };
    arcs.erase(std::remove_if(arcs.begin(), arcs.end(), useless), arcs.end());
    for (Arc& arc : arcs) arc = {renumbered[arc.from], renumbered[arc.to], arc.element};
    result_.slots = slots;
    DropUnusedElements();
  }

  void DropUnusedElements() {
    std::vector<int32_t> renumbered(result_.elements.size(), kEmpty);
    std::vector<Element> kept;
    for (Arc& arc : result_.arcs) {
      if (arc.element == kEmpty) continue;
      int32_t& number = renumbered[static_cast<size_t>(arc.element)];
      if (number == kEmpty) {
        number = static_cast<int32_t>(kept.size());
        kept.push_back(std::move(result_.elements[static_cast<size_t>(arc.element)]));
      }
      arc.element = number;
    }
    result_.elements = std::move(kept);
  }

  const Lattice& lattice_;
  std::vector<int32_t> loops_;  // By slot: the element of its loop, or kEmpty.
  std::map<std::pair<int32_t, Part>, int32_t> numbers_;
  Lattice result_;
};

}  // namespace

Lattice NcicCompatible(const Lattice& lattice) { return Product(lattice).Build(); }

}  // namespace burin::internal
