// Records that are no serials: partial records as lists of items (section PART), and records without a searchable mark
// (section MISS). Both by ascending record number. docs/format.md 8 and 9.
#ifndef BURIN_SRC_INDEX_PARTIALS_H_
#define BURIN_SRC_INDEX_PARTIALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"
#include "src/codec/packed_array.h"
#include "src/mark/recorded.h"

namespace burin::internal {

// As many symbols as a mark may have, a gap before, between and after them.
inline constexpr size_t kMaxPartialItems = 2 * kMaxMarkSymbols + 1;

class PartialsWriter {
 public:
  // REQUIRES: record above the one before; 1 .. kMaxPartialItems items.
  void Add(uint64_t record, std::u32string_view items);
  uint64_t size() const { return records_.size(); }
  void Finish(ByteWriter* out);

 private:
  DeltaBlocksWriter<uint64_t> records_;
  DeltaBlocksWriter<uint64_t> offsets_;
  ByteWriter items_;
};

class Partials {
 public:
  // O(1).
  static Status Open(ByteSpan section, uint64_t records, Partials* out);
  uint64_t size() const { return numbers_.size(); }
  uint64_t Record(uint64_t i) const;
  // At most kMaxPartialItems items, every one a code point, kUnreadable or kGap.
  void Items(uint64_t i, std::u32string* items) const;
  Status Verify(std::vector<bool>* seen) const;

 private:
  // The bytes of a list. False: it is not well formed.
  bool Decode(uint64_t i, std::u32string* items) const;

  uint64_t records_ = 0;
  DeltaBlocks<uint64_t> numbers_;
  DeltaBlocks<uint64_t> offsets_;
  ByteSpan items_;
};

class MissingWriter {
 public:
  // REQUIRES: record above the one before; missing is not kNone.
  void Add(uint64_t record, Missing missing);
  uint64_t size() const { return kinds_.size(); }
  uint64_t count(Missing missing) const { return counts_[static_cast<size_t>(missing)]; }
  void Finish(ByteWriter* out);

 private:
  DeltaBlocksWriter<uint64_t> records_;
  std::vector<uint8_t> kinds_;
  uint64_t counts_[kMissingKinds] = {};
};

class MissingRecords {
 public:
  // O(1).
  static Status Open(ByteSpan section, uint64_t records, MissingRecords* out);
  uint64_t size() const { return numbers_.size(); }
  uint64_t Record(uint64_t i) const;
  Missing Kind(uint64_t i) const;
  // `counts`: how many of each kind there must be.
  Status Verify(const uint64_t (&counts)[kMissingKinds], std::vector<bool>* seen) const;

 private:
  uint64_t records_ = 0;
  DeltaBlocks<uint64_t> numbers_;
  PackedArray kinds_;
};

}  // namespace burin::internal

#endif
