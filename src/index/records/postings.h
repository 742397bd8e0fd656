// Which records carry the serial of a rank (section POST, docs/format.md 7): record numbers, packed, in the order of
// ranks and ascending within one. Where some serial has several records, a bit for each number says whether it is the
// first of its rank; else rank and place are the same and a lookup is one load.
#ifndef BURIN_SRC_INDEX_RECORDS_POSTINGS_H_
#define BURIN_SRC_INDEX_RECORDS_POSTINGS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/prefetch.h"
#include "src/base/status.h"
#include "src/codec/bit_vector.h"
#include "src/codec/packed_array.h"
#include "src/index/records/row_chunks.h"

namespace burin::internal {

class PostingsWriter {
 public:
  // `arena`: where numbers are kept; borrowed. nullptr: on the heap.
  explicit PostingsWriter(SpillArena* arena = nullptr) : records_(1, arena) {}
  // `first`: the first record of the next rank.
  void Add(uint32_t record, bool first) {
    *records_.Append() = record;
    starts_.Add(first);
    if (!first) {
      repeated_ += alike_ == 1 ? 1 : 0;
      most_alike_ = std::max(most_alike_, ++alike_);
      return;
    }
    ++ranks_;
    alike_ = 1;
  }
  uint64_t size() const { return records_.size(); }
  uint64_t ranks() const { return ranks_; }
  // Ranks of one record, and the most records of a rank.
  uint64_t singles() const { return ranks_ - repeated_; }
  uint64_t most_alike() const { return most_alike_; }
  // Appends the section; `records` is the number of records in the index. The writer is empty afterwards.
  void Finish(uint64_t records, ByteWriter* out);

 private:
  uint64_t ranks_ = 0, repeated_ = 0;
  uint64_t alike_ = 0, most_alike_ = 1;  // Records of the last rank, and of any.
  RowChunks<uint32_t> records_;
  BitVectorWriter starts_;
};

class Postings {
 public:
  // O(1). kCorrupt: not postings of so many ranks to so many records.
  static Status Open(ByteSpan section, uint64_t ranks, uint64_t records, Postings* out);

  uint64_t count() const { return numbers_.size(); }
  // At least 1 and at most count(), whatever the bytes say. REQUIRES: rank < ranks.
  uint64_t Size(uint64_t rank) const;
  // Always below the number of records. REQUIRES: rank < ranks.
  uint64_t Record(uint64_t rank, uint64_t i) const;
  // Fetches what Record(rank, 0) reads, where its place is known without looking.
  void PrefetchRecord(uint64_t rank) const {
    if (!repeated_ && rank < ranks_) Prefetch(numbers_.bytes().data() + rank * numbers_.width() / 8);
  }
  // Ascending within a rank, no record twice: marks each in `seen`.
  Status Verify(std::vector<bool>* seen) const;

 private:
  uint64_t Start(uint64_t rank) const { return repeated_ ? starts_.Select(rank) : rank; }

  uint64_t records_ = 0;
  uint64_t ranks_ = 0;
  bool repeated_ = false;
  BitVector starts_;
  PackedArray numbers_;
};

}  // namespace burin::internal

#endif
