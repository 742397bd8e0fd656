#include "src/index/keys/group_masks.h"

#include <string>

namespace burin::internal {

Status GroupMasks::Make(std::span<const std::unique_ptr<KeyGroup>> groups, GroupMasks* out) {
  *out = GroupMasks();
  for (uint32_t g = 0; g < groups.size(); ++g) {
    const uint32_t length = groups[g]->length();
    OfLength& of = out->lengths_[length];
    if (of.all == 0) {
      of.first_group = g;
      of.masks.resize(size_t{length} * kAxisClasses);
    }
    if (g - of.first_group >= kMostGroups) {
      return Status(StatusCode::kCorrupt, "too many groups of length " + std::to_string(length));
    }
    const uint64_t bit = uint64_t{1} << (g - of.first_group);
    of.all |= bit;
    for (uint32_t p = 0; p < length; ++p) {
      for (const Symbol symbol : groups[g]->alphabet(p)) of.masks[p * kAxisClasses + BaseIndex(symbol)] |= bit;
    }
  }
  return {};
}

}  // namespace burin::internal
