// Symbols of serials and sets of them.
//
// A serial is a sequence of symbols: folded code points (fold.h). The 36 base symbols 0-9 A-Z are what channels know;
// any other symbol (Ж, ☆, 五) is "other" to a channel and itself to everything else.
#ifndef BURIN_SRC_MARK_FOLD_SYMBOL_H_
#define BURIN_SRC_MARK_FOLD_SYMBOL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace burin::internal {

using Symbol = char32_t;

inline constexpr size_t kBaseSymbols = 36;
inline constexpr size_t kMaxMarkSymbols = 64;  // Symbols in one mark (docs/design.md).

// In the items of a partial record, beside symbols: one unreadable character, and any number of them (none included).
// Both lie beyond Unicode.
inline constexpr Symbol kUnreadable = 0x110000;
inline constexpr Symbol kGap = 0x110001;

namespace symbol_table {
constexpr std::array<uint8_t, 128> MakeBaseIndex() {
  std::array<uint8_t, 128> out = {};
  for (Symbol s = 0; s < 128; ++s) {
    const bool digit = s >= U'0' && s <= U'9', letter = s >= U'A' && s <= U'Z';
    out[s] = static_cast<uint8_t>(digit ? s - U'0' : letter ? s - U'A' + 10 : kBaseSymbols);
  }
  return out;
}
inline constexpr std::array<uint8_t, 128> kBaseIndex = MakeBaseIndex();
}  // namespace symbol_table

// 0..9 for digits, 10..35 for A..Z, kBaseSymbols for every other symbol. A table: whether a symbol of a serial is a
// digit is a coin that no processor can foresee.
constexpr size_t BaseIndex(Symbol s) { return s < 128 ? symbol_table::kBaseIndex[s] : kBaseSymbols; }
constexpr Symbol BaseSymbol(size_t index) {
  return index < 10 ? U'0' + static_cast<Symbol>(index) : U'A' + static_cast<Symbol>(index - 10);
}

// A set of symbols. `base` holds the base symbols, bit i for BaseSymbol(i). Other symbols are in the set if they are
// listed, or, with `others`, if they are not listed.
struct SymbolSet {
  uint64_t base = 0;
  bool others = false;
  std::vector<Symbol> listed;  // Other symbols only; sorted, distinct.

  static SymbolSet All() { return {(uint64_t{1} << kBaseSymbols) - 1, true, {}}; }
  static SymbolSet Of(Symbol s);
  bool Contains(Symbol s) const;
  bool empty() const { return base == 0 && !others && listed.empty(); }
  void Add(Symbol s);
  void AddAll(const SymbolSet& that);
  void Complement();
  SymbolSet Intersection(const SymbolSet& that) const;
  bool operator==(const SymbolSet&) const = default;
};

}  // namespace burin::internal

#endif
