#include "src/search/weapon_records.h"

#include <absl/container/flat_hash_map.h>

#include <string_view>

namespace burin::internal {
namespace {

constexpr int kKindShift = 62;

// Calls visit(record, kind, mark) for each record that is not deleted, in a fixed order.
template <typename Visit>
void ForEachRecord(const Index& index, const Visit& visit_any) {
  const bool may_be_deleted = !index.segments().empty();
  const auto visit = [&](uint64_t record, WeaponRecords::Kind kind, uint64_t mark) {
    if (!may_be_deleted || !index.IsDeleted(record)) visit_any(record, kind, mark);
  };
  for (uint64_t rank = 0; rank < index.info().serials; ++rank) {
    for (uint64_t i = 0; i < index.postings_size(rank); ++i) {
      visit(index.posting(rank, i), WeaponRecords::Kind::kSerial, rank);
    }
  }
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    visit(index.partial_record(i), WeaponRecords::Kind::kPartial, i);
  }
  for (uint64_t i = 0; i < index.missing_count(); ++i) {
    visit(index.missing_record(i), WeaponRecords::Kind::kNone, i);
  }
}

}  // namespace

WeaponRecords::WeaponRecords(const Index& index) : weapons_(index.FindAttribute("weapon")) {
  starts_.assign(weapons_ == nullptr ? 2 : size_t{weapons_->value_count()} + 2, 0);
  if (weapons_ == nullptr) return;
  if (!index.segments().empty()) {
    absl::flat_hash_map<std::string_view, uint32_t> numbers;
    first_code_.resize(size_t{weapons_->value_count()} + 1);
    for (uint32_t code = 1; code < first_code_.size(); ++code) {
      first_code_[code] = numbers.try_emplace(weapons_->text(code), code).first->second;
    }
  }
  // starts_[number + 1] counts the records of `number`; those of no weapon are not kept.
  ForEachRecord(index, [&](uint64_t record, Kind, uint64_t) {
    if (const uint32_t number = Number(record); number != 0) ++starts_[size_t{number} + 1];
  });
  for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  records_.resize(starts_.back());
  marks_.resize(starts_.back());
  std::vector<uint64_t> next(starts_.begin(), starts_.end() - 1);
  ForEachRecord(index, [&](uint64_t record, Kind kind, uint64_t mark) {
    const uint32_t number = Number(record);
    if (number == 0) return;
    const uint64_t at = next[number]++;
    records_[at] = static_cast<uint32_t>(record);
    marks_[at] = mark | static_cast<uint64_t>(kind) << kKindShift;
  });
}

WeaponRecords::Item WeaponRecords::at(uint32_t number, size_t i) const {
  const uint64_t at = starts_[number] + i;
  return {records_[at], static_cast<Kind>(marks_[at] >> kKindShift), marks_[at] & ((uint64_t{1} << kKindShift) - 1)};
}

}  // namespace burin::internal
