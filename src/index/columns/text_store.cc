// The section of texts (docs/format-attributes.md):
//
//   delta blocks of the record numbers that have a text, zeros to a multiple of 8, the texts as a string table
#include "src/index/columns/text_store.h"

#include <string>

namespace burin::internal {
namespace {

Status Broken(const std::string& what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

}  // namespace

Status TextStoreBuilder::Add(uint64_t record, std::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return Status(StatusCode::kInvalidArgument, "a text of " + std::to_string(text.size()) + " bytes; " +
                                                    std::to_string(kMaxTextBytes) + " are allowed");
  }
  records_.Append(record);
  texts_.Append(text);
  return {};
}

void TextStoreBuilder::Encode(ByteWriter* out) const {
  DeltaBlocksWriter<uint64_t> records;
  for (uint64_t i = 0; i < records_.size(); ++i) records.Add(records_.at(i));
  records.Finish(out);
  out->PadTo(8);
  AppendStringTable(
      texts_.size(), [&](uint64_t i) { return texts_.at(i); }, out);
}

Result<TextStore> TextStore::Open(ByteSpan section, uint64_t records) {
  TextStore store;
  store.record_count_ = records;
  if (Status status = DeltaBlocks<uint64_t>::Open(section, &store.records_); !status.ok()) return status;
  if (store.records_.size() > records) return Broken("more texts than records", 0);
  const uint64_t end = store.records_.encoded_bytes();
  const uint64_t table = RoundUp(end, 8);
  if (table > section.size()) return Broken("texts cut short", section.size());
  store.padding_ = section.subspan(end, table - end);
  const ByteSpan rest = section.subspan(table);
  if (Status status = StringTable::Open(rest, store.records_.size(), &store.texts_); !status.ok()) {
    return Broken(status.message(), table);
  }
  if (store.texts_.encoded_bytes() != rest.size()) return Broken("texts have the wrong size", section.size());
  return store;
}

bool TextStore::Find(uint64_t record, std::string_view* text) const {
  const uint64_t i = records_.LowerBound(0, records_.size(), record);
  if (i == records_.size() || records_.Get(i) != record) return false;
  *text = texts_.Get(i).substr(0, kMaxTextBytes);
  return true;
}

Status TextStore::Verify() const {
  if (Status status = records_.Verify(); !status.ok()) return status;
  for (const std::byte b : padding_) {
    if (b != std::byte{0}) return Broken("padding is not zero");
  }
  uint64_t last = 0;
  uint64_t values[kDeltaBlock];
  for (uint64_t block = 0; block < records_.blocks(); ++block) {
    const uint32_t size = records_.ReadBlock(block, values);
    for (uint32_t i = 0; i < size; last = values[i++]) {
      if (values[i] >= record_count_)
        return Broken("a text of record " + std::to_string(values[i]) + ": there is none");
      if ((block > 0 || i > 0) && values[i] == last) return Broken("two texts of record " + std::to_string(last));
    }
  }
  return texts_.Verify(0, kMaxTextBytes);
}

}  // namespace burin::internal
