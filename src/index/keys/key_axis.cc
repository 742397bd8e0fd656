#include "src/index/keys/key_axis.h"

#include <algorithm>

namespace burin::internal {

template <typename Value>
KeyAxis<Value> KeyAxis<Value>::Make(const std::vector<std::span<const Symbol>>& alphabets) {
  KeyAxis axis;
  axis.positions.resize(alphabets.size());
  axis.parts.resize(alphabets.size() * kAxisClasses);
  Value weight = 1;
  for (size_t p = alphabets.size(); p-- > 0;) {
    Position& position = axis.positions[p];
    const auto alphabet = alphabets[p];
    position.radix = static_cast<uint32_t>(alphabet.size());
    position.share = 1 / static_cast<float>(alphabet.size());
    position.weight = weight;
    std::fill(std::begin(position.code_of), std::end(position.code_of), kNoCode);
    bool contiguous = true;
    for (size_t code = 0; code < alphabet.size(); ++code) {
      const auto symbol_class = static_cast<uint8_t>(BaseIndex(alphabet[code]));
      contiguous = contiguous && (code == 0 || symbol_class == position.class_of.back() + 1);
      position.class_of.push_back(symbol_class);
      position.classes |= uint64_t{1} << symbol_class;
      if (symbol_class == kBaseSymbols) continue;
      position.code_of[symbol_class] = static_cast<uint16_t>(code);
      axis.parts[p * kAxisClasses + symbol_class] = weight * static_cast<Value>(code);
    }
    if (contiguous) position.first_class = position.class_of.front();
    weight *= position.radix;
    if (weight >= 2 && weight <= Value{1} << 32) {
      position.inverse = ~uint64_t{0} / static_cast<uint64_t>(weight) + 1;
    }
  }
  axis.width = weight;
  axis.same_classes = axis.positions.front().classes;
  for (const Position& position : axis.positions) {
    if (position.classes != axis.same_classes) axis.same_classes = 0;
  }
  return axis;
}

template struct KeyAxis<uint64_t>;
template struct KeyAxis<Uint128>;

}  // namespace burin::internal
