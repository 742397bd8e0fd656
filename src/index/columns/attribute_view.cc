// Reading an attribute's section: see attribute_view.h. The layout is at the head of attribute_builder.cc.
#include "src/index/columns/attribute_view.h"

#include <algorithm>
#include <utility>

#include "src/index/columns/attribute_builder.h"
#include "src/index/columns/period.h"
#include "src/index/columns/value_order.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kHeaderBytes = 16;
constexpr uint32_t kMaxCodeBits = 32;
constexpr uint32_t kMaxValues = ~uint32_t{0} - 1;

Status Broken(const std::string& what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

}  // namespace

Result<std::unique_ptr<AttributeView>> AttributeView::Open(ByteSpan section, uint64_t records) {
  if (section.size() < kHeaderBytes) return Broken("attribute cut short", section.size());
  std::unique_ptr<AttributeView> view(new AttributeView());
  const uint8_t type = LoadU8(section, 0);
  if (type < 1 || type > 3) return Broken("an attribute of an unknown type", 0);
  view->type_ = static_cast<AttributeType>(type);
  const uint32_t width = LoadU8(section, 1);
  if (width > kMaxCodeBits) return Broken("codes of an attribute are too wide", 1);
  const uint64_t name_end = kHeaderBytes + LoadU16(section, 2);
  const uint64_t table = RoundUp(name_end, 8);
  if (name_end == kHeaderBytes || table > section.size()) return Broken("name of an attribute cut short", 2);
  view->name_ = AsText(section.subspan(kHeaderBytes, name_end - kHeaderBytes));
  view->padding_ = section.subspan(name_end, table - name_end);
  view->value_count_ = LoadU32(section, 4);
  if (view->value_count_ > kMaxValues) return Broken("too many values of an attribute", 4);
  if (LoadU64(section, 8) != records) return Broken("an attribute of another number of records", 8);
  const ByteSpan rest = section.subspan(table);
  if (Status status = StringTable::Open(rest, view->value_count_, &view->values_); !status.ok()) {
    return Broken(status.message(), table);
  }
  // Each value has a byte and a record, so what is asked of values costs no more than the file is long.
  if (view->value_count_ > records || view->value_count_ > view->values_.text_bytes()) {
    return Broken("too many values of an attribute", 4);
  }
  const ByteSpan codes = rest.subspan(view->values_.encoded_bytes());
  if (!PackedArray::Open(codes, records, width, &view->codes_) || view->codes_.bytes().size() != codes.size()) {
    return Broken("codes of an attribute have the wrong size", section.size() - codes.size());
  }
  return view;
}

std::string_view AttributeView::text(uint32_t code) const {
  return code == 0 ? std::string_view() : values_.Get(code - 1).substr(0, kMaxValueBytes);
}

int64_t AttributeView::integer(uint32_t code) const {
  const Result<int64_t> number = ParseInteger(text(code));
  return number.ok() ? *number : 0;
}

Period AttributeView::period(uint32_t code) const {
  const Result<Period> period = ParsePeriod(text(code));
  return period.ok() ? *period : Period();
}

Status AttributeView::Verify() const {
  if (!IsValidUtf8(name_)) return Broken("the name of an attribute is not valid UTF-8");
  Status status;
  for (const std::byte b : padding_) {
    if (b != std::byte{0}) status = Broken("padding is not zero");
  }
  if (status.ok()) status = values_.Verify(1, kMaxValueBytes);
  if (status.ok()) status = VerifyValues();
  if (status.ok()) status = VerifyCodes();
  return status.ok() ? status : Broken("attribute " + QuoteValue(name_) + ": " + status.message());
}

Status AttributeView::VerifyValues() const {
  ComparedValue last;
  ComparedValue value;
  for (uint32_t code = 1; code <= value_count_; ++code, std::swap(last, value)) {
    const std::string_view written = text(code);
    if (TrimWhiteSpace(written) != written) return Broken(QuoteValue(written) + " has white space around it");
    if (Status status = ReadValue(type_, written, &value); !status.ok()) return Broken(status.message());
    if (code == 1) continue;
    const bool in_order = value.order != last.order     ? value.order > last.order
                          : value.folded != last.folded ? value.folded > last.folded
                                                        : written > text(code - 1);
    if (!in_order) return Broken(QuoteValue(written) + " is out of order");
  }
  return {};
}

Status AttributeView::VerifyCodes() const {
  if (codes_.width() != BitWidth(uint64_t{value_count_})) return Broken("codes have the wrong width");
  if (!codes_.TailIsZero()) return Broken("unused bits of the codes are not zero");
  if (codes_.width() == 0) return {};
  for (uint64_t record = 0; record < codes_.size(); ++record) {
    if (codes_.Get(record) > value_count_) return Broken("record " + std::to_string(record) + " has no such value");
  }
  return {};
}

}  // namespace burin::internal
