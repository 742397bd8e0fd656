// An index file, opened: the sections of a container as an Index. Views only; the one thing that is built when opening
// is the list of groups with their alphabets.
#ifndef BURIN_SRC_INDEX_VIEW_INDEX_FILE_H_
#define BURIN_SRC_INDEX_VIEW_INDEX_FILE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/base/mapped_file.h"
#include "src/index/columns/attribute_view.h"
#include "src/index/columns/key_store.h"
#include "src/index/columns/text_store.h"
#include "src/index/file/container.h"
#include "src/index/keys/group_masks.h"
#include "src/index/keys/serial_order.h"
#include "src/index/keys/stored_keys.h"
#include "src/index/records/partial_keys.h"
#include "src/index/records/partials.h"
#include "src/index/records/postings.h"
#include "src/index/records/row_finder.h"
#include "src/index/view/index.h"

namespace burin::internal {

class IndexFile final : public Index {
 public:
  // Checks everything that reads rely on. `file` keeps the bytes alive where the index owns them.
  static Result<std::shared_ptr<const Index>> Open(ByteSpan bytes, const std::string& name,
                                                   std::optional<MappedFile> file);

  const IndexInfo& info() const override { return info_; }
  ByteSpan bytes() const override { return bytes_; }
  std::span<const std::unique_ptr<KeyGroup>> groups() const override { return groups_; }
  const SerialOrder& serial_order() const override { return serial_order_; }
  const GroupMasks& group_masks() const override { return group_masks_; }
  uint64_t record_count() const override { return info_.records; }
  uint64_t postings_size(uint64_t rank) const override { return rank < info_.serials ? postings_.Size(rank) : 0; }
  uint64_t posting(uint64_t rank, uint64_t i) const override {
    return rank < info_.serials ? postings_.Record(rank, i) : 0;
  }
  void prefetch_posting(uint64_t rank) const override { postings_.PrefetchRecord(rank); }
  uint64_t partial_count() const override { return partials_.size(); }
  uint64_t partial_record(uint64_t i) const override { return partials_.Record(i); }
  void partial_items(uint64_t i, std::u32string* items) const override { partials_.Items(i, items); }
  std::span<const PartialOrder> partial_orders() const override { return partial_orders_; }
  uint64_t partial_at(uint64_t place) const override { return partials_.NumberAt(place); }
  const PartialKeys* partial_keys() const override { return partial_keys_ ? &*partial_keys_ : nullptr; }
  uint64_t missing_count() const override { return missing_.size(); }
  uint64_t missing_record(uint64_t i) const override { return missing_.Record(i); }
  Missing missing_kind(uint64_t i) const override { return missing_.Kind(i); }
  uint64_t record_id(uint64_t record) const override { return ids_.Id(record); }
  uint64_t FindId(uint64_t id) const override { return ids_.Find(id, info_.records); }
  bool finds_rows() const override { return rows_.has_value(); }
  uint64_t FindRow(std::string_view source, std::string_view key) const override;
  uint64_t identity() const override { return container_.checksum(); }
  void AppendKey(uint64_t record, std::string* out) const override { keys_->AppendKey(record, out); }
  bool AppendText(uint64_t record, std::string* out) const override;
  std::span<const std::unique_ptr<AttributeColumn>> attributes() const override { return attributes_; }

 private:
  bool more_kinds() const { return (container_.features() & kMoreMissingKinds) != 0; }
  explicit IndexFile(Container container) : container_(std::move(container)) {}

  bool ReadPopulation(PopulationCounts* counts, RegisteredSerials* registered) const override;
  // The sections one after another, each in its place.
  Status ReadSections();
  Status ReadMeta();
  Status ReadGroups();
  Status ReadKeys(std::vector<GroupShape> shapes);
  Status ReadRecords();
  Status ReadPartials();
  Status ReadStores();
  Status ReadAttributes();
  Status ReadRegistered();
  void FillInfo();
  // The next section, which must be called so and have so many items.
  Status Next(FourCcCode name, uint64_t items, const Section** section);
  // The next section if it is called so, else nullptr: for those that a file may do without.
  const Section* NextIf(FourCcCode name);
  void SkipUnknown();

  Status VerifyBytes() const override;  // index_file_verify.cc, like all of these.
  Status VerifyRules() const override;
  Status VerifyOrder() const;
  Status VerifyGroups() const;
  Status VerifySymbols() const;
  Status VerifyRecords() const;
  Status VerifyKeys() const;
  Status VerifyRegistered() const;
  Status VerifyPopulation() const;

  std::optional<MappedFile> file_;
  ByteSpan bytes_;
  Container container_;
  size_t next_section_ = 0;
  IndexInfo info_;
  std::vector<std::unique_ptr<KeyGroup>> groups_;
  SerialOrder serial_order_;
  GroupMasks group_masks_;
  Postings postings_;
  Partials partials_;
  std::array<PartialOrder, Partials::kOrders> partial_orders_;
  std::optional<PartialKeys> partial_keys_;
  MissingRecords missing_;
  std::optional<KeyStore> keys_;
  std::optional<TextStore> texts_;
  RecordIds ids_;
  std::optional<RowFinder> rows_;
  std::vector<std::unique_ptr<AttributeColumn>> attributes_;
  // What Verify looks at, each with its section.
  std::vector<std::pair<const StoredKeys*, const Section*>> stored_keys_;
  std::vector<std::pair<const AttributeView*, const Section*>> stored_attributes_;
};

}  // namespace burin::internal

#endif
