#include "src/c_api/rows/unread_values.h"

#include <algorithm>

#include "burin/builder.h"
#include "src/c_api/common/guard.h"
#include "src/index/columns/attribute_builder.h"
#include "src/text/utf8.h"

namespace burin::internal {

Status ReadValueOptions(uint32_t values, ValueOptions* options) {
  constexpr uint32_t kOrders = BURIN_VALUES_DAY_FIRST | BURIN_VALUES_MONTH_FIRST | BURIN_VALUES_YEAR_FIRST;
  const uint32_t order = values & kOrders;
  if ((values & ~(kOrders | BURIN_VALUES_STRICT)) != 0 || (order & (order - 1)) != 0) {
    return OutOfRange("values is BURIN_VALUES_STRICT and one order of dates at most, not " + std::to_string(values));
  }
  options->strict = options->strict || (values & BURIN_VALUES_STRICT) != 0;
  if (order == BURIN_VALUES_DAY_FIRST) options->order = DateOrder::kDayFirst;
  if (order == BURIN_VALUES_MONTH_FIRST) options->order = DateOrder::kMonthFirst;
  if (order == BURIN_VALUES_YEAR_FIRST) options->order = DateOrder::kYearFirst;
  return Status();
}

std::string KeptText(std::string_view text) {
  constexpr std::string_view kEllipsis = "\u2026";
  const bool cut = text.size() > kMaxValueBytes;
  std::string kept;
  AppendAsUtf8(text.substr(0, kMaxValueBytes), &kept);
  std::replace(kept.begin(), kept.end(), '\0', ' ');
  kept = std::string(TrimWhiteSpace(kept));
  if (!cut && kept.size() <= kMaxValueBytes) return kept;
  kept.resize(ValidUtf8Prefix(std::string_view(kept).substr(0, kMaxValueBytes - kEllipsis.size())));
  return kept.append(kEllipsis);
}

void UnreadValues::Add(std::string_view name, std::string_view text) {
  const auto at = std::lower_bound(attributes_.begin(), attributes_.end(), name,
                                   [](const Attribute& a, std::string_view b) { return a.name < b; });
  const bool known = at != attributes_.end() && at->name == name;
  Attribute& attribute = known ? *at : *attributes_.insert(at, {std::string(name), 0, {}});
  ++attribute.rows;
  std::vector<Text>& texts = attribute.texts;
  const auto place =
      std::lower_bound(texts.begin(), texts.end(), text, [](const Text& a, std::string_view b) { return a.text < b; });
  if (place != texts.end() && place->text == text) {
    ++place->rows;
  } else if (texts.size() < kMaxTexts) {
    texts.insert(place, {std::string(text), 1});
  }
}

const char* UnreadName(const UnreadValues* values, size_t i, uint64_t* rows) {
  const bool there = values != nullptr && i < values->attributes().size();
  if (rows != nullptr) *rows = there ? values->attributes()[i].rows : 0;
  return there ? values->attributes()[i].name.c_str() : nullptr;
}

const char* UnreadText(const UnreadValues* values, size_t i, size_t j, uint64_t* rows) {
  const bool there = values != nullptr && i < values->attributes().size() && j < values->attributes()[i].texts.size();
  if (rows != nullptr) *rows = there ? values->attributes()[i].texts[j].rows : 0;
  return there ? values->attributes()[i].texts[j].text.c_str() : nullptr;
}

}  // namespace burin::internal
