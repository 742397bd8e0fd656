// Several marks of one weapon at once: the weapons of lowest joint cost, exactly.
//
// A weapon is a value of the attribute `weapon`; a record without one is a weapon of its own. For each mark asked for
// it pays the least that any of its records with that component costs, but never more than the price of a mark that is
// another part's, and where it has no such record, the price of an unrecorded mark; what is believed it pays once. A
// weapon is a hit if one of the marks at least is within its own limit.
//
// Each mark has a frontier: a search for records of that component within a cut. The cuts rise in turn. A weapon that
// any frontier meets is completed: all its records are scored. A weapon that none has met yet costs at least the sum,
// over the marks, of the lower of the frontier's bound and the price of an unrecorded mark. Once the N-th best weapon
// costs less than that, no other can come before it.
#ifndef BURIN_SRC_SEARCH_SEGMENTS_WEAPON_SEARCH_H_
#define BURIN_SRC_SEARCH_SEGMENTS_WEAPON_SEARCH_H_

#include <cstdint>
#include <vector>

#include "src/search/segments/search.h"
#include "src/search/segments/weapon_records.h"

namespace burin::internal {

struct AskedMark {
  PricedReading* reading = nullptr;  // Borrowed.
  const Filter* filter = nullptr;    // Borrowed: records that count, have the component, and so have this mark.
  MarkRescorer* rescorer = nullptr;  // Borrowed; of several readings, of which `reading` is one. Up to `other_part`.
  uint32_t min_length = 0, max_length = kMaxMarkSymbols;
  Cost max_cost = 0;    // Inclusive: the mark's own limit.
  Cost unrecorded = 0;  // What a weapon pays that has no such mark.
  Cost other_part = 0;  // The most that a recorded mark costs. REQUIRES: at least `unrecorded`.
};

struct WeaponRequest {
  std::vector<AskedMark> marks;            // The control component's first.
  const Filter* filter = nullptr;          // Borrowed; records that count. nullptr: all.
  const RecordCosts* believed = nullptr;   // Borrowed.
  const WeaponRecords* weapons = nullptr;  // Borrowed; of the index.
  uint64_t top = 0;                        // 0: all.
  uint64_t max_work = 0;
  uint64_t max_hits = 0;
  // Stops when it keeps more weapons than this, or meets more records of one mark; whether it does depends on the
  // registry alone. 0: no such limit.
  uint64_t most_kept = 0;
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::function<bool()> cancelled;
};

// What a weapon pays for one of the marks.
struct PaidMark {
  enum class How : uint8_t { kRead, kOtherPart, kUnrecorded };
  How how = How::kUnrecorded;
  Cost cost = 0;
  WeaponRecords::Item item;  // The cheapest record of the component; unless kUnrecorded.
};

struct WeaponHit {
  Hit hit;              // The joint cost; record and mark stand for the weapon.
  size_t standing = 0;  // The first mark asked for that the weapon has: whose cheapest record that is.
  std::vector<PaidMark> marks;
  std::vector<Cost> believed;         // By statement.
  std::vector<uint32_t> believed_of;  // By statement: the record that it was compared with.
};

struct WeaponResult {
  // In the order of joint cost, then the serial of the record that stands for the weapon, then its number.
  std::vector<WeaponHit> hits;
  bool complete = true;
  Cost certificate = 0;  // Every weapon that is a hit and costs less than this was seen.
  uint64_t work = 0;
  uint64_t not_searched = 0;
};

// REQUIRES: at least one mark.
WeaponResult SearchWeapons(const Index& index, const WeaponRequest& request);

}  // namespace burin::internal

#endif
