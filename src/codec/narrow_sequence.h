// A growing sequence of integers that costs what its numbers need: blocks of 4096, each with its smallest number and
// differences of 0, 1, 2, 4 or 8 bytes. Row numbers cost 2 bytes each, dictionary codes 1 or 2, a constant nothing;
// growing never copies what is there (a vector would need half as much again while it does).
#ifndef BURIN_SRC_CODEC_NARROW_SEQUENCE_H_
#define BURIN_SRC_CODEC_NARROW_SEQUENCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "src/base/spill_arena.h"

namespace burin::internal {

class NarrowSequence {
 public:
  static constexpr size_t kBlock = 4096;

  // `arena`: where blocks are kept; borrowed. nullptr: on the heap.
  explicit NarrowSequence(SpillArena* arena = nullptr) : arena_(arena) {}
  uint64_t size() const { return blocks_.size() * kBlock + tail_.size(); }
  void Append(uint64_t value) {
    tail_.push_back(value);
    if (tail_.size() == kBlock) Seal();
  }
  // REQUIRES: i < size().
  uint64_t at(uint64_t i) const {
    const uint64_t block = i / kBlock;
    return block < blocks_.size() ? blocks_[block].at(i % kBlock) : tail_[i % kBlock];
  }
  size_t memory_bytes() const;

 private:
  struct Block {
    uint64_t at(size_t i) const;
    uint64_t least = 0;
    uint32_t width = 0;  // Bytes of a difference.
    Chunk differences;
  };
  void Seal();

  SpillArena* arena_;
  std::vector<Block> blocks_;
  std::vector<uint64_t> tail_;
  size_t sealed_bytes_ = 0;
};

}  // namespace burin::internal

#endif
