// The ids of an index's records where they are not just their numbers + 1: in a segment of a registry (section RIDS,
// docs/format-attributes.md). Ids rise with the numbers, so that order by number is order by id. A run of ids costs
// next to nothing.
#ifndef BURIN_SRC_INDEX_RECORDS_RECORD_IDS_H_
#define BURIN_SRC_INDEX_RECORDS_RECORD_IDS_H_

#include <cstdint>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"

namespace burin::internal {

inline constexpr uint64_t kNoRecord = ~uint64_t{0};

class RecordIds {
 public:
  RecordIds() = default;  // Number + 1.
  // O(1). kCorrupt: not a section for so many records; the position counts from its front.
  static Status Open(ByteSpan section, uint64_t records, RecordIds* out);

  uint64_t Id(uint64_t record) const { return stored_ ? ids_.Get(record) : record + 1; }
  // The record with this id below `records`, the number of all, or kNoRecord.
  uint64_t Find(uint64_t id, uint64_t records) const;
  // Ids rise strictly, from 1 at least; padding is zero.
  Status Verify() const;

 private:
  bool stored_ = false;
  DeltaBlocks<uint64_t> ids_;
  ByteSpan padding_;
};

}  // namespace burin::internal

#endif
