#include "src/index/records/partial_keys.h"

#include <algorithm>
#include <utility>

#include "src/index/records/partials.h"

namespace burin::internal {
namespace {

constexpr uint64_t kHeaderBytes = 8;
constexpr uint32_t kMostSymbols = 0x110000;

Status Broken(const char* what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

// Bits of a code: there are two more than symbols, and none.
uint32_t CodeBits(size_t symbols) { return BitWidth(symbols + 2); }

// REQUIRES: the item is among them.
uint64_t CodeOf(std::span<const Symbol> symbols, Symbol item) {
  if (item >= kUnreadable) return symbols.size() + (item == kUnreadable ? 1 : 2);
  return static_cast<uint64_t>(std::lower_bound(symbols.begin(), symbols.end(), item) - symbols.begin()) + 1;
}

uint64_t MakeKey(std::span<const Symbol> symbols, std::u32string_view items) {
  const uint32_t bits = CodeBits(symbols.size());
  uint64_t key = 0;
  for (uint32_t i = 0; i < std::min<size_t>(items.size(), 64 / bits); ++i) {
    key |= CodeOf(symbols, items[i]) << (64 - bits * (i + 1));
  }
  return key;
}

}  // namespace

PartialKeysWriter::PartialKeysWriter(std::vector<Symbol> symbols) : symbols_(std::move(symbols)) {}

void PartialKeysWriter::Add(std::u32string_view items) { keys_.push_back(MakeKey(symbols_, items)); }

void PartialKeysWriter::Finish(ByteWriter* out) {
  out->U32(static_cast<uint32_t>(symbols_.size()));
  out->U32(0);
  for (const Symbol symbol : symbols_) out->U32(symbol);
  out->PadTo(8);
  for (const uint64_t key : keys_) out->U64(key);
}

Status PartialKeys::Open(ByteSpan section, uint64_t places, PartialKeys* out) {
  *out = PartialKeys();
  ByteReader in(section);
  const uint32_t count = in.U32();
  if (in.U32() != 0) return Broken("reserved bytes are not zero", 4);
  if (!in.ok() || count > kMostSymbols || section.size() - kHeaderBytes < uint64_t{count} * 4) {
    return Broken("symbols cut short", 0);
  }
  out->symbols_.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    const Symbol symbol = in.U32();
    if (symbol >= kUnreadable || (i > 0 && symbol <= out->symbols_.back())) {
      return Broken("symbols are not ascending code points", kHeaderBytes + 4 * i);
    }
    out->symbols_.push_back(symbol);
  }
  in.Align(8);
  if (!in.ok()) return Broken("padding is not zero", kHeaderBytes + 4 * uint64_t{count});
  if (in.remaining() % sizeof(uint64_t) != 0 || in.remaining() / sizeof(uint64_t) != places) {
    return Broken("wrong number of keys", in.position());
  }
  out->bits_ = CodeBits(count);
  out->items_ = 64 / out->bits_;
  out->keys_ = in.Rest();
  return {};
}

Symbol PartialKeys::Item(uint32_t code) const {
  return code <= symbols_.size() ? symbols_[code - 1] : code == unreadable() ? kUnreadable : kGap;
}

bool PartialKeys::Items(uint64_t place, std::u32string* items) const {
  const uint64_t key = At(place);
  items->clear();
  for (uint32_t i = 0; i < items_; ++i) {
    const uint32_t code = Code(key, i);
    if (code == 0) return true;
    items->push_back(Item(code));
  }
  return false;
}

Status PartialKeys::Verify(const Partials& partials) const {
  std::vector<bool> occurs(symbols_.size());
  std::u32string items;
  for (const PartialOrder& order : partials.orders()) {
    for (uint64_t place = order.begin; place < order.end; ++place) {
      partials.Items(partials.NumberAt(place), &items);
      for (const Symbol item : items) {
        if (item >= kUnreadable) continue;
        const uint64_t code = CodeOf(symbols_, item);
        if (code > symbols_.size() || symbols_[code - 1] != item) return Broken("a symbol is not listed");
        occurs[code - 1] = true;
      }
      if (order.backward) std::reverse(items.begin(), items.end());
      if (At(place) != MakeKey(symbols_, items)) {
        return Broken("a key is not that of its partial record");
      }
    }
  }
  if (std::find(occurs.begin(), occurs.end(), false) != occurs.end()) return Broken("a listed symbol does not occur");
  return {};
}

}  // namespace burin::internal
