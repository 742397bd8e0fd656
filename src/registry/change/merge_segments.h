// Segments become one: their live rows in ascending order of record id, ids kept. Which ones is decided by size alone.
//
// Where there are too many segments, the smallest are merged, and with them each next larger one that is not larger
// than all before it together. So n commits of one record each leave at most `most` segments, and write a record again
// about n^(1/most) times for each of them. A segment of which more than half is deleted is written anew by itself.
//
// Costs the memory of a bounded build (src/index/write/index_builder.h) and 4 bytes for each old record.
#ifndef BURIN_SRC_REGISTRY_CHANGE_MERGE_SEGMENTS_H_
#define BURIN_SRC_REGISTRY_CHANGE_MERGE_SEGMENTS_H_

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "src/base/status.h"
#include "src/index/write/index_builder.h"
#include "src/registry/change/segment_rows.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

// Numbers of segments, ascending; empty: none need it. REQUIRES: most >= 1.
std::vector<size_t> ChooseMerge(std::span<const Segment> segments, size_t most);

// Visits the live rows in ascending order of their ids. What `visit` answers, or kCancelled. REQUIRES: segments of one
// registry.
Status VisitRows(std::span<const Segment* const> segments, std::span<const ListedAttribute> attributes,
                 const std::function<bool()>& cancelled, const std::function<Status(SegmentRows*)>& visit);

// Adds the live rows to the builder, which has had RegisterRows(). kCancelled. kCorrupt: a row that no builder takes;
// the message begins with the name of the file. REQUIRES: segments of one registry that were checked
// (verify_registry.h), or damage is written anew under valid checksums.
Status MergeSegments(std::span<const Segment* const> segments, std::span<const ListedAttribute> attributes,
                     const std::function<bool()>& cancelled, IndexBuilder* builder);

}  // namespace burin::internal

#endif
