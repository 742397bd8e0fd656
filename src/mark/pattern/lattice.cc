// Lattices: the check that everything from outside passes, and readings that float.
#include "src/mark/pattern/lattice.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

namespace burin::internal {
namespace {

Status Invalid(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }

bool IsSymbol(Symbol s) { return s != 0 && s < 0x110000 && (s < 0xD800 || s > 0xDFFF); }

Status CheckMembers(const SymbolSet& members, const std::string& name) {
  if (members.base >> kBaseSymbols != 0) return Invalid(name + " has bits beyond the base symbols");
  Symbol last = 0;
  for (const Symbol s : members.listed) {
    if (!IsSymbol(s) || BaseIndex(s) != kBaseSymbols) return Invalid(name + " lists what is no other symbol");
    if (s <= last) return Invalid(name + " lists symbols out of order or twice");
    last = s;
  }
  if (members.empty()) return Invalid(name + " has no member");
  return Status();
}

Status CheckSupport(const Element& element, const std::string& name) {
  if (element.support.empty()) return Status();
  std::vector<Symbol> named;
  for (const auto& [symbol, weight] : element.support) {
    if (!std::isfinite(weight) || weight <= 0) return Invalid(name + " has a weight that is not positive and finite");
    if (!IsSymbol(symbol) || !element.members.Contains(symbol)) return Invalid(name + " weighs what is no member");
    named.push_back(symbol);
  }
  std::sort(named.begin(), named.end());
  if (std::adjacent_find(named.begin(), named.end()) != named.end()) return Invalid(name + " weighs a symbol twice");
  const size_t members = static_cast<size_t>(std::popcount(element.members.base)) + element.members.listed.size();
  if (element.members.others || named.size() != members) return Invalid(name + " weighs some of its members only");
  return Status();
}

Status CheckElement(const Element& element, size_t number) {
  const std::string name = "element " + std::to_string(number);
  if (Status status = CheckMembers(element.members, name); !status.ok()) return status;
  if (Status status = CheckSupport(element, name); !status.ok()) return status;
  if (element.doubt > Doubt::kPossible) return Invalid(name + " has an unknown level of doubt");
  if (element.beneath != 0 && !element.altered) return Invalid(name + " has a symbol beneath but is not altered");
  if (element.beneath != 0 && !IsSymbol(element.beneath)) return Invalid(name + " has no symbol beneath");
  return Status();
}

Status CheckArcs(const Lattice& lattice) {
  std::vector<bool> loops(lattice.slots, false);
  for (size_t i = 0; i < lattice.arcs.size(); ++i) {
    const Arc& arc = lattice.arcs[i];
    const std::string name = "arc " + std::to_string(i);
    if (arc.from >= lattice.slots || arc.to >= lattice.slots) return Invalid(name + " leaves the lattice");
    if (arc.from > arc.to) return Invalid(name + " goes back");
    if (arc.element < kEmpty || (arc.element >= 0 && static_cast<size_t>(arc.element) >= lattice.elements.size())) {
      return Invalid(name + " has no such element");
    }
    if (arc.from != arc.to) continue;
    if (arc.element == kEmpty) return Invalid(name + " is an empty loop");
    if (loops[arc.from]) return Invalid("slot " + std::to_string(arc.from) + " has two loops");
    loops[arc.from] = true;
  }
  return Status();
}

// Arcs are in any order, so one pass over them in slot order needs them sorted; slots are few, so a list by slot does.
bool EndIsReachable(const Lattice& lattice) {
  std::vector<std::vector<uint32_t>> next(lattice.slots);
  for (const Arc& arc : lattice.arcs) next[arc.from].push_back(arc.to);
  std::vector<bool> reached(lattice.slots, false);
  reached[0] = true;
  for (uint32_t slot = 0; slot < lattice.slots; ++slot) {
    if (!reached[slot]) continue;
    for (const uint32_t to : next[slot]) reached[to] = true;
  }
  return reached[lattice.slots - 1];
}

bool IsAny(const Element& element) {
  return element.members == SymbolSet::All() && element.doubt == Doubt::kCertain && !element.altered;
}

bool LoopsOverAny(const Lattice& lattice, uint32_t slot) {
  return std::any_of(lattice.arcs.begin(), lattice.arcs.end(), [&](const Arc& arc) {
    return arc.from == slot && arc.to == slot && IsAny(lattice.elements[static_cast<size_t>(arc.element)]);
  });
}

// Whether anything may stand at the start already; a second gap beside the first would spell every string many times.
bool FloatsAtHead(const Lattice& lattice) {
  if (LoopsOverAny(lattice, 0)) return true;
  const Arc* only = nullptr;
  for (const Arc& arc : lattice.arcs) {
    if (arc.from != 0) continue;
    if (only != nullptr || arc.element != kEmpty) return false;
    only = &arc;
  }
  return only != nullptr && LoopsOverAny(lattice, only->to);
}

}  // namespace

int32_t Lattice::AddElement(Element element) {
  elements.push_back(std::move(element));
  return static_cast<int32_t>(elements.size() - 1);
}

Status Lattice::Check() const {
  if (slots == 0) return Invalid("a lattice has at least one slot");
  if (slots > kMaxSlots) return Invalid("a lattice has at most " + std::to_string(kMaxSlots) + " slots");
  if (arcs.size() > kMaxArcs) return Invalid("a lattice has at most " + std::to_string(kMaxArcs) + " arcs");
  if (elements.size() > kMaxArcs) return Invalid("a lattice has at most " + std::to_string(kMaxArcs) + " elements");
  for (size_t i = 0; i < elements.size(); ++i) {
    if (Status status = CheckElement(elements[i], i); !status.ok()) return status;
  }
  if (Status status = CheckArcs(*this); !status.ok()) return status;
  if (!EndIsReachable(*this)) return Invalid("the last slot cannot be reached from the first");
  return Status();
}

std::vector<const Arc*> PassagesInOrder(const Lattice& lattice, bool back) {
  std::vector<const Arc*> passages;
  for (const Arc& arc : lattice.arcs) {
    if (arc.element == kEmpty) passages.push_back(&arc);
  }
  std::stable_sort(passages.begin(), passages.end(),
                   [back](const Arc* a, const Arc* b) { return back ? a->to > b->to : a->from < b->from; });
  return passages;
}

std::vector<std::vector<uint32_t>> SlotsByPassage(const Lattice& lattice) {
  std::vector<std::vector<uint32_t>> out(lattice.slots), reach(lattice.slots);
  for (const Arc& arc : lattice.arcs) {
    if (arc.element == kEmpty) out[arc.from].push_back(arc.to);
  }
  std::vector<uint32_t> seen_from(lattice.slots, lattice.slots);  // The last slot from which it was come upon.
  for (uint32_t slot = 0; slot < lattice.slots; ++slot) {
    std::vector<uint32_t>& all = reach[slot];
    all.push_back(slot);
    for (size_t i = 0; i < all.size(); ++i) {
      for (const uint32_t to : out[all[i]]) {
        if (seen_from[to] != slot) all.push_back(to);
        seen_from[to] = slot;
      }
    }
    std::sort(all.begin(), all.end());
    all.shrink_to_fit();
  }
  return reach;
}

size_t NeighbouringPairs(const Lattice& lattice) {
  std::vector<size_t> leaving(lattice.slots, 0);
  for (const Arc& arc : lattice.arcs) leaving[arc.from] += arc.element == kEmpty ? 0 : 1;
  std::vector<size_t> behind;  // By slot: arcs that may come next.
  for (const std::vector<uint32_t>& reach : SlotsByPassage(lattice)) {
    behind.push_back(0);
    for (const uint32_t slot : reach) behind.back() += leaving[slot];
  }
  size_t pairs = 0;
  for (const Arc& arc : lattice.arcs) pairs += arc.element == kEmpty ? 0 : behind[arc.to];
  return pairs;
}

Lattice Float(const Lattice& lattice, bool head, bool tail) {
  Lattice result = lattice;
  if (head && !FloatsAtHead(lattice)) {
    for (Arc& arc : result.arcs) ++arc.from, ++arc.to;
    ++result.slots;
    const int32_t any = result.AddElement(Element{.members = SymbolSet::All(), .support = {}});
    result.arcs.insert(result.arcs.begin(), {Arc{0, 0, any}, Arc{0, 1, kEmpty}});
  }
  if (tail && !LoopsOverAny(result, result.slots - 1)) {
    const uint32_t end = result.slots++;
    const int32_t any = result.AddElement(Element{.members = SymbolSet::All(), .support = {}});
    result.arcs.push_back({end - 1, end, kEmpty});
    result.arcs.push_back({end, end, any});
  }
  return result;
}

}  // namespace burin::internal
