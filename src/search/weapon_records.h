// Which records a weapon has: the inverse of the attribute `weapon`, with the mark of each record.
//
// Made in two passes over the postings, some 50 ns a record; 12 bytes for each record that names a weapon.
#ifndef BURIN_SRC_SEARCH_WEAPON_RECORDS_H_
#define BURIN_SRC_SEARCH_WEAPON_RECORDS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "src/index/index.h"

namespace burin::internal {

// A weapon: the code of its name or, of a record that names none, a number of the record's own.
uint64_t WeaponOf(const AttributeColumn* weapons, uint64_t record);

// Immutable; any number of threads may use one.
class WeaponRecords {
 public:
  enum class Kind : uint8_t { kSerial, kPartial, kNone };
  struct Item {
    uint32_t record = 0;
    Kind kind = Kind::kSerial;
    uint64_t mark = 0;  // Rank of the serial, or the partial record's number.
  };

  explicit WeaponRecords(const Index& index);
  // By code of the weapon, 1 .. value_count: its records, serials first, else ascending.
  size_t size(uint32_t code) const { return starts_[code + 1] - starts_[code]; }
  Item at(uint32_t code, size_t i) const;

 private:
  std::vector<uint64_t> starts_;  // By code.
  std::vector<uint32_t> records_;
  std::vector<uint64_t> marks_;  // The kind in the two highest bits.
};

}  // namespace burin::internal

#endif
