// What the writer of a registry does to its files beside adding to them: segments are merged, what is deleted leaves
// them, and files that nothing names any more are removed.
#include "src/registry/change/registry_writer.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "src/index/write/builder_columns.h"
#include "src/registry/change/merge_segments.h"
#include "src/registry/state/create_registry.h"
#include "src/registry/state/registry_files.h"
#include "src/registry/state/verify_registry.h"

namespace burin::internal {
namespace {

std::vector<IndexSegment> IndexSegments(std::span<const Segment> segments) {
  std::vector<IndexSegment> all;
  for (const Segment& segment : segments) {
    all.push_back({segment.index, segment.deleted});
  }
  return all;
}

// Of all attributes, "source" among them.
SegmentedIndex::Names NamesOf(std::span<const Segment> segments, const Manifest& manifest) {
  std::map<std::string, AttributeType> names = {{std::string(kSourceName), AttributeType::kCategory}};
  for (const ListedAttribute& attribute : manifest.attributes) names[attribute.name] = attribute.type;
  for (const Segment& segment : segments) {
    for (const auto& column : segment.index->attributes()) names[column->name()] = column->type();
  }
  return {names.begin(), names.end()};
}

}  // namespace

// What the registry holds once this is committed, a segment for each part; those that have nothing left are among them.
std::vector<Segment> RegistryWriter::SegmentsAfterCommit() const {
  std::vector<Segment> all;
  for (const Part& part : parts_) {
    Segment& segment = all.emplace_back(part.segment);
    if (part.deleted.empty()) continue;
    auto deleted =
        std::make_shared<RecordSet>(segment.deleted != nullptr ? *segment.deleted : RecordSet(segment.listed.records));
    part.deleted.ForEach([&](uint64_t record) { deleted->Add(record); });
    segment.listed.deleted = deleted->size();
    segment.deleted = std::move(deleted);
  }
  return all;
}

// How many deleted records of each are held.
Result<std::vector<uint64_t>> RegistryWriter::HeldIn(std::span<const Segment> segments) const {
  if (holds_.empty() || override_holds_) return std::vector<uint64_t>(segments.size());
  return CountHeld(holds_, SecondsNow(), IndexSegments(segments), NamesOf(segments, snapshot_->manifest()));
}

// As ChooseMerge, of those that no hold keeps as they are.
Result<std::vector<size_t>> RegistryWriter::ChooseFrom(std::span<const Segment> segments, size_t most) const {
  const Result<std::vector<uint64_t>> held = HeldIn(segments);
  if (!held.ok()) return held.status();
  std::vector<Segment> free;
  std::vector<size_t> numbers;
  for (size_t i = 0; i < segments.size(); ++i) {
    if ((*held)[i] > 0) continue;
    free.push_back(segments[i]);
    numbers.push_back(i);
  }
  const size_t kept = segments.size() - free.size();
  std::vector<size_t> chosen = ChooseMerge(free, most > kept ? most - kept : 1);
  for (size_t& i : chosen) i = numbers[i];
  return chosen;
}

// What this commit will merge is read whole, so it is checked before anything is committed.
Status RegistryWriter::CheckMerge() {
  if (options_.most_segments == 0) return {};
  if (Status status = Flush(); !status.ok()) return status;
  std::vector<Segment> after;
  std::vector<bool> fresh;
  std::vector<Segment> all = SegmentsAfterCommit();
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].listed.deleted == all[i].listed.records) continue;
    after.push_back(std::move(all[i]));
    fresh.push_back(parts_[i].fresh);
  }
  const Result<std::vector<size_t>> chosen = ChooseFrom(after, options_.most_segments);
  if (!chosen.ok()) return chosen.status();
  for (const size_t i : *chosen) {
    if (fresh[i]) continue;
    if (const Status& status = after[i].index->Checked(); !status.ok()) return status;
  }
  return {};
}

Status RegistryWriter::MergeChosen(const std::vector<size_t>& chosen) {
  if (chosen.empty()) return {};
  if (Status status = Merge(chosen); !status.ok()) return status;
  (void)RemoveUnnamed();
  return {};
}

Status RegistryWriter::Compact(size_t most) {
  if (!broken_.ok()) return broken_;
  if (has_changes()) return Status(StatusCode::kState, directory_ + ": there are changes to commit first");
  return Rewrite(most);
}

Status RegistryWriter::Rewrite(size_t most) {
  const std::vector<Segment>& segments = snapshot_->segments();
  const Result<std::vector<uint64_t>> held = HeldIn(segments);
  if (!held.ok()) return held.status();
  Result<std::vector<size_t>> chosen = ChooseFrom(segments, most);
  if (!chosen.ok()) return chosen.status();
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].listed.deleted > 0 && (*held)[i] == 0) chosen->push_back(i);
  }
  std::sort(chosen->begin(), chosen->end());
  chosen->erase(std::unique(chosen->begin(), chosen->end()), chosen->end());
  return MergeChosen(*chosen);
}

Status RegistryWriter::Purge(const std::optional<std::string>& override_reason) {
  if (!broken_.ok()) return broken_;
  if (has_changes()) return Status(StatusCode::kState, directory_ + ": there are changes to commit first");
  if (override_reason && (override_reason->empty() || override_reason->size() > kMaxHoldText)) {
    return Status(StatusCode::kInvalidArgument,
                  "overriding holds needs a reason of 1 to " + std::to_string(kMaxHoldText) + " bytes");
  }
  const uint64_t before = snapshot_->manifest().generation;
  // What they keep must be known before anything goes.
  if (Status status = CheckPins(); !status.ok()) return status;
  if (override_reason) {
    if (Status status = Override(*override_reason); !status.ok()) return status;
  } else if (Status status = Rewrite(1); !status.ok()) {
    return status;
  }
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  const bool alone = Generations(*files).size() == 1;
  // A state of its own, so that what asks for an older one is told when that was erased.
  if (!alone && snapshot_->manifest().generation == before) {
    if (Status status = Write(std::nullopt); !status.ok()) return Broken(status);
  }
  if (Status status = RemoveOlder(); !status.ok()) return status;
  if (Status status = RemoveUnnamed(); !status.ok()) return status;
  return SyncDirectory();
}

Status RegistryWriter::CheckPins() const {
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  for (const NamedFile& file : *files) {
    if (file.kind != NameKind::kPin) continue;
    const Result<Manifest> manifest = ReadManifest(disk_, directory_, file.name, nullptr);
    if (!manifest.ok()) return manifest.status();
  }
  return {};
}

// Rewrites what holds keep, and says so in the same commit.
Status RegistryWriter::Override(const std::string& reason) {
  const Result<std::vector<uint64_t>> held = HeldIn(snapshot_->segments());
  if (!held.ok()) return held.status();
  HoldEvent event;
  event.at = SecondsNow();
  event.act = HoldAct::kOverridden;
  event.reason = reason;
  event.records = std::accumulate(held->begin(), held->end(), uint64_t{0});
  for (const Hold& hold : holds_) {
    if (!hold.IsOver(event.at)) event.names += (event.names.empty() ? "" : " ") + hold.name;
  }
  override_holds_ = true;
  if (event.records > 0) hold_events_.push_back(std::move(event));
  const Status status = Rewrite(1);
  override_holds_ = false;
  if (!status.ok() && broken_.ok()) hold_events_ = snapshot_->manifest().hold_events;
  return status;
}

Status RegistryWriter::PlaceHold(Hold hold) {
  if (!broken_.ok()) return broken_;
  const auto invalid = [&](const std::string& what) {
    return Status(StatusCode::kInvalidArgument, "hold " + QuoteValue(hold.name) + ": " + what);
  };
  if (!IsPinName(hold.name)) return invalid("a name has 1 to 100 letters, digits, '-', '_' and '.'");
  const auto at = std::lower_bound(holds_.begin(), holds_.end(), hold.name,
                                   [](const Hold& known, const std::string& name) { return known.name < name; });
  if (at != holds_.end() && at->name == hold.name) return invalid("the name is taken");
  if (holds_.size() >= kMaxHolds) return invalid("there are " + std::to_string(kMaxHolds) + " already");
  const std::vector<Segment> segments = SegmentsAfterCommit();
  Status status = CheckHold(hold, IndexSegments(segments), NamesOf(segments, snapshot_->manifest()));
  if (!status.ok()) return status;
  hold.source = TrimWhiteSpace(hold.source);
  hold.placed_at = SecondsNow();
  hold_events_.push_back({hold.placed_at, HoldAct::kPlaced, 0, hold.name, hold.reason});
  holds_.insert(at, std::move(hold));
  return {};
}

Status RegistryWriter::ReleaseHold(const std::string& name, const std::string& reason) {
  if (!broken_.ok()) return broken_;
  const auto at = std::find_if(holds_.begin(), holds_.end(), [&](const Hold& hold) { return hold.name == name; });
  const auto invalid = [&](const std::string& what) {
    return Status(StatusCode::kInvalidArgument, "hold " + QuoteValue(name) + ": " + what);
  };
  if (at == holds_.end()) return invalid("there is none");
  if (reason.empty() || reason.size() > kMaxHoldText) {
    return invalid("a release needs a reason of 1 to " + std::to_string(kMaxHoldText) + " bytes");
  }
  hold_events_.push_back({SecondsNow(), HoldAct::kReleased, 0, name, reason});
  holds_.erase(at);
  return {};
}

// Manifests first, and safely: one that comes back after a loss of power must not name what is gone.
Status RegistryWriter::RemoveOlder() {
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  for (const NamedFile& file : *files) {
    if (file.kind != NameKind::kManifest || file.number == snapshot_->manifest().generation) continue;
    const std::string path = InDirectory(directory_, file.name);
    if (const int code = -disk_.Remove(path); code > 0) {
      return Status(StatusCode::kIo, path + ": cannot remove: " + ErrnoText(code));
    }
  }
  return SyncDirectory();
}

// How many records of a state's files are in no answer of the newest state.
uint64_t RegistryWriter::CountGone(const Snapshot& state) const {
  uint64_t gone = 0;
  for (const Segment& segment : state.segments()) {
    const auto& newest = snapshot_->segments();
    const auto same = std::find_if(newest.begin(), newest.end(),
                                   [&](const Segment& own) { return own.listed.file == segment.listed.file; });
    if (same != newest.end()) {
      gone += same->listed.deleted;
      continue;
    }
    for (uint64_t record = 0; record < segment.index->record_count(); ++record) {
      const uint64_t id = segment.index->record_id(record);
      gone += std::none_of(newest.begin(), newest.end(), [&](const Segment& own) {
        const uint64_t there = own.index->FindId(id);
        return there != kNoRecord && !own.IsDeleted(there);
      });
    }
  }
  return gone;
}

Result<std::vector<Remains>> RegistryWriter::FindRemains() const {
  if (!broken_.ok()) return broken_;
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  std::vector<Remains> all;
  const Result<std::vector<uint64_t>> held = HeldIn(snapshot_->segments());
  if (!held.ok()) return held.status();
  const uint64_t held_records = std::accumulate(held->begin(), held->end(), uint64_t{0});
  const Manifest& newest = snapshot_->manifest();
  if (held_records > 0) all.push_back({{}, newest.generation, newest.committed_at, held_records, true});
  for (const NamedFile& file : *files) {
    SnapshotOptions options;
    if (file.kind == NameKind::kPin) {
      options.pin = file.pin;
    } else if (file.kind == NameKind::kManifest && file.number != snapshot_->manifest().generation) {
      options.generation = file.number;
    } else {
      continue;
    }
    auto state = Snapshot::Open(disk_, directory_, options, snapshot_.get());
    if (!state.ok()) {
      all.push_back({file.pin, file.number, 0, Remains::kUnknown, false});
      continue;
    }
    const Manifest& manifest = (*state)->manifest();
    const uint64_t records = CountGone(**state);
    if (records > 0) all.push_back({file.pin, manifest.generation, manifest.committed_at, records, false});
  }
  return all;
}

// Removes the files that neither the newest manifest, nor the one before, nor a pin names. What cannot be removed, or
// cannot be known to be unnamed, stays: the next writer tries again.
Status RegistryWriter::RemoveUnnamed() {
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  const std::vector<uint64_t> generations = Generations(*files);
  std::set<std::string> kept;
  const auto keep = [&](const Manifest& manifest) {
    for (const ListedSegment& segment : manifest.segments) kept.insert(SegmentName(segment.file.number));
    if (manifest.deletions.number != 0) kept.insert(DeletionsName(manifest.deletions.number));
  };
  for (size_t i = generations.size(), count = 0; i-- > 0 && count < 2;) {
    const std::string name = ManifestName(generations[i]);
    bool gone = false;
    Result<Manifest> manifest = ReadManifest(disk_, directory_, name, &gone);
    if (!manifest.ok() && (manifest.status().code() == StatusCode::kIo || count == 0)) {
      return manifest.status();
    }
    if (!manifest.ok()) continue;
    keep(*manifest);
    kept.insert(name);
    ++count;
  }
  for (const NamedFile& file : *files) {
    if (file.kind != NameKind::kPin) continue;
    Result<Manifest> manifest = ReadManifest(disk_, directory_, file.name, nullptr);
    if (!manifest.ok()) return manifest.status();
    keep(*manifest);
  }
  Status status;
  for (const NamedFile& file : *files) {
    const bool ours = file.kind == NameKind::kManifest || file.kind == NameKind::kSegment ||
                      file.kind == NameKind::kDeletions || file.kind == NameKind::kTemporary;
    if (!ours || kept.count(file.name) != 0) continue;
    const std::string path = InDirectory(directory_, file.name);
    const int code = -disk_.Remove(path);
    if (code > 0 && status.ok()) status = Status(StatusCode::kIo, path + ": cannot remove: " + ErrnoText(code));
  }
  return status;
}

}  // namespace burin::internal
