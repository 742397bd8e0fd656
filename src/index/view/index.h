// The index file, opened: immutable, shared by any number of threads, read through bounded views. docs/format.md is its
// specification. Opening costs O(sections + groups), whatever the number of records; after an OK from Open no content
// of the file can cause undefined behaviour: reads that meet nonsense answer with some value inside its range, and
// Verify says what is wrong.
#ifndef BURIN_SRC_INDEX_VIEW_INDEX_H_
#define BURIN_SRC_INDEX_VIEW_INDEX_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/mapped_file.h"
#include "src/base/patience.h"
#include "src/base/status.h"
#include "src/index/columns/attribute.h"
#include "src/index/keys/key_group.h"
#include "src/index/records/record_ids.h"
#include "src/index/records/record_set.h"
#include "src/mark/cells/recorded.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

class PopulationCounts;
class PopulationCounter;
struct RecordPopulation;
struct RegisteredSerials;
class SerialOrder;
class GroupMasks;
struct PartialOrder;
class PartialKeys;

struct SectionInfo {
  std::string name;  // Four characters.
  uint64_t bytes = 0;
  uint64_t items = 0;
};

struct IndexInfo {
  uint64_t file_bytes = 0;
  uint32_t format_major = 0;
  uint32_t format_minor = 0;
  uint32_t folding_version = 0;
  uint64_t records = 0;
  uint64_t serials = 0;  // Distinct.
  uint64_t partial_records = 0;
  uint64_t missing[kMissingKinds] = {};
  std::vector<SectionInfo> sections;
};

struct OpenOptions {
  bool read_into_memory = false;  // Instead of mapping: immune to the file being truncated under us.
  bool populate = false;          // Touch every page now, so that first searches are not slowed by page faults.
  uint64_t check_up_to = 0;       // Bytes: every checksum of a file that is not larger is checked when it is opened.
};

class Index;

// One of several indexes that are searched as one (segmented_index.h).
struct IndexSegment {
  std::shared_ptr<const Index> index;
  std::shared_ptr<const RecordSet> deleted;  // nullptr: none.
  // Where its numbers begin in the whole, and how many of its missing records are live; set by SegmentedIndex.
  uint64_t first_record = 0, first_rank = 0, first_partial = 0, live_missing = 0;
  bool IsDeleted(uint64_t record) const { return deleted != nullptr && deleted->Has(record); }
};

class Index {
 public:
  // kIo: missing, unreadable, a directory. kCorrupt, kVersionUnsupported, kChecksum: not (or no longer) an index we
  // read.
  static Result<std::shared_ptr<const Index>> Open(const std::string& path, const OpenOptions& options);
  // Borrows the bytes: they outlive the index. `name` stands for the path in messages.
  static Result<std::shared_ptr<const Index>> OpenBuffer(std::span<const std::byte> bytes, const std::string& name);
  // Owns the file; `name` as above.
  static Result<std::shared_ptr<const Index>> OpenMapped(MappedFile file, const std::string& name);
  virtual ~Index() = default;

  virtual const IndexInfo& info() const = 0;
  // Every checksum, every invariant of docs/format.md. One line with section and byte offset.
  Status Verify() const;
  // The same in two parts, and each done once however often it is asked for, in any thread: what reads a whole file to
  // write another one asks first. The rules come behind the checksums.
  const Status& CheckedBytes() const;
  const Status& Checked() const;

  // Not empty: this is several indexes, and whoever walks groups or compares serials must go by these instead.
  virtual std::span<const IndexSegment> segments() const { return {}; }
  // A record that still has its number, and counts no more.
  virtual bool IsDeleted(uint64_t) const { return false; }

  // Groups in ascending order of length; ranks run on from group to group. A length may have several groups, one a
  // format, that have no serial in common: serial_order() compares serials of such.
  virtual std::span<const std::unique_ptr<KeyGroup>> groups() const = 0;
  virtual const SerialOrder& serial_order() const = 0;
  virtual const GroupMasks& group_masks() const = 0;

  // Records are numbered 0 .. info().records - 1 in the order in which they were added. A record's id is its number
  // + 1, or what the section RIDS says; ids rise with the numbers.
  virtual uint64_t record_count() const = 0;
  // The records that carry the serial of this rank, ascending: the i-th of postings_size(rank) >= 1.
  virtual uint64_t postings_size(uint64_t rank) const = 0;
  virtual uint64_t posting(uint64_t rank, uint64_t i) const = 0;
  // Fetches what posting(rank, 0) will read.
  virtual void prefetch_posting(uint64_t) const {}

  // Partial records, by ascending record number.
  virtual uint64_t partial_count() const = 0;
  virtual uint64_t partial_record(uint64_t i) const = 0;
  virtual void partial_items(uint64_t i, std::u32string* items) const = 0;
  // The same in sorted orders (partials.h); partial_at: the number of the record at a place of one.
  virtual std::span<const PartialOrder> partial_orders() const = 0;
  virtual uint64_t partial_at(uint64_t place) const = 0;
  // What stands at each place, as integers; nullptr: not stored.
  virtual const PartialKeys* partial_keys() const { return nullptr; }
  // Records without a searchable mark, by ascending record number.
  virtual uint64_t missing_count() const = 0;
  virtual uint64_t missing_record(uint64_t i) const = 0;
  virtual Missing missing_kind(uint64_t i) const = 0;

  virtual uint64_t record_id(uint64_t record) const { return record + 1; }
  // The record with this id, or kNoRecord.
  virtual uint64_t FindId(uint64_t id) const { return id - 1 < record_count() ? id - 1 : kNoRecord; }
  // The first record of the row with this source and key, or kNoRecord. REQUIRES: finds_rows(): the section ROWS.
  virtual bool finds_rows() const { return false; }
  virtual uint64_t FindRow(std::string_view, std::string_view) const { return kNoRecord; }
  // What changes when any bit of the file does, checksums apart that Verify would find wrong.
  virtual uint64_t identity() const { return 0; }
  // Of the file, as long as the index. Empty: it is no single file.
  virtual std::span<const std::byte> bytes() const { return {}; }

  virtual void AppendKey(uint64_t record, std::string* out) const = 0;
  // The recorded text; false if it equals the serial (then *out is unchanged) .
  virtual bool AppendText(uint64_t record, std::string* out) const = 0;
  // Attributes, "source" among them, in ascending order of name.
  virtual std::span<const std::unique_ptr<AttributeColumn>> attributes() const = 0;
  const AttributeColumn* FindAttribute(std::string_view name) const;  // nullptr: there is none.

  // What all its serials look like (record_population.h). Read or counted when first asked for, once for all threads.
  // nullptr: the patience was over before; the next call goes on from there.
  std::shared_ptr<const RecordPopulation> population(Patience* patience = nullptr) const;

 private:
  // As stored. False: it is not, or not as it should be.
  virtual bool ReadPopulation(PopulationCounts*, RegisteredSerials*) const { return false; }
  virtual Status VerifyBytes() const = 0;  // Checksums, and the zeros between sections.
  virtual Status VerifyRules() const = 0;  // All else.

  mutable std::once_flag bytes_checked_, checked_;
  mutable Status bytes_status_, status_;
  mutable std::mutex counting_;  // Of the two below.
  mutable std::shared_ptr<const RecordPopulation> population_;
  mutable std::shared_ptr<PopulationCounter> counter_;  // As far as it has come.
};

// The symbols of the serial of a rank. REQUIRES: rank < info().serials.
std::u32string SerialOfRank(const Index& index, uint64_t rank);

}  // namespace burin::internal

#endif
