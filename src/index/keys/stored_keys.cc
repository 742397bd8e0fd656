#include "src/index/keys/stored_keys.h"

#include <algorithm>
#include <utility>

#include "src/index/keys/long_keys.h"
#include "src/index/keys/packed_keys.h"

namespace burin::internal {
namespace {

constexpr Symbol kSymbolLimit = 0x110000;

Status Broken(const std::string& what, uint64_t position) { return Status(StatusCode::kCorrupt, what, position); }

void EncodeAlphabet(const std::vector<Symbol>& alphabet, ByteWriter* out) {
  out->Varint(alphabet.size());
  Symbol next = 0;
  for (const Symbol symbol : alphabet) {
    out->Varint(symbol - next);
    next = symbol + 1;
  }
}

bool DecodeAlphabet(ByteReader* in, std::vector<Symbol>* alphabet) {
  const uint64_t count = in->Varint();
  if (!in->ok() || count == 0 || count > kMaxAlphabet || count > in->remaining()) return false;
  alphabet->reserve(static_cast<size_t>(count));
  uint64_t next = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t skipped = in->Varint();
    if (!in->ok() || skipped >= kSymbolLimit - next) return false;
    alphabet->push_back(static_cast<Symbol>(next + skipped));
    next = uint64_t{alphabet->back()} + 1;
    if (next == kSymbolLimit && i + 1 < count) return false;
  }
  return true;
}

}  // namespace

template <typename Value>
bool GroupShape::Product(Value* product) const {
  *product = 1;
  for (const auto& alphabet : alphabets) {
    if (!CheckedMultiply(*product, static_cast<Value>(alphabet.size()), product)) return false;
  }
  return true;
}
template bool GroupShape::Product(uint64_t* product) const;
template bool GroupShape::Product(Uint128* product) const;

SerialForm GroupShape::Form() const {
  uint64_t narrow;
  Uint128 wide;
  if (length > kMaxPackedLength) return SerialForm::kLong;
  if (Product(&narrow)) return SerialForm::kPacked64;
  return Product(&wide) ? SerialForm::kPacked128 : SerialForm::kLong;
}

SymbolKind SymbolKindOf(Symbol symbol) {
  if (symbol >= U'0' && symbol <= U'9') return SymbolKind::kDigit;
  return symbol >= U'A' && symbol <= U'Z' ? SymbolKind::kLetter : SymbolKind::kOther;
}

bool GroupShape::IsFormat() const {
  return std::all_of(alphabets.begin(), alphabets.end(), [](const auto& alphabet) {
    return std::all_of(alphabet.begin(), alphabet.end(),
                       [&](Symbol symbol) { return SymbolKindOf(symbol) == SymbolKindOf(alphabet.front()); });
  });
}

std::vector<uint32_t> GroupShape::Radices() const {
  std::vector<uint32_t> radices;
  for (const auto& alphabet : alphabets) radices.push_back(static_cast<uint32_t>(alphabet.size()));
  return radices;
}

void EncodeShapes(std::span<const GroupShape> shapes, ByteWriter* out) {
  for (const GroupShape& shape : shapes) {
    out->U8(static_cast<uint8_t>(shape.length));
    out->U8(static_cast<uint8_t>(shape.Form()));
    out->U8(shape.backward ? 1 : 0);
    out->Varint(shape.size);
    for (const auto& alphabet : shape.alphabets) EncodeAlphabet(alphabet, out);
  }
}

Status DecodeShapes(ByteSpan section, std::vector<GroupShape>* shapes) {
  ByteReader in(section);
  uint32_t last_length = 0;
  while (!in.AtEnd()) {
    const size_t start = in.position();
    GroupShape shape;
    shape.length = in.U8();
    const uint8_t form = in.U8();
    const uint8_t backward = in.U8();
    shape.backward = backward == 1;
    shape.size = in.Varint();
    if (!in.ok()) return Broken("group cut short", start);
    if (shape.length == 0 || shape.length < last_length || shape.length > kMaxMarkSymbols) {
      return Broken("length out of order", start);
    }
    if (backward > 1) return Broken("unknown orders of keys", start + 2);
    if (shape.size == 0) return Broken("group without keys", start);
    shape.alphabets.resize(shape.length);
    for (auto& alphabet : shape.alphabets) {
      if (!DecodeAlphabet(&in, &alphabet)) return Broken("malformed alphabet", in.position());
    }
    if (form != static_cast<uint8_t>(shape.Form())) return Broken("form of keys does not fit the alphabets", start + 1);
    const bool is_long = shape.Form() == SerialForm::kLong;
    if (is_long && shape.backward) return Broken("long keys in two orders", start + 2);
    if (shape.length == last_length && (is_long || shapes->back().Form() == SerialForm::kLong)) {
      return Broken("several groups of long keys of one length", start);
    }
    last_length = shape.length;
    shapes->push_back(std::move(shape));
  }
  return {};
}

Result<std::unique_ptr<StoredKeys>> OpenKeys(ByteSpan section, ByteSpan backward, GroupShape shape, uint64_t first_rank,
                                             int* status_section) {
  *status_section = 0;
  switch (shape.Form()) {
    case SerialForm::kPacked64:
      return PackedKeys<uint64_t>::Open(section, backward, std::move(shape), first_rank, status_section);
    case SerialForm::kPacked128:
      return PackedKeys<Uint128>::Open(section, backward, std::move(shape), first_rank, status_section);
    case SerialForm::kLong:
      break;
  }
  return LongKeys::Open(section, std::move(shape), first_rank);
}

namespace {

// Every symbol of the key is of the kind that the format has at its place.
bool HasFormat(const GroupShape& shape, std::span<const uint16_t> key, const GroupShape& format) {
  for (uint32_t p = 0; p < shape.length; ++p) {
    if (SymbolKindOf(shape.alphabets[p][key[p]]) != SymbolKindOf(format.alphabets[p].front())) return false;
  }
  return true;
}

}  // namespace

Status StoredKeys::Verify(std::span<const GroupShape* const> formats) const {
  if (Status status = VerifyStorage(); !status.ok()) return status;
  std::vector<std::vector<bool>> used;
  for (const auto& alphabet : shape_.alphabets) used.emplace_back(alphabet.size());
  std::vector<uint16_t> codes(kMaxRead * length());
  std::vector<uint16_t> last;
  for (uint64_t first = 0; first < size(); first += kMaxRead) {
    const uint64_t end = std::min(size(), first + kMaxRead);
    Read(first, end, codes.data());
    for (uint64_t i = first; i < end; ++i) {
      const std::span<const uint16_t> row(codes.data() + (i - first) * length(), length());
      if (!last.empty() && !std::lexicographical_compare(last.begin(), last.end(), row.begin(), row.end())) {
        return Broken("key " + std::to_string(i) + " is not above the one before it", Status::kNowhere);
      }
      last.assign(row.begin(), row.end());
      for (uint32_t p = 0; p < length(); ++p) used[p][row[p]] = true;
      for (const GroupShape* format : formats) {
        if (HasFormat(shape_, row, *format)) {
          return Broken("key " + std::to_string(i) + " belongs to a group before", Status::kNowhere);
        }
      }
    }
  }
  for (const auto& position : used) {
    if (std::find(position.begin(), position.end(), false) != position.end()) {
      return Broken("an alphabet has a symbol that no key has", Status::kNowhere);
    }
  }
  return {};
}

}  // namespace burin::internal
