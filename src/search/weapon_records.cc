#include "src/search/weapon_records.h"

namespace burin::internal {
namespace {

constexpr int kKindShift = 62;

// Calls visit(record, kind, mark) for each record, in a fixed order.
template <typename Visit>
void ForEachRecord(const Index& index, const Visit& visit) {
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

uint64_t WeaponOf(const AttributeColumn* weapons, uint64_t record) {
  const uint32_t code = weapons == nullptr ? 0 : weapons->code(record);
  return code != 0 ? code : (uint64_t{1} << 32) + record;
}

WeaponRecords::WeaponRecords(const Index& index) {
  const AttributeColumn* weapons = index.FindAttribute("weapon");
  starts_.assign(weapons == nullptr ? 2 : size_t{weapons->value_count()} + 2, 0);
  if (weapons == nullptr) return;
  // starts_[code + 1] counts the records of `code`; those of no weapon are not kept.
  ForEachRecord(index, [&](uint64_t record, Kind, uint64_t) {
    if (const uint32_t code = weapons->code(record); code != 0) ++starts_[size_t{code} + 1];
  });
  for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  records_.resize(starts_.back());
  marks_.resize(starts_.back());
  std::vector<uint64_t> next(starts_.begin(), starts_.end() - 1);
  ForEachRecord(index, [&](uint64_t record, Kind kind, uint64_t mark) {
    const uint32_t code = weapons->code(record);
    if (code == 0) return;
    const uint64_t at = next[code]++;
    records_[at] = static_cast<uint32_t>(record);
    marks_[at] = mark | static_cast<uint64_t>(kind) << kKindShift;
  });
}

WeaponRecords::Item WeaponRecords::at(uint32_t code, size_t i) const {
  const uint64_t at = starts_[code] + i;
  return {records_[at], static_cast<Kind>(marks_[at] >> kKindShift), marks_[at] & ((uint64_t{1} << kKindShift) - 1)};
}

}  // namespace burin::internal
