// A growing list of byte strings, one after another in blocks that never move: a string costs its bytes, 1 to 3 bytes
// for its length and about 4 for its place. What at() returns stays valid for the life of the list.
#ifndef BURIN_SRC_CODEC_STRING_LIST_H_
#define BURIN_SRC_CODEC_STRING_LIST_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "src/codec/narrow_sequence.h"

namespace burin::internal {

class StringList {
 public:
  static constexpr size_t kMaxBytes = size_t{1} << 20;  // In one string.

  // `arena`: where strings are kept; borrowed. nullptr: on the heap.
  explicit StringList(SpillArena* arena = nullptr) : arena_(arena), places_(arena) {}
  uint64_t size() const { return places_.size(); }
  // REQUIRES: text.size() <= kMaxBytes.
  void Append(std::string_view text);
  // REQUIRES: i < size().
  std::string_view at(uint64_t i) const;
  // Of all strings together.
  uint64_t text_bytes() const { return text_bytes_; }
  size_t memory_bytes() const;

 private:
  SpillArena* arena_;
  NarrowSequence places_;  // Block number << kBlockBits | byte in the block.
  std::vector<Chunk> blocks_;
  size_t used_ = 0;  // Of the last block.
  uint64_t text_bytes_ = 0;
};

}  // namespace burin::internal

#endif
