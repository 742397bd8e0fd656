#include "src/registry/change/same_row.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "src/index/view/lookup.h"
#include "src/index/write/builder_columns.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// The number of a record among ascending ones, or kNoRecord.
template <typename At>
uint64_t PlaceOf(uint64_t record, uint64_t count, const At& at) {
  uint64_t low = 0, high = count;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (at(middle) < record) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < count && at(low) == record ? low : kNoRecord;
}

bool HasMark(const Index& index, uint64_t record, const RecordedMark& mark) {
  if (mark.missing != Missing::kNone) {
    const uint64_t at = PlaceOf(record, index.missing_count(), [&](uint64_t i) { return index.missing_record(i); });
    return at != kNoRecord && index.missing_kind(at) == mark.missing;
  }
  if (mark.partial) {
    const uint64_t at = PlaceOf(record, index.partial_count(), [&](uint64_t i) { return index.partial_record(i); });
    std::u32string items;
    if (at != kNoRecord) index.partial_items(at, &items);
    return at != kNoRecord && items == mark.symbols;
  }
  const std::u32string_view serials[] = {mark.symbols};
  uint64_t ranks[] = {kNoRank};
  Lookup(index, serials, ranks);
  if (ranks[0] == kNoRank) return false;
  const uint64_t count = index.postings_size(ranks[0]);
  return PlaceOf(record, count, [&](uint64_t i) { return index.posting(ranks[0], i); }) != kNoRecord;
}

bool HasText(const Index& index, uint64_t record, const Row& row, const RecordedMark& mark) {
  std::string text;
  if (index.AppendText(record, &text)) return text == row.text;
  return mark.missing == Missing::kNone && !mark.partial && ToUtf8(mark.symbols) == row.text;
}

// What the builder makes of an attribute of mark `i` of a row (src/index/write/builder_columns.h).
std::string ExpectedValue(std::string_view name, AttributeType type, const Row& row, size_t i,
                          std::span<const ListedAttribute> declared) {
  if (name == kSourceName) return std::string(TrimWhiteSpace(row.source));
  for (size_t n = 0; n < declared.size() && n < row.attributes.size(); ++n) {
    if (declared[n].name != name) continue;
    if (!row.attributes[n].empty()) return std::string(TrimWhiteSpace(row.attributes[n]));
  }
  if (type != AttributeType::kCategory) return {};
  if (std::string value = ValueOfMark(name, row.marks[i]); !value.empty()) return std::string(TrimWhiteSpace(value));
  if (row.marks.size() < 2) return {};
  if (name == kCellPartName) return std::to_string(i + 1) + "/" + std::to_string(row.marks.size());
  if (name == kWeaponName) return std::string(row.source) + (row.source.empty() ? "" : "/") + std::string(row.key);
  return {};
}

bool HasAttributes(const Index& index, uint64_t record, const Row& row, size_t i,
                   std::span<const ListedAttribute> declared) {
  for (const auto& column : index.attributes()) {
    const std::string_view there = column->text(column->code(record));
    if (there != ExpectedValue(column->name(), column->type(), row, i, declared)) return false;
  }
  for (const ListedAttribute& attribute : declared) {
    if (index.FindAttribute(attribute.name) != nullptr) continue;
    if (!ExpectedValue(attribute.name, attribute.type, row, i, declared).empty()) return false;
  }
  return true;
}

}  // namespace

uint64_t RecordsOfRow(const Index& index, uint64_t record) {
  const AttributeColumn* const sources = index.FindAttribute(kSourceName);
  std::string key, next;
  index.AppendKey(record, &key);
  uint64_t count = 1;
  for (; record + count < index.record_count(); ++count) {
    next.clear();
    index.AppendKey(record + count, &next);
    if (next != key || (sources != nullptr && sources->code(record + count) != sources->code(record))) break;
  }
  return count;
}

bool IsSameRow(const Index& index, uint64_t record, const Row& row, std::span<const ListedAttribute> declared) {
  if (RecordsOfRow(index, record) != row.marks.size()) return false;
  for (size_t i = 0; i < row.marks.size(); ++i) {
    if (!HasMark(index, record + i, row.marks[i]) || !HasText(index, record + i, row, row.marks[i])) return false;
    if (!HasAttributes(index, record + i, row, i, declared)) return false;
  }
  return true;
}

bool IsSameRow(const Row& a, const Row& b) {
  const auto same_mark = [](const RecordedMark& x, const RecordedMark& y) {
    return x.missing == y.missing && x.partial == y.partial && x.symbols == y.symbols && x.rules == y.rules &&
           x.location == y.location && x.method == y.method && x.condition == y.condition &&
           TrimWhiteSpace(x.component) == TrimWhiteSpace(y.component);
  };
  if (a.text != b.text || !std::ranges::equal(a.marks, b.marks, same_mark)) return false;
  const auto value = [](const Row& row, size_t n) {
    return n < row.attributes.size() ? TrimWhiteSpace(row.attributes[n]) : std::string_view();
  };
  for (size_t n = 0; n < std::max(a.attributes.size(), b.attributes.size()); ++n) {
    if (value(a, n) != value(b, n)) return false;
  }
  return true;
}

}  // namespace burin::internal
