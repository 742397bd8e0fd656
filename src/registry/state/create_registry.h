// Makes a registry, empty or a copy, whole or not at all: a directory beside it with a lock and all that it holds,
// which is synced and renamed. What a crash leaves of that is removed by the next one that makes this registry.
#ifndef BURIN_SRC_REGISTRY_STATE_CREATE_REGISTRY_H_
#define BURIN_SRC_REGISTRY_STATE_CREATE_REGISTRY_H_

#include <cstdint>
#include <string>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

// *lock: the open lock file of the new registry, locked. kIo: it exists (an empty directory does not count), the disk
// says no.
Status CreateRegistry(Disk& disk, const std::string& directory, int* lock);

// Writes what a snapshot holds to a new registry, under the same generation. Needs no file but those that the snapshot
// has mapped, so that writers may be at work. kChecksum, kCorrupt: a checksum of a segment does not match; nothing is
// written.
Status BackUp(Disk& disk, const Snapshot& snapshot, const std::string& directory);

// Opens and locks the lock file of a registry. kIo: somebody else has it, or the disk says no.
Status LockRegistry(Disk& disk, const std::string& directory, int* lock);

// Seconds since 1970-01-01 UTC.
uint64_t SecondsNow();

}  // namespace burin::internal

#endif
