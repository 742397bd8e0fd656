// Rows that were added and are not written yet, as one run of bytes each: about what they hold and 40 bytes more. A row
// can be taken back; what is left becomes a segment in the order of addition.
#ifndef BURIN_SRC_REGISTRY_CHANGE_PENDING_ROWS_H_
#define BURIN_SRC_REGISTRY_CHANGE_PENDING_ROWS_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "src/index/columns/hashed_numbers.h"
#include "src/index/write/index_builder.h"

namespace burin::internal {

class PendingRows {
 public:
  static constexpr uint32_t kNone = HashedNumbers::kNone;

  // A row read back: a view of the bytes here, but for its marks.
  struct Read {
    Row row;
    std::vector<RecordedMark> marks;
    std::vector<std::string_view> attributes;
  };

  // REQUIRES: Find() does not find one of its source and key.
  void Add(const Row& row);
  uint32_t Find(std::string_view source, std::string_view key) const;
  void TakeBack(uint32_t number);
  // False: it was taken back. *out is valid until the next read into it; its strings as long as this.
  bool Get(uint32_t number, Read* out) const;
  uint32_t size() const { return static_cast<uint32_t>(rows_.size()); }  // Those that were taken back included.
  uint64_t marks() const { return marks_; }                              // Of those that were not.
  uint64_t memory_bytes() const { return memory_; }
  void Clear();

 private:
  struct Place {
    const char* data = nullptr;  // nullptr: taken back.
    uint32_t bytes = 0;
    uint32_t marks = 0;
  };
  char* Allocate(size_t bytes);
  bool Is(uint32_t number, std::string_view source, std::string_view key) const;

  std::vector<Place> rows_;
  HashedNumbers by_key_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t left_ = 0;  // Of the last block.
  char* next_ = nullptr;
  uint64_t marks_ = 0, memory_ = 0;
};

}  // namespace burin::internal

#endif
