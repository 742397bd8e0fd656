// What a registry promises beyond the rules of its segments (docs/registry-format.md): that segments agree with each
// other and with their manifest, and that manifests and pins follow one another.
#ifndef BURIN_SRC_REGISTRY_STATE_VERIFY_REGISTRY_H_
#define BURIN_SRC_REGISTRY_STATE_VERIFY_REGISTRY_H_

#include <span>
#include <string>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

// Segments of one registry, each sound by itself: rows are deleted as a whole, no two live rows have one source and
// key, no two records one id, and all have one version of the folding. kCorrupt, with the file. Costs a look at each
// deleted record, one in the other segments for each live row of all but the largest, and one at each record's id where
// the ids of segments lie among each other.
Status VerifyTogether(const std::string& directory, std::span<const Segment* const> segments);

// What is read to be written anew: every checksum and every rule of each, once in the life of a snapshot, then
// VerifyTogether.
Status CheckForRewriting(const std::string& directory, std::span<const Segment* const> segments);

// The directory that a snapshot is of: from generation to generation counters never fall, a file is the same wherever
// it is named, and all that pins keep is sound.
Status VerifyDirectory(Disk& disk, const Snapshot& snapshot);

}  // namespace burin::internal

#endif
