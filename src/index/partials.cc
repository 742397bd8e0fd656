#include "src/index/partials.h"

#include <algorithm>

namespace burin::internal {
namespace {

constexpr uint32_t kKindBits = 3;
// Items in the file: 0 unreadable, 1 gap, else a code point and 2.
constexpr uint64_t kFirstSymbol = 2;
constexpr uint64_t kItemLimit = 0x110000 + kFirstSymbol;

Status Broken(const std::string& what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

// A sequence at `*at` of a section; moves behind it and its padding.
Status OpenSequence(ByteSpan section, uint64_t* at, DeltaBlocks<uint64_t>* out) {
  if (*at > section.size()) return Broken("sequence cut short", *at);
  if (Status status = DeltaBlocks<uint64_t>::Open(section.subspan(*at), out); !status.ok()) {
    return Broken(status.message(), *at + status.position());
  }
  const uint64_t end = *at + out->encoded_bytes();
  *at = RoundUp(end, 8);
  for (uint64_t i = end; i < std::min<uint64_t>(*at, section.size()); ++i) {
    if (LoadU8(section, i) != 0) return Broken("padding is not zero", i);
  }
  return {};
}

// Record numbers: ascending, in range, none seen before.
Status VerifyNumbers(const DeltaBlocks<uint64_t>& numbers, uint64_t records, std::vector<bool>* seen) {
  if (Status status = numbers.Verify(); !status.ok()) return Broken(status.message());
  for (uint64_t i = 0; i < numbers.size(); ++i) {
    const uint64_t record = numbers.Get(i);
    if (record >= records) return Broken("record number beyond the records");
    if ((*seen)[record]) return Broken("record " + std::to_string(record) + " was met before");
    (*seen)[record] = true;
  }
  return {};
}

}  // namespace

void PartialsWriter::Add(uint64_t record, std::u32string_view items) {
  records_.Add(record);
  offsets_.Add(items_.size());
  for (const Symbol item : items) {
    items_.Varint(item == kUnreadable ? 0 : item == kGap ? 1 : item + kFirstSymbol);
  }
}

void PartialsWriter::Finish(ByteWriter* out) {
  offsets_.Add(items_.size());
  records_.Finish(out);
  out->PadTo(8);
  offsets_.Finish(out);
  out->PadTo(8);
  out->Bytes(items_.bytes());
  *this = {};
}

Status Partials::Open(ByteSpan section, uint64_t records, Partials* out) {
  *out = Partials();
  out->records_ = records;
  uint64_t at = 0;
  if (Status status = OpenSequence(section, &at, &out->numbers_); !status.ok()) return status;
  if (Status status = OpenSequence(section, &at, &out->offsets_); !status.ok()) return status;
  if (out->numbers_.size() > records || out->offsets_.size() != out->numbers_.size() + 1) {
    return Broken("wrong number of partial records", 0);
  }
  if (at > section.size()) return Broken("items cut short", at);
  out->items_ = section.subspan(at);
  // An item takes a byte at least, so that counts are bounded by the file's size.
  if (out->items_.size() < out->size()) return Broken("items cut short", at);
  return {};
}

uint64_t Partials::Record(uint64_t i) const { return std::min(numbers_.Get(i), records_ - 1); }

bool Partials::Decode(uint64_t i, std::u32string* items) const {
  items->clear();
  const uint64_t start = offsets_.Get(i);
  const uint64_t end = offsets_.Get(i + 1);
  if (end < start) return false;
  ByteReader in(ClampedSubspan(items_, start, end - start));
  while (!in.AtEnd() && items->size() < kMaxPartialItems) {
    const uint64_t item = in.Varint();
    if (!in.ok() || item >= kItemLimit) return false;
    items->push_back(item == 0 ? kUnreadable : item == 1 ? kGap : static_cast<Symbol>(item - kFirstSymbol));
  }
  return in.AtEnd() && !items->empty();
}

void Partials::Items(uint64_t i, std::u32string* items) const { Decode(i, items); }

Status Partials::Verify(std::vector<bool>* seen) const {
  if (Status status = VerifyNumbers(numbers_, records_, seen); !status.ok()) return status;
  if (Status status = offsets_.Verify(); !status.ok()) return Broken(status.message());
  if (offsets_.Get(0) != 0 || offsets_.Get(size()) != items_.size()) return Broken("items have the wrong size");
  std::u32string items;
  const std::u32string two_gaps(2, kGap);
  for (uint64_t i = 0; i < size(); ++i) {
    if (!Decode(i, &items) || items.find(two_gaps) != std::u32string::npos) {
      return Broken("malformed items of partial record " + std::to_string(i));
    }
  }
  return {};
}

void MissingWriter::Add(uint64_t record, Missing missing) {
  records_.Add(record);
  kinds_.push_back(static_cast<uint8_t>(missing));
  ++counts_[static_cast<size_t>(missing)];
}

void MissingWriter::Finish(ByteWriter* out) {
  records_.Finish(out);
  out->PadTo(8);
  AppendPacked(kinds_, kKindBits, out);
  *this = {};
}

Status MissingRecords::Open(ByteSpan section, uint64_t records, MissingRecords* out) {
  *out = MissingRecords();
  out->records_ = records;
  uint64_t at = 0;
  if (Status status = OpenSequence(section, &at, &out->numbers_); !status.ok()) return status;
  if (out->numbers_.size() > records) return Broken("too many missing records", 0);
  if (at > section.size() || !PackedArray::Open(section.subspan(at), out->size(), kKindBits, &out->kinds_) ||
      at + out->kinds_.bytes().size() != section.size()) {
    return Broken("kinds have the wrong size", at);
  }
  return {};
}

uint64_t MissingRecords::Record(uint64_t i) const { return std::min(numbers_.Get(i), records_ - 1); }

Missing MissingRecords::Kind(uint64_t i) const {
  const uint64_t kind = kinds_.Get(i);
  return kind == 0 || kind >= kMissingKinds ? Missing::kUnknown : static_cast<Missing>(kind);
}

Status MissingRecords::Verify(const uint64_t (&counts)[kMissingKinds], std::vector<bool>* seen) const {
  if (Status status = VerifyNumbers(numbers_, records_, seen); !status.ok()) return status;
  if (!kinds_.TailIsZero()) return Broken("unused bits of the kinds are not zero");
  uint64_t found[kMissingKinds] = {};
  for (uint64_t i = 0; i < size(); ++i) {
    const uint64_t kind = kinds_.Get(i);
    if (kind == 0 || kind >= kMissingKinds) return Broken("unknown kind of missing record " + std::to_string(i));
    ++found[kind];
  }
  if (!std::equal(std::begin(found), std::end(found), std::begin(counts))) return Broken("kinds are counted wrong");
  return {};
}

}  // namespace burin::internal
