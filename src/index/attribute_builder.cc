// Building an attribute's section (docs/format-attributes.md):
//
//   u8 type, u8 code bits, u16 bytes of the name, u32 values, u64 records,
//   name, zeros to a multiple of 8,
//   values in order of the dictionary, as a string table (string_table.h),
//   a code for each record, as a packed array (src/codec/packed_array.h), to the end of the section
#include "src/index/attribute_builder.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <utility>

#include "src/codec/packed_array.h"
#include "src/index/string_list.h"
#include "src/index/string_table.h"
#include "src/index/value_order.h"

namespace burin::internal {
namespace {

// A value's number of first sight with what it is sorted by.
struct Sorted {
  uint64_t order = 0;
  uint32_t number = 0;
};

// The numbers of `values` in order of the dictionary. REQUIRES: all are values of the type.
std::vector<Sorted> SortValues(AttributeType type, const StringList& values) {
  std::vector<Sorted> sorted(values.size());
  StringList folded;
  ComparedValue value;
  for (uint32_t i = 0; i < sorted.size(); ++i) {
    if (!ReadValue(type, values.at(i), &value).ok()) value = ComparedValue();
    sorted[i] = {value.order, i};
    if (type == AttributeType::kCategory) {
      folded.Append(std::string_view(value.folded).substr(0, StringList::kMaxBytes));
    }
  }
  std::sort(sorted.begin(), sorted.end(), [&](const Sorted& a, const Sorted& b) {
    if (a.order != b.order) return a.order < b.order;
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
  Dictionary() : numbers_(0, Hash{&values_}, Equal{&values_}) {}
  Dictionary(const Dictionary&) = delete;

  const StringList& values() const { return values_; }
  uint32_t Number(std::string_view value) {
    const auto found = numbers_.find(value);
    if (found != numbers_.end()) return *found;
    const auto number = static_cast<uint32_t>(values_.size());
    values_.Append(value);
    numbers_.insert(number);
    return number;
  }
  size_t memory_bytes() const { return values_.memory_bytes() + numbers_.capacity() * (sizeof(uint32_t) + 1); }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view value) const { return absl::Hash<std::string_view>()(value); }
    size_t operator()(uint32_t number) const { return (*this)(values->at(number)); }
    const StringList* values;
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t a, std::string_view b) const { return values->at(a) == b; }
    bool operator()(std::string_view a, uint32_t b) const { return a == values->at(b); }
    const StringList* values;
  };

  StringList values_;
  absl::flat_hash_set<uint32_t, Hash, Equal> numbers_;  // Of values_.
};

AttributeBuilder::AttributeBuilder(std::string_view name, AttributeType type)
    : name_(name), type_(type), dictionary_(std::make_unique<Dictionary>()) {}
AttributeBuilder::~AttributeBuilder() = default;
AttributeBuilder::AttributeBuilder(AttributeBuilder&&) noexcept = default;
AttributeBuilder& AttributeBuilder::operator=(AttributeBuilder&&) noexcept = default;

Status AttributeBuilder::Check(std::string_view value) const {
  if (last_code_ != 0 && value == last_value_) return {};
  value = TrimWhiteSpace(value);
  if (value.empty()) return {};
  if (value.size() > kMaxValueBytes) {
    return Status(StatusCode::kInvalidArgument,
                  "a value of " + std::to_string(value.size()) + " bytes; " + std::to_string(kMaxValueBytes) +
                      " are allowed");
  }
  switch (type_) {
    case AttributeType::kCategory: return {};
    case AttributeType::kInteger: return ParseInteger(value).status();
    case AttributeType::kDate: return ParsePeriod(value).status();
  }
  return {};
}

void AttributeBuilder::Append(std::string_view value) {
  if (last_code_ == 0 || value != last_value_) {
    value = TrimWhiteSpace(value);
    if (value.empty()) {
      codes_.Append(0);
      return;
    }
    const uint32_t number = dictionary_->Number(value);
    last_code_ = number + 1;
    last_value_ = dictionary_->values().at(number);
  }
  codes_.Append(last_code_);
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
  AppendStringTable(count, [&](uint64_t i) { return values.at(sorted[i].number); }, out);
  std::vector<uint32_t> codes(size_t{count} + 1);  // By code of first sight.
  for (uint32_t i = 0; i < count; ++i) codes[size_t{sorted[i].number} + 1] = i + 1;
  out->reserve(out->size() + static_cast<size_t>(DivideUp(size() * width, 8)) + 8);
  BitWriter bits(out);
  for (uint64_t i = 0; i < size(); ++i) bits.Write(codes[codes_.at(i)], width);
  bits.Flush();
}

size_t AttributeBuilder::memory_bytes() const { return codes_.memory_bytes() + dictionary_->memory_bytes(); }

}  // namespace burin::internal
