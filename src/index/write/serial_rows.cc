#include "src/index/write/serial_rows.h"

#include <algorithm>
#include <string>
#include <utility>

namespace burin::internal {

SerialRows::SerialRows(uint32_t length, SpillArena* arena)
    : length_(length),
      base_(length, arena),
      base_records_(1, arena),
      wide_(length, arena),
      wide_records_(1, arena),
      base_seen_(length) {}

void SerialRows::Add(std::u32string_view serial, uint32_t record) {
  uint8_t codes[kMaxMarkSymbols];
  constexpr uint64_t kBase = (uint64_t{1} << kBaseSymbols) - 1;
  uint64_t all = 0;
  for (uint32_t p = 0; p < length_; ++p) {
    codes[p] = static_cast<uint8_t>(BaseIndex(serial[p]));
    const uint64_t seen = uint64_t{1} << codes[p];
    base_seen_[p] |= seen & kBase;
    all |= seen;
  }
  if (all <= kBase) {
    std::memcpy(base_.Append(), codes, length_);
    *base_records_.Append() = record;
    return;
  }
  other_seen_.resize(length_);
  for (uint32_t p = 0; p < length_; ++p) {
    if (codes[p] == kBaseSymbols) other_seen_[p].insert(serial[p]);
  }
  std::copy(serial.begin(), serial.end(), wide_.Append());
  *wide_records_.Append() = record;
}

namespace {

// The alphabet of a position: base symbols as bits, and others.
std::vector<Symbol> Alphabet(uint64_t base, const absl::flat_hash_set<Symbol>* others) {
  std::vector<Symbol> alphabet;
  for (size_t i = 0; i < kBaseSymbols; ++i) {
    if ((base >> i & 1) != 0) alphabet.push_back(BaseSymbol(i));
  }
  if (others != nullptr) alphabet.insert(alphabet.end(), others->begin(), others->end());
  std::sort(alphabet.begin(), alphabet.end());
  return alphabet;
}

}  // namespace

GroupShape SerialRows::ShapeOf(const std::vector<uint32_t>& rows) const {
  std::vector<uint64_t> base(length_);
  std::vector<absl::flat_hash_set<Symbol>> others(length_);
  for (const uint32_t row : rows) {
    for (uint32_t p = 0; p < length_; ++p) {
      if (row < base_.size()) {
        base[p] |= uint64_t{1} << base_row(row)[p];
        continue;
      }
      const Symbol symbol = wide_row(row)[p];
      const size_t index = BaseIndex(symbol);
      if (index == kBaseSymbols) {
        others[p].insert(symbol);
      } else {
        base[p] |= uint64_t{1} << index;
      }
    }
  }
  GroupShape shape;
  shape.length = length_;
  for (uint32_t p = 0; p < length_; ++p) shape.alphabets.push_back(Alphabet(base[p], &others[p]));
  return shape;
}

Result<GroupShape> SerialRows::Shape() const {
  GroupShape shape;
  shape.length = length_;
  for (uint32_t p = 0; p < length_; ++p) {
    std::vector<Symbol> alphabet = Alphabet(base_seen_[p], other_seen_.empty() ? nullptr : &other_seen_[p]);
    if (alphabet.size() > kMaxAlphabet) {
      return Status(StatusCode::kInvalidArgument, "serials of " + std::to_string(length_) + " symbols have over " +
                                                      std::to_string(kMaxAlphabet) + " different symbols at position " +
                                                      std::to_string(p + 1));
    }
    shape.alphabets.push_back(std::move(alphabet));
  }
  return shape;
}

void SerialRows::Clear() {
  base_.Clear();
  base_records_.Clear();
  wide_.Clear();
  wide_records_.Clear();
}

}  // namespace burin::internal
