#include "src/registry/change/refold.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/index/write/builder_columns.h"
#include "src/registry/change/merge_segments.h"
#include "src/registry/change/segment_rows.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool SaysTheSame(const RecordedMark& a, const RecordedMark& b) {
  return a.missing == b.missing && a.partial == b.partial && a.symbols == b.symbols;
}

bool IsWhole(const RecordedMark& mark) { return mark.missing == Missing::kNone && !mark.partial; }

class Refolder {
 public:
  Refolder(std::span<const ListedAttribute> attributes, const RecordedOptions& options, const RefoldTarget& target,
           RefoldCounts* counts)
      : attributes_(attributes), options_(options), target_(target), counts_(*counts) {}

  Status Add(SegmentRows* rows) {
    ReadBefore(rows);
    RecordedOptions options = options_;
    if (std::all_of(before_.begin(), before_.end(), IsWhole) && IsValidUtf8(text_)) {
      options.unreadable = options_.unreadable.Without(text_);
    }
    if (!ReadRecorded(text_, options, &marks_)) {
      return Status(StatusCode::kCorrupt, "the recorded text of record " + std::to_string(id_) + " is not valid UTF-8");
    }
    ++counts_.rows;
    const bool as_many = marks_.size() == before_.size();
    if (as_many && std::equal(marks_.begin(), marks_.end(), before_.begin(), SaysTheSame)) return AddKept();
    ++counts_.changed;
    return as_many ? AddKept() : AddRenumbered();
  }

 private:
  // All that the row's records say.
  void ReadBefore(SegmentRows* rows) {
    before_.resize(rows->size());
    values_.resize(rows->size());
    Row row;
    for (size_t i = 0; i < before_.size(); ++i) {
      rows->Read(i, &before_[i], &row);
      values_[i].assign(row.attributes.begin(), row.attributes.end());
      if (i > 0) continue;
      key_ = row.key;
      source_ = row.source;
      text_ = row.text;
      id_ = row.id;
    }
  }

  Row NewRow(std::span<const RecordedMark> marks, std::span<const std::string_view> values, uint64_t id) const {
    Row row;
    row.key = key_;
    row.source = source_;
    row.text = text_;
    row.marks = marks;
    row.attributes = values;
    row.id = id;
    return row;
  }

  Status AddKept() {
    for (size_t i = 0; i < marks_.size(); ++i) {
      Row row = NewRow({&marks_[i], 1}, values_[i], id_ + i);
      row.same_row = i > 0;
      int attribute = -1;
      if (Status status = target_.kept->Add(row, &attribute); !status.ok()) return status;
    }
    return {};
  }

  Status AddRenumbered() {
    ++counts_.renumbered;
    std::vector<std::string_view> values = values_[0];
    for (size_t n = 0; n < values.size(); ++n) {
      if (IsMadeAnew(n)) values[n] = {};
    }
    const Row row = NewRow(marks_, values, *target_.next_id);
    *target_.next_id += marks_.size();
    int attribute = -1;
    return target_.renumbered->Add(row, &attribute);
  }

  // An attribute that the builder made of the marks before and makes of those now (src/index/write/builder_columns.h).
  bool IsMadeAnew(size_t n) const {
    const std::string& name = attributes_[n].name;
    const bool several = before_.size() > 1;
    if (name == kCellPartName) return several;
    if (name == kWeaponName) {
      return several && values_[0][n] == std::string(source_) + (source_.empty() ? "" : "/") + std::string(key_);
    }
    if (name != kComponentName) return false;
    const auto names = [](const RecordedMark& mark) { return !mark.component.empty(); };
    const auto other = [&](const auto& values) { return values[n] != values_[0][n]; };
    return std::any_of(marks_.begin(), marks_.end(), names) || std::any_of(values_.begin(), values_.end(), other);
  }

  const std::span<const ListedAttribute> attributes_;
  const RecordedOptions& options_;
  const RefoldTarget& target_;
  RefoldCounts& counts_;
  // The row at hand: as it was, and as it is read now.
  std::string key_, source_, text_;
  uint64_t id_ = 0;
  std::vector<RecordedMark> before_, marks_;
  std::vector<std::vector<std::string_view>> values_;  // By record.
};

}  // namespace

Status RefoldSegments(std::span<const Segment* const> segments, std::span<const ListedAttribute> attributes,
                      const RecordedOptions& options, const std::function<bool()>& cancelled,
                      const RefoldTarget& target, RefoldCounts* counts) {
  Refolder refolder(attributes, options, target, counts);
  return VisitRows(segments, attributes, cancelled, [&](SegmentRows* rows) { return refolder.Add(rows); });
}

}  // namespace burin::internal
