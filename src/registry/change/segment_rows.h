// The rows of a segment one after another, as they would be added again: the other direction of a builder. An index
// knows the records of a serial; the serial of a record is looked up in a table that is made first, 4 bytes a record.
#ifndef BURIN_SRC_REGISTRY_CHANGE_SEGMENT_ROWS_H_
#define BURIN_SRC_REGISTRY_CHANGE_SEGMENT_ROWS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/index/write/index_builder.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

class SegmentRows {
 public:
  // Live rows only; the values of each record by the names given.
  SegmentRows(const Segment& segment, std::span<const ListedAttribute> attributes);

  // False: there are no more rows.
  bool Next();
  std::string name() const;                                  // Of the segment's file.
  uint64_t id() const { return index_.record_id(record_); }  // Of the row's first record.
  // Adds the row that Next() found.
  Status AddTo(IndexBuilder* builder);
  // Of the same row: its records, and what one of them says. *row borrows from this until the next call, and `mark`.
  uint64_t size() const { return size_; }
  void Read(uint64_t i, RecordedMark* mark, Row* row);

 private:
  void ReadMark(uint64_t record, RecordedMark* mark);

  const Segment& segment_;
  const Index& index_;
  std::vector<const AttributeColumn*> columns_;  // nullptr: absent.
  const AttributeColumn* sources_;
  std::vector<uint32_t> ranks_;  // By record; of those that have a serial.
  uint64_t partial_ = 0, missing_ = 0;
  uint64_t record_ = 0, size_ = 0;  // The row at hand.
  std::string key_, text_;
  std::vector<std::string_view> values_;
};

}  // namespace burin::internal

#endif
