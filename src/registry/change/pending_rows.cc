#include "src/registry/change/pending_rows.h"

#include <algorithm>
#include <cstring>

#include "src/base/bytes.h"
#include "src/index/records/row_finder.h"

namespace burin::internal {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;

void PutText(std::string_view text, ByteWriter* out) {
  out->Varint(text.size());
  out->Text(text);
}

std::string_view GetText(ByteReader* in) { return AsText(in->Bytes(in->Varint())); }

}  // namespace

char* PendingRows::Allocate(size_t bytes) {
  if (bytes > left_) {
    left_ = std::max(bytes, kBlockBytes);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = blocks_.back().get();
    memory_ += left_;
  }
  char* const place = next_;
  next_ += bytes;
  left_ -= bytes;
  return place;
}

// source, key, text; marks: kind, what notes say, rules, symbols; attributes.
void PendingRows::Add(const Row& row) {
  ByteWriter out;
  PutText(row.source, &out);
  PutText(row.key, &out);
  PutText(row.text, &out);
  out.Varint(row.marks.size());
  for (const RecordedMark& mark : row.marks) {
    out.U8(static_cast<uint8_t>(static_cast<uint8_t>(mark.missing) << 1 | (mark.partial ? 1 : 0)));
    for (const std::string_view said : {std::string_view(mark.component), mark.location, mark.method, mark.condition}) {
      PutText(said, &out);
    }
    out.Varint(mark.rules);
    out.Varint(mark.symbols.size());
    for (const Symbol symbol : mark.symbols) out.Varint(symbol);
  }
  out.Varint(row.attributes.size());
  for (const std::string_view value : row.attributes) PutText(value, &out);
  char* const place = Allocate(out.size());
  std::memcpy(place, out.bytes().data(), out.size());
  by_key_.Insert(HashOfRow(row.source, row.key), size());
  rows_.push_back({place, static_cast<uint32_t>(out.size()), static_cast<uint32_t>(row.marks.size())});
  marks_ += row.marks.size();
  memory_ += sizeof(Place) + 16;
}

bool PendingRows::Is(uint32_t number, std::string_view source, std::string_view key) const {
  const Place& place = rows_[number];
  if (place.data == nullptr) return false;
  ByteReader in(AsBytes({place.data, place.bytes}));
  return GetText(&in) == source && GetText(&in) == key;
}

uint32_t PendingRows::Find(std::string_view source, std::string_view key) const {
  return by_key_.Find(HashOfRow(source, key), [&](uint32_t number) { return Is(number, source, key); });
}

void PendingRows::TakeBack(uint32_t number) {
  marks_ -= rows_[number].marks;
  rows_[number] = Place();
}

bool PendingRows::Get(uint32_t number, Read* out) const {
  const Place& place = rows_[number];
  if (place.data == nullptr) return false;
  ByteReader in(AsBytes({place.data, place.bytes}));
  Row& row = out->row;
  row.source = GetText(&in);
  row.key = GetText(&in);
  row.text = GetText(&in);
  out->marks.resize(static_cast<size_t>(in.Varint()));
  for (RecordedMark& mark : out->marks) {
    const uint8_t kind = in.U8();
    mark.missing = static_cast<Missing>(kind >> 1);
    mark.partial = (kind & 1) != 0;
    mark.component = GetText(&in);
    mark.location = GetText(&in);
    mark.method = GetText(&in);
    mark.condition = GetText(&in);
    mark.rules = static_cast<uint16_t>(in.Varint());
    mark.symbols.resize(static_cast<size_t>(in.Varint()));
    for (Symbol& symbol : mark.symbols) symbol = static_cast<Symbol>(in.Varint());
  }
  out->attributes.resize(static_cast<size_t>(in.Varint()));
  for (std::string_view& value : out->attributes) value = GetText(&in);
  row.marks = out->marks;
  row.attributes = out->attributes;
  return true;
}

void PendingRows::Clear() { *this = PendingRows(); }

}  // namespace burin::internal
