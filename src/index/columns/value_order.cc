// The order of values: see value_order.h.
#include "src/index/columns/value_order.h"

#include "src/index/columns/period.h"
#include "src/mark/fold/fold.h"

namespace burin::internal {
namespace {

// Compares as the bytes do; a shorter text is padded with zeros.
uint64_t FirstBytes(std::string_view text) {
  uint64_t first = 0;
  for (size_t i = 0; i < 8; ++i) first = first << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
  return first;
}

}  // namespace

Status ReadValue(AttributeType type, std::string_view text, ComparedValue* value) {
  value->folded.clear();
  switch (type) {
    case AttributeType::kCategory:
      value->folded = FoldValue(text);
      value->order = FirstBytes(value->folded);
      return {};
    case AttributeType::kInteger: {
      const Result<int64_t> number = ParseInteger(text);
      if (!number.ok()) return number.status();
      value->order = static_cast<uint64_t>(*number) ^ uint64_t { 1 } << 63;
      return {};
    }
    case AttributeType::kDate: {
      const Result<Period> period = ParsePeriod(text);
      if (!period.ok()) return period.status();
      value->order = uint64_t{static_cast<uint32_t>(period->first)} << 32 | static_cast<uint32_t>(period->last);
      return {};
    }
  }
  return Status(StatusCode::kInternal, "an attribute of no known type");
}

}  // namespace burin::internal
