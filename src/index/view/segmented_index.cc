#include "src/index/view/segmented_index.h"

#include <algorithm>

#include "src/index/file/sections.h"
#include "src/index/write/index_builder.h"

namespace burin::internal {
namespace {

// The segment in which a number lies, by what comes first in each.
template <typename First>
const IndexSegment& SegmentAt(std::span<const IndexSegment> segments, uint64_t number, const First& first) {
  const auto behind = std::upper_bound(segments.begin(), segments.end(), number,
                                       [&](uint64_t n, const IndexSegment& segment) { return n < first(segment); });
  return behind == segments.begin() ? segments.front() : *(behind - 1);
}

uint64_t FirstRank(const IndexSegment& segment) { return segment.first_rank; }
uint64_t FirstPartial(const IndexSegment& segment) { return segment.first_partial; }
uint64_t FirstRecord(const IndexSegment& segment) { return segment.first_record; }

}  // namespace

// A group of a segment; its ranks are those of the whole.
class SegmentedIndex::Group final : public KeyGroup {
 public:
  Group(const KeyGroup& group, uint64_t first_rank) : group_(group), first_rank_(first_rank) {}
  uint32_t length() const override { return group_.length(); }
  uint64_t size() const override { return group_.size(); }
  uint64_t first_rank() const override { return first_rank_ + group_.first_rank(); }
  std::span<const Symbol> alphabet(uint32_t position) const override { return group_.alphabet(position); }
  void Read(uint64_t first, uint64_t last, uint16_t* out) const override { group_.Read(first, last, out); }
  uint64_t LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const override {
    return group_.LowerBound(first, last, codes, depth);
  }

 private:
  const KeyGroup& group_;
  uint64_t first_rank_;
};

// An attribute of all segments; those that have no value of it lack the column.
class SegmentedIndex::Column final : public AttributeColumn {
 public:
  Column(std::string name, AttributeType type, std::span<const IndexSegment> segments)
      : name_(std::move(name)), type_(type), segments_(segments) {
    uint64_t codes = 0;
    for (const IndexSegment& segment : segments) {
      columns_.push_back(segment.index->FindAttribute(name_));
      first_code_.push_back(codes);
      if (columns_.back() != nullptr) codes += columns_.back()->value_count();
    }
    codes_ = static_cast<uint32_t>(codes);  // At most one a record.
  }
  const std::string& name() const override { return name_; }
  AttributeType type() const override { return type_; }
  uint32_t value_count() const override { return codes_; }
  uint32_t code(uint64_t record) const override {
    const IndexSegment& segment = SegmentAt(segments_, record, FirstRecord);
    const auto number = static_cast<size_t>(&segment - segments_.data());
    if (columns_[number] == nullptr) return 0;
    const uint32_t own = columns_[number]->code(record - segment.first_record);
    return own == 0 ? 0 : static_cast<uint32_t>(first_code_[number]) + own;
  }
  std::string_view text(uint32_t code) const override {
    const auto [column, own] = Own(code);
    return column == nullptr ? std::string_view() : column->text(own);
  }
  int64_t integer(uint32_t code) const override {
    const auto [column, own] = Own(code);
    return column == nullptr ? 0 : column->integer(own);
  }
  Period period(uint32_t code) const override {
    const auto [column, own] = Own(code);
    return column == nullptr ? Period() : column->period(own);
  }

 private:
  std::pair<const AttributeColumn*, uint32_t> Own(uint32_t code) const {
    if (code == 0 || code > codes_) return {nullptr, 0};
    // The last segment whose codes begin below this one: those before it that begin there too have none.
    const auto behind = std::lower_bound(first_code_.begin(), first_code_.end(), uint64_t{code});
    const auto number = static_cast<size_t>(behind - first_code_.begin()) - 1;
    return {columns_[number], static_cast<uint32_t>(code - first_code_[number])};
  }

  std::string name_;
  AttributeType type_;
  std::span<const IndexSegment> segments_;
  std::vector<const AttributeColumn*> columns_;
  std::vector<uint64_t> first_code_;  // Less 1.
  uint32_t codes_ = 0;
};

Result<std::shared_ptr<const Index>> SegmentedIndex::Make(std::vector<IndexSegment> segments, Names attributes) {
  std::shared_ptr<SegmentedIndex> all(new SegmentedIndex());
  all->segments_ = std::move(segments);
  for (IndexSegment& segment : all->segments_) {
    const Index& index = *segment.index;
    segment.first_record = all->records_;
    segment.first_rank = all->ranks_;
    segment.first_partial = all->partials_;
    all->first_missing_.push_back(all->missing_);
    for (const auto& group : index.groups()) {
      all->groups_.push_back(std::make_unique<Group>(*group, segment.first_rank));
    }
    all->records_ += index.record_count();
    all->ranks_ += index.info().serials;
    all->partials_ += index.partial_count();
    all->missing_ += index.missing_count();
  }
  if (all->records_ > kMaxRecords) {
    return Status(StatusCode::kOutOfRange, "over " + std::to_string(kMaxRecords) + " records in one registry");
  }
  std::sort(attributes.begin(), attributes.end());
  for (auto& [name, type] : attributes) {
    all->columns_.push_back(std::make_unique<Column>(name, type, all->segments_));
  }
  all->AddUp();
  return std::shared_ptr<const Index>(std::move(all));
}

Result<std::shared_ptr<const Index>> SegmentedIndex::Empty() {
  const auto builder = IndexBuilder::Create();
  std::vector<std::byte> bytes;
  if (Status status = builder->Write(&bytes); !status.ok()) return status;
  Result<MappedFile> file = MappedFile::OfBytes(bytes);
  return file.ok() ? Index::OpenMapped(*std::move(file), "no records") : file.status();
}

// What is live.
void SegmentedIndex::AddUp() {
  for (IndexSegment& segment : segments_) {
    const Index& index = *segment.index;
    const IndexInfo& own = index.info();
    if (info_.format_major == 0) info_ = {0, own.format_major, own.format_minor, own.folding_version, 0, 0, 0, {}, {}};
    info_.file_bytes += own.file_bytes;
    info_.serials += own.serials;
    info_.records += own.records;
    info_.partial_records += own.partial_records;
    for (size_t kind = 0; kind < kMissingKinds; ++kind) info_.missing[kind] += own.missing[kind];
    for (const SectionInfo& section : own.sections) {
      const auto same = std::find_if(info_.sections.begin(), info_.sections.end(),
                                     [&](const SectionInfo& known) { return known.name == section.name; });
      if (same == info_.sections.end()) {
        info_.sections.push_back(section);
      } else {
        same->bytes += section.bytes;
        same->items += section.items;
      }
    }
    segment.live_missing = index.missing_count();
    if (segment.deleted == nullptr || segment.deleted->empty()) continue;
    info_.records -= segment.deleted->size();
    for (uint64_t i = 0; i < index.partial_count(); ++i) {
      if (segment.deleted->Has(index.partial_record(i))) --info_.partial_records;
    }
    for (uint64_t i = 0; i < index.missing_count(); ++i) {
      if (!segment.deleted->Has(index.missing_record(i))) continue;
      --info_.missing[static_cast<size_t>(index.missing_kind(i))];
      --segment.live_missing;
    }
  }
}

Status SegmentedIndex::VerifyBytes() const {
  for (const IndexSegment& segment : segments_) {
    if (const Status& status = segment.index->CheckedBytes(); !status.ok()) return status;
  }
  return {};
}

Status SegmentedIndex::VerifyRules() const {
  for (const IndexSegment& segment : segments_) {
    if (const Status& status = segment.index->Checked(); !status.ok()) return status;
  }
  return {};
}

const IndexSegment& SegmentedIndex::SegmentOf(uint64_t record) const {
  return SegmentAt(segments_, record, FirstRecord);
}

uint64_t SegmentedIndex::postings_size(uint64_t rank) const {
  const IndexSegment& segment = SegmentAt(segments_, rank, FirstRank);
  return segment.index->postings_size(rank - segment.first_rank);
}

uint64_t SegmentedIndex::posting(uint64_t rank, uint64_t i) const {
  const IndexSegment& segment = SegmentAt(segments_, rank, FirstRank);
  return segment.first_record + segment.index->posting(rank - segment.first_rank, i);
}

uint64_t SegmentedIndex::partial_record(uint64_t i) const {
  const IndexSegment& segment = SegmentAt(segments_, i, FirstPartial);
  return segment.first_record + segment.index->partial_record(i - segment.first_partial);
}

void SegmentedIndex::partial_items(uint64_t i, std::u32string* items) const {
  const IndexSegment& segment = SegmentAt(segments_, i, FirstPartial);
  segment.index->partial_items(i - segment.first_partial, items);
}

uint64_t SegmentedIndex::missing_record(uint64_t i) const {
  const auto behind = std::upper_bound(first_missing_.begin(), first_missing_.end(), i);
  const auto number = static_cast<size_t>(behind - first_missing_.begin()) - 1;
  return segments_[number].first_record + segments_[number].index->missing_record(i - first_missing_[number]);
}

Missing SegmentedIndex::missing_kind(uint64_t i) const {
  const auto behind = std::upper_bound(first_missing_.begin(), first_missing_.end(), i);
  const auto number = static_cast<size_t>(behind - first_missing_.begin()) - 1;
  return segments_[number].index->missing_kind(i - first_missing_[number]);
}

uint64_t SegmentedIndex::record_id(uint64_t record) const {
  const IndexSegment& segment = SegmentOf(record);
  return segment.index->record_id(record - segment.first_record);
}

uint64_t SegmentedIndex::FindId(uint64_t id) const {
  for (const IndexSegment& segment : segments_) {
    const uint64_t record = segment.index->FindId(id);
    if (record != kNoRecord && !segment.IsDeleted(record)) return segment.first_record + record;
  }
  return kNoRecord;
}

bool SegmentedIndex::IsDeleted(uint64_t record) const {
  const IndexSegment& segment = SegmentOf(record);
  return segment.IsDeleted(record - segment.first_record);
}

void SegmentedIndex::AppendKey(uint64_t record, std::string* out) const {
  const IndexSegment& segment = SegmentOf(record);
  segment.index->AppendKey(record - segment.first_record, out);
}

bool SegmentedIndex::AppendText(uint64_t record, std::string* out) const {
  const IndexSegment& segment = SegmentOf(record);
  return segment.index->AppendText(record - segment.first_record, out);
}

}  // namespace burin::internal
