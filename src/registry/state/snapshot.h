// A registry as a reader sees it: one manifest and all that it names, opened. Immutable, shared by any number of
// threads; it takes no lock, and no writer disturbs it: files that a writer removes stay mapped as long as somebody
// holds them. Opening costs O(segments) and a look at each deleted record.
#ifndef BURIN_SRC_REGISTRY_STATE_SNAPSHOT_H_
#define BURIN_SRC_REGISTRY_STATE_SNAPSHOT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/index/records/record_set.h"
#include "src/index/view/index.h"
#include "src/registry/state/manifest.h"

namespace burin::internal {

struct Segment {
  ListedSegment listed;
  std::shared_ptr<const Index> index;
  std::shared_ptr<const RecordSet> deleted;  // nullptr: none.
  bool IsDeleted(uint64_t record) const { return deleted != nullptr && deleted->Has(record); }
};

struct SnapshotOptions {
  OpenOptions open;
  // Where the newest manifest cannot be used: takes the newest one that can be, and says so in `warning`.
  bool recover = false;
  std::string pin;  // Not empty: what was pinned under this name, instead of the newest manifest.
  // That state, be it the newest or a pinned one. kState: it was erased.
  std::optional<uint64_t> generation;
};

class Snapshot {
 public:
  // kIo: no such directory, unreadable. kCorrupt, kChecksum, kVersionUnsupported: the newest manifest or a file that it
  // names is not what it should be; the message begins with its path. `earlier`, unless nullptr, lends what is the
  // same.
  static Result<std::shared_ptr<const Snapshot>> Open(Disk& disk, const std::string& directory,
                                                      const SnapshotOptions& options,
                                                      const Snapshot* earlier = nullptr);
  Snapshot(std::string directory, Manifest manifest, std::vector<Segment> segments)
      : directory_(std::move(directory)), manifest_(std::move(manifest)), segments_(std::move(segments)) {}

  const std::string& directory() const { return directory_; }
  const Manifest& manifest() const { return manifest_; }
  const std::vector<Segment>& segments() const { return segments_; }
  const std::string& warning() const { return warning_; }
  // By which version its serials were folded: all by the same. Without records, the present one.
  uint32_t folding() const;
  // Everything: checksums and rules of every file, and that they agree with the manifest and with each other. What
  // lies beside this state in the directory: VerifyDirectory (verify_registry.h).
  Status Verify() const;
  // Whether there is a newer manifest than this one.
  static Result<bool> IsNewest(Disk& disk, const Snapshot& snapshot);

 private:
  std::string directory_;
  Manifest manifest_;
  std::vector<Segment> segments_;
  std::string warning_;
};

// One file of a manifest. *gone: there is no such file.
Result<std::shared_ptr<const Index>> OpenSegment(Disk& disk, const std::string& path, const ListedSegment& listed,
                                                 const OpenOptions& options, bool* gone);

}  // namespace burin::internal

#endif
