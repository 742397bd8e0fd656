// A snapshot as an index, for all that takes one.
#ifndef BURIN_SRC_REGISTRY_STATE_SNAPSHOT_INDEX_H_
#define BURIN_SRC_REGISTRY_STATE_SNAPSHOT_INDEX_H_

#include <memory>

#include "src/base/status.h"
#include "src/index/view/index.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

// Its one segment, if it has no deletions and every attribute: then nothing stands between a search and the file. Else
// a SegmentedIndex.
Result<std::shared_ptr<const Index>> IndexOf(const Snapshot& snapshot);

}  // namespace burin::internal

#endif
