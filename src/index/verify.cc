// Proves an opened index sound: every checksum first, then every rule of docs/format.md that opening leaves unchecked.
// Costs one pass over the file and one bit a record.
#include <vector>

#include "src/index/index_file.h"
#include "src/index/record_population.h"
#include "src/index/sections.h"

namespace burin::internal {

Status IndexFile::Verify() const {
  if (Status status = container_.Verify(); !status.ok()) return status;
  if (Status status = VerifyGroups(); !status.ok()) return status;
  if (Status status = VerifyRecords(); !status.ok()) return status;
  if (Status status = container_.In(*container_.Find(kRecordKeySection), keys_->Verify()); !status.ok()) return status;
  if (Status status = container_.In(*container_.Find(kTextSection), texts_->Verify()); !status.ok()) return status;
  for (const auto& [column, section] : stored_attributes_) {
    if (Status status = container_.In(*section, column->Verify()); !status.ok()) return status;
  }
  if (Status status = VerifyPopulation(); !status.ok()) return status;
  return VerifyRegistered();
}

// Ids, and that every row is found by its source and key.
Status IndexFile::VerifyRegistered() const {
  if (const auto section = container_.Find(kRecordIdsSection)) {
    if (Status status = container_.In(*section, ids_.Verify()); !status.ok()) return status;
  }
  const auto section = container_.Find(kRowsSection);
  if (!section) return {};
  if (Status status = container_.In(*section, rows_->Verify()); !status.ok()) return status;
  const AttributeColumn* const sources = FindAttribute("source");
  if (sources == nullptr) return container_.Corrupt(*section, 0, "rows without the attribute source");
  std::string key;
  for (uint64_t i = 0; i < rows_->size(); ++i) {
    const uint64_t record = rows_->Record(i);
    key.clear();
    AppendKey(record, &key);
    if (!rows_->Agrees(i, HashOfRow(sources->text(sources->code(record)), key))) {
      return container_.Corrupt(*section, 0, "row " + std::to_string(i) + " has another key");
    }
  }
  return {};
}

// Counted again.
Status IndexFile::VerifyPopulation() const {
  const auto section = container_.Find(kPopulationSection);
  if (!section || RegisteredSerials::IsOfAnotherModel(ByteReader(section->bytes))) return {};
  PopulationCounts counts;
  RegisteredSerials registered;
  if (!ReadPopulation(&counts, &registered)) return container_.Corrupt(*section, 0, "no counts of so many serials");
  const auto counted = CountPopulation(*this, nullptr);
  if (counts == counted->counts && registered == counted->serials) return {};
  return container_.Corrupt(*section, 0, "not the counts of these serials");
}

Status IndexFile::VerifyGroups() const {
  std::vector<const GroupShape*> formats;  // Of the groups before, of the same length.
  uint32_t length = 0;
  for (const auto& [keys, section] : stored_keys_) {
    if (keys->length() != length) formats.clear();
    if (!formats.empty() && !formats.back()->IsFormat()) {
      return container_.Corrupt(*section, 0, "keys behind a group that is not one format");
    }
    length = keys->length();
    if (Status status = container_.In(*section, keys->Verify(formats)); !status.ok()) return status;
    formats.push_back(&keys->shape());
  }
  return {};
}

// Every record has its place once: in the postings, among the partial records or among the missing.
Status IndexFile::VerifyRecords() const {
  std::vector<bool> seen(info_.records);
  Status status = container_.In(*container_.Find(kPostingsSection), postings_.Verify(&seen));
  if (status.ok()) status = container_.In(*container_.Find(kPartialsSection), partials_.Verify(&seen));
  if (status.ok() && partial_keys_) {
    status = container_.In(*container_.Find(kPartialKeysSection), partial_keys_->Verify(partials_));
  }
  if (status.ok()) status = container_.In(*container_.Find(kMissingSection), missing_.Verify(info_.missing, &seen));
  return status;
}

}  // namespace burin::internal
