#include "src/registry/change/registry_writer.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "src/base/file_writer.h"
#include "src/index/columns/key_store.h"
#include "src/index/write/builder_columns.h"
#include "src/registry/change/merge_segments.h"
#include "src/registry/change/same_row.h"
#include "src/registry/state/create_registry.h"
#include "src/registry/state/deletions.h"
#include "src/registry/state/registry_files.h"
#include "src/registry/state/verify_registry.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// What writing a segment holds in memory; what is more is laid aside in the registry's directory, in a file without a
// name.
constexpr uint64_t kSegmentMemory = uint64_t{1} << 30;

// More than one commit can have.
constexpr uint64_t kSkippedIds = uint64_t{1} << 40;

Status Invalid(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }

// Names of attributes and their types, each once, in ascending order of name.
void AddTo(const ListedAttribute& attribute, std::vector<ListedAttribute>* all) {
  const auto at = std::lower_bound(all->begin(), all->end(), attribute,
                                   [](const auto& a, const auto& b) { return a.name < b.name; });
  if (at == all->end() || at->name != attribute.name) all->insert(at, attribute);
}

ListedFile ListedOf(uint64_t number, ByteSpan container) { return {number, container.size(), LoadU64(container, 56)}; }

}  // namespace

RegistryWriter::RegistryWriter(Disk& disk, std::string directory, const WriterOptions& options)
    : disk_(disk), directory_(std::move(directory)), options_(options) {}

RegistryWriter::~RegistryWriter() {
  Abort();
  if (lock_ >= 0) disk_.Close(lock_);
}

Result<std::unique_ptr<RegistryWriter>> RegistryWriter::Open(Disk& disk, const std::string& directory,
                                                             const WriterOptions& options) {
  std::string path = directory;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  std::unique_ptr<RegistryWriter> writer(new RegistryWriter(disk, path, options));
  if (Status status = writer->OpenDirectory(); !status.ok()) return status;
  return writer;
}

Status RegistryWriter::OpenDirectory() {
  const Disk::Kind kind = disk_.KindOf(directory_);
  std::vector<std::string> names;
  const bool absent = kind == Disk::Kind::kNothing ||
                      (kind == Disk::Kind::kDirectory && disk_.List(directory_, &names) == 0 && names.empty());
  if (kind != Disk::Kind::kNothing && kind != Disk::Kind::kDirectory) {
    return Status(StatusCode::kCorrupt, directory_ + ": not a registry: it is no directory");
  }
  if (absent && options_.create) {
    if (Status status = CreateRegistry(disk_, directory_, &lock_); !status.ok()) return status;
  } else if (kind == Disk::Kind::kNothing) {
    return Status(StatusCode::kIo, directory_ + ": cannot open: " + ErrnoText(ENOENT));
  } else {
    // What is no registry gets no lock file.
    Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
    if (!files.ok()) return files.status();
    if (Generations(*files).empty()) {
      return Status(StatusCode::kIo, directory_ + ": is a directory and no registry: it has no manifest");
    }
    if (Status status = LockRegistry(disk_, directory_, &lock_); !status.ok()) return status;
  }
  SnapshotOptions snapshot_options;
  snapshot_options.open = options_.open;
  snapshot_options.recover = options_.recover;
  auto snapshot = Snapshot::Open(disk_, directory_, snapshot_options);
  if (!snapshot.ok()) return snapshot.status();
  Start(*std::move(snapshot));
  warning_ = snapshot_->warning();
  // A manifest that a killed process renamed may not be on disk yet. It must be before anything is removed.
  if (Status status = SyncDirectory(); !status.ok()) return status;
  if (!warning_.empty()) {
    if (Status status = CommitRecovered(); !status.ok()) return status;
  }
  (void)RemoveUnnamed();
  return {};
}

// What was given up may have handed out ids and numbers of files: they are left behind for good.
Status RegistryWriter::CommitRecovered() {
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  for (const NamedFile& file : *files) {
    if (file.kind == NameKind::kSegment) next_file_ = std::max(next_file_, file.number + 1);
  }
  next_id_ += kSkippedIds;
  return Write(std::nullopt);
}

void RegistryWriter::Start(std::shared_ptr<const Snapshot> snapshot) {
  snapshot_ = std::move(snapshot);
  parts_.clear();
  unread_.Clear();
  for (const Segment& segment : snapshot_->segments()) {
    Part& part = parts_.emplace_back();
    part.segment = segment;
    part.deleted = part.seen = RecordSet(segment.listed.records);
  }
  next_id_ = snapshot_->manifest().next_id;
  next_file_ = snapshot_->manifest().next_file;
  rules_ = snapshot_->manifest().rules;
  holds_ = snapshot_->manifest().holds;
  hold_events_ = snapshot_->manifest().hold_events;
}

Status RegistryWriter::Broken(Status status) {
  if (!status.ok() && broken_.ok()) {
    broken_ = Status(StatusCode::kState, directory_ + ": an earlier commit failed; open the registry again");
  }
  return status;
}

Result<uint32_t> RegistryWriter::AddAttribute(std::string_view name, AttributeType type) {
  ReservedAttribute(name, &type);
  for (const ListedAttribute& known : snapshot_->manifest().attributes) {
    if (known.name == name && known.type != type) {
      return Invalid("attribute '" + std::string(name) + "': it is of type " +
                     std::string(AttributeTypeName(known.type)) + " in the registry");
    }
  }
  if (checker_ == nullptr) checker_ = IndexBuilder::Create();
  Result<uint32_t> number = checker_->AddAttribute(name, type);
  if (number.ok()) declared_.push_back({std::string(name), type});
  return number;
}

Status RegistryWriter::CheckKey(const Row& row) const {
  if (row.key.empty()) return Invalid("the key is empty");
  if (row.key.size() > kMaxKeyBytes) {
    return Invalid("a key of " + std::to_string(row.key.size()) + " bytes; " + std::to_string(kMaxKeyBytes) +
                   " are allowed");
  }
  return IsValidUtf8(row.key) ? Status() : Invalid("the key is not valid UTF-8");
}

RegistryWriter::Found RegistryWriter::FindLive(std::string_view source, std::string_view key) const {
  for (size_t p = 0; p < parts_.size(); ++p) {
    const Part& part = parts_[p];
    const uint64_t record = part.segment.index->FindRow(source, key);
    if (record == kNoRecord || part.segment.IsDeleted(record) || part.deleted.Has(record)) continue;
    return {p, record};
  }
  return {};
}

void RegistryWriter::DeleteRecords(const Found& found) {
  Part& part = parts_[found.part];
  const uint64_t count = RecordsOfRow(*part.segment.index, found.record);
  for (uint64_t i = 0; i < count; ++i) part.deleted.Add(found.record + i);
}

Status RegistryWriter::Put(const Row& given, PutMode mode, PutOutcome* outcome, int* attribute) {
  *attribute = -1;
  if (!broken_.ok()) return broken_;
  if (Status status = CheckFolding(); !status.ok()) return status;
  if (checker_ == nullptr) checker_ = IndexBuilder::Create();
  Row row = given;
  if (Status status = checker_->Check(row, attribute); !status.ok()) return status;
  if (Status status = CheckKey(row); !status.ok()) return status;
  row.source = TrimWhiteSpace(row.source);
  *outcome = PutOutcome::kAdded;
  const uint32_t waiting = pending_.Find(row.source, row.key);
  const Found found = waiting == PendingRows::kNone ? FindLive(row.source, row.key) : Found();
  if (waiting != PendingRows::kNone || found.record != kNoRecord) {
    if (mode == PutMode::kRefuse) {
      std::string message = "the key " + QuoteValue(row.key) + " was there before";
      if (!row.source.empty()) message += " in source " + QuoteValue(row.source);
      return Invalid(std::move(message));
    }
    *outcome = PutOutcome::kReplaced;
  }
  PendingRows::Read read;
  if (waiting != PendingRows::kNone && pending_.Get(waiting, &read) && IsSameRow(read.row, row)) {
    *outcome = PutOutcome::kUnchanged;
    return {};
  }
  if (found.record != kNoRecord) {
    parts_[found.part].seen.Add(found.record);
    if (IsSameRow(*parts_[found.part].segment.index, found.record, row, declared_)) {
      *outcome = PutOutcome::kUnchanged;
      return {};
    }
    DeleteRecords(found);
  }
  if (waiting != PendingRows::kNone) pending_.TakeBack(waiting);
  pending_.Add(row);
  return pending_.memory_bytes() > options_.pending_bytes ? Flush() : Status();
}

Status RegistryWriter::Delete(std::string_view source, std::string_view key, bool* found) {
  *found = false;
  if (!broken_.ok()) return broken_;
  source = TrimWhiteSpace(source);
  const uint32_t waiting = pending_.Find(source, key);
  if (waiting != PendingRows::kNone) {
    pending_.TakeBack(waiting);
    *found = true;
    return {};
  }
  const Found there = FindLive(source, key);
  if (there.record == kNoRecord) return {};
  DeleteRecords(there);
  *found = true;
  return {};
}

Status RegistryWriter::DeleteRow(size_t segment, uint64_t record, bool* deleted) {
  *deleted = false;
  if (!broken_.ok()) return broken_;
  Part& part = parts_[segment];
  if (part.segment.IsDeleted(record) || part.deleted.Has(record)) return {};
  const Index& index = *part.segment.index;
  std::string key;
  index.AppendKey(record, &key);
  const AttributeColumn* const sources = index.FindAttribute(kSourceName);
  const std::string_view source = sources == nullptr ? std::string_view() : sources->text(sources->code(record));
  return Delete(source, key, deleted);
}

void RegistryWriter::NotePresent(std::optional<std::string_view> source, std::optional<std::string_view> key) {
  Row row;
  if (source) source = TrimWhiteSpace(*source);
  if (key) row.key = *key;
  if (!source || !key || !CheckKey(row).ok()) {
    unread_.AddRow(source);
    return;
  }
  const Found found = FindLive(*source, *key);
  if (found.record != kNoRecord) parts_[found.part].seen.Add(found.record);
}

Status RegistryWriter::DeleteUnseen(std::string_view source, const VanishLimit& limit, VanishCounts* counts) {
  *counts = VanishCounts();
  if (!broken_.ok()) return broken_;
  source = TrimWhiteSpace(source);
  std::vector<std::vector<uint32_t>> unseen(parts_.size());  // First records.
  for (size_t p = 0; p < parts_.size(); ++p) {
    const Part& part = parts_[p];
    const Index& index = *part.segment.index;
    const AttributeColumn* const sources = index.FindAttribute(kSourceName);
    if (part.fresh || sources == nullptr) continue;
    for (uint64_t record = 0; record < part.segment.listed.records; record += RecordsOfRow(index, record)) {
      if (part.segment.IsDeleted(record) || sources->text(sources->code(record)) != source) continue;
      ++counts->rows;
      if (!part.deleted.Has(record) && !part.seen.Has(record)) unseen[p].push_back(static_cast<uint32_t>(record));
    }
    counts->unseen += unseen[p].size();
  }
  counts->unread = unread_.MayBeOf(source);
  if (Status status = unread_.Check(source, *counts, limit); !status.ok()) return status;
  if (counts->unread > 0) return {};
  for (size_t p = 0; p < parts_.size(); ++p) {
    for (const uint32_t record : unseen[p]) DeleteRecords({p, record});
  }
  counts->deleted = counts->unseen;
  return {};
}

bool RegistryWriter::has_changes() const {
  if (pending_.marks() > 0 || rules_ != snapshot_->manifest().rules) return true;
  if (hold_events_ != snapshot_->manifest().hold_events) return true;
  return std::any_of(parts_.begin(), parts_.end(),
                     [](const Part& part) { return part.fresh || !part.deleted.empty(); });
}

Result<std::unique_ptr<IndexBuilder>> RegistryWriter::MakeBuilder(std::span<const ListedAttribute> attributes) const {
  std::unique_ptr<IndexBuilder> builder = IndexBuilder::Create();
  builder->BoundMemory(kSegmentMemory, directory_);
  builder->RegisterRows();
  builder->SetFolding(snapshot_->folding());
  builder->SetProfile(options_.profile);
  builder->SetThreads(options_.threads);
  if (options_.cancelled) builder->CancelWhen(options_.cancelled);
  for (const ListedAttribute& attribute : attributes) {
    if (auto number = builder->AddAttribute(attribute.name, attribute.type); !number.ok()) return number.status();
  }
  return builder;
}

Status RegistryWriter::BuildSegment(uint64_t number, uint64_t* next_id) {
  Result<std::unique_ptr<IndexBuilder>> builder = MakeBuilder(declared_);
  if (!builder.ok()) return builder.status();
  PendingRows::Read read;
  for (uint32_t i = 0; i < pending_.size(); ++i) {
    if (!pending_.Get(i, &read)) continue;
    read.attributes.resize(declared_.size());  // Those declared later are absent.
    read.row.attributes = read.attributes;
    read.row.id = *next_id;
    *next_id += read.row.marks.size();
    int attribute = -1;
    if (Status status = (*builder)->Add(read.row, &attribute); !status.ok()) return status;
  }
  return (*builder)->WriteUnsynced(InDirectory(directory_, SegmentName(number)), disk_);
}

// The waiting rows become a segment, which no manifest names yet.
Status RegistryWriter::Flush() {
  if (pending_.marks() == 0) {
    pending_.Clear();
    return {};
  }
  const uint64_t number = next_file_;
  uint64_t next_id = next_id_;
  if (Status status = BuildSegment(number, &next_id); !status.ok()) return Broken(status);
  Part part;
  if (Status status = OpenPart(number, &part); !status.ok()) return Broken(status);
  parts_.push_back(std::move(part));
  next_file_ = number + 1;
  next_id_ = next_id;
  pending_.Clear();
  return {};
}

// A segment that was just written.
Status RegistryWriter::OpenPart(uint64_t number, Part* part) const {
  const std::string path = InDirectory(directory_, SegmentName(number));
  Result<MappedFile> file = disk_.Map(path, {options_.open.read_into_memory, options_.open.populate});
  if (!file.ok()) return file.status();
  const ListedFile listed = ListedOf(number, file->bytes());
  auto opened = Index::OpenMapped(*std::move(file), path);
  if (!opened.ok()) return opened.status();
  const Index& index = **opened;
  const uint64_t records = index.record_count();
  part->segment.listed = {listed, records, index.record_id(0), index.record_id(records - 1), 0};
  part->segment.index = *std::move(opened);
  part->deleted = part->seen = RecordSet(records);
  part->fresh = true;
  return {};
}

Status RegistryWriter::WriteFile(const std::string& name, ByteSpan bytes, bool sync_directory) {
  Result<FileWriter> file = FileWriter::Create(InDirectory(directory_, name), disk_);
  if (!file.ok()) return file.status();
  if (Status status = file->Append(bytes); !status.ok()) return status;
  return sync_directory ? file->Commit() : file->CommitUnsynced();
}

Status RegistryWriter::SyncDirectory() {
  const int synced = disk_.SyncDirectory(directory_);
  if (synced == 0 || synced == -EINVAL || synced == -ENOTSUP) return {};
  return Status(StatusCode::kIo, directory_ + ": cannot write: " + ErrnoText(-synced));
}

// Joins what was deleted with what is, and writes it if anything changed.
Status RegistryWriter::WriteDeletions(Manifest* manifest, std::vector<Segment>* segments) {
  uint64_t before = 0, after = 0;
  for (const ListedSegment& listed : manifest->segments) before += listed.deleted;
  std::vector<Segment> all = SegmentsAfterCommit();
  const Result<std::vector<uint64_t>> held = HeldIn(all);
  if (!held.ok()) return held.status();
  bool changed = false, some = false;
  for (size_t i = 0; i < all.size(); ++i) {
    changed = changed || !parts_[i].deleted.empty();
    if (all[i].listed.deleted == all[i].listed.records && (*held)[i] == 0) {
      changed = true;
      continue;
    }
    some = some || all[i].listed.deleted > 0;
    after += all[i].listed.deleted;
    segments->push_back(std::move(all[i]));
  }
  if (!changed && before == after) return {};
  manifest->deletions = ListedFile();
  if (!some) return {};
  std::vector<std::pair<uint64_t, const RecordSet*>> deleted;
  for (const Segment& segment : *segments) {
    if (segment.listed.deleted > 0) deleted.emplace_back(segment.listed.file.number, segment.deleted.get());
  }
  const std::vector<std::byte> bytes = EncodeDeletions(deleted);
  manifest->deletions = ListedOf(manifest->generation, bytes);
  return WriteFile(DeletionsName(manifest->generation), bytes, false);
}

Status RegistryWriter::Write(std::optional<std::string_view> caller_bytes) {
  if (Status status = Flush(); !status.ok()) return status;
  Manifest manifest = snapshot_->manifest();
  Result<std::vector<NamedFile>> files = ListRegistry(disk_, directory_);
  if (!files.ok()) return files.status();
  // Above all there are: after a recovery there are manifests that were given up.
  manifest.generation = Generations(*files).back() + 1;
  std::vector<Segment> segments;
  if (Status status = WriteDeletions(&manifest, &segments); !status.ok()) return status;
  if (segments.size() > kMaxSegments) return Status(StatusCode::kOutOfRange, directory_ + ": too many segments");
  manifest.next_id = next_id_;
  manifest.next_file = next_file_;
  manifest.committed_at = SecondsNow();
  manifest.rules = rules_;
  manifest.holds = holds_;
  manifest.hold_events = hold_events_;
  if (caller_bytes) manifest.caller_bytes = *caller_bytes;
  manifest.segments.clear();
  for (const Segment& segment : segments) {
    manifest.segments.push_back(segment.listed);
    for (const auto& column : segment.index->attributes()) {
      if (column->name() != kSourceName) AddTo({column->name(), column->type()}, &manifest.attributes);
    }
  }
  if (Status status = SyncDirectory(); !status.ok()) return status;
  const std::vector<std::byte> bytes = EncodeManifest(manifest);
  if (Status status = WriteFile(ManifestName(manifest.generation), bytes, true); !status.ok()) return status;
  Start(std::make_shared<Snapshot>(directory_, std::move(manifest), std::move(segments)));
  return {};
}

Status RegistryWriter::Commit(std::optional<std::string_view> caller_bytes) {
  if (!broken_.ok()) return broken_;
  if (caller_bytes && caller_bytes->size() > kMaxCallerBytes) {
    return Status(StatusCode::kOutOfRange, "over " + std::to_string(kMaxCallerBytes) + " bytes of the caller's");
  }
  if (!has_changes() && (!caller_bytes || *caller_bytes == snapshot_->manifest().caller_bytes)) {
    Start(snapshot_);  // Forgets what was seen.
    return {};
  }
  if (Status status = CheckMerge(); !status.ok()) return status;
  if (Status status = Write(caller_bytes); !status.ok()) return Broken(status);
  (void)RemoveUnnamed();
  // The commit has taken place, whatever becomes of this.
  if (options_.most_segments == 0) return {};
  const auto chosen = ChooseFrom(snapshot_->segments(), options_.most_segments);
  if (chosen.ok()) (void)MergeChosen(*chosen);
  return {};
}

// A segment of what is live in the chosen ones takes their place.
Status RegistryWriter::Merge(const std::vector<size_t>& chosen) {
  const std::vector<ListedAttribute>& attributes = snapshot_->manifest().attributes;
  Result<std::unique_ptr<IndexBuilder>> builder = MakeBuilder(attributes);
  if (!builder.ok()) return builder.status();
  std::vector<const Segment*> segments;
  for (const size_t i : chosen) segments.push_back(&snapshot_->segments()[i]);
  Status status = CheckForRewriting(directory_, segments);
  if (!status.ok()) return status;
  const auto take_out = [&] {
    for (size_t i = chosen.size(); i-- > 0;) parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(chosen[i]));
  };
  if (std::all_of(segments.begin(), segments.end(),
                  [](const Segment* segment) { return segment->listed.deleted == segment->listed.records; })) {
    take_out();  // Nothing is left of them.
    return Broken(Write(std::nullopt));
  }
  status = MergeSegments(segments, attributes, options_.cancelled, builder->get());
  if (status.code() == StatusCode::kCorrupt) return Status(status.code(), InDirectory(directory_, status.message()));
  if (!status.ok()) return status;
  Part part;
  const uint64_t number = next_file_;
  status = (*builder)->WriteUnsynced(InDirectory(directory_, SegmentName(number)), disk_);
  if (status.ok()) status = OpenPart(number, &part);
  if (!status.ok()) return status;
  next_file_ = number + 1;
  take_out();
  parts_.push_back(std::move(part));
  return Broken(Write(std::nullopt));
}

void RegistryWriter::Abort() {
  pending_.Clear();
  if (snapshot_ == nullptr) return;
  const bool fresh = std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.fresh; });
  Start(snapshot_);
  if (fresh && broken_.ok()) (void)RemoveUnnamed();
}

Status RegistryWriter::Pin(const std::string& name) {
  if (!broken_.ok()) return broken_;
  if (!IsPinName(name)) {
    return Invalid("pin " + QuoteValue(name) + ": a name has 1 to 100 letters, digits, '-', '_' and '.'");
  }
  if (disk_.KindOf(InDirectory(directory_, PinName(name))) != Disk::Kind::kNothing) {
    return Invalid("pin " + QuoteValue(name) + ": the name is taken");
  }
  return WriteFile(PinName(name), EncodeManifest(snapshot_->manifest()), true);
}

Status RegistryWriter::Unpin(const std::string& name) {
  if (!broken_.ok()) return broken_;
  const std::string path = InDirectory(directory_, PinName(name));
  if (name.find('/') != std::string::npos || disk_.KindOf(path) != Disk::Kind::kFile) {
    return Invalid("pin " + QuoteValue(name) + ": there is none");
  }
  if (const int code = -disk_.Remove(path); code > 0) {
    return Status(StatusCode::kIo, path + ": cannot remove: " + ErrnoText(code));
  }
  if (Status status = SyncDirectory(); !status.ok()) return status;
  (void)RemoveUnnamed();
  return {};
}

}  // namespace burin::internal
