// Opening a registry without a lock. A writer may commit, and remove what only older manifests name, while we read: a
// file that is gone means that there is a newer manifest, so we look again. If there is none, the file is missing.
#include "src/registry/state/snapshot.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <map>
#include <utility>

#include "src/mark/fold/fold.h"
#include "src/registry/state/deletions.h"
#include "src/registry/state/registry_files.h"
#include "src/registry/state/verify_registry.h"

namespace burin::internal {
namespace {

// A reader that was overtaken by so many commits gives up.
constexpr int kMostAttempts = 1000;

class Opener {
 public:
  Opener(Disk& disk, const std::string& directory, const SnapshotOptions& options, const Snapshot* earlier)
      : disk_(disk), directory_(directory), options_(options), earlier_(earlier) {}

  // What a manifest names. *gone: some file of it is not there.
  Result<std::shared_ptr<Snapshot>> Read(const std::string& manifest_name, bool* gone) {
    Result<Manifest> manifest = ReadManifest(disk_, directory_, manifest_name, gone);
    if (!manifest.ok()) return manifest.status();
    std::vector<Segment> segments;
    for (const ListedSegment& listed : manifest->segments) {
      Segment segment;
      segment.listed = listed;
      if (const Segment* known = Known(listed)) {
        segment.index = known->index;
      } else {
        const std::string path = InDirectory(directory_, SegmentName(listed.file.number));
        auto index = OpenSegment(disk_, path, listed, options_.open, gone);
        if (!index.ok()) return index.status();
        segment.index = *std::move(index);
      }
      segments.push_back(std::move(segment));
    }
    for (const Segment& segment : segments) {
      const uint32_t first = segments[0].index->info().folding_version, own = segment.index->info().folding_version;
      if (own != first) {
        return Status(StatusCode::kCorrupt, directory_ + ": has segments of folding " + std::to_string(first) +
                                                " and of folding " + std::to_string(own));
      }
    }
    if (manifest->deletions.number != 0) {
      if (Status status = ReadDeletions(*manifest, &segments, gone); !status.ok()) return status;
    }
    return std::make_shared<Snapshot>(directory_, *std::move(manifest), std::move(segments));
  }

 private:
  const Segment* Known(const ListedSegment& listed) const {
    if (earlier_ == nullptr) return nullptr;
    for (const Segment& segment : earlier_->segments()) {
      if (segment.listed.file == listed.file) return &segment;
    }
    return nullptr;
  }

  Status ReadDeletions(const Manifest& manifest, std::vector<Segment>* segments, bool* gone) {
    const std::string path = InDirectory(directory_, DeletionsName(manifest.deletions.number));
    const auto corrupt = [&](const std::string& what) { return Status(StatusCode::kCorrupt, path + ": " + what); };
    MappedFile::Options in_memory;
    in_memory.read_into_memory = true;
    Result<MappedFile> file = disk_.Map(path, in_memory);
    if (!file.ok()) {
      *gone = disk_.KindOf(path) == Disk::Kind::kNothing;
      return file.status();
    }
    const ByteSpan bytes = file->bytes();
    if (bytes.size() != manifest.deletions.bytes || LoadU64(bytes, 56) != manifest.deletions.checksum) {
      return corrupt("is not the file that the manifest names");
    }
    uint64_t records = 0;
    for (const Segment& segment : *segments) records += segment.listed.records;
    std::vector<SegmentDeletions> deletions;
    if (Status status = DecodeDeletions(bytes, path, records, &deletions); !status.ok()) return status;
    size_t used = 0;
    for (Segment& segment : *segments) {
      if (segment.listed.deleted == 0) continue;
      if (used == deletions.size() || deletions[used].segment != segment.listed.file.number ||
          deletions[used].records.records() != segment.listed.records ||
          deletions[used].records.size() != segment.listed.deleted) {
        return corrupt("does not have the deletions that the manifest names");
      }
      segment.deleted = std::make_shared<RecordSet>(std::move(deletions[used++].records));
    }
    return used == deletions.size() ? Status() : corrupt("has deletions that the manifest does not name");
  }

  Disk& disk_;
  const std::string& directory_;
  const SnapshotOptions& options_;
  const Snapshot* earlier_;
};

Status NoManifest(const std::string& directory) {
  return Status(StatusCode::kIo, directory + ": is a directory and no registry: it has no manifest");
}

// The newest manifest, or with `recover` the newest one that can be used.
Result<std::shared_ptr<Snapshot>> OpenNewest(Opener* opener, const std::string& directory, bool recover,
                                             const std::vector<uint64_t>& generations, bool* gone,
                                             std::string* warning) {
  Status first;
  for (size_t i = generations.size(); i-- > 0;) {
    auto read = opener->Read(ManifestName(generations[i]), gone);
    if (read.ok() && !first.ok()) {
      *gone = false;
      *warning = directory + ": RECOVERED generation " + std::to_string(generations[i]) + " of " +
                 std::to_string(generations.back()) + ": what was committed later is lost (" + first.message() + ")";
    }
    if (read.ok() || !recover) return read;
    if (first.ok()) first = read.status();
  }
  const bool alone = generations.size() == 1;
  return Status(first.code(), first.message() + (alone ? "; no older state is there to go back to"
                                                       : "; no older state can be opened either"));
}

// "2026-11-26", of seconds since 1970.
std::string DateOf(uint64_t seconds) {
  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(static_cast<int64_t>(seconds))));
  const std::chrono::year_month_day date(days);
  char text[32];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

// The manifest or pin of a state: its file's name. Two manifests are kept, so a state goes with the second commit
// behind it, unless it is pinned: of the states behind it that are kept, the second says when that was at the latest.
Result<std::string> NameOfState(Disk& disk, const std::string& directory, const std::vector<NamedFile>& files,
                                uint64_t generation) {
  std::map<uint64_t, uint64_t> behind;  // When each was committed.
  uint64_t newest = 0;
  for (const NamedFile& file : files) {
    if (file.kind != NameKind::kManifest && file.kind != NameKind::kPin) continue;
    const Result<Manifest> manifest = ReadManifest(disk, directory, file.name, nullptr);
    if (!manifest.ok()) continue;
    if (manifest->generation == generation) return file.name;
    newest = std::max(newest, manifest->generation);
    if (manifest->generation > generation) behind[manifest->generation] = manifest->committed_at;
  }
  const std::string state = directory + ": state " + std::to_string(generation);
  if (behind.empty()) {
    return Status(StatusCode::kState, state + " is not there; the newest one is " + std::to_string(newest));
  }
  const auto erased_at = behind.size() == 1 ? behind.begin() : std::next(behind.begin());
  return Status(StatusCode::kState,
                state + " was erased, on " + DateOf(erased_at->second) + " at the latest: it was not pinned");
}

}  // namespace

Result<std::shared_ptr<const Index>> OpenSegment(Disk& disk, const std::string& path, const ListedSegment& listed,
                                                 const OpenOptions& options, bool* gone) {
  Result<MappedFile> file = disk.Map(path, {options.read_into_memory, options.populate});
  if (!file.ok()) {
    *gone = disk.KindOf(path) == Disk::Kind::kNothing;
    return file.status();
  }
  auto index = Index::OpenMapped(*std::move(file), path);
  if (!index.ok()) return index;
  const Index& opened = **index;
  const bool same = opened.info().file_bytes == listed.file.bytes && opened.identity() == listed.file.checksum;
  if (!same || opened.record_count() != listed.records || !opened.finds_rows()) {
    return Status(StatusCode::kCorrupt, path + ": is not the file that the manifest names");
  }
  if (opened.info().file_bytes <= options.check_up_to) {
    if (const Status& status = opened.CheckedBytes(); !status.ok()) return status;
  }
  return index;
}

Result<std::shared_ptr<const Snapshot>> Snapshot::Open(Disk& disk, const std::string& directory,
                                                       const SnapshotOptions& options, const Snapshot* earlier) {
  Opener opener(disk, directory, options, earlier);
  Status last;
  uint64_t last_newest = 0;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    Result<std::vector<NamedFile>> files = ListRegistry(disk, directory);
    if (!files.ok()) return files.status();
    const std::vector<uint64_t> generations = Generations(*files);
    if (generations.empty()) return NoManifest(directory);
    const uint64_t newest = generations.back();
    if (!last.ok() && newest == last_newest) return last;  // Nobody has removed the file: it is missing.
    bool gone = false;
    std::string warning;
    if (options.generation) {
      const Result<std::string> name = NameOfState(disk, directory, *files, *options.generation);
      if (!name.ok()) return name.status();
      auto read = opener.Read(*name, &gone);
      if (read.ok()) return std::shared_ptr<const Snapshot>(*std::move(read));
      last = read.status();
      last_newest = newest;
      if (!gone) return last;
      continue;
    }
    auto read = !options.pin.empty() ? opener.Read(PinName(options.pin), &gone)
                                     : OpenNewest(&opener, directory, options.recover, generations, &gone, &warning);
    if (read.ok()) {
      (*read)->warning_ = std::move(warning);
      return std::shared_ptr<const Snapshot>(*std::move(read));
    }
    last = read.status();
    last_newest = newest;
    if (!gone) return last;
  }
  return last;
}

uint32_t Snapshot::folding() const {
  return segments_.empty() ? kFoldingVersion : segments_[0].index->info().folding_version;
}

Result<bool> Snapshot::IsNewest(Disk& disk, const Snapshot& snapshot) {
  Result<std::vector<NamedFile>> files = ListRegistry(disk, snapshot.directory());
  if (!files.ok()) return files.status();
  const std::vector<uint64_t> generations = Generations(*files);
  if (generations.empty()) return NoManifest(snapshot.directory());
  return generations.back() == snapshot.manifest().generation;
}

Status Snapshot::Verify() const {
  std::vector<const Segment*> all;
  for (const Segment& segment : segments_) {
    all.push_back(&segment);
    const Index& index = *segment.index;
    if (Status status = index.Verify(); !status.ok()) return status;
    const std::string path = InDirectory(directory_, SegmentName(segment.listed.file.number));
    if (index.record_id(0) != segment.listed.first_id ||
        index.record_id(index.record_count() - 1) != segment.listed.last_id) {
      return Status(StatusCode::kCorrupt, path + ": has other record ids than the manifest says");
    }
    for (const auto& column : index.attributes()) {
      bool listed = column->name() == "source";
      for (const ListedAttribute& attribute : manifest_.attributes) {
        listed = listed || (attribute.name == column->name() && attribute.type == column->type());
      }
      if (!listed) {
        return Status(StatusCode::kCorrupt,
                      path + ": has an attribute '" + column->name() + "' that the manifest does not name");
      }
    }
  }
  return VerifyTogether(directory_, all);
}

}  // namespace burin::internal
