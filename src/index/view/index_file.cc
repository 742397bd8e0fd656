#include "src/index/view/index_file.h"

#include <algorithm>
#include <utility>

#include "src/base/processor.h"
#include "src/index/file/sections.h"
#include "src/mark/fold/fold.h"
#include "src/population/counts.h"
#include "src/population/registered_serials.h"

namespace burin::internal {

Result<std::shared_ptr<const Index>> IndexFile::Open(ByteSpan bytes, const std::string& name,
                                                     std::optional<MappedFile> file) {
  LimitTargets();
  Result<Container> container = Container::Open(bytes, name, kKnownSections);
  if (!container.ok()) return container.status();
  std::shared_ptr<IndexFile> index(new IndexFile(*std::move(container)));
  index->file_ = std::move(file);
  index->bytes_ = bytes;
  if (Status status = index->ReadSections(); !status.ok()) return status;
  index->FillInfo();
  return std::shared_ptr<const Index>(std::move(index));
}

Status IndexFile::ReadSections() {
  using Step = Status (IndexFile::*)();
  for (const Step step : {&IndexFile::ReadMeta, &IndexFile::ReadGroups, &IndexFile::ReadRecords, &IndexFile::ReadStores,
                          &IndexFile::ReadAttributes, &IndexFile::ReadRegistered}) {
    if (Status status = (this->*step)(); !status.ok()) return status;
  }
  const Section* section = nullptr;
  return Next(0, 0, &section);
}

void IndexFile::SkipUnknown() {
  const auto sections = container_.sections();
  // An unknown section is optional, or Container::Open had refused it.
  while (next_section_ < sections.size() && std::find(std::begin(kKnownSections), std::end(kKnownSections),
                                                      sections[next_section_].name) == std::end(kKnownSections)) {
    ++next_section_;
  }
}

const Section* IndexFile::NextIf(FourCcCode name) {
  SkipUnknown();
  const auto sections = container_.sections();
  if (next_section_ == sections.size() || sections[next_section_].name != name) return nullptr;
  return &sections[next_section_++];
}

Status IndexFile::Next(FourCcCode name, uint64_t items, const Section** section) {
  SkipUnknown();
  const auto sections = container_.sections();
  if (next_section_ == sections.size()) {
    if (name == 0) return {};
    return Status(StatusCode::kCorrupt, container_.name() + ": section " + FourCcName(name) + " is not there",
                  kHeaderBytes);
  }
  *section = &sections[next_section_++];
  if ((*section)->name != name) return container_.Corrupt(**section, 0, "out of place");
  if ((*section)->items != items) return container_.Corrupt(**section, 0, "wrong number of items");
  if (((*section)->flags & kRequired) == 0) return container_.Corrupt(**section, 0, "not marked as required");
  return {};
}

Status IndexFile::ReadMeta() {
  const Section* section = nullptr;
  if (Status status = Next(kMetaSection, 1, &section); !status.ok()) return status;
  const size_t kinds = more_kinds() ? kMostMissingKinds : kFirstMissingKinds;
  if (section->bytes.size() != MetaBytes(kinds)) return container_.Corrupt(*section, 0, "wrong size");
  ByteReader in(section->bytes);
  info_.folding_version = in.U32();
  const uint32_t zero = in.U32();
  info_.records = in.U64();
  info_.serials = in.U64();
  info_.partial_records = in.U64();
  uint64_t unknown = 0;
  for (size_t kind = 0; kind < kinds; ++kind) (kind < kMissingKinds ? info_.missing[kind] : unknown) |= in.U64();
  if (zero != 0) return container_.Corrupt(*section, 4, "reserved bytes are not zero");
  if (info_.folding_version < kOldestFolding || info_.folding_version > kFoldingVersion) {
    return Status(StatusCode::kVersionUnsupported, container_.name() + ": its serials were folded by version " +
                                                       std::to_string(info_.folding_version) + ", this library knows " +
                                                       std::to_string(kOldestFolding) + " to " +
                                                       std::to_string(kFoldingVersion));
  }
  if (info_.records > kMaxRecords) return container_.Corrupt(*section, 8, "too many records");
  if (info_.missing[0] != 0 || unknown != 0) return container_.Corrupt(*section, 32, "reserved count is not zero");
  return {};
}

Status IndexFile::ReadGroups() {
  const auto groups_section = container_.Find(kGroupsSection);
  const uint64_t count = groups_section ? groups_section->items : 0;
  const Section* section = nullptr;
  if (Status status = Next(kGroupsSection, count, &section); !status.ok()) return status;
  std::vector<GroupShape> shapes;
  if (Status status = container_.In(*section, DecodeShapes(section->bytes, &shapes)); !status.ok()) return status;
  if (shapes.size() != count) return container_.Corrupt(*section, 0, "wrong number of groups");
  return ReadKeys(std::move(shapes));
}

Status IndexFile::ReadKeys(std::vector<GroupShape> shapes) {
  // All KEYS come before all BKEYs: both are found before a group is opened.
  std::vector<const Section*> keys(shapes.size()), backward(shapes.size());
  for (size_t i = 0; i < shapes.size(); ++i) {
    if (Status status = Next(kKeysSection, shapes[i].size, &keys[i]); !status.ok()) return status;
  }
  for (size_t i = 0; i < shapes.size(); ++i) {
    if (!shapes[i].backward) continue;
    if (Status status = Next(kBackwardSection, shapes[i].size, &backward[i]); !status.ok()) return status;
  }
  uint64_t rank = 0;
  for (size_t i = 0; i < shapes.size(); ++i) {
    const uint64_t size = shapes[i].size;
    int which = 0;
    Result<std::unique_ptr<StoredKeys>> opened = OpenKeys(
        keys[i]->bytes, backward[i] != nullptr ? backward[i]->bytes : ByteSpan(), std::move(shapes[i]), rank, &which);
    if (!opened.ok()) return container_.In(which == 0 ? *keys[i] : *backward[i], opened.status());
    if (!CheckedAdd(rank, size, &rank)) return container_.Corrupt(*keys[i], 0, "too many keys");
    stored_keys_.emplace_back(opened->get(), keys[i]);
    groups_.push_back(*std::move(opened));
  }
  if (rank != info_.serials) return container_.Corrupt(container_.sections().front(), 16, "wrong number of serials");
  const Section& groups = *container_.Find(kGroupsSection);
  if (Status status = container_.In(groups, GroupMasks::Make(groups_, &group_masks_)); !status.ok()) return status;
  return container_.In(groups, SerialOrder::Make(groups_, &serial_order_));
}

Status IndexFile::ReadRecords() {
  const uint64_t records = info_.records;
  uint64_t missing = 0;
  uint64_t others = 0;
  const Section& meta = container_.sections().front();
  for (const uint64_t count : info_.missing) {
    if (!CheckedAdd(missing, count, &missing)) return container_.Corrupt(meta, 32, "too many records");
  }
  if (!CheckedAdd(missing, info_.partial_records, &others) || others > records) {
    return container_.Corrupt(meta, 24, "wrong number of records");
  }
  const Section* section = nullptr;
  if (Status status = Next(kPostingsSection, records - others, &section); !status.ok()) return status;
  Status status = Postings::Open(section->bytes, info_.serials, records, &postings_);
  if (!status.ok()) return container_.In(*section, status);
  if (postings_.count() != records - others) return container_.Corrupt(*section, 0, "wrong number of postings");
  if (status = ReadPartials(); !status.ok()) return status;
  if (status = Next(kMissingSection, missing, &section); !status.ok()) return status;
  status = MissingRecords::Open(section->bytes, records, more_kinds(), &missing_);
  if (!status.ok()) return container_.In(*section, status);
  if (missing_.size() != missing) return container_.Corrupt(*section, 0, "wrong number of records");
  return {};
}

Status IndexFile::ReadPartials() {
  const Section* section = nullptr;
  if (Status status = Next(kPartialsSection, info_.partial_records, &section); !status.ok()) return status;
  Status status = Partials::Open(section->bytes, info_.records, &partials_);
  if (!status.ok()) return container_.In(*section, status);
  if (partials_.size() != info_.partial_records) return container_.Corrupt(*section, 0, "wrong number of records");
  partial_orders_ = partials_.orders();
  section = NextIf(kPartialKeysSection);
  if (section == nullptr) return {};
  if (section->items != partials_.size()) return container_.Corrupt(*section, 0, "wrong number of items");
  if (section->flags != 0) return container_.Corrupt(*section, 0, "marked as required");
  status = PartialKeys::Open(section->bytes, partials_.places(), &partial_keys_.emplace());
  return status.ok() ? Status() : container_.In(*section, status);
}

Status IndexFile::ReadStores() {
  const Section* section = nullptr;
  if (Status status = Next(kRecordKeySection, info_.records, &section); !status.ok()) return status;
  Result<KeyStore> keys = KeyStore::Open(section->bytes, info_.records);
  if (!keys.ok()) return container_.In(*section, keys.status());
  keys_ = *std::move(keys);
  const auto texts_section = container_.Find(kTextSection);
  const uint64_t count = texts_section ? texts_section->items : 0;
  if (Status status = Next(kTextSection, count, &section); !status.ok()) return status;
  Result<TextStore> texts = TextStore::Open(section->bytes, info_.records);
  if (!texts.ok()) return container_.In(*section, texts.status());
  if (texts->size() != count) return container_.Corrupt(*section, 0, "wrong number of texts");
  texts_ = *std::move(texts);
  return {};
}

Status IndexFile::ReadAttributes() {
  const size_t count = container_.FindAll(kAttributeSection).size();
  for (size_t i = 0; i < count; ++i) {
    const Section* section = nullptr;
    if (Status status = Next(kAttributeSection, info_.records, &section); !status.ok()) return status;
    Result<std::unique_ptr<AttributeView>> column = AttributeView::Open(section->bytes, info_.records);
    if (!column.ok()) return container_.In(*section, column.status());
    if (!attributes_.empty() && attributes_.back()->name() >= (*column)->name()) {
      return container_.Corrupt(*section, 0, "attributes are not in order of name");
    }
    stored_attributes_.emplace_back(column->get(), section);
    attributes_.push_back(*std::move(column));
  }
  return {};
}

// What segments of a registry have: it may stand anywhere, or be left out.
Status IndexFile::ReadRegistered() {
  if (const auto section = container_.Find(kRecordIdsSection)) {
    if (section->items != info_.records) return container_.Corrupt(*section, 0, "wrong number of items");
    Status status = container_.In(*section, RecordIds::Open(section->bytes, info_.records, &ids_));
    if (!status.ok()) return status;
  }
  if (const auto section = container_.Find(kRowsSection)) {
    rows_.emplace();
    Status status = container_.In(*section, RowFinder::Open(section->bytes, info_.records, &*rows_));
    if (!status.ok()) return status;
    if (rows_->size() != section->items) return container_.Corrupt(*section, 0, "wrong number of items");
  }
  return {};
}

uint64_t IndexFile::FindRow(std::string_view source, std::string_view key) const {
  if (!rows_) return kNoRecord;
  const AttributeColumn* const sources = FindAttribute("source");
  uint64_t found = kNoRecord;
  std::string there;
  rows_->ForEach(HashOfRow(source, key), [&](uint64_t record) {
    there.clear();
    AppendKey(record, &there);
    if (there != key || sources == nullptr || sources->text(sources->code(record)) != source) return false;
    found = record;
    return true;
  });
  return found;
}

bool IndexFile::ReadPopulation(PopulationCounts* counts, RegisteredSerials* registered) const {
  const auto section = container_.Find(kPopulationSection);
  if (!section) return false;
  ByteReader in(section->bytes);
  return RegisteredSerials::Decode(&in, registered) && PopulationCounts::Decode(&in, counts).ok() && in.AtEnd() &&
         counts->records() == postings_.count() && registered->singles <= info_.serials &&
         registered->most_alike <= std::max<uint64_t>(counts->records(), 1);
}

void IndexFile::FillInfo() {
  info_.format_major = container_.major();
  info_.format_minor = container_.minor();
  info_.file_bytes = container_.file_bytes();
  for (const Section& section : container_.sections()) {
    const std::string name = FourCcName(section.name);
    const auto same = std::find_if(info_.sections.begin(), info_.sections.end(),
                                   [&](const SectionInfo& info) { return info.name == name; });
    if (same == info_.sections.end()) {
      info_.sections.push_back({name, section.bytes.size(), section.items});
    } else {
      same->bytes += section.bytes.size();
      same->items += section.items;
    }
  }
}

bool IndexFile::AppendText(uint64_t record, std::string* out) const {
  std::string_view text;
  if (!texts_->Find(record, &text)) return false;
  out->append(text);
  return true;
}

}  // namespace burin::internal
