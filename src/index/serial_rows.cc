#include "src/index/serial_rows.h"

#include <algorithm>
#include <string>
#include <utility>

namespace burin::internal {

SerialRows::SerialRows(uint32_t length)
    : length_(length), base_(length), base_records_(1), wide_(length), wide_records_(1), base_seen_(length) {}

void SerialRows::Add(std::u32string_view serial, uint32_t record) {
  uint8_t codes[kMaxMarkSymbols];
  bool all_base = true;
  for (uint32_t p = 0; p < length_; ++p) {
    codes[p] = static_cast<uint8_t>(BaseIndex(serial[p]));
    all_base = all_base && codes[p] != kBaseSymbols;
  }
  for (uint32_t p = 0; p < length_; ++p) {
    if (codes[p] != kBaseSymbols) base_seen_[p] |= uint64_t{1} << codes[p];
  }
  if (all_base) {
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

Result<GroupShape> SerialRows::Shape() const {
  GroupShape shape;
  shape.length = length_;
  for (uint32_t p = 0; p < length_; ++p) {
    std::vector<Symbol> alphabet;
    for (size_t i = 0; i < kBaseSymbols; ++i) {
      if ((base_seen_[p] >> i & 1) != 0) alphabet.push_back(BaseSymbol(i));
    }
    if (!other_seen_.empty()) alphabet.insert(alphabet.end(), other_seen_[p].begin(), other_seen_[p].end());
    std::sort(alphabet.begin(), alphabet.end());
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
