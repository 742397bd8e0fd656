#include "src/index/keys/long_keys.h"

#include <algorithm>

#include "src/codec/packed_array.h"

namespace burin::internal {

std::vector<uint32_t> CodeWidths(const GroupShape& shape) {
  std::vector<uint32_t> widths;
  for (const auto& alphabet : shape.alphabets) widths.push_back(BitWidth(uint64_t{alphabet.size()} - 1));
  return widths;
}

LongKeys::LongKeys(GroupShape shape, uint64_t first_rank)
    : StoredKeys(std::move(shape), first_rank), widths_(CodeWidths(this->shape())) {
  for (const uint32_t width : widths_) {
    offsets_.push_back(static_cast<uint32_t>(row_bits_));
    row_bits_ += width;
  }
}

Result<std::unique_ptr<StoredKeys>> LongKeys::Open(ByteSpan section, GroupShape shape, uint64_t first_rank) {
  std::unique_ptr<LongKeys> keys(new LongKeys(std::move(shape), first_rank));
  uint64_t bits = 0;
  if (!CheckedMultiply(keys->size(), keys->row_bits_, &bits) || DivideUp(bits, 8) != section.size()) {
    return Status(StatusCode::kCorrupt, "rows of keys have the wrong size", 0);
  }
  keys->rows_ = section;
  return std::unique_ptr<StoredKeys>(std::move(keys));
}

uint16_t LongKeys::Code(uint64_t row, uint32_t position) const {
  const uint64_t code = LoadBits(rows_, row * row_bits_ + offsets_[position], widths_[position]);
  return static_cast<uint16_t>(std::min<uint64_t>(code, shape().alphabets[position].size() - 1));
}

void LongKeys::Read(uint64_t first, uint64_t last, uint16_t* out) const {
  for (uint64_t row = first; row < last; ++row) {
    for (uint32_t p = 0; p < length(); ++p) *out++ = Code(row, p);
  }
}

uint64_t LongKeys::LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const {
  const auto below = [&](uint64_t row) {
    for (uint32_t p = 0; p < depth; ++p) {
      const uint16_t code = Code(row, p);
      if (code != codes[p]) return code < codes[p];
    }
    return false;
  };
  while (first < last) {
    const uint64_t middle = first + (last - first) / 2;
    if (below(middle)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return last;
}

Status LongKeys::VerifyStorage() const {
  for (uint64_t row = 0; row < size(); ++row) {
    for (uint32_t p = 0; p < length(); ++p) {
      if (LoadBits(rows_, row * row_bits_ + offsets_[p], widths_[p]) >= shape().alphabets[p].size()) {
        return Status(StatusCode::kCorrupt, "key " + std::to_string(row) + " has a code beyond its alphabet");
      }
    }
  }
  const uint64_t used = size() * row_bits_;
  if (used % 8 != 0 && LoadU8(rows_, used / 8) >> (used % 8) != 0) {
    return Status(StatusCode::kCorrupt, "unused bits of rows are not zero");
  }
  return {};
}

}  // namespace burin::internal
