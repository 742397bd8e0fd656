#include "src/registry/state/verify_registry.h"

#include <algorithm>
#include <map>
#include <vector>

#include "src/index/write/builder_columns.h"
#include "src/registry/state/registry_files.h"

namespace burin::internal {
namespace {

std::string NameOf(const Segment& segment) { return SegmentName(segment.listed.file.number); }

std::string_view SourceOf(const Index& index, uint64_t record) {
  const AttributeColumn* const sources = index.FindAttribute(kSourceName);
  return sources == nullptr ? std::string_view() : sources->text(sources->code(record));
}

std::string KeyOf(const Index& index, uint64_t record) {
  std::string key;
  index.AppendKey(record, &key);
  return key;
}

// Of two records that follow each other.
bool AreOneRow(const Index& index, uint64_t record) {
  return KeyOf(index, record) == KeyOf(index, record + 1) && SourceOf(index, record) == SourceOf(index, record + 1);
}

class Checker {
 public:
  Checker(const std::string& directory, std::span<const Segment* const> segments)
      : directory_(directory), segments_(segments.begin(), segments.end()) {
    // Rows of the small ones are looked up in the large ones.
    std::sort(segments_.begin(), segments_.end(), [](const Segment* a, const Segment* b) {
      return std::pair(a->listed.records, a->listed.file.number) < std::pair(b->listed.records, b->listed.file.number);
    });
  }

  Status Run() const {
    for (size_t i = 0; i < segments_.size(); ++i) {
      const Segment& segment = *segments_[i];
      if (segment.index->info().folding_version != segments_[0]->index->info().folding_version) {
        return Corrupt(segment, "has another version of the folding than " + NameOf(*segments_[0]));
      }
      Status status = VerifyDeletions(segment);
      for (size_t j = i + 1; status.ok() && j < segments_.size(); ++j) status = VerifyKeys(segment, *segments_[j]);
      if (!status.ok()) return status;
    }
    return VerifyIds();
  }

 private:
  Status Corrupt(const Segment& segment, const std::string& what) const {
    return Status(StatusCode::kCorrupt, InDirectory(directory_, NameOf(segment)) + ": " + what);
  }

  Status VerifyDeletions(const Segment& segment) const {
    if (segment.deleted == nullptr) return {};
    const Index& index = *segment.index;
    uint64_t torn = kNoRecord;
    segment.deleted->ForEach([&](uint64_t record) {
      const bool first = record > 0 && !segment.IsDeleted(record - 1) && AreOneRow(index, record - 1);
      const bool last = record + 1 < index.record_count() && !segment.IsDeleted(record + 1) && AreOneRow(index, record);
      if (first || last) torn = std::min(torn, record);
    });
    if (torn == kNoRecord) return {};
    return Corrupt(segment, "the row of record " + std::to_string(torn) + " is deleted in part");
  }

  Status VerifyKeys(const Segment& segment, const Segment& other) const {
    const Index& index = *segment.index;
    for (uint64_t record = 0; record < index.record_count(); ++record) {
      if (segment.IsDeleted(record)) continue;
      const std::string key = KeyOf(index, record);
      const uint64_t there = other.index->FindRow(SourceOf(index, record), key);
      if (there == kNoRecord || other.IsDeleted(there)) continue;
      return Corrupt(segment, "the row with the key " + QuoteValue(key) + " is in " + NameOf(other) + " too");
    }
    return {};
  }

  // Ids rise within a segment. Only where ranges meet is more to be seen.
  Status VerifyIds() const {
    for (size_t i = 0; i < segments_.size(); ++i) {
      for (size_t j = i + 1; j < segments_.size(); ++j) {
        const Segment &small = *segments_[i], &large = *segments_[j];
        if (small.listed.last_id < large.listed.first_id || large.listed.last_id < small.listed.first_id) continue;
        for (uint64_t record = 0; record < small.index->record_count(); ++record) {
          const uint64_t id = small.index->record_id(record);
          if (large.index->FindId(id) == kNoRecord) continue;
          return Corrupt(small, "record id " + std::to_string(id) + " is in " + NameOf(large) + " too");
        }
      }
    }
    return {};
  }

  const std::string& directory_;
  std::vector<const Segment*> segments_;  // In ascending order of size.
};

Status OutOfStep(const std::string& path, const std::string& what) {
  return Status(StatusCode::kCorrupt, path + ": " + what);
}

// A later manifest goes on from an earlier one.
Status VerifyStep(const std::string& path, const Manifest& earlier, const Manifest& later) {
  if (later.next_id < earlier.next_id || later.next_file < earlier.next_file) {
    return OutOfStep(path, "a counter is below that of generation " + std::to_string(earlier.generation));
  }
  std::map<uint64_t, const ListedSegment*> known;
  for (const ListedSegment& segment : earlier.segments) known[segment.file.number] = &segment;
  for (const ListedSegment& segment : later.segments) {
    const auto before = known.find(segment.file.number);
    if (before == known.end()) continue;
    ListedSegment same = *before->second;
    same.deleted = segment.deleted;
    if (!(same == segment))
      return OutOfStep(path, "names another " + SegmentName(segment.file.number) + " than before");
  }
  return {};
}

// What of a pinned state the snapshot has not. A pin that was removed meanwhile is no fault.
Status VerifyPin(Disk& disk, const Snapshot& snapshot, const std::string& pin) {
  SnapshotOptions options;
  options.pin = pin;
  auto pinned = Snapshot::Open(disk, snapshot.directory(), options, &snapshot);
  if (!pinned.ok()) {
    const std::string path = InDirectory(snapshot.directory(), PinName(pin));
    return disk.KindOf(path) == Disk::Kind::kNothing ? Status() : pinned.status();
  }
  for (const Segment& segment : (*pinned)->segments()) {
    const auto shared = std::any_of(snapshot.segments().begin(), snapshot.segments().end(),
                                    [&](const Segment& own) { return own.index == segment.index; });
    if (shared) continue;
    if (const Status& status = segment.index->Checked(); !status.ok()) return status;
  }
  return {};
}

}  // namespace

Status VerifyTogether(const std::string& directory, std::span<const Segment* const> segments) {
  return Checker(directory, segments).Run();
}

Status CheckForRewriting(const std::string& directory, std::span<const Segment* const> segments) {
  for (const Segment* segment : segments) {
    if (const Status& status = segment->index->Checked(); !status.ok()) return status;
  }
  return VerifyTogether(directory, segments);
}

Status VerifyDirectory(Disk& disk, const Snapshot& snapshot) {
  const std::string& directory = snapshot.directory();
  Result<std::vector<NamedFile>> files = ListRegistry(disk, directory);
  if (!files.ok()) return files.status();
  std::map<std::pair<uint64_t, std::string>, Manifest> manifests;  // By generation and name.
  manifests[{snapshot.manifest().generation, {}}] = snapshot.manifest();
  for (const NamedFile& file : *files) {
    if (file.kind != NameKind::kManifest && file.kind != NameKind::kPin) continue;
    bool gone = false;
    Result<Manifest> manifest = ReadManifest(disk, directory, file.name, &gone);
    if (!manifest.ok()) {
      // Removed meanwhile; or newer, and given up by a recovery: that may lie there until the next commit.
      const bool newer = file.kind == NameKind::kManifest && file.number > snapshot.manifest().generation;
      if (gone || newer) continue;
      return manifest.status();
    }
    const uint64_t generation = manifest->generation;
    manifests[{generation, file.name}] = *std::move(manifest);
  }
  const Manifest* before = nullptr;
  for (const auto& [name, manifest] : manifests) {
    const std::string path = InDirectory(directory, name.second.empty() ? ManifestName(name.first) : name.second);
    if (before != nullptr) {
      if (Status status = VerifyStep(path, *before, manifest); !status.ok()) return status;
    }
    before = &manifest;
  }
  for (const NamedFile& file : *files) {
    if (file.kind != NameKind::kPin) continue;
    if (Status status = VerifyPin(disk, snapshot, file.pin); !status.ok()) return status;
  }
  return {};
}

}  // namespace burin::internal
