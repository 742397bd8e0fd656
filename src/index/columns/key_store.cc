// The section of keys (docs/format-attributes.md):
//
//   u8 form (1: numbers, 2: texts), 7 zero bytes, u64 records,
//   form 1: delta blocks of the keys as numbers, zeros to a multiple of 8; form 2: the keys as a string table
#include "src/index/columns/key_store.h"

#include <algorithm>
#include <charconv>

#include "src/index/columns/attribute.h"

namespace burin::internal {
namespace {

constexpr size_t kHeaderBytes = 16;

Status Broken(const std::string& what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

}  // namespace

Result<KeyStore> KeyStore::Open(ByteSpan section, uint64_t records) {
  if (section.size() < kHeaderBytes) return Broken("keys cut short", section.size());
  KeyStore store;
  store.records_ = records;
  const auto form = static_cast<KeyForm>(LoadU8(section, 0));
  if (form != KeyForm::kNumbers && form != KeyForm::kTexts) return Broken("keys of an unknown form", 0);
  if (LoadU64(section, 0) >> 8 != 0) return Broken("reserved bytes are not zero", 1);
  if (LoadU64(section, 8) != records) return Broken("keys of another number of records", 8);
  store.numbers_only_ = form == KeyForm::kNumbers;
  const ByteSpan rest = section.subspan(kHeaderBytes);
  Status status = store.numbers_only_ ? DeltaBlocks<uint64_t>::Open(rest, &store.numbers_)
                                      : StringTable::Open(rest, records, &store.texts_);
  if (!status.ok()) return Broken(status.message(), kHeaderBytes);
  if (store.numbers_only_ && store.numbers_.size() != records) return Broken("wrong number of keys", kHeaderBytes);
  if (!store.numbers_only_ && store.texts_.text_bytes() < records) return Broken("keys cut short", section.size());
  const uint64_t end = store.numbers_only_ ? store.numbers_.encoded_bytes() : store.texts_.encoded_bytes();
  if (RoundUp(end, 8) != rest.size()) return Broken("keys have the wrong size", section.size());
  for (const std::byte b : rest.subspan(end)) {
    if (b != std::byte{0}) return Broken("padding is not zero", kHeaderBytes + end);
  }
  return store;
}

void KeyStore::AppendKey(uint64_t record, std::string* out) const {
  if (record >= records_) return;
  if (!numbers_only_) {
    out->append(texts_.Get(record).substr(0, kMaxKeyBytes));
    return;
  }
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof(digits), numbers_.Get(record)).ptr;
  out->append(digits, static_cast<size_t>(end - digits));
}

Status KeyStore::Verify() const { return numbers_only_ ? numbers_.Verify() : texts_.Verify(1, kMaxKeyBytes); }

}  // namespace burin::internal
