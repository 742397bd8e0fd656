// Rows of a fixed size in chunks, so that growing copies nothing.
#ifndef BURIN_SRC_INDEX_RECORDS_ROW_CHUNKS_H_
#define BURIN_SRC_INDEX_RECORDS_ROW_CHUNKS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/base/spill_arena.h"

namespace burin::internal {

template <typename Item>
class RowChunks {
 public:
  RowChunks(uint32_t row, SpillArena* arena) : row_(row), rows_per_chunk_(kChunkItems / row), arena_(arena) {}
  uint64_t size() const { return size_; }
  const Item* at(uint64_t i) const {
    return reinterpret_cast<const Item*>(chunks_[i / rows_per_chunk_].get()) + i % rows_per_chunk_ * row_;
  }
  // Room for one more row.
  Item* Append() {
    if (size_ % rows_per_chunk_ == 0) {
      chunks_.push_back(AllocateChunk(arena_, size_t{rows_per_chunk_} * row_ * sizeof(Item)));
    }
    ++size_;
    return const_cast<Item*>(at(size_ - 1));
  }
  void Clear() {
    std::vector<Chunk>().swap(chunks_);
    size_ = 0;
  }

 private:
  static constexpr uint32_t kChunkItems = 16384;
  uint32_t row_;
  uint32_t rows_per_chunk_;
  uint64_t size_ = 0;
  SpillArena* arena_;
  std::vector<Chunk> chunks_;
};

}  // namespace burin::internal

#endif
