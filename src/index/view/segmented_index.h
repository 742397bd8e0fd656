// Several indexes, some of their records deleted, as one Index: what a snapshot of a registry is to everybody but the
// search, which goes by segments (src/search/segments/segmented_search.h).
//
// Records, ranks and partial records are numbered on from segment to segment; ids are the segments' own. Deleted
// records have their numbers, but no id leads to them, and info() does not count them. Groups stand by segment, so they
// do not rise in length, and a serial may be in several; the values of an attribute have codes by segment too, so
// they stand in no order and may repeat. Who needs an order asks the segments.
//
// Making one costs O(segments, groups) and a look at each deleted record.
#ifndef BURIN_SRC_INDEX_VIEW_SEGMENTED_INDEX_H_
#define BURIN_SRC_INDEX_VIEW_SEGMENTED_INDEX_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/index/view/index.h"

namespace burin::internal {

class SegmentedIndex final : public Index {
 public:
  // A name and type for each attribute that some segment may have, "source" among them.
  using Names = std::vector<std::pair<std::string, AttributeType>>;

  // kOutOfRange: over 2^32 - 2 records. REQUIRES: at least one segment; `deleted` of each is nullptr or of its records.
  static Result<std::shared_ptr<const Index>> Make(std::vector<IndexSegment> segments, Names attributes);
  // An index without records, for a registry that has none.
  static Result<std::shared_ptr<const Index>> Empty();

  std::span<const IndexSegment> segments() const override { return segments_; }
  const IndexInfo& info() const override { return info_; }
  std::span<const std::unique_ptr<KeyGroup>> groups() const override { return groups_; }
  // Of the first segment: nobody may compare serials of several by it.
  const SerialOrder& serial_order() const override { return segments_[0].index->serial_order(); }
  const GroupMasks& group_masks() const override { return segments_[0].index->group_masks(); }
  uint64_t record_count() const override { return records_; }
  uint64_t postings_size(uint64_t rank) const override;
  uint64_t posting(uint64_t rank, uint64_t i) const override;
  uint64_t partial_count() const override { return partials_; }
  uint64_t partial_record(uint64_t i) const override;
  void partial_items(uint64_t i, std::u32string* items) const override;
  std::span<const PartialOrder> partial_orders() const override { return {}; }
  uint64_t partial_at(uint64_t) const override { return 0; }
  uint64_t missing_count() const override { return missing_; }
  uint64_t missing_record(uint64_t i) const override;
  Missing missing_kind(uint64_t i) const override;
  uint64_t record_id(uint64_t record) const override;
  uint64_t FindId(uint64_t id) const override;
  bool IsDeleted(uint64_t record) const override;
  void AppendKey(uint64_t record, std::string* out) const override;
  bool AppendText(uint64_t record, std::string* out) const override;
  std::span<const std::unique_ptr<AttributeColumn>> attributes() const override { return columns_; }

  // The segment of a record. REQUIRES: record < record_count().
  const IndexSegment& SegmentOf(uint64_t record) const;

 private:
  class Group;
  class Column;
  SegmentedIndex() = default;
  Status VerifyBytes() const override;
  Status VerifyRules() const override;
  void AddUp();

  std::vector<IndexSegment> segments_;
  std::vector<uint64_t> first_missing_;
  uint64_t records_ = 0, ranks_ = 0, partials_ = 0, missing_ = 0;
  IndexInfo info_;
  std::vector<std::unique_ptr<KeyGroup>> groups_;
  std::vector<std::unique_ptr<AttributeColumn>> columns_;
};

}  // namespace burin::internal

#endif
