// The file of what is deleted: for each segment that has deletions the numbers of its deleted records. It is written
// whole by each commit that deletes, and costs about a byte a deleted record. docs/registry-format.md.
#ifndef BURIN_SRC_REGISTRY_STATE_DELETIONS_H_
#define BURIN_SRC_REGISTRY_STATE_DELETIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/records/record_set.h"

namespace burin::internal {

// The deleted records of a segment, at least one.
struct SegmentDeletions {
  uint64_t segment = 0;  // Number of its file.
  RecordSet records;
};

// REQUIRES: in ascending order of segment.
std::vector<std::byte> EncodeDeletions(const std::vector<std::pair<uint64_t, const RecordSet*>>& segments);
// kCorrupt, kVersionUnsupported, kChecksum: one line that begins with `name`. Everything is checked; takes a bit for
// each record that the file says a segment has, at most `most_records` of them in all.
Status DecodeDeletions(ByteSpan file, const std::string& name, uint64_t most_records,
                       std::vector<SegmentDeletions>* out);

}  // namespace burin::internal

#endif
