// The beginnings of partial records as integers (section PKEY, docs/format.md 9.1): one for each place of their sorted
// orders, so that a walk steps over all records with a beginning in common by comparing words that lie next to each
// other, where lists of items would have to be looked up and decoded one by one. Eight bytes a place.
//
// An item is a code of a few bits, the first one in the highest: 0 nothing (the list has ended), then the symbols that
// occur by code points, then an unreadable character, then a gap. Codes are ordered as items are, so keys ascend.
#ifndef BURIN_SRC_INDEX_RECORDS_PARTIAL_KEYS_H_
#define BURIN_SRC_INDEX_RECORDS_PARTIAL_KEYS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

class Partials;

// Fewer partial records than this are walked by their lists, and have no keys.
inline constexpr uint64_t kLeastKeyedPartials = 256;

class PartialKeysWriter {
 public:
  // The symbols that occur, ascending, without kUnreadable and kGap.
  explicit PartialKeysWriter(std::vector<Symbol> symbols);
  // The next place: its items as read in its order.
  void Add(std::u32string_view items);
  void Finish(ByteWriter* out);

 private:
  std::vector<Symbol> symbols_;
  std::vector<uint64_t> keys_;
};

class PartialKeys {
 public:
  // O(symbols). `places`: how many there must be.
  static Status Open(ByteSpan section, uint64_t places, PartialKeys* out);

  // Codes: 0, then symbols(), then kUnreadable, then kGap.
  std::span<const Symbol> symbols() const { return symbols_; }
  uint32_t unreadable() const { return static_cast<uint32_t>(symbols_.size()) + 1; }
  uint32_t gap() const { return unreadable() + 1; }
  // Items in one key.
  uint32_t items() const { return items_; }
  // REQUIRES: place is below the number of places.
  uint64_t At(uint64_t place) const { return LoadLe<uint64_t>(keys_, place * sizeof(uint64_t)); }
  // The code of an item of a key, at most gap(). REQUIRES: item < items().
  uint32_t Code(uint64_t key, uint32_t item) const {
    const uint32_t code = static_cast<uint32_t>(key >> Shift(item) & ((uint64_t{1} << bits_) - 1));
    return code <= gap() ? code : gap();  // Above it in a corrupt file alone.
  }
  // A code as that item of a key.
  uint64_t Put(uint32_t item, uint32_t code) const { return uint64_t{code} << Shift(item); }
  // Everything behind so many items of a key, as ones. REQUIRES: 1 <= count <= items().
  uint64_t Behind(uint32_t count) const { return (uint64_t{1} << Shift(count - 1)) - 1; }
  // All items of a list, if its key holds them all.
  bool Items(uint64_t place, std::u32string* items) const;
  // Of these records.
  Status Verify(const Partials& partials) const;

 private:
  uint32_t Shift(uint32_t item) const { return 64 - bits_ * (item + 1); }
  Symbol Item(uint32_t code) const;

  uint32_t bits_ = 0, items_ = 0;
  std::vector<Symbol> symbols_;
  ByteSpan keys_;
};

}  // namespace burin::internal

#endif
