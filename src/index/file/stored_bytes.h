// The bytes of a section until they are written: in memory, or laid aside where a build does so
// (src/base/spill_arena.h).
#ifndef BURIN_SRC_INDEX_FILE_STORED_BYTES_H_
#define BURIN_SRC_INDEX_FILE_STORED_BYTES_H_

#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/spill_arena.h"

namespace burin::internal {

class StoredBytes {
 public:
  StoredBytes() = default;
  // Laid aside if the arena is one that has begun to spill, and the bytes are many.
  StoredBytes(std::vector<std::byte> bytes, SpillArena* arena) : bytes_(std::move(bytes)), size_(bytes_.size()) {
    if (arena == nullptr || !arena->spilled() || size_ < kFewest) return;
    chunk_ = arena->AllocateSpilled(size_);
    std::memcpy(chunk_.get(), bytes_.data(), size_);
    std::vector<std::byte>().swap(bytes_);
  }
  ByteSpan bytes() const { return {chunk_ != nullptr ? chunk_.get() : bytes_.data(), size_}; }
  size_t size() const { return size_; }
  void Clear() { *this = StoredBytes(); }

 private:
  static constexpr size_t kFewest = size_t{1} << 16;
  std::vector<std::byte> bytes_;
  Chunk chunk_;
  size_t size_ = 0;
};

}  // namespace burin::internal

#endif
