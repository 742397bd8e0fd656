// Damaged copies of a section: every bit flipped, every length cut. Each copy lies in a buffer of exactly its size, so
// that a sanitizer sees a read outside.
#ifndef BURIN_TESTS_INDEX_MUTATIONS_H_
#define BURIN_TESTS_INDEX_MUTATIONS_H_

#include <cstddef>
#include <vector>

#include "src/base/bytes.h"

namespace burin::internal {

// Calls use(ByteSpan) for each damaged copy.
template <typename Use>
void ForEachMutation(ByteSpan section, const Use& use) {
  for (size_t bit = 0; bit < section.size() * 8; ++bit) {
    std::vector<std::byte> copy(section.begin(), section.end());
    copy[bit / 8] ^= std::byte{1} << (bit % 8);
    use(ByteSpan(copy));
  }
  for (size_t size = 0; size < section.size(); ++size) {
    const std::vector<std::byte> copy(section.begin(), section.begin() + static_cast<std::ptrdiff_t>(size));
    use(ByteSpan(copy));
  }
}

}  // namespace burin::internal

#endif
