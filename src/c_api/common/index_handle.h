// An index of the C API, and how its records and marks are read.
#ifndef BURIN_SRC_C_API_COMMON_INDEX_HANDLE_H_
#define BURIN_SRC_C_API_COMMON_INDEX_HANDLE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "burin/index.h"
#include "src/index/keys/key_group.h"
#include "src/index/view/index.h"
#include "src/registry/state/snapshot.h"

struct burin_index {
  std::shared_ptr<const burin::internal::Index> index;
  // Of a registry; nullptr: the index is a file.
  std::shared_ptr<const burin::internal::Snapshot> snapshot;
};

namespace burin::internal {

// Whether its registry refuses searches that name no case.
inline bool NeedsCase(const burin_index& index) {
  return index.snapshot != nullptr && (index.snapshot->manifest().rules & kRuleNeedsCase) != 0;
}

// The group that holds the serial of a rank. REQUIRES: rank < info().serials.
const KeyGroup& GroupOf(const Index& index, uint64_t rank);

// The symbols of a serial by rank. REQUIRES: rank < info().serials.
std::u32string SerialOf(const Index& index, uint64_t rank);

// The value of an attribute; empty if absent.
std::string_view ValueOf(const AttributeColumn* column, uint64_t record);

}  // namespace burin::internal

#endif
