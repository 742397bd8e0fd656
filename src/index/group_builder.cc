#include "src/index/group_builder.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "src/codec/key_blocks.h"
#include "src/codec/packed_array.h"
#include "src/index/formats.h"
#include "src/index/long_keys.h"
#include "src/index/mixed_radix.h"
#include "src/index/sort_keys.h"

namespace burin::internal {
namespace {

static_assert(BaseSymbol(0) == U'0' && BaseSymbol(10) == U'A' && kBaseSymbols == 36);

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

// Rows dealt out to groups: the chosen formats in their order, then whatever has none of them.
class Deal {
 public:
  explicit Deal(const SerialRows& rows) : formats_(ChooseFormats(rows)), members_(formats_.size() + 1) {
    if (formats_.empty()) return;
    for (uint64_t row = 0; row < rows.size(); ++row) {
      size_t group = formats_.size();
      if (row < rows.base_rows()) {
        const Format format = FormatOf(rows.base_row(row), rows.length());
        const auto at = std::lower_bound(formats_.begin(), formats_.end(), format);
        if (at != formats_.end() && *at == format) group = static_cast<size_t>(at - formats_.begin());
      }
      members_[group].push_back(static_cast<uint32_t>(row));
    }
  }
  bool all_in_one() const { return formats_.empty(); }
  std::vector<std::vector<uint32_t>>& members() { return members_; }

 private:
  std::vector<Format> formats_;
  std::vector<std::vector<uint32_t>> members_;
};

template <typename Value>
using Keyed = decltype(MakeKeyed(Value{}, uint32_t{}));

// Packs one group's rows; those of base symbols by a table of products.
template <typename Value, typename Rows>
std::vector<Keyed<Value>> PackRows(const SerialRows& rows, const Rows& members, size_t count, const GroupShape& shape) {
  const MixedRadix<Value> radix(shape.Radices());
  const Coder coder(shape);
  std::vector<std::array<Value, kBaseSymbols>> products(shape.length);
  for (uint32_t p = 0; p < shape.length; ++p) {
    for (uint8_t base = 0; base < kBaseSymbols; ++base) products[p][base] = radix.weight(p) * coder.Base(p, base);
  }
  std::vector<Keyed<Value>> keyed(count);
  uint16_t codes[kMaxMarkSymbols];
  for (size_t i = 0; i < count; ++i) {
    const uint64_t row = members(i);
    Value key = 0;
    if (row < rows.base_rows()) {
      const uint8_t* base = rows.base_row(row);
      for (uint32_t p = 0; p < shape.length; ++p) key += products[p][base[p]];
    } else {
      coder.Row(rows, row, codes);
      key = radix.Pack(codes, shape.length);
    }
    keyed[i] = MakeKeyed(key, rows.record(row));
  }
  return keyed;
}

template <typename Value>
void EncodeBackward(std::vector<Value>* keys, const GroupShape& shape, ByteWriter* section) {
  std::vector<uint32_t> radices = shape.Radices();
  const MixedRadix<Value> forward(radices);
  std::reverse(radices.begin(), radices.end());
  const MixedRadix<Value> backward(radices);
  uint16_t codes[kMaxMarkSymbols];
  for (Value& key : *keys) {
    forward.Unpack(key, codes);
    std::reverse(codes, codes + shape.length);
    key = backward.Pack(codes, shape.length);
  }
  SortKeys(keys);
  KeyBlocksWriter<Value> blocks;
  blocks.Reserve(keys->size());
  for (const Value key : *keys) blocks.Add(key);
  blocks.Finish(section);
}

template <typename Value>
void EncodeKeyed(std::vector<Keyed<Value>> keyed, Profile profile, BuiltGroup* group, PostingsWriter* postings) {
  SortKeyed(&keyed);
  KeyBlocksWriter<Value> blocks;
  blocks.Reserve(keyed.size());
  for (size_t i = 0; i < keyed.size(); ++i) {
    const bool first = i == 0 || KeyOf(keyed[i]) != KeyOf(keyed[i - 1]);
    if (first) blocks.Add(KeyOf(keyed[i]));
    postings->Add(RecordOf(keyed[i]), first);
  }
  group->shape.size = blocks.size();
  blocks.Finish(&group->keys);
  group->shape.backward = profile == Profile::kFast;
  if (!group->shape.backward) return;
  std::vector<Value> keys;
  keys.reserve(group->shape.size);
  for (size_t i = 0; i < keyed.size(); ++i) {
    if (i == 0 || KeyOf(keyed[i]) != KeyOf(keyed[i - 1])) keys.push_back(KeyOf(keyed[i]));
  }
  std::vector<Keyed<Value>>().swap(keyed);
  EncodeBackward(&keys, group->shape, &group->backward);
}

void EncodeLong(const SerialRows& rows, BuiltGroup* group, PostingsWriter* postings) {
  const GroupShape& shape = group->shape;
  const Coder coder(shape);
  const uint32_t length = shape.length;
  std::vector<uint16_t> codes(rows.size() * length);
  for (uint64_t row = 0; row < rows.size(); ++row) coder.Row(rows, row, codes.data() + row * length);
  const auto row_at = [&](uint64_t row) { return std::span<const uint16_t>(codes.data() + row * length, length); };
  std::vector<uint64_t> order(rows.size());
  std::iota(order.begin(), order.end(), uint64_t{0});
  std::sort(order.begin(), order.end(), [&](uint64_t a, uint64_t b) {
    const auto left = row_at(a);
    const auto right = row_at(b);
    const auto differ = std::mismatch(left.begin(), left.end(), right.begin());
    return differ.first != left.end() ? *differ.first < *differ.second : rows.record(a) < rows.record(b);
  });
  const std::vector<uint32_t> widths = CodeWidths(shape);
  BitWriter bits(&group->keys);
  uint64_t size = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const auto row = row_at(order[i]);
    const bool first = i == 0 || !std::equal(row.begin(), row.end(), row_at(order[i - 1]).begin());
    if (first) {
      for (uint32_t p = 0; p < length; ++p) bits.Write(row[p], widths[p]);
      ++size;
    }
    postings->Add(rows.record(order[i]), first);
  }
  bits.Flush();
  group->shape.size = size;
}

template <typename Rows>
void EncodeGroup(SerialRows* rows, const Rows& members, size_t count, bool last, Profile profile, BuiltGroup* group,
                 PostingsWriter* postings) {
  switch (group->shape.Form()) {
    case SerialForm::kPacked64: {
      auto keyed = PackRows<uint64_t>(*rows, members, count, group->shape);
      if (last) rows->Clear();
      EncodeKeyed<uint64_t>(std::move(keyed), profile, group, postings);
      break;
    }
    case SerialForm::kPacked128: {
      auto keyed = PackRows<Uint128>(*rows, members, count, group->shape);
      if (last) rows->Clear();
      EncodeKeyed<Uint128>(std::move(keyed), profile, group, postings);
      break;
    }
    case SerialForm::kLong:
      EncodeLong(*rows, group, postings);
      break;
  }
}

}  // namespace

Status BuildGroups(SerialRows* rows, Profile profile, std::vector<BuiltGroup>* groups, PostingsWriter* postings) {
  Result<GroupShape> whole = rows->Shape();
  if (!whole.ok()) return whole.status();
  Deal deal(*rows);
  if (deal.all_in_one() || whole->Form() == SerialForm::kLong) {
    groups->emplace_back().shape = *std::move(whole);
    EncodeGroup(
        rows, [](size_t i) { return i; }, rows->size(), true, profile, &groups->back(), postings);
    rows->Clear();
    return {};
  }
  auto& all = deal.members();
  for (size_t g = 0; g < all.size(); ++g) {
    std::vector<uint32_t> members = std::move(all[g]);
    if (members.empty()) continue;
    groups->emplace_back().shape = rows->ShapeOf(members);
    const bool last = g + 1 == all.size() || (g + 2 == all.size() && all.back().empty());
    EncodeGroup(
        rows, [&](size_t i) { return members[i]; }, members.size(), last, profile, &groups->back(), postings);
  }
  rows->Clear();
  return {};
}

}  // namespace burin::internal
