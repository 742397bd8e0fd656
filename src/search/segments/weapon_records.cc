#include "src/search/segments/weapon_records.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <string_view>

namespace burin::internal {
namespace {

constexpr int kKindShift = 62;

// In steps of the patience.
constexpr uint64_t kStepsOfRecord = 16, kStepsOfName = 64;

// Calls visit(record, kind, mark) for each record that is not deleted, in a fixed order. False: the patience is over.
template <typename Visit>
bool ForEachRecord(const Index& index, Patience* patience, const Visit& visit_any) {
  const bool may_be_deleted = !index.segments().empty();
  const auto visit = [&](uint64_t record, WeaponRecords::Kind kind, uint64_t mark) {
    if (!may_be_deleted || !index.IsDeleted(record)) visit_any(record, kind, mark);
    return !patience->Took(kStepsOfRecord);
  };
  for (uint64_t rank = 0; rank < index.info().serials; ++rank) {
    for (uint64_t i = 0; i < index.postings_size(rank); ++i) {
      if (!visit(index.posting(rank, i), WeaponRecords::Kind::kSerial, rank)) return false;
    }
  }
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    if (!visit(index.partial_record(i), WeaponRecords::Kind::kPartial, i)) return false;
  }
  for (uint64_t i = 0; i < index.missing_count(); ++i) {
    if (!visit(index.missing_record(i), WeaponRecords::Kind::kNone, i)) return false;
  }
  return true;
}

// So many zeros. False: the patience is over.
template <typename Number>
bool Clear(size_t count, Patience* patience, std::vector<Number>* out) {
  constexpr size_t kPiece = size_t{1} << 14;
  out->reserve(count);
  while (out->size() < count) {
    if (patience->Took(kPiece / 4)) return false;
    out->resize(std::min(out->size() + kPiece, count));
  }
  return true;
}

}  // namespace

WeaponRecords::WeaponRecords(const Index& index, Patience* patience) : weapons_(index.FindAttribute("weapon")) {
  Patience endless;
  if (weapons_ == nullptr || Fill(index, patience == nullptr ? &endless : patience)) return;
  weapons_ = nullptr;
  first_code_.clear();
}

bool WeaponRecords::Fill(const Index& index, Patience* patience) {
  const size_t codes = size_t{weapons_->value_count()} + 1;
  if (!index.segments().empty()) {
    absl::flat_hash_map<std::string_view, uint32_t> numbers;
    if (!Clear(codes, patience, &first_code_)) return false;
    for (uint32_t code = 1; code < codes; ++code) {
      if (patience->Took(kStepsOfName)) return false;
      first_code_[code] = numbers.try_emplace(weapons_->text(code), code).first->second;
    }
  }
  // Records of `number` are counted two places behind it; with what is before them added up, one place behind it is
  // where the next of them goes, and in the end where the next number begins. Those of no weapon are not kept.
  if (!Clear(codes + 2, patience, &starts_)) return false;
  const bool counted = ForEachRecord(index, patience, [&](uint64_t record, Kind, uint64_t) {
    if (const uint32_t number = Number(record); number != 0) ++starts_[size_t{number} + 2];
  });
  if (!counted) return false;
  for (size_t i = 1; i < starts_.size(); ++i) {
    if (patience->Took(1)) return false;
    starts_[i] += starts_[i - 1];
  }
  records_ = std::make_unique_for_overwrite<uint32_t[]>(starts_.back());
  marks_ = std::make_unique_for_overwrite<uint64_t[]>(starts_.back());
  return ForEachRecord(index, patience, [&](uint64_t record, Kind kind, uint64_t mark) {
    const uint32_t number = Number(record);
    if (number == 0) return;
    const uint64_t at = starts_[size_t{number} + 1]++;
    records_[at] = static_cast<uint32_t>(record);
    marks_[at] = mark | static_cast<uint64_t>(kind) << kKindShift;
  });
}

WeaponRecords::Item WeaponRecords::at(uint32_t number, size_t i) const {
  const uint64_t at = starts_[number] + i;
  return {records_[at], static_cast<Kind>(marks_[at] >> kKindShift), marks_[at] & ((uint64_t{1} << kKindShift) - 1)};
}

}  // namespace burin::internal
