// Narrow sequences: see narrow_sequence.h.
#include "src/codec/narrow_sequence.h"

#include <algorithm>
#include <cstring>

namespace burin::internal {
namespace {

uint32_t BytesFor(uint64_t value) {
  if (value == 0) return 0;
  if (value <= 0xFF) return 1;
  if (value <= 0xFFFF) return 2;
  return value <= 0xFFFFFFFF ? 4 : 8;
}

template <typename T>
void StoreAll(const std::vector<uint64_t>& values, uint64_t least, std::byte* out) {
  for (size_t i = 0; i < values.size(); ++i) {
    const T difference = static_cast<T>(values[i] - least);
    std::memcpy(out + i * sizeof(T), &difference, sizeof(T));
  }
}

template <typename T>
uint64_t Load(const std::byte* differences, size_t i) {
  T difference;
  std::memcpy(&difference, differences + i * sizeof(T), sizeof(T));
  return difference;
}

}  // namespace

uint64_t NarrowSequence::Block::at(size_t i) const {
  switch (width) {
    case 0:
      return least;
    case 1:
      return least + Load<uint8_t>(differences.get(), i);
    case 2:
      return least + Load<uint16_t>(differences.get(), i);
    case 4:
      return least + Load<uint32_t>(differences.get(), i);
    default:
      return least + Load<uint64_t>(differences.get(), i);
  }
}

void NarrowSequence::Seal() {
  const auto [least, most] = std::minmax_element(tail_.begin(), tail_.end());
  Block block;
  block.least = *least;
  block.width = BytesFor(*most - *least);
  const size_t bytes = kBlock * block.width;
  if (bytes > 0) block.differences = AllocateChunk(arena_, bytes);
  switch (block.width) {
    case 0:
      break;
    case 1:
      StoreAll<uint8_t>(tail_, block.least, block.differences.get());
      break;
    case 2:
      StoreAll<uint16_t>(tail_, block.least, block.differences.get());
      break;
    case 4:
      StoreAll<uint32_t>(tail_, block.least, block.differences.get());
      break;
    default:
      StoreAll<uint64_t>(tail_, block.least, block.differences.get());
      break;
  }
  sealed_bytes_ += bytes;
  blocks_.push_back(std::move(block));
  tail_.clear();
}

size_t NarrowSequence::memory_bytes() const {
  return sealed_bytes_ + blocks_.capacity() * sizeof(Block) + tail_.capacity() * sizeof(uint64_t);
}

}  // namespace burin::internal
