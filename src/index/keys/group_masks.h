// Which groups may hold a serial: by length, position and class of symbol, one bit for each group of the length. A
// look-up intersects the masks of its symbols, and what is left is nearly always the one group of its format, or none.
//
// Made when the index is opened; costs 37 words a position of each length that occurs.
#ifndef BURIN_SRC_INDEX_KEYS_GROUP_MASKS_H_
#define BURIN_SRC_INDEX_KEYS_GROUP_MASKS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "src/base/status.h"
#include "src/index/keys/key_axis.h"
#include "src/index/keys/key_group.h"

namespace burin::internal {

class GroupMasks {
 public:
  static constexpr uint32_t kMostGroups = 64;  // Of one length. Builders make half as many.

  struct OfLength {
    uint32_t first_group = 0;
    uint64_t all = 0;             // A bit for each group, the first one lowest.
    std::vector<uint64_t> masks;  // By position and class, kAxisClasses a position.
  };

  // Groups in ascending order of length. kCorrupt: too many of one length.
  static Status Make(std::span<const std::unique_ptr<KeyGroup>> groups, GroupMasks* out);
  // REQUIRES: length <= kMaxMarkSymbols.
  const OfLength& of_length(size_t length) const { return lengths_[length]; }

 private:
  std::array<OfLength, kMaxMarkSymbols + 1> lengths_;
};

}  // namespace burin::internal

#endif
