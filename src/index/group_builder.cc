#include "src/index/group_builder.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "src/codec/delta_blocks.h"
#include "src/codec/packed_array.h"
#include "src/index/long_keys.h"
#include "src/index/mixed_radix.h"

namespace burin::internal {
namespace {

template <typename Value>
struct KeyedRecord {
  Value key;
  uint32_t record;
};

// What each base symbol at each position is coded as; other symbols are looked up in the alphabet.
class Coder {
 public:
  explicit Coder(const GroupShape& shape) : shape_(shape), codes_(shape.length) {
    for (auto& position : codes_) position.fill(0);
    for (uint32_t p = 0; p < shape.length; ++p) {
      const auto& alphabet = shape.alphabets[p];
      for (size_t code = 0; code < alphabet.size(); ++code) {
        const size_t base = BaseIndex(alphabet[code]);
        if (base < kBaseSymbols) codes_[p][base] = static_cast<uint16_t>(code);
      }
    }
  }
  uint16_t Base(uint32_t position, uint8_t base) const { return codes_[position][base]; }
  uint16_t Any(uint32_t position, Symbol symbol) const {
    const auto& alphabet = shape_.alphabets[position];
    return static_cast<uint16_t>(std::lower_bound(alphabet.begin(), alphabet.end(), symbol) - alphabet.begin());
  }
  void Row(const SerialRows& rows, uint64_t row, uint16_t* codes) const {
    if (row < rows.base_rows()) {
      const uint8_t* base = rows.base_row(row);
      for (uint32_t p = 0; p < rows.length(); ++p) codes[p] = Base(p, base[p]);
    } else {
      const Symbol* symbols = rows.wide_row(row);
      for (uint32_t p = 0; p < rows.length(); ++p) codes[p] = Any(p, symbols[p]);
    }
  }

 private:
  const GroupShape& shape_;
  std::vector<std::array<uint16_t, kBaseSymbols>> codes_;
};

// Packs all rows; for those of base symbols by one table of products.
template <typename Value>
std::vector<KeyedRecord<Value>> PackRows(const SerialRows& rows, const GroupShape& shape) {
  const MixedRadix<Value> radix(shape.Radices());
  const Coder coder(shape);
  std::vector<std::array<Value, kBaseSymbols>> products(shape.length);
  for (uint32_t p = 0; p < shape.length; ++p) {
    for (uint8_t base = 0; base < kBaseSymbols; ++base) products[p][base] = radix.weight(p) * coder.Base(p, base);
  }
  std::vector<KeyedRecord<Value>> keys(rows.size());
  for (uint64_t row = 0; row < rows.base_rows(); ++row) {
    const uint8_t* base = rows.base_row(row);
    Value key = 0;
    for (uint32_t p = 0; p < shape.length; ++p) key += products[p][base[p]];
    keys[row] = {key, rows.record(row)};
  }
  uint16_t codes[kMaxMarkSymbols];
  for (uint64_t row = rows.base_rows(); row < rows.size(); ++row) {
    coder.Row(rows, row, codes);
    keys[row] = {radix.Pack(codes, shape.length), rows.record(row)};
  }
  return keys;
}

// Stable: equal keys stay in the order of their rows, which is that of their records, since rows of base symbols and
// others never have equal keys.
void Sort(std::vector<KeyedRecord<uint64_t>>* keys) {
  std::array<std::array<uint64_t, 256>, 8> counts = {};
  for (const auto& item : *keys) {
    for (uint32_t digit = 0; digit < 8; ++digit) ++counts[digit][item.key >> (8 * digit) & 0xff];
  }
  std::vector<KeyedRecord<uint64_t>> sorted(keys->size());
  for (uint32_t digit = 0; digit < 8; ++digit) {
    auto& starts = counts[digit];
    const uint32_t shift = 8 * digit;
    if (starts[keys->front().key >> shift & 0xff] == keys->size()) continue;  // All alike.
    std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), uint64_t{0});
    for (const auto& item : *keys) sorted[starts[item.key >> shift & 0xff]++] = item;
    keys->swap(sorted);
  }
}

void Sort(std::vector<KeyedRecord<Uint128>>* keys) {
  std::sort(keys->begin(), keys->end(),
            [](const auto& a, const auto& b) { return a.key != b.key ? a.key < b.key : a.record < b.record; });
}

template <typename Value>
uint64_t EncodePacked(SerialRows* rows, const GroupShape& shape, ByteWriter* section, PostingsWriter* postings) {
  std::vector<KeyedRecord<Value>> keys = PackRows<Value>(*rows, shape);
  rows->Clear();
  Sort(&keys);
  DeltaBlocksWriter<Value> blocks;
  for (size_t i = 0; i < keys.size(); ++i) {
    const bool first = i == 0 || keys[i].key != keys[i - 1].key;
    if (first) blocks.Add(keys[i].key);
    postings->Add(keys[i].record, first);
  }
  std::vector<KeyedRecord<Value>>().swap(keys);
  const uint64_t size = blocks.size();
  blocks.Finish(section);
  return size;
}

uint64_t EncodeLong(SerialRows* rows, const GroupShape& shape, ByteWriter* section, PostingsWriter* postings) {
  const Coder coder(shape);
  const uint32_t length = shape.length;
  std::vector<uint16_t> codes(rows->size() * length);
  for (uint64_t row = 0; row < rows->size(); ++row) coder.Row(*rows, row, codes.data() + row * length);
  const auto row_at = [&](uint64_t row) { return std::span<const uint16_t>(codes.data() + row * length, length); };
  std::vector<uint64_t> order(rows->size());
  std::iota(order.begin(), order.end(), uint64_t{0});
  std::sort(order.begin(), order.end(), [&](uint64_t a, uint64_t b) {
    const auto left = row_at(a);
    const auto right = row_at(b);
    const auto differ = std::mismatch(left.begin(), left.end(), right.begin());
    return differ.first != left.end() ? *differ.first < *differ.second : rows->record(a) < rows->record(b);
  });
  const std::vector<uint32_t> widths = CodeWidths(shape);
  BitWriter bits(section);
  uint64_t size = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const auto row = row_at(order[i]);
    const bool first = i == 0 || !std::equal(row.begin(), row.end(), row_at(order[i - 1]).begin());
    if (first) {
      for (uint32_t p = 0; p < length; ++p) bits.Write(row[p], widths[p]);
      ++size;
    }
    postings->Add(rows->record(order[i]), first);
  }
  bits.Flush();
  rows->Clear();
  return size;
}

}  // namespace

Result<GroupShape> BuildGroup(SerialRows* rows, ByteWriter* section, PostingsWriter* postings) {
  Result<GroupShape> shape = rows->Shape();
  if (!shape.ok()) return shape;
  switch (shape->Form()) {
    case SerialForm::kPacked64:
      shape->size = EncodePacked<uint64_t>(rows, *shape, section, postings);
      break;
    case SerialForm::kPacked128:
      shape->size = EncodePacked<Uint128>(rows, *shape, section, postings);
      break;
    case SerialForm::kLong:
      shape->size = EncodeLong(rows, *shape, section, postings);
      break;
  }
  return shape;
}

}  // namespace burin::internal
