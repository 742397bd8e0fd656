// Holds: legal holds and rules of retention. A hold keeps deleted records in the files of a registry: no merging and no
// purge writes a segment anew that has such a record, until the hold ends or somebody overrides it and says why. Holds
// and what was done to them lie in the manifest, so that no file of their own can go (docs/registry-format.md).
#ifndef BURIN_SRC_REGISTRY_STATE_HOLDS_H_
#define BURIN_SRC_REGISTRY_STATE_HOLDS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/columns/attribute.h"
#include "src/index/view/segmented_index.h"

namespace burin::internal {

inline constexpr size_t kMaxHolds = 4096;
inline constexpr size_t kMaxHoldText = 4096;  // Bytes of a reason, a condition.

// Of the records that it says, those that are deleted stay.
struct Hold {
  std::string name;  // As of a pin.
  uint64_t placed_at = 0;
  uint64_t until = 0;              // Seconds since 1970 UTC; from then on it holds nothing. 0: until it is released.
  std::string source, key;         // A row. Key empty: any row.
  std::vector<std::string> where;  // Conditions (src/index/view/filter.h), all of which hold.
  std::string reason;
  bool IsOver(uint64_t now) const { return until != 0 && now >= until; }
  bool operator==(const Hold&) const = default;
};

// Stored in files: values never change.
enum class HoldAct : uint8_t { kPlaced = 1, kReleased = 2, kOverridden = 3 };
struct HoldEvent {
  uint64_t at = 0;
  HoldAct act = HoldAct::kPlaced;
  uint64_t records = 0;  // Overridden: how many held records left the files.
  std::string names;     // Of the holds, with blanks between.
  std::string reason;
  bool operator==(const HoldEvent&) const = default;
};

void EncodeHolds(std::span<const Hold> holds, ByteWriter* out);
void EncodeHoldEvents(std::span<const HoldEvent> events, ByteWriter* out);
// False: the bytes are no such list of so many, or break a bound above.
bool DecodeHolds(ByteSpan bytes, uint64_t count, std::vector<Hold>* out);
bool DecodeHoldEvents(ByteSpan bytes, uint64_t count, std::vector<HoldEvent>* out);

// Whether a hold says what it holds and why. kInvalidArgument: a condition that cannot be understood of these segments,
// no reason, nothing that is held.
Status CheckHold(const Hold& hold, std::span<const IndexSegment> segments, const SegmentedIndex::Names& attributes);

// How many deleted records of each segment are held. REQUIRES: CheckHold was OK of each hold, when it was placed.
Result<std::vector<uint64_t>> CountHeld(std::span<const Hold> holds, uint64_t now,
                                        std::span<const IndexSegment> segments,
                                        const SegmentedIndex::Names& attributes);

}  // namespace burin::internal

#endif
