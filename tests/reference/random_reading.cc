#include "tests/reference/random_reading.h"

#include <algorithm>
#include <array>
#include <vector>

#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal::reference {
namespace {

constexpr std::u32string_view kBase = U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

class PatternWriter {
 public:
  PatternWriter(std::u32string_view alphabet, Choices* choices) : alphabet_(alphabet), choices_(*choices) {}

  std::string Items(uint32_t count, bool in_group) {
    std::string out;
    for (uint32_t i = 0; i < count; ++i) out += Item(in_group);
    return out;
  }

 private:
  std::string Plain() { return ToUtf8(std::u32string(1, choices_.Of(alphabet_))); }

  std::string Item(bool in_group) {
    switch (choices_.Below(in_group ? 13 : 16)) {
      case 0:
        return choices_.OneIn(2) ? "?" : "_";
      case 1:
        return choices_.OneIn(2) ? "*" : "%";
      case 2:
        return Set() + (choices_.OneIn(4) ? "~" : "");
      case 3:
        return Plain() + (choices_.OneIn(2) ? "~" : "~~");
      case 4:
        return Plain() + "!" + (choices_.OneIn(2) ? Plain() : " ");
      case 5:
        return Repeatable() + Repetition();
      case 6:
        return Set() + Repetition();
      case 13:
        return Group();
      case 14:
        return Group() + Repetition();
      case 15:
        return Plain() + "-" + Plain() + "/";
      default:
        return Plain();
    }
  }
  std::string Repeatable() { return choices_.OneIn(2) ? "?" : Plain(); }
  std::string Group() {
    std::string out = "(" + Items(1 + choices_.Below(2), true);
    for (uint32_t i = choices_.Below(3); i > 0; --i) out += "|" + Items(1 + choices_.Below(2), true);
    return out + ")";
  }
  std::string Repetition() {
    static constexpr std::array<const char*, 9> kAll = {"{0,1}", "{0,1}", "{2}",   "{1,2}", "{0,2}",
                                                        "{1,}",  "{0,}",  "{2,3}", "{3}"};
    return choices_.Of(kAll);
  }
  std::string Set() {
    static constexpr std::array<const char*, 5> kClasses = {"[:digit:]", "[:letter:]", "[:round:]", "0-4", "A-F"};
    switch (choices_.Below(6)) {
      case 0:
        return "[^" + Plain() + Plain() + "]";
      case 1:
        return std::string("[") + choices_.Of(kClasses) + Plain() + "]";
      case 2:
        return std::string("[^") + choices_.Of(kClasses) + "]";
      case 3:
        return Weighted();
      default:
        return "[" + Plain() + Plain() + "]";
    }
  }
  std::string Weighted() {
    static constexpr std::array<const char*, 6> kWeights = {":.6", ":.3", ":1", ":0.05", ":2", ":.001"};
    std::u32string symbols = {choices_.Of(alphabet_), choices_.Of(alphabet_), choices_.Of(alphabet_)};
    std::sort(symbols.begin(), symbols.end());
    symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
    std::string out;
    for (const Symbol s : symbols) {
      out += (out.empty() ? "[" : " ") + ToUtf8(std::u32string(1, s)) + choices_.Of(kWeights);
    }
    return out + "]";
  }

  std::u32string_view alphabet_;
  Choices& choices_;
};

Element RandomElement(std::u32string_view alphabet, Choices* choices) {
  static constexpr std::array<double, 5> kWeights = {1, 0.5, 0.125, 3, 1e-6};
  Element element;
  for (uint32_t i = 1 + choices->Below(3); i > 0; --i) element.members.Add(choices->Of(alphabet));
  switch (choices->Below(6)) {
    case 0:
      element.members = SymbolSet::All();
      break;
    case 1:
      element.members.Complement();
      break;
    case 2:
      for (const Symbol s : alphabet) {
        if (Has(element.members, s)) element.support.emplace_back(s, choices->Of(kWeights));
      }
      std::sort(element.support.begin(), element.support.end());
      element.support.erase(std::unique(element.support.begin(), element.support.end(),
                                        [](const auto& a, const auto& b) { return a.first == b.first; }),
                            element.support.end());
      break;
    default:
      break;
  }
  element.doubt = static_cast<Doubt>(choices->Below(3));
  element.altered = choices->OneIn(5);
  if (element.altered && choices->OneIn(2)) element.beneath = choices->Of(alphabet);
  return element;
}

}  // namespace

std::u32string RandomAlphabet(Choices* choices) {
  switch (choices->Below(6)) {
    case 0:
      return U"AB";
    case 1:
      return U"0OA";
    case 2:
      return U"08BOQ3";
    case 3:
      return U"A1Ж☆";
    case 4:
      return U"0O1ILЖЯ五☆";
    default:
      return std::u32string(kBase);
  }
}

std::string RandomPattern(std::u32string_view alphabet, uint32_t items, Choices* choices) {
  return PatternWriter(alphabet, choices).Items(items, false);
}

Lattice RandomLattice(std::u32string_view alphabet, Choices* choices) {
  Lattice lattice;
  lattice.slots = 1 + choices->Below(6);
  std::vector<bool> loops(lattice.slots, false);
  // A way through, so that the end is reached.
  for (uint32_t slot = 0; slot + 1 < lattice.slots;) {
    const uint32_t to = slot + 1 + choices->Below(std::min(2u, lattice.slots - slot - 1));
    lattice.arcs.push_back({slot, to, lattice.AddElement(RandomElement(alphabet, choices))});
    slot = to;
  }
  for (uint32_t i = choices->Below(6); i > 0; --i) {
    const uint32_t from = choices->Below(lattice.slots);
    const uint32_t to = from + choices->Below(lattice.slots - from);
    if (from == to && loops[from]) continue;
    if (from == to) loops[from] = true;
    const bool empty = from != to && choices->OneIn(3);
    lattice.arcs.push_back({from, to, empty ? kEmpty : lattice.AddElement(RandomElement(alphabet, choices))});
  }
  for (size_t i = lattice.arcs.size(); i > 1; --i) {
    std::swap(lattice.arcs[i - 1], lattice.arcs[choices->Below(static_cast<uint32_t>(i))]);
  }
  return lattice;
}

std::u32string RandomReadString(const Lattice& lattice, std::u32string_view alphabet, Choices* choices) {
  std::u32string out;
  uint32_t slot = 0;
  for (int steps = 0; slot + 1 < lattice.slots && steps < 200; ++steps) {
    std::vector<Arc> leaving;
    for (const Arc& arc : lattice.arcs) {
      if (arc.from == slot) leaving.push_back(arc);
    }
    if (leaving.empty()) break;
    const Arc arc = choices->Of(leaving);
    slot = arc.to;
    if (arc.element == kEmpty || out.size() == kMaxMarkSymbols) continue;
    const SymbolSet& members = lattice.elements[static_cast<size_t>(arc.element)].members;
    Symbol symbol = choices->Of(alphabet);
    for (int tries = 0; tries < 4 && !Has(members, symbol); ++tries) symbol = choices->Of(alphabet);
    for (size_t i = 0; i < kBaseSymbols && !Has(members, symbol); ++i) symbol = BaseSymbol(i);
    out += symbol;
  }
  return out;
}

std::u32string Edited(std::u32string text, uint32_t edits, std::u32string_view alphabet, Choices* choices) {
  for (; edits > 0; --edits) {
    const size_t at = choices->Below(static_cast<uint32_t>(text.size()) + 1);
    switch (choices->Below(4)) {
      case 0:
        text.insert(at, 1, choices->Of(alphabet));
        break;
      case 1:
        text.erase(at, 1);
        break;
      case 2:
        if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
        break;
      default:
        if (at < text.size()) text[at] = choices->Of(alphabet);
        break;
    }
  }
  return text;
}

}  // namespace burin::internal::reference
