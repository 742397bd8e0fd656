// Records that are no serials: partial records as lists of items (section PART), and records without a searchable mark
// (section MISS). Both by ascending record number. docs/format.md 9 and 10.
//
// A walk meets partial records in another order: sorted by their items, so that those with a beginning in common are
// neighbours; or with an end in common, sorted by their items read from there. Which order a record stands in depends
// on where its symbols are known: at both ends, in both orders. That costs one or two numbers for each.
#ifndef BURIN_SRC_INDEX_RECORDS_PARTIALS_H_
#define BURIN_SRC_INDEX_RECORDS_PARTIALS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"
#include "src/codec/packed_array.h"
#include "src/mark/cells/recorded.h"

namespace burin::internal {

// As many symbols as a mark may have, a gap before, between and after them.
inline constexpr size_t kMaxPartialItems = 2 * kMaxMarkSymbols + 1;

class PartialsWriter {
 public:
  // REQUIRES: record above the one before; 1 .. kMaxPartialItems items.
  void Add(uint64_t record, std::u32string_view items);
  uint64_t size() const { return records_.size(); }
  // The section, and the keys of the places (partial_keys.h) if there are enough records to want them.
  void Finish(ByteWriter* out, ByteWriter* keys);

 private:
  void WriteOrders(ByteWriter* out, ByteWriter* keys) const;
  std::vector<Symbol> Symbols() const;

  DeltaBlocksWriter<uint64_t> records_;
  DeltaBlocksWriter<uint64_t> offsets_;
  std::vector<std::u32string> lists_;
};

// From which ends a partial record is met by walks.
enum class PartialEnds : uint8_t { kFront, kBack, kBoth };
inline constexpr size_t kPartialEnds = 3;
// The end at which more symbols are known before the first item that is none; both if two at least are known at each.
PartialEnds EndsOf(std::u32string_view items);

// Numbers of partial records, sorted.
struct PartialOrder {
  PartialEnds ends = PartialEnds::kFront;  // Of all records in it.
  bool backward = false;                   // Sorted by the items read from the end.
  uint64_t begin = 0, end = 0;             // Places.
};

class Partials {
 public:
  // O(1).
  static Status Open(ByteSpan section, uint64_t records, Partials* out);
  uint64_t size() const { return numbers_.size(); }
  uint64_t Record(uint64_t i) const;
  // At most kMaxPartialItems items, every one a code point, kUnreadable or kGap.
  void Items(uint64_t i, std::u32string* items) const;
  // Four orders, one behind the other: kFront forward, kBack backward, kBoth forward and backward. Sorted by items as
  // read, then by number.
  static constexpr size_t kOrders = 4;
  std::array<PartialOrder, kOrders> orders() const;
  uint64_t places() const { return orders().back().end; }
  // REQUIRES: place < places(). Answers a number below size().
  uint64_t NumberAt(uint64_t place) const;
  Status Verify(std::vector<bool>* seen) const;

 private:
  // The bytes of a list. False: it is not well formed.
  bool Decode(uint64_t i, std::u32string* items) const;
  Status OpenOrders(ByteSpan section, uint64_t* at);
  Status VerifyOrders() const;
  Status VerifyOrder(const PartialOrder& order) const;

  uint64_t records_ = 0;
  DeltaBlocks<uint64_t> numbers_;
  DeltaBlocks<uint64_t> offsets_;
  uint64_t front_ = 0, back_ = 0, both_ = 0;
  PackedArray places_;
  ByteSpan items_;
};

class MissingWriter {
 public:
  // REQUIRES: record above the one before; missing is not kNone.
  void Add(uint64_t record, Missing missing);
  uint64_t size() const { return kinds_.size(); }
  uint64_t count(size_t kind) const { return kind < kMissingKinds ? counts_[kind] : 0; }
  // Of kinds that need kMoreMissingKinds.
  bool has_more_kinds() const;
  void Finish(ByteWriter* out);

 private:
  DeltaBlocksWriter<uint64_t> records_;
  std::vector<uint8_t> kinds_;
  uint64_t counts_[kMissingKinds] = {};
};

class MissingRecords {
 public:
  // O(1).
  static Status Open(ByteSpan section, uint64_t records, bool more_kinds, MissingRecords* out);
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
