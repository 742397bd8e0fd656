#include "src/registry/change/segment_rows.h"

#include "src/index/write/builder_columns.h"
#include "src/registry/change/same_row.h"
#include "src/registry/state/registry_files.h"
#include "src/text/utf8.h"

namespace burin::internal {

SegmentRows::SegmentRows(const Segment& segment, std::span<const ListedAttribute> attributes)
    : segment_(segment), index_(*segment.index), sources_(segment.index->FindAttribute(kSourceName)) {
  for (const ListedAttribute& attribute : attributes) columns_.push_back(index_.FindAttribute(attribute.name));
  ranks_.resize(index_.record_count());
  for (uint64_t rank = 0; rank < index_.info().serials; ++rank) {
    const uint64_t count = index_.postings_size(rank);
    for (uint64_t i = 0; i < count; ++i) ranks_[index_.posting(rank, i)] = static_cast<uint32_t>(rank);
  }
}

bool SegmentRows::Next() {
  record_ += size_;
  for (; record_ < index_.record_count(); record_ += size_) {
    size_ = RecordsOfRow(index_, record_);
    if (!segment_.IsDeleted(record_)) return true;
  }
  size_ = 0;
  return false;
}

std::string SegmentRows::name() const { return SegmentName(segment_.listed.file.number); }

void SegmentRows::ReadMark(uint64_t record, RecordedMark* mark) {
  while (partial_ < index_.partial_count() && index_.partial_record(partial_) < record) ++partial_;
  while (missing_ < index_.missing_count() && index_.missing_record(missing_) < record) ++missing_;
  *mark = RecordedMark();
  if (partial_ < index_.partial_count() && index_.partial_record(partial_) == record) {
    mark->partial = true;
    index_.partial_items(partial_, &mark->symbols);
    return;
  }
  if (missing_ < index_.missing_count() && index_.missing_record(missing_) == record) {
    mark->missing = index_.missing_kind(missing_);
    return;
  }
  mark->symbols = SerialOfRank(index_, ranks_[record]);
}

void SegmentRows::Read(uint64_t i, RecordedMark* mark, Row* row) {
  const uint64_t record = record_ + i;
  if (i == 0) {
    key_.clear();
    index_.AppendKey(record, &key_);
  }
  ReadMark(record, mark);
  text_.clear();
  if (!index_.AppendText(record, &text_)) text_ = ToUtf8(mark->symbols);
  values_.clear();
  for (const AttributeColumn* column : columns_) {
    values_.push_back(column == nullptr ? std::string_view() : column->text(column->code(record)));
  }
  *row = Row();
  row->key = key_;
  row->source = sources_ == nullptr ? std::string_view() : sources_->text(sources_->code(record));
  row->text = text_;
  row->marks = {mark, 1};
  row->attributes = values_;
  row->id = index_.record_id(record);
  row->same_row = i > 0;
}

Status SegmentRows::AddTo(IndexBuilder* builder) {
  RecordedMark mark;
  Row row;
  for (uint64_t i = 0; i < size_; ++i) {
    Read(i, &mark, &row);
    int attribute = -1;
    if (Status status = builder->Add(row, &attribute); !status.ok()) return status;
  }
  return {};
}

}  // namespace burin::internal
