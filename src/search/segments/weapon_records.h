// Which records a weapon has: the inverse of the attribute `weapon`, with the mark of each record.
//
// Made in two passes over the postings, some 50 ns a record; 12 bytes for each record that names a weapon.
#ifndef BURIN_SRC_SEARCH_SEGMENTS_WEAPON_RECORDS_H_
#define BURIN_SRC_SEARCH_SEGMENTS_WEAPON_RECORDS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "src/base/patience.h"
#include "src/index/view/index.h"

namespace burin::internal {

// Immutable; any number of threads may use one.
class WeaponRecords {
 public:
  enum class Kind : uint8_t { kSerial, kPartial, kNone };
  struct Item {
    uint32_t record = 0;
    Kind kind = Kind::kSerial;
    uint64_t mark = 0;  // Rank of the serial, or the partial record's number.
  };

  // Borrows the index. Where the patience ends meanwhile, each record is a weapon of its own.
  explicit WeaponRecords(const Index& index, Patience* patience = nullptr);
  // The number of a record's weapon or, of a record that names none, a number of the record's own, from 2^32 on.
  uint64_t WeaponOf(uint64_t record) const {
    const uint32_t number = Number(record);
    return number != 0 ? number : (uint64_t{1} << 32) + record;
  }
  // By number of a weapon that is named: its records, but those that are deleted; serials first.
  size_t size(uint32_t number) const { return starts_[number + 1] - starts_[number]; }
  Item at(uint32_t number, size_t i) const;

 private:
  // False: the patience is over.
  bool Fill(const Index& index, Patience* patience);
  uint32_t Number(uint64_t record) const {
    const uint32_t code = weapons_ == nullptr ? 0 : weapons_->code(record);
    return first_code_.empty() ? code : first_code_[code];
  }

  const AttributeColumn* weapons_;
  // Where the index has segments, and so may have several codes for a name: the first one, by code. A weapon's number
  // is that.
  std::vector<uint32_t> first_code_;
  std::vector<uint64_t> starts_;         // By number.
  std::unique_ptr<uint32_t[]> records_;  // Arrays that are not cleared: that alone would take long.
  std::unique_ptr<uint64_t[]> marks_;    // The kind in the two highest bits.
};

}  // namespace burin::internal

#endif
