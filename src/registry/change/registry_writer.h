// The one writer of a registry: rows in, rows out, and a commit that is there whole or not at all, whatever happens.
//
// Rows wait in memory (pending_rows.h) until there are many; then they become a segment, a file that no manifest names
// yet. Deletions wait as bits. Commit writes the last segment and the deletions, syncs each, syncs the directory,
// writes the manifest under another name, syncs it, renames it and syncs the directory: before the rename all is as it
// was, after it all is new. No file is ever written to again. What a crash leaves behind is named by no manifest; the
// next writer removes it when it opens.
//
// Kept are the files of the newest manifest, of the one before (a reader may be about to open it) and of pins.
//
// A commit that failed leaves the writer unusable (kState): whether it took place is found out by opening the registry
// again.
#ifndef BURIN_SRC_REGISTRY_CHANGE_REGISTRY_WRITER_H_
#define BURIN_SRC_REGISTRY_CHANGE_REGISTRY_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/index/records/record_set.h"
#include "src/index/write/index_builder.h"
#include "src/registry/change/pending_rows.h"
#include "src/registry/change/refold.h"
#include "src/registry/change/vanished_rows.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

struct WriterOptions {
  bool create = false;   // A registry that is not there is made, empty.
  bool recover = false;  // SnapshotOptions::recover; what was recovered is committed at once.
  OpenOptions open;
  Profile profile = Profile::kFast;
  unsigned threads = 1;                        // To write a segment.
  uint64_t pending_bytes = uint64_t{1} << 29;  // Rows in memory become a segment from here on.
  size_t most_segments = 5;                    // Commit merges when there are more. 0: it never does.
  std::function<bool()> cancelled;             // Asked while a segment is written.
};

// How Put treats a row whose source and key are there.
enum class PutMode : uint8_t { kReplace, kRefuse };
enum class PutOutcome : uint8_t { kAdded, kReplaced, kUnchanged };

// A state whose files hold records that are in the registry no more.
struct Remains {
  static constexpr uint64_t kUnknown = ~uint64_t{0};  // It cannot be opened.
  std::string pin;  // Empty: it is kept as the state before the newest one, until the next commit.
  uint64_t generation = 0;
  uint64_t committed_at = 0;
  uint64_t records = 0;
  bool held = false;  // It is the newest one.
};

class RegistryWriter {
 public:
  // kIo: somebody else is writing, no directory, not writable. kCorrupt and so on: Snapshot::Open. The lock ends with
  // the writer, or with the process.
  static Result<std::unique_ptr<RegistryWriter>> Open(Disk& disk, const std::string& directory,
                                                      const WriterOptions& options);
  ~RegistryWriter();
  RegistryWriter(const RegistryWriter&) = delete;
  RegistryWriter& operator=(const RegistryWriter&) = delete;

  // The state that was committed last.
  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

  // As IndexBuilder::AddAttribute. kInvalidArgument too: the registry has it with another type.
  Result<uint32_t> AddAttribute(std::string_view name, AttributeType type);
  // Adds a row, in the place of that with its source and key, if there is one; a row that is there already, the same in
  // everything, stays. As IndexBuilder::Add; Row::id plays no part. kInvalidArgument with kRefuse: it is there.
  Status Put(const Row& row, PutMode mode, PutOutcome* outcome, int* attribute);
  // *found: there was such a row.
  Status Delete(std::string_view source, std::string_view key, bool* found);
  // Deletes the whole row of a record of snapshot(). *deleted: it was not deleted before.
  Status DeleteRow(size_t segment, uint64_t record, bool* deleted);
  // A row that could not be put is there nonetheless, so DeleteUnseen must not take it for gone. Where its source or
  // its key is not known (or is none that a row can have), no row of the source, or of any, is deleted by DeleteUnseen.
  void NotePresent(std::optional<std::string_view> source, std::optional<std::string_view> key);
  // A table was read, `rows` of it; `whole`: to its end.
  void NoteTable(const std::string& path, uint64_t rows, bool whole) { unread_.AddTable(path, rows, whole); }
  // Deletes the rows of a source that no Put and no NotePresent since the last commit named. Deletes none if
  // counts->unread is above 0. *counts is filled in any case. An error (UnreadRows::Check): nothing was deleted.
  Status DeleteUnseen(std::string_view source, const VanishLimit& limit, VanishCounts* counts);
  // The registry's rules from the next commit on; REQUIRES: known ones (manifest.h).
  void SetRules(uint64_t rules) { rules_ = rules; }
  // From the next commit on, with an entry in the log of holds; `hold` without the time. kInvalidArgument: no name for
  // a pin, taken, CheckHold; or there is no such hold, or no reason.
  Status PlaceHold(Hold hold);
  Status ReleaseHold(const std::string& name, const std::string& reason);
  bool has_changes() const;

  // From here on the registry is what was said. Without changes (and with the same bytes of the caller's, or none
  // given) nothing is written. kCorrupt, kChecksum: a segment that the commit would merge is damaged; nothing is
  // committed, and the changes wait.
  Status Commit(std::optional<std::string_view> caller_bytes);
  // Back to the last commit.
  void Abort();
  // Merges segments until there are at most so many, and rewrites each that has deletions, under a commit of its own:
  // nothing deleted is left in the newest files, but in those that hold what is held (holds.h): these stay as they are,
  // here and whenever a commit merges. Commit merges by itself where the options say so; what fails there (a
  // full disk) is tried again by the next one. kState: there are changes to commit first. kCancelled: the options'
  // function said so. kCorrupt, kChecksum: a segment is damaged. All is as before then.
  Status Compact(size_t most);
  // Compact(1), then removes every state but the newest one and what pins keep, and makes that safe: no file is left
  // that only they named. Errors as of Compact; kIo: something cannot be removed, and purging again goes on. A reason:
  // holds play no part, and what they held is logged with it.
  Status Purge(const std::optional<std::string>& override_reason);
  // What holds deleted records in its files: states behind the newest one, pins, and the newest one where holds keep
  // them.
  Result<std::vector<Remains>> FindRemains() const;
  // kVersionUnsupported: the serials of the last commit were folded by an earlier version; then Put refuses every row.
  Status CheckFolding() const;
  // Makes it one of the present version, under a commit of its own (refold.h); nothing if it is. kState, kCancelled as
  // above; kChecksum, kCorrupt: a segment is damaged, and nothing was written.
  Status Refold(const RecordedOptions& options, RefoldCounts* counts);
  // Keeps the files of the last commit under a name until Unpin. kInvalidArgument: no name for a pin, taken, not there.
  Status Pin(const std::string& name);
  Status Unpin(const std::string& name);
  // Of the opening; empty if nothing had to be recovered.
  const std::string& warning() const { return warning_; }

 private:
  // A segment of the last commit, or one written since.
  struct Part {
    Segment segment;
    RecordSet deleted;  // Since the last commit.
    RecordSet seen;     // First records of rows that Put or NotePresent named.
    bool fresh = false;
  };
  struct Found {
    size_t part = 0;
    uint64_t record = kNoRecord;
  };

  RegistryWriter(Disk& disk, std::string directory, const WriterOptions& options);
  Status OpenDirectory();
  Status CommitRecovered();
  Status Create();
  Status LockFile(const std::string& path);
  void Start(std::shared_ptr<const Snapshot> snapshot);
  Status CheckKey(const Row& row) const;
  Found FindLive(std::string_view source, std::string_view key) const;
  void DeleteRecords(const Found& found);
  Status Flush();
  Status BuildSegment(uint64_t number, uint64_t* next_id);
  Result<std::unique_ptr<IndexBuilder>> MakeBuilder(std::span<const ListedAttribute> attributes) const;
  Status OpenPart(uint64_t number, Part* part) const;
  Result<std::vector<uint64_t>> HeldIn(std::span<const Segment> segments) const;
  Result<std::vector<size_t>> ChooseFrom(std::span<const Segment> segments, size_t most) const;
  std::vector<Segment> SegmentsAfterCommit() const;
  Status Rewrite(size_t most);
  Status CheckPins() const;
  Status Override(const std::string& reason);
  Status MergeChosen(const std::vector<size_t>& chosen);
  Status CheckMerge();
  Status Merge(const std::vector<size_t>& chosen);
  Status WriteRefolded(const RecordedOptions& options, RefoldCounts* counts, std::vector<Part>* parts);
  Status Write(std::optional<std::string_view> caller_bytes);
  Status WriteDeletions(Manifest* manifest, std::vector<Segment>* segments);
  Status WriteFile(const std::string& name, ByteSpan bytes, bool sync_directory);
  Status SyncDirectory();
  Status RemoveUnnamed();
  Status RemoveOlder();
  uint64_t CountGone(const Snapshot& state) const;
  Status Broken(Status status);

  Disk& disk_;
  std::string directory_;
  WriterOptions options_;
  int lock_ = -1;
  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<Part> parts_;
  PendingRows pending_;
  UnreadRows unread_;                      // Since the last commit.
  std::vector<ListedAttribute> declared_;  // In the order of declaration.
  std::unique_ptr<IndexBuilder> checker_;
  uint64_t next_id_ = 1, next_file_ = 1;
  uint64_t rules_ = 0;
  std::vector<Hold> holds_;
  std::vector<HoldEvent> hold_events_;
  bool override_holds_ = false;  // While Purge overrides them.
  Status broken_;
  std::string warning_;
};

}  // namespace burin::internal

#endif
