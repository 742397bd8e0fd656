// Building an attribute's section (docs/format-attributes.md):
//
//   u8 type, u8 code bits, u16 bytes of the name, u32 values, u64 records,
//   name, zeros to a multiple of 8,
//   values in order of the dictionary, as a string table (string_table.h),
//   a code for each record, as a packed array (src/codec/packed_array.h), to the end of the section
#include "src/index/columns/attribute_builder.h"

#include <absl/hash/hash.h>

#include <algorithm>
#include <cstring>

#include "src/codec/packed_array.h"
#include "src/codec/string_list.h"
#include "src/index/columns/hashed_numbers.h"
#include "src/index/columns/period.h"
#include "src/index/columns/string_table.h"
#include "src/index/columns/value_order.h"

namespace burin::internal {
namespace {

// A value's number of first sight with what it is sorted by.
struct Sorted {
  uint64_t order = 0;
  uint32_t more = 0;  // Of categories: the 4 bytes behind those in `order`.
  uint32_t number = 0;
};

uint32_t NextBytes(std::string_view folded) {
  uint32_t next = 0;
  for (size_t i = 8; i < 12; ++i) next = next << 8 | (i < folded.size() ? static_cast<unsigned char>(folded[i]) : 0u);
  return next;
}

// The numbers of `values` in order of the dictionary. REQUIRES: all are values of the type.
std::vector<Sorted> SortValues(AttributeType type, const StringList& values) {
  std::vector<Sorted> sorted(values.size());
  StringList folded;
  ComparedValue value;
  for (uint32_t i = 0; i < sorted.size(); ++i) {
    if (!ReadValue(type, values.at(i), &value).ok()) value = ComparedValue();
    sorted[i] = {value.order, NextBytes(value.folded), i};
    if (type == AttributeType::kCategory) {
      folded.Append(std::string_view(value.folded).substr(0, StringList::kMaxBytes));
    }
  }
  std::sort(sorted.begin(), sorted.end(), [&](const Sorted& a, const Sorted& b) {
    if (a.order != b.order) return a.order < b.order;
    if (a.more != b.more) return a.more < b.more;
    if (type == AttributeType::kCategory) {
      const int order = folded.at(a.number).compare(folded.at(b.number));
      if (order != 0) return order < 0;
    }
    return values.at(a.number) < values.at(b.number);
  });
  return sorted;
}

}  // namespace

class AttributeBuilder::Dictionary {
 public:
  const StringList& values() const { return values_; }
  // The code of a value that was seen lately, else 0.
  uint32_t Recent(std::string_view value) const {
    const Seen& seen = recent_[Place(value)];
    return seen.value == value ? seen.code : 0;
  }
  uint32_t Code(std::string_view value) {
    const size_t hash = absl::HashOf(value);
    uint32_t number = numbers_.Find(hash, [&](uint32_t n) { return values_.at(n) == value; });
    if (number == HashedNumbers::kNone) {
      number = static_cast<uint32_t>(values_.size());
      values_.Append(value);
      numbers_.Insert(hash, number);
    }
    recent_[Place(value)] = {values_.at(number), number + 1};
    return number + 1;
  }
  size_t memory_bytes() const { return values_.memory_bytes() + numbers_.memory_bytes() + sizeof(recent_); }

 private:
  static constexpr unsigned kRecentBits = 10;
  struct Seen {
    std::string_view value;
    uint32_t code = 0;
  };
  // A cheap hash of the length and up to 16 bytes.
  static size_t Place(std::string_view value) {
    uint64_t front = 0;
    uint64_t back = 0;
    if (value.size() >= 8) {
      std::memcpy(&front, value.data(), 8);
      std::memcpy(&back, value.data() + value.size() - 8, 8);
    } else {
      for (const char c : value) front = front << 8 | static_cast<unsigned char>(c);
    }
    const uint64_t mixed = (front ^ (back * 0x9E3779B97F4A7C15u)) + value.size();
    return static_cast<size_t>((mixed * 0x9E3779B97F4A7C15u) >> (64 - kRecentBits));
  }

  StringList values_;
  HashedNumbers numbers_;  // Of values_.
  Seen recent_[size_t{1} << kRecentBits];
};

AttributeBuilder::AttributeBuilder(std::string_view name, AttributeType type, SpillArena* arena)
    : name_(name), type_(type), dictionary_(std::make_unique<Dictionary>()), codes_(arena) {}
AttributeBuilder::~AttributeBuilder() = default;
AttributeBuilder::AttributeBuilder(AttributeBuilder&&) noexcept = default;
AttributeBuilder& AttributeBuilder::operator=(AttributeBuilder&&) noexcept = default;

Status AttributeBuilder::Check(std::string_view value) const {
  if (dictionary_->Recent(value) != 0) return {};
  value = TrimWhiteSpace(value);
  if (value.empty()) return {};
  if (value.size() > kMaxValueBytes) {
    return Status(StatusCode::kInvalidArgument, "a value of " + std::to_string(value.size()) + " bytes; " +
                                                    std::to_string(kMaxValueBytes) + " are allowed");
  }
  switch (type_) {
    case AttributeType::kCategory:
      return {};
    case AttributeType::kInteger:
      return ParseInteger(value).status();
    case AttributeType::kDate:
      return ParsePeriod(value).status();
  }
  return {};
}

void AttributeBuilder::Append(std::string_view value) {
  uint32_t code = dictionary_->Recent(value);
  if (code == 0) {
    value = TrimWhiteSpace(value);
    if (!value.empty()) code = dictionary_->Code(value);
  }
  codes_.Append(code);
}

void AttributeBuilder::AppendAbsent(uint64_t count) {
  for (; count > 0; --count) codes_.Append(0);
}

void AttributeBuilder::Encode(ByteWriter* out) const {
  const StringList& values = dictionary_->values();
  const std::vector<Sorted> sorted = SortValues(type_, values);
  const auto count = static_cast<uint32_t>(sorted.size());
  const uint32_t width = BitWidth(uint64_t{count});
  out->U8(static_cast<uint8_t>(type_));
  out->U8(static_cast<uint8_t>(width));
  out->U16(static_cast<uint16_t>(name_.size()));
  out->U32(count);
  out->U64(size());
  out->Text(name_);
  out->PadTo(8);
  AppendStringTable(
      count, [&](uint64_t i) { return values.at(sorted[i].number); }, out);
  std::vector<uint32_t> codes(size_t{count} + 1);  // By code of first sight.
  for (uint32_t i = 0; i < count; ++i) codes[size_t{sorted[i].number} + 1] = i + 1;
  out->reserve(out->size() + static_cast<size_t>(DivideUp(size() * width, 8)) + 8);
  BitWriter bits(out);
  for (uint64_t i = 0; i < size(); ++i) bits.Write(codes[codes_.at(i)], width);
  bits.Flush();
}

size_t AttributeBuilder::memory_bytes() const { return codes_.memory_bytes() + dictionary_->memory_bytes(); }

}  // namespace burin::internal
