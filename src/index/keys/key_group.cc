#include "src/index/keys/key_group.h"

#include <algorithm>

namespace burin::internal {

void KeySymbols(const KeyGroup& group, const uint16_t* codes, std::u32string* serial) {
  serial->resize(group.length());
  for (uint32_t p = 0; p < group.length(); ++p) {
    const auto alphabet = group.alphabet(p);
    (*serial)[p] = alphabet[std::min<size_t>(codes[p], alphabet.size() - 1)];
  }
}

}  // namespace burin::internal
