#include "src/index/write/group_builder.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>

#include "src/base/parallel.h"
#include "src/codec/key_blocks.h"
#include "src/codec/packed_array.h"
#include "src/index/keys/long_keys.h"
#include "src/index/keys/mixed_radix.h"
#include "src/index/keys/parallel_sort.h"
#include "src/index/keys/sort_keys.h"
#include "src/index/keys/sorted_runs.h"
#include "src/index/write/formats.h"

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

// Packs the rows of a group; those of base symbols by a table of products. Any number of threads may use one.
template <typename Value>
class Packer {
 public:
  Packer(const SerialRows& rows, const GroupShape& shape)
      : rows_(rows), length_(shape.length), radix_(shape.Radices()), coder_(shape), products_(shape.length) {
    for (uint32_t p = 0; p < length_; ++p) {
      for (uint8_t base = 0; base < kBaseSymbols; ++base) products_[p][base] = radix_.weight(p) * coder_.Base(p, base);
    }
  }
  Keyed<Value> Pack(uint64_t row) const {
    Value key = 0;
    if (row < rows_.base_rows()) {
      const uint8_t* base = rows_.base_row(row);
      for (uint32_t p = 0; p < length_; ++p) key += products_[p][base[p]];
    } else {
      uint16_t codes[kMaxMarkSymbols];
      coder_.Row(rows_, row, codes);
      key = radix_.Pack(codes, length_);
    }
    return MakeKeyed(key, rows_.record(row));
  }

 private:
  const SerialRows& rows_;
  uint32_t length_;
  MixedRadix<Value> radix_;
  Coder coder_;
  std::vector<std::array<Value, kBaseSymbols>> products_;
};

// Keys in ascending order, cut at whole blocks and encoded side by side.
template <typename Value>
StoredBytes EncodeBlocks(std::span<const Value> keys, const GroupOptions& options) {
  const unsigned threads = options.threads;
  const uint64_t share = RoundUp(DivideUp(keys.size(), PartsOf(keys.size(), threads)), kKeysPerBlock);
  std::vector<KeyBlocksWriter<Value>> writers(static_cast<size_t>(DivideUp(keys.size(), share)));
  ParallelOrThrow(writers.size(), threads, [&](unsigned, size_t w) {
    const size_t first = w * share;
    const auto part = keys.subspan(first, std::min<size_t>(share, keys.size() - first));
    writers[w].Reserve(w == 0 ? keys.size() : part.size());
    for (const Value key : part) writers[w].Add(key);
  });
  for (size_t w = 1; w < writers.size(); ++w) writers.front().Append(std::move(writers[w]));
  ByteWriter section;
  writers.front().Finish(&section);
  return StoredBytes(section.Take(), options.arena);
}

// Tells the population of every key, and if `turn` reads it from the last symbol to the first.
template <typename Value>
void GoThroughKeys(const GroupShape& shape, const GroupOptions& options, bool turn, std::vector<Value>* keys) {
  std::vector<uint32_t> radices = shape.Radices();
  const MixedRadix<Value> forward(radices);
  std::reverse(radices.begin(), radices.end());
  const MixedRadix<Value> backward(radices);
  const size_t parts = PartsOf(keys->size(), options.threads);
  std::vector<PopulationBuilder::Share> shares(parts, {*options.population, shape});
  ParallelOrThrow(parts, options.threads, [&](unsigned, size_t part) {
    uint16_t codes[kMaxMarkSymbols];
    const size_t end = CutOf(keys->size(), parts, part + 1);
    for (size_t i = CutOf(keys->size(), parts, part); i < end; ++i) {
      forward.Unpack((*keys)[i], codes);
      shares[part].Add(codes);
      if (!turn) continue;
      std::reverse(codes, codes + shape.length);
      (*keys)[i] = backward.Pack(codes, shape.length);
    }
  });
  for (const auto& share : shares) options.population->Add(share);
}

// The distinct keys of sorted `keyed`, whose parts begin at `parts`, and the records in their order. Records are noted
// while the keys are counted: both need one look at neighbours.
template <typename Value>
std::vector<Value> TakeKeys(const std::vector<Keyed<Value>>& keyed, const std::vector<size_t>& parts, unsigned threads,
                            PostingsWriter* postings) {
  const auto first = [&](size_t i) { return i == 0 || KeyOf(keyed[i]) != KeyOf(keyed[i - 1]); };
  const size_t count = parts.size() - 1;
  std::vector<size_t> starts(count + 1);  // Of each part's keys; behind them, how many there are.
  ParallelOrThrow(count + 1, threads, [&](unsigned, size_t item) {
    if (item == 0) {
      for (size_t i = 0; i < keyed.size(); ++i) postings->Add(RecordOf(keyed[i]), first(i));
      return;
    }
    size_t size = 0;
    for (size_t i = parts[item - 1]; i < parts[item]; ++i) size += first(i) ? 1 : 0;
    starts[item] = size;
  });
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<Value> keys(starts.back());
  Parallel(count, threads, [&](unsigned, size_t part) {
    Value* next = keys.data() + starts[part];
    for (size_t i = parts[part]; i < parts[part + 1]; ++i) {
      if (first(i)) *next++ = KeyOf(keyed[i]);
    }
  });
  return keys;
}

template <typename Value>
void Store(const GroupOptions& options, KeyBlocksWriter<Value>* keys, StoredBytes* out) {
  ByteWriter bytes;
  keys->Finish(&bytes);
  *out = StoredBytes(bytes.Take(), options.arena);
}

// As EncodePacked, with runs.
template <typename Value, typename Rows>
void EncodeInRuns(SerialRows* rows, const Rows& members, size_t count, bool last, const GroupOptions& options,
                  BuiltGroup* group, PostingsWriter* postings) {
  const GroupShape& shape = group->shape;
  const MixedRadix<Value> forward(shape.Radices());
  std::vector<uint32_t> radices = shape.Radices();
  std::reverse(radices.begin(), radices.end());
  const MixedRadix<Value> backward(radices);
  SortedRuns<Keyed<Value>> keyed(options.arena, std::max<size_t>(options.sort_bytes / sizeof(Keyed<Value>), 1));
  {
    const Packer<Value> packer(*rows, shape);
    for (size_t i = 0; i < count; ++i) keyed.Add(packer.Pack(members(i)));
  }
  if (last) rows->Clear();
  const bool both = options.profile == Profile::kFast;
  SortedRuns<Value> turned(options.arena, std::max<size_t>(options.sort_bytes / sizeof(Value), 1));
  KeyBlocksWriter<Value> keys;
  bool any = false;
  Value before = 0;
  PopulationBuilder::Share share(*options.population, shape);
  keyed.Merge([&](const Keyed<Value>& item) {
    const Value key = KeyOf(item);
    const bool first = !any || key != before;
    any = true;
    before = key;
    postings->Add(RecordOf(item), first);
    if (!first) return;
    keys.Add(key);
    uint16_t codes[kMaxMarkSymbols];
    forward.Unpack(key, codes);
    share.Add(codes);
    if (!both) return;
    std::reverse(codes, codes + shape.length);
    turned.Add(backward.Pack(codes, shape.length));
  });
  options.population->Add(share);
  group->shape.size = keys.size();
  group->shape.backward = both;
  Store(options, &keys, &group->keys);
  if (!both) return;
  KeyBlocksWriter<Value> turned_keys;
  turned.Merge([&](Value key) { turned_keys.Add(key); });
  Store(options, &turned_keys, &group->backward);
}

template <typename Value, typename Rows>
void EncodePacked(SerialRows* rows, const Rows& members, size_t count, bool last, const GroupOptions& options,
                  BuiltGroup* group, PostingsWriter* postings) {
  if (options.arena != nullptr && count > options.sort_bytes / sizeof(Keyed<Value>)) {
    return EncodeInRuns<Value>(rows, members, count, last, options, group, postings);
  }
  std::vector<Value> keys;
  {
    std::vector<Keyed<Value>> keyed;
    std::vector<size_t> parts;
    {
      const Packer<Value> packer(*rows, group->shape);
      parts = MakeSorted(
          count, options.threads, [&](size_t i) { return packer.Pack(members(i)); },
          [](const Keyed<Value>& item) { return KeyOf(item); }, &keyed);
    }
    if (last) rows->Clear();
    keys = TakeKeys<Value>(keyed, parts, options.threads, postings);
  }
  group->shape.size = keys.size();
  group->keys = EncodeBlocks<Value>(keys, options);
  group->shape.backward = options.profile == Profile::kFast;
  GoThroughKeys(group->shape, options, group->shape.backward, &keys);
  if (!group->shape.backward) return;
  SortShared(options.threads, &keys);
  group->backward = EncodeBlocks<Value>(keys, options);
}

void EncodeLong(const SerialRows& rows, const GroupOptions& options, BuiltGroup* group, PostingsWriter* postings) {
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
  ByteWriter bytes;
  BitWriter bits(&bytes);
  uint64_t size = 0;
  PopulationBuilder::Share share(*options.population, shape);
  for (size_t i = 0; i < order.size(); ++i) {
    const auto row = row_at(order[i]);
    const bool first = i == 0 || !std::equal(row.begin(), row.end(), row_at(order[i - 1]).begin());
    if (first) {
      for (uint32_t p = 0; p < length; ++p) bits.Write(row[p], widths[p]);
      share.Add(row.data());
      ++size;
    }
    postings->Add(rows.record(order[i]), first);
  }
  bits.Flush();
  options.population->Add(share);
  group->keys = StoredBytes(bytes.Take(), nullptr);
  group->shape.size = size;
}

template <typename Rows>
void EncodeGroup(SerialRows* rows, const Rows& members, size_t count, bool last, const GroupOptions& options,
                 BuiltGroup* group, PostingsWriter* postings) {
  switch (group->shape.Form()) {
    case SerialForm::kPacked64:
      return EncodePacked<uint64_t>(rows, members, count, last, options, group, postings);
    case SerialForm::kPacked128:
      return EncodePacked<Uint128>(rows, members, count, last, options, group, postings);
    case SerialForm::kLong:
      return EncodeLong(*rows, options, group, postings);
  }
}

}  // namespace

Status BuildGroups(SerialRows* rows, const GroupOptions& options, std::vector<BuiltGroup>* groups,
                   PostingsWriter* postings) {
  Result<GroupShape> whole = rows->Shape();
  if (!whole.ok()) return whole.status();
  Deal deal(*rows);
  if (deal.all_in_one() || whole->Form() == SerialForm::kLong) {
    groups->emplace_back().shape = *std::move(whole);
    EncodeGroup(
        rows, [](size_t i) { return i; }, rows->size(), true, options, &groups->back(), postings);
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
        rows, [&](size_t i) { return members[i]; }, members.size(), last, options, &groups->back(), postings);
  }
  rows->Clear();
  return {};
}

}  // namespace burin::internal
