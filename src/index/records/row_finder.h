// Finds the row of a source and key (section ROWS, docs/format-attributes.md; segments of a registry have it): hashes
// of both in ascending order, each with the number of the row's first record. A hash has 8 bits more than the number
// of rows has, so that one look-up in 256 compares a key in vain; about 11 bits a row and the bits of a record number.
#ifndef BURIN_SRC_INDEX_RECORDS_ROW_FINDER_H_
#define BURIN_SRC_INDEX_RECORDS_ROW_FINDER_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"
#include "src/codec/packed_array.h"

namespace burin::internal {

// XXH3-64 of the size of the source (u64), the source and the key.
uint64_t HashOfRow(std::string_view source, std::string_view key);

class RowFinderBuilder {
 public:
  // The row's first record.
  void Add(uint64_t hash, uint32_t record) { rows_.emplace_back(hash, record); }
  uint64_t size() const { return rows_.size(); }
  // Appends the section of an index of so many records.
  void Encode(uint64_t records, ByteWriter* out);

 private:
  std::vector<std::pair<uint64_t, uint32_t>> rows_;
};

class RowFinder {
 public:
  // O(1). kCorrupt: not a section of so many records; the position counts from its front.
  static Status Open(ByteSpan section, uint64_t records, RowFinder* out);

  uint64_t size() const { return hashes_.size(); }
  // Calls use(record) for each row whose hash agrees, until it answers true; the answer is whether it did.
  template <typename Use>
  bool ForEach(uint64_t hash, const Use& use) const {
    const uint64_t wanted = Cut(hash);
    for (uint64_t i = hashes_.LowerBound(0, size(), wanted); i < size() && hashes_.Get(i) == wanted; ++i) {
      if (use(Record(i))) return true;
    }
    return false;
  }
  // Below the number of records, whatever the bytes say. REQUIRES: i < size().
  uint64_t Record(uint64_t i) const;
  bool SameHash(uint64_t i, uint64_t j) const { return hashes_.Get(i) == hashes_.Get(j); }
  bool Agrees(uint64_t i, uint64_t hash) const { return hashes_.Get(i) == Cut(hash); }
  // Hashes do not fall, nor do records of one hash; padding and unused bits are zero.
  Status Verify() const;

 private:
  uint64_t Cut(uint64_t hash) const { return bits_ == 0 ? 0 : hash >> (64 - bits_); }

  uint64_t records_ = 0;
  uint32_t bits_ = 0;
  DeltaBlocks<uint64_t> hashes_;
  PackedArray numbers_;
  ByteSpan padding_;
};

}  // namespace burin::internal

#endif
