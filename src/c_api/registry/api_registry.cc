// The registry's writer through the C API, and what an index says of the registry that it was opened on.
#include "burin/registry.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/common/table_handle.h"
#include "src/c_api/rows/row_builder.h"
#include "src/index/view/filter.h"
#include "src/registry/change/registry_writer.h"
#include "src/registry/state/create_registry.h"
#include "src/registry/state/snapshot_index.h"

namespace burin::internal {
namespace {

static_assert(BURIN_PUT_ADDED == static_cast<uint32_t>(PutOutcome::kAdded) &&
              BURIN_PUT_REPLACED == static_cast<uint32_t>(PutOutcome::kReplaced) &&
              BURIN_PUT_UNCHANGED == static_cast<uint32_t>(PutOutcome::kUnchanged));

// Rows of tables and of callers, put into a registry and counted.
class RegistrySink final : public RowSink {
 public:
  explicit RegistrySink(std::unique_ptr<RegistryWriter> opened) : writer(std::move(opened)) {}
  Result<uint32_t> AddAttribute(std::string_view name, AttributeType type) override {
    return writer->AddAttribute(name, type);
  }
  Status Add(const Row& row, int* attribute) override {
    if (Status status = writer->Put(row, PutMode::kReplace, &outcome, attribute); !status.ok()) return status;
    uint64_t& count = outcome == PutOutcome::kAdded      ? counts.added
                      : outcome == PutOutcome::kReplaced ? counts.replaced
                                                         : counts.unchanged;
    ++count;
    return Status();
  }
  bool numbers_rows() const override { return false; }
  void NotePresent(std::optional<std::string_view> source, std::optional<std::string_view> key) override {
    writer->NotePresent(source, key);
  }
  void NoteTable(const std::string& path, uint64_t rows, bool whole) override { writer->NoteTable(path, rows, whole); }

  std::unique_ptr<RegistryWriter> writer;
  PutOutcome outcome = PutOutcome::kAdded;
  burin_registry_counts counts = BURIN_REGISTRY_COUNTS_INIT;
};

Status ReadWriterOptions(const burin_registry_options& options, WriterOptions* known) {
  if (options.create > 1 || options.recover > 1) return OutOfRange("create and recover are 0 or 1");
  if (options.profile > BURIN_PROFILE_SMALL) {
    return OutOfRange("there is no profile " + std::to_string(options.profile));
  }
  if (Status status = CheckThreads(options.threads); !status.ok()) return status;
  if (options.most_segments > kMaxSegments / 2) return OutOfRange("most_segments is 512 at most");
  known->create = options.create != 0;
  known->recover = options.recover != 0;
  known->open.check_up_to = options.check_up_to;
  known->profile = static_cast<Profile>(options.profile);
  known->threads = options.threads;
  if (options.most_segments != 0) known->most_segments = options.most_segments;
  if (options.cancel != nullptr) {
    known->cancelled = [cancel = options.cancel, user = options.cancel_user] { return cancel(user) != 0; };
  }
  return Status();
}

Status ReadSyncOptions(const burin_sync_options* options, VanishLimit* limit) {
  burin_sync_options known = BURIN_SYNC_OPTIONS_INIT;
  if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
  if (known.empty_tables > 1) return OutOfRange("empty_tables is 0 or 1");
  if (!(known.most_share >= 0 && known.most_share <= 1)) return OutOfRange("most_share is 0 to 1");
  *limit = {known.most_rows, known.most_share, known.empty_tables != 0};
  return Status();
}

// Every row of the last commit that has a record which passes.
Status DeleteWhere(RegistryWriter* writer, const char* const* where, size_t count, uint64_t* deleted) {
  const std::shared_ptr<const Snapshot> snapshot = writer->snapshot();
  auto index = IndexOf(*snapshot);
  if (!index.ok()) return index.status();
  Filter filter;
  for (size_t i = 0; i < count; ++i) {
    if (where[i] == nullptr) return Invalid("where: entry " + std::to_string(i) + " is NULL");
    if (Status status = filter.Add(**index, where[i]); !status.ok()) return status;
  }
  uint64_t first = 0;
  for (size_t s = 0; s < snapshot->segments().size(); ++s) {
    const uint64_t records = snapshot->segments()[s].index->record_count();
    for (uint64_t record = 0; record < records; ++record) {
      if (!filter.Passes(first + record)) continue;
      bool gone = false;
      if (Status status = writer->DeleteRow(s, record, &gone); !status.ok()) return status;
      if (gone) ++*deleted;
    }
    first += records;
  }
  return Status();
}

}  // namespace
}  // namespace burin::internal

struct burin_registry {
  explicit burin_registry(std::unique_ptr<burin::internal::RegistryWriter> writer) : sink(std::move(writer)) {}
  burin::internal::RegistrySink sink;
  std::vector<burin::internal::Remains> remains;
  std::unique_ptr<burin::internal::RowBuilder> rows;
};

using namespace burin::internal;  // NOLINT: definitions of C functions only.

namespace {

// A call that changes the registry.
template <typename Function>
burin_status Changing(burin_registry* registry, burin_error** error, Function function) noexcept {
  return Guard(error, [&]() -> Status {
    if (registry == nullptr) return IsNull("registry");
    return registry->rows->Exclusive([&]() -> Status { return function(*registry->sink.writer); });
  });
}

}  // namespace

extern "C" {

burin_status burin_registry_open(const char* path, const burin_registry_options* options, burin_registry** out,
                                 burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (path == nullptr) return IsNull("path");
    burin_registry_options known = BURIN_REGISTRY_OPTIONS_INIT;
    constexpr size_t kFirstSize = offsetof(burin_registry_options, values);
    if (Status status = ReadOptions(options, kFirstSize, &known); !status.ok()) return status;
    WriterOptions writer_options;
    if (Status status = ReadWriterOptions(known, &writer_options); !status.ok()) return status;
    auto writer = RegistryWriter::Open(Disk::System(), path, writer_options);
    if (!writer.ok()) return writer.status();
    auto registry = std::make_unique<burin_registry>(*std::move(writer));
    burin_builder_options row_options = BURIN_BUILDER_OPTIONS_INIT;
    row_options.unreadable = known.unreadable;
    row_options.sentinels = known.sentinels;
    row_options.rejects_path = known.rejects_path;
    row_options.on_reject = known.on_reject;
    row_options.reject_user = known.reject_user;
    row_options.values = known.values;
    auto rows = RowBuilder::CreateFor(row_options, &registry->sink);
    if (!rows.ok()) return rows.status();
    registry->rows = *std::move(rows);
    *out = registry.release();
    return Status();
  });
}

void burin_registry_destroy(burin_registry* registry) { delete registry; }

const char* burin_registry_warning(const burin_registry* registry) {
  if (registry == nullptr || registry->sink.writer->warning().empty()) return nullptr;
  return registry->sink.writer->warning().c_str();
}

burin_status burin_registry_add_attribute(burin_registry* registry, const char* name, uint32_t type, uint32_t* number,
                                          burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (registry == nullptr) return IsNull("registry");
    if (name == nullptr) return IsNull("name");
    return registry->rows->Exclusive([&]() -> Status {
      const Result<uint32_t> added = registry->rows->AddAttribute(name, type);
      if (!added.ok()) return added.status();
      if (number != nullptr) *number = *added;
      return Status();
    });
  });
}

burin_status burin_registry_put_row(burin_registry* registry, const burin_row* row, uint32_t* outcome,
                                    burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (registry == nullptr) return IsNull("registry");
    if (row == nullptr) return IsNull("row");
    burin_row known = BURIN_ROW_INIT;
    if (Status status = ReadOptions(row, sizeof(known), &known); !status.ok()) return status;
    if (Status status = registry->sink.writer->CheckFolding(); !status.ok()) return status;
    Status status = registry->rows->Exclusive([&] { return registry->rows->AddRow(known); });
    if (status.ok() && outcome != nullptr) *outcome = static_cast<uint32_t>(registry->sink.outcome);
    return status;
  });
}

burin_status burin_registry_put_table(burin_registry* registry, burin_table* table, const burin_mapping* mapping,
                                      burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (registry == nullptr) return IsNull("registry");
    if (table == nullptr) return IsNull("table");
    burin_mapping known = BURIN_MAPPING_INIT;
    constexpr size_t kFirstSize = offsetof(burin_mapping, digitless);
    if (Status status = ReadOptions(mapping, kFirstSize, &known); !status.ok()) return status;
    if (Status status = registry->sink.writer->CheckFolding(); !status.ok()) return status;
    table->state = RowState::kEnd;
    table->fields.clear();
    return registry->rows->Exclusive([&] { return registry->rows->AddTable(table->reader.get(), known); });
  });
}

burin_status burin_registry_delete(burin_registry* registry, burin_view source, burin_view key, int32_t* found,
                                   burin_error** error) {
  if (found != nullptr) *found = 0;
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (BadText(source.data, source.size)) return IsNull("source.data");
    if (BadText(key.data, key.size)) return IsNull("key.data");
    bool there = false;
    Status status = writer.Delete(Text(source.data, source.size), Text(key.data, key.size), &there);
    if (!status.ok() || !there) return status;
    ++registry->sink.counts.deleted;
    if (found != nullptr) *found = 1;
    return Status();
  });
}

burin_status burin_registry_delete_where(burin_registry* registry, const char* const* where, size_t where_count,
                                         uint64_t* deleted, burin_error** error) {
  if (deleted != nullptr) *deleted = 0;
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (where == nullptr) return IsNull("where");
    if (where_count == 0) return Invalid("at least one condition is needed");
    uint64_t count = 0;
    const Status status = DeleteWhere(&writer, where, where_count, &count);
    registry->sink.counts.deleted += count;
    if (deleted != nullptr) *deleted = count;
    return status;
  });
}

burin_status burin_registry_sync(burin_registry* registry, burin_view source, const burin_sync_options* options,
                                 burin_sync_counts* counts, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (BadText(source.data, source.size)) return IsNull("source.data");
    VanishLimit limit;
    if (Status status = ReadSyncOptions(options, &limit); !status.ok()) return status;
    VanishCounts found;
    Status status = writer.DeleteUnseen(Text(source.data, source.size), limit, &found);
    registry->sink.counts.deleted += found.deleted;
    if (counts == nullptr) return status;
    const burin_sync_counts answer = {0, 0, found.rows, found.unseen, found.unread, found.deleted};
    const Status written = WriteAnswer(sizeof(answer), answer, counts);
    return status.ok() ? written : status;
  });
}

burin_status burin_registry_delete_unseen(burin_registry* registry, burin_view source, uint64_t* deleted,
                                          burin_error** error) {
  burin_sync_counts counts = BURIN_SYNC_COUNTS_INIT;
  const burin_status status = burin_registry_sync(registry, source, nullptr, &counts, error);
  if (deleted != nullptr) *deleted = counts.deleted;
  return status;
}

size_t burin_registry_unread_count(const burin_registry* registry) {
  return registry == nullptr ? 0 : registry->rows->unread().attributes().size();
}

const char* burin_registry_unread(const burin_registry* registry, size_t i, uint64_t* rows) {
  return registry == nullptr ? UnreadName(nullptr, i, rows) : UnreadName(&registry->rows->unread(), i, rows);
}

const char* burin_registry_unread_text(const burin_registry* registry, size_t i, size_t j, uint64_t* rows) {
  return registry == nullptr ? UnreadText(nullptr, i, j, rows) : UnreadText(&registry->rows->unread(), i, j, rows);
}

burin_status burin_registry_get_counts(const burin_registry* registry, burin_registry_counts* counts,
                                       burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (registry == nullptr) return IsNull("registry");
    if (counts == nullptr) return IsNull("counts");
    burin_registry_counts answer = registry->sink.counts;
    answer.rows = registry->rows->counts().rows;
    const burin_builder_counts rows = registry->rows->counts();
    answer.rejected = rows.rejected;
    answer.records = rows.records;
    answer.partial_records = rows.partial_records;
    std::copy(std::begin(rows.missing), std::end(rows.missing), answer.missing);
    return WriteAnswer(offsetof(burin_registry_counts, records), answer, counts);
  });
}

size_t burin_registry_sentinel_count(const burin_registry* registry) {
  return registry == nullptr ? 0 : registry->rows->sentinels().size();
}

const char* burin_registry_sentinel(const burin_registry* registry, size_t i, uint64_t* records, uint32_t* missing) {
  const bool there = i < burin_registry_sentinel_count(registry);
  if (records != nullptr) *records = there ? registry->rows->sentinels()[i].records : 0;
  if (missing != nullptr) *missing = there ? static_cast<uint32_t>(registry->rows->sentinels()[i].missing) : 0;
  return there ? registry->rows->sentinels()[i].text.c_str() : nullptr;
}

burin_status burin_registry_commit(burin_registry* registry, const void* bytes, size_t size, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (Status status = registry->rows->rejects().Check("nothing is committed"); !status.ok()) return status;
    if (Status status = registry->rows->CheckUsed("nothing is committed"); !status.ok()) return status;
    if (Status status = registry->rows->rejects().Sync(); !status.ok()) return status;
    std::optional<std::string_view> given;
    if (bytes != nullptr) given.emplace(static_cast<const char*>(bytes), size);
    const Status status = writer.Commit(given);
    if (status.ok()) registry->rows->Settle();
    return status.ok() ? registry->rows->rejects().Commit() : status;
  });
}

burin_status burin_registry_set_rules(burin_registry* registry, uint64_t rules, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if ((rules & ~kKnownRules) != 0) return OutOfRange("there are no rules " + std::to_string(rules));
    writer.SetRules(rules);
    return Status();
  });
}

burin_status burin_registry_abort(burin_registry* registry, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    writer.Abort();
    registry->rows->Settle();
    return Status();
  });
}

burin_status burin_registry_compact(burin_registry* registry, uint32_t most_segments, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (most_segments == 0) return OutOfRange("most_segments is at least 1");
    return writer.Compact(most_segments);
  });
}

burin_status burin_registry_purge(burin_registry* registry, const char* override_reason, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) {
    std::optional<std::string> reason;
    if (override_reason != nullptr) reason = override_reason;
    return writer.Purge(reason);
  });
}

burin_status burin_registry_remains(burin_registry* registry, size_t* count, burin_error** error) {
  if (count != nullptr) *count = 0;
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    Result<std::vector<Remains>> found = writer.FindRemains();
    if (!found.ok()) return found.status();
    registry->remains = *std::move(found);
    if (count != nullptr) *count = registry->remains.size();
    return Status();
  });
}

burin_status burin_registry_get_remains(const burin_registry* registry, size_t i, burin_remains* remains,
                                        burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (registry == nullptr) return IsNull("registry");
    if (remains == nullptr) return IsNull("remains");
    if (i >= registry->remains.size()) return OutOfRange("there is no state " + std::to_string(i));
    const Remains& known = registry->remains[i];
    burin_remains answer = BURIN_REMAINS_INIT;
    answer.why = known.held ? BURIN_REMAINS_HELD : known.pin.empty() ? BURIN_REMAINS_STATE : BURIN_REMAINS_PIN;
    answer.pin = known.pin.empty() ? nullptr : known.pin.c_str();
    answer.generation = known.generation;
    answer.committed_at = known.committed_at;
    answer.records = known.records;
    return WriteAnswer(sizeof(answer), answer, remains);
  });
}

burin_status burin_registry_place_hold(burin_registry* registry, const burin_hold* hold, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (hold == nullptr) return IsNull("hold");
    burin_hold known = BURIN_HOLD_INIT;
    if (Status status = ReadOptions(hold, sizeof(known), &known); !status.ok()) return status;
    if (known.name == nullptr || known.reason == nullptr) return IsNull(known.name == nullptr ? "name" : "reason");
    if (known.where == nullptr && known.where_count != 0) return IsNull("where");
    Hold made;
    made.name = known.name;
    made.reason = known.reason;
    made.until = known.until;
    if (known.key != nullptr) made.key = known.key;
    if (known.source != nullptr) made.source = known.source;
    for (uint32_t i = 0; i < known.where_count; ++i) {
      if (known.where[i] == nullptr) return Invalid("where: entry " + std::to_string(i) + " is NULL");
      made.where.emplace_back(known.where[i]);
    }
    return writer.PlaceHold(std::move(made));
  });
}

burin_status burin_registry_release_hold(burin_registry* registry, const char* name, const char* reason,
                                         burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    if (name == nullptr || reason == nullptr) return IsNull(name == nullptr ? "name" : "reason");
    return writer.ReleaseHold(name, reason);
  });
}

burin_status burin_registry_refold(burin_registry* registry, burin_refold_counts* counts, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    burin_refold_counts answer = BURIN_REFOLD_COUNTS_INIT;
    answer.folding_before = writer.snapshot()->folding();
    RefoldCounts made;
    if (Status status = writer.Refold(registry->rows->recorded_options(), &made); !status.ok()) return status;
    answer.rows = made.rows;
    answer.changed = made.changed;
    answer.renumbered = made.renumbered;
    return counts == nullptr ? Status() : WriteAnswer(sizeof(answer), answer, counts);
  });
}

burin_status burin_registry_pin(burin_registry* registry, const char* name, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    return name == nullptr ? IsNull("name") : writer.Pin(name);
  });
}

burin_status burin_registry_unpin(burin_registry* registry, const char* name, burin_error** error) {
  return Changing(registry, error, [&](RegistryWriter& writer) -> Status {
    return name == nullptr ? IsNull("name") : writer.Unpin(name);
  });
}

burin_status burin_index_back_up(const burin_index* index, const char* path, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (path == nullptr) return IsNull("path");
    if (index->snapshot == nullptr) return Invalid("the index is a file, not a registry");
    return BackUp(Disk::System(), *index->snapshot, path);
  });
}

burin_status burin_index_get_registry_state(const burin_index* index, burin_registry_state* state,
                                            burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (state == nullptr) return IsNull("state");
    if (index->snapshot == nullptr) return Invalid("the index is a file, not a registry");
    const Manifest& manifest = index->snapshot->manifest();
    burin_registry_state answer = BURIN_REGISTRY_STATE_INIT;
    answer.segments = static_cast<uint32_t>(manifest.segments.size());
    answer.generation = manifest.generation;
    answer.committed_at = manifest.committed_at;
    for (const ListedSegment& segment : manifest.segments) answer.deleted += segment.deleted;
    answer.next_record_id = manifest.next_id;
    answer.rules = manifest.rules;
    return WriteAnswer(sizeof(answer), answer, state);
  });
}

const void* burin_index_caller_bytes(const burin_index* index, size_t* size) {
  const bool some = index != nullptr && index->snapshot != nullptr && !index->snapshot->manifest().caller_bytes.empty();
  if (size != nullptr) *size = some ? index->snapshot->manifest().caller_bytes.size() : 0;
  return some ? index->snapshot->manifest().caller_bytes.data() : nullptr;
}

const char* burin_index_warning(const burin_index* index) {
  if (index == nullptr || index->snapshot == nullptr || index->snapshot->warning().empty()) return nullptr;
  return index->snapshot->warning().c_str();
}

burin_status burin_index_has_newer(const burin_index* index, int32_t* newer, burin_error** error) {
  if (newer != nullptr) *newer = 0;
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (newer == nullptr) return IsNull("newer");
    if (index->snapshot == nullptr) return Status();
    const Result<bool> newest = Snapshot::IsNewest(Disk::System(), *index->snapshot);
    if (!newest.ok()) return newest.status();
    *newer = *newest ? 0 : 1;
    return Status();
  });
}

}  // extern "C"
