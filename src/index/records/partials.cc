#include "src/index/records/partials.h"

#include <algorithm>
#include <utility>

#include "src/index/file/sections.h"
#include "src/index/records/partial_keys.h"

namespace burin::internal {
namespace {

constexpr uint32_t kKindBits = 3;
constexpr uint32_t kMoreKindsBits = 4;  // With kMoreMissingKinds.
// Items in the file: 0 unreadable, 1 gap, else a code point and 2.
constexpr uint64_t kFirstSymbol = 2;
constexpr uint64_t kItemLimit = 0x110000 + kFirstSymbol;

Status Broken(const std::string& what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

// Bits of a partial record's number.
uint32_t NumberWidth(uint64_t count) { return count == 0 ? 0 : BitWidth(count - 1); }

// A sequence at `*at` of a section; moves behind it and its padding.
Status OpenSequence(ByteSpan section, uint64_t* at, DeltaBlocks<uint64_t>* out) {
  if (*at > section.size()) return Broken("sequence cut short", *at);
  if (Status status = DeltaBlocks<uint64_t>::Open(section.subspan(*at), out); !status.ok()) {
    return Broken(status.message(), *at + status.position());
  }
  const uint64_t end = *at + out->encoded_bytes();
  *at = RoundUp(end, 8);
  for (uint64_t i = end; i < std::min<uint64_t>(*at, section.size()); ++i) {
    if (LoadU8(section, i) != 0) return Broken("padding is not zero", i);
  }
  return {};
}

// Record numbers: ascending, in range, none seen before.
Status VerifyNumbers(const DeltaBlocks<uint64_t>& numbers, uint64_t records, std::vector<bool>* seen) {
  if (Status status = numbers.Verify(); !status.ok()) return Broken(status.message());
  for (uint64_t i = 0; i < numbers.size(); ++i) {
    const uint64_t record = numbers.Get(i);
    if (record >= records) return Broken("record number beyond the records");
    if ((*seen)[record]) return Broken("record " + std::to_string(record) + " was met before");
    (*seen)[record] = true;
  }
  return {};
}

}  // namespace

void PartialsWriter::Add(uint64_t record, std::u32string_view items) {
  records_.Add(record);
  lists_.emplace_back(items);
}

PartialEnds EndsOf(std::u32string_view items) {
  const auto known = [](Symbol item) { return item < kUnreadable; };
  const auto front = std::find_if_not(items.begin(), items.end(), known) - items.begin();
  const auto back = std::find_if_not(items.rbegin(), items.rend(), known) - items.rbegin();
  if (front >= 2 && back >= 2) return PartialEnds::kBoth;
  return back > front ? PartialEnds::kBack : PartialEnds::kFront;
}

std::vector<Symbol> PartialsWriter::Symbols() const {
  std::vector<Symbol> symbols;
  for (const std::u32string& list : lists_) {
    for (const Symbol item : list) {
      if (item >= kUnreadable) continue;
      const auto at = std::lower_bound(symbols.begin(), symbols.end(), item);
      if (at == symbols.end() || *at != item) symbols.insert(at, item);
    }
  }
  return symbols;
}

void PartialsWriter::WriteOrders(ByteWriter* out, ByteWriter* keys) const {
  std::vector<uint32_t> numbers[kPartialEnds];
  for (uint32_t i = 0; i < lists_.size(); ++i) numbers[static_cast<size_t>(EndsOf(lists_[i]))].push_back(i);
  const auto forward = [&](uint32_t a, uint32_t b) { return lists_[a] < lists_[b]; };
  const auto backward = [&](uint32_t a, uint32_t b) {
    const auto &x = lists_[a], &y = lists_[b];
    return std::lexicographical_compare(x.rbegin(), x.rend(), y.rbegin(), y.rend());
  };
  for (const auto& part : numbers) out->U64(part.size());
  BitWriter places(out);
  const bool keyed = lists_.size() >= kLeastKeyedPartials;
  PartialKeysWriter key_writer(keyed ? Symbols() : std::vector<Symbol>());
  const auto write = [&](std::vector<uint32_t> part, bool from_back) {
    if (from_back) {
      std::stable_sort(part.begin(), part.end(), backward);
    } else {
      std::stable_sort(part.begin(), part.end(), forward);
    }
    for (const uint32_t number : part) {
      places.Write(number, NumberWidth(lists_.size()));
      if (!keyed) continue;
      const std::u32string& list = lists_[number];
      key_writer.Add(from_back ? std::u32string(list.rbegin(), list.rend()) : list);
    }
  };
  write(numbers[0], false);
  write(numbers[1], true);
  write(numbers[2], false);
  write(numbers[2], true);
  places.Flush();
  if (keyed) key_writer.Finish(keys);
}

void PartialsWriter::Finish(ByteWriter* out, ByteWriter* keys) {
  ByteWriter items;
  for (const std::u32string& list : lists_) {
    offsets_.Add(items.size());
    for (const Symbol item : list) items.Varint(item == kUnreadable ? 0 : item == kGap ? 1 : item + kFirstSymbol);
  }
  offsets_.Add(items.size());
  records_.Finish(out);
  out->PadTo(8);
  offsets_.Finish(out);
  out->PadTo(8);
  WriteOrders(out, keys);
  out->PadTo(8);
  out->Bytes(items.bytes());
  *this = {};
}

Status Partials::Open(ByteSpan section, uint64_t records, Partials* out) {
  *out = Partials();
  out->records_ = records;
  uint64_t at = 0;
  if (Status status = OpenSequence(section, &at, &out->numbers_); !status.ok()) return status;
  if (Status status = OpenSequence(section, &at, &out->offsets_); !status.ok()) return status;
  if (out->numbers_.size() > records || out->offsets_.size() != out->numbers_.size() + 1) {
    return Broken("wrong number of partial records", 0);
  }
  if (Status status = out->OpenOrders(section, &at); !status.ok()) return status;
  out->items_ = section.subspan(at);
  // An item takes a byte at least, so that counts are bounded by the file's size.
  if (out->items_.size() < out->size()) return Broken("items cut short", at);
  return {};
}

Status Partials::OpenOrders(ByteSpan section, uint64_t* at) {
  constexpr uint64_t kCounts = 8 * kPartialEnds;
  if (*at > section.size() || section.size() - *at < kCounts) return Broken("orders cut short", *at);
  front_ = LoadU64(section, *at);
  back_ = LoadU64(section, *at + 8);
  both_ = LoadU64(section, *at + 16);
  if (front_ > size() || back_ > size() - front_ || both_ != size() - front_ - back_) {
    return Broken("orders do not have every partial record", *at);
  }
  *at += kCounts;
  if (!PackedArray::Open(section.subspan(*at), size() + both_, NumberWidth(size()), &places_)) {
    return Broken("orders cut short", *at);
  }
  const uint64_t end = *at + places_.bytes().size();
  *at = RoundUp(end, 8);
  if (*at > section.size()) return Broken("items cut short", *at);
  for (uint64_t i = end; i < *at; ++i) {
    if (LoadU8(section, i) != 0) return Broken("padding is not zero", i);
  }
  return {};
}

std::array<PartialOrder, Partials::kOrders> Partials::orders() const {
  const uint64_t both = front_ + back_;
  return {{{PartialEnds::kFront, false, 0, front_},
           {PartialEnds::kBack, true, front_, both},
           {PartialEnds::kBoth, false, both, both + both_},
           {PartialEnds::kBoth, true, both + both_, both + 2 * both_}}};
}

uint64_t Partials::NumberAt(uint64_t place) const { return std::min(places_.Get(place), size() - 1); }

uint64_t Partials::Record(uint64_t i) const { return std::min(numbers_.Get(i), records_ - 1); }

bool Partials::Decode(uint64_t i, std::u32string* items) const {
  items->clear();
  const uint64_t start = offsets_.Get(i);
  const uint64_t end = offsets_.Get(i + 1);
  if (end < start) return false;
  ByteReader in(ClampedSubspan(items_, start, end - start));
  while (!in.AtEnd() && items->size() < kMaxPartialItems) {
    const uint64_t item = in.Varint();
    if (!in.ok() || item >= kItemLimit) return false;
    items->push_back(item == 0 ? kUnreadable : item == 1 ? kGap : static_cast<Symbol>(item - kFirstSymbol));
  }
  return in.AtEnd() && !items->empty();
}

void Partials::Items(uint64_t i, std::u32string* items) const { Decode(i, items); }

Status Partials::Verify(std::vector<bool>* seen) const {
  if (Status status = VerifyNumbers(numbers_, records_, seen); !status.ok()) return status;
  if (Status status = offsets_.Verify(); !status.ok()) return Broken(status.message());
  if (offsets_.Get(0) != 0 || offsets_.Get(size()) != items_.size()) return Broken("items have the wrong size");
  std::u32string items;
  const std::u32string two_gaps(2, kGap);
  for (uint64_t i = 0; i < size(); ++i) {
    if (!Decode(i, &items) || items.find(two_gaps) != std::u32string::npos) {
      return Broken("malformed items of partial record " + std::to_string(i));
    }
  }
  return VerifyOrders();
}

Status Partials::VerifyOrders() const {
  if (!places_.TailIsZero()) return Broken("unused bits of the orders are not zero");
  for (const PartialOrder& order : orders()) {
    if (Status status = VerifyOrder(order); !status.ok()) return status;
  }
  return {};
}

// As many numbers as there should be, each of a record that belongs here, strictly ascending: so none is missing.
Status Partials::VerifyOrder(const PartialOrder& order) const {
  std::u32string items, before;
  uint64_t last = 0;
  for (uint64_t place = order.begin; place < order.end; ++place) {
    const uint64_t number = places_.Get(place);
    if (number >= size()) return Broken("an order names a partial record that does not exist");
    Items(number, &items);
    if (EndsOf(items) != order.ends) return Broken("a partial record stands in the wrong order");
    if (order.backward) std::reverse(items.begin(), items.end());
    if (place > order.begin && std::pair(before, last) >= std::pair(items, number)) {
      return Broken("partial records are not in order");
    }
    before.swap(items);
    last = number;
  }
  return {};
}

void MissingWriter::Add(uint64_t record, Missing missing) {
  records_.Add(record);
  kinds_.push_back(static_cast<uint8_t>(missing));
  ++counts_[static_cast<size_t>(missing)];
}

bool MissingWriter::has_more_kinds() const {
  return std::any_of(std::begin(counts_) + kFirstMissingKinds, std::end(counts_),
                     [](uint64_t count) { return count != 0; });
}

void MissingWriter::Finish(ByteWriter* out) {
  records_.Finish(out);
  out->PadTo(8);
  AppendPacked(kinds_, has_more_kinds() ? kMoreKindsBits : kKindBits, out);
  *this = {};
}

Status MissingRecords::Open(ByteSpan section, uint64_t records, bool more_kinds, MissingRecords* out) {
  *out = MissingRecords();
  out->records_ = records;
  uint64_t at = 0;
  if (Status status = OpenSequence(section, &at, &out->numbers_); !status.ok()) return status;
  if (out->numbers_.size() > records) return Broken("too many missing records", 0);
  const uint32_t bits = more_kinds ? kMoreKindsBits : kKindBits;
  if (at > section.size() || !PackedArray::Open(section.subspan(at), out->size(), bits, &out->kinds_) ||
      at + out->kinds_.bytes().size() != section.size()) {
    return Broken("kinds have the wrong size", at);
  }
  return {};
}

uint64_t MissingRecords::Record(uint64_t i) const { return std::min(numbers_.Get(i), records_ - 1); }

Missing MissingRecords::Kind(uint64_t i) const {
  const uint64_t kind = kinds_.Get(i);
  return kind == 0 || kind >= kMissingKinds ? Missing::kUnknown : static_cast<Missing>(kind);
}

Status MissingRecords::Verify(const uint64_t (&counts)[kMissingKinds], std::vector<bool>* seen) const {
  if (Status status = VerifyNumbers(numbers_, records_, seen); !status.ok()) return status;
  if (!kinds_.TailIsZero()) return Broken("unused bits of the kinds are not zero");
  uint64_t found[kMissingKinds] = {};
  for (uint64_t i = 0; i < size(); ++i) {
    const uint64_t kind = kinds_.Get(i);
    if (kind == 0 || kind >= kMissingKinds) return Broken("unknown kind of missing record " + std::to_string(i));
    ++found[kind];
  }
  if (!std::equal(std::begin(found), std::end(found), std::begin(counts))) return Broken("kinds are counted wrong");
  return {};
}

}  // namespace burin::internal
