#include "src/index/write/builder_columns.h"

#include <algorithm>
#include <utility>

#include "src/text/utf8.h"

namespace burin::internal {
namespace {

Status Invalid(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }

}  // namespace

std::string ValueOfMark(std::string_view name, const RecordedMark& mark) {
  if (name == kComponentName) return mark.component;
  if (name == "location") return std::string(mark.location);
  if (name == "method") return std::string(mark.method);
  if (name == "condition") return std::string(mark.condition);
  return name == "cell_rule" ? CellRuleNames(mark.rules) : std::string();
}

BuilderColumns::BuilderColumns(SpillArena* arena) : arena_(arena) {
  columns_.push_back({AttributeBuilder(kSourceName, AttributeType::kCategory, arena_), false, {}});
}

size_t BuilderColumns::Find(std::string_view name) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].values.name() == name) return i;
  }
  return kNone;
}

Result<uint32_t> BuilderColumns::Declare(std::string_view name, AttributeType type, uint64_t records) {
  const std::string quoted = "attribute '" + std::string(name) + "'";
  if (name.empty()) return Invalid("an attribute needs a name");
  if (name.size() > kMaxNameBytes) return Invalid(quoted + ": the name is over 64 bytes");
  if (!IsValidUtf8(name)) return Invalid("the name of an attribute is not valid UTF-8");
  if (name == kSourceName || name == "key" || name == "serial") return Invalid(quoted + ": the name is reserved");
  ReservedAttribute(name, &type);
  size_t column = Find(name);
  if (column != kNone && (columns_[column].declared || columns_[column].values.type() != type)) {
    return Invalid(quoted + ": the name is taken");
  }
  if (column == kNone) {
    column = columns_.size();
    columns_.push_back({AttributeBuilder(name, type, arena_), false, {}});
    columns_.back().values.AppendAbsent(records);
  }
  columns_[column].declared = true;
  declared_.push_back(column);
  return static_cast<uint32_t>(declared_.size() - 1);
}

Status BuilderColumns::Check(const Row& row, int* attribute) const {
  *attribute = -1;
  if (row.attributes.size() != declared_.size()) {
    return Invalid(std::to_string(row.attributes.size()) + " attribute values, " + std::to_string(declared_.size()) +
                   " are declared");
  }
  if (!IsValidUtf8(row.source)) return Invalid("the source is not valid UTF-8");
  if (Status status = columns_[0].values.Check(row.source); !status.ok()) return status;
  for (size_t i = 0; i < declared_.size(); ++i) {
    *attribute = static_cast<int>(i);
    if (row.attributes[i].empty()) continue;
    if (!IsValidUtf8(row.attributes[i])) return Invalid("not valid UTF-8");
    if (Status status = columns_[declared_[i]].values.Check(row.attributes[i]); !status.ok()) return status;
  }
  *attribute = -1;
  return {};
}

size_t BuilderColumns::Own(std::string_view name, uint64_t records) {
  const size_t column = Find(name);
  if (column != kNone) return columns_[column].values.type() == AttributeType::kCategory ? column : kNone;
  columns_.push_back({AttributeBuilder(name, AttributeType::kCategory, arena_), false, {}});
  columns_.back().values.AppendAbsent(records);
  return columns_.size() - 1;
}

void BuilderColumns::SetIfAbsent(std::string_view name, std::string_view value, uint64_t records) {
  const size_t column = Own(name, records);
  if (column == kNone || !columns_[column].value.empty()) return;
  if (columns_[column].values.Check(value).ok()) columns_[column].value = value;
}

void BuilderColumns::Append(const Row& row, uint64_t records) {
  const bool several = row.marks.size() > 1;
  if (several) {
    weapon_.assign(row.source);
    if (!row.source.empty()) weapon_ += '/';
    weapon_ += row.key;
  }
  for (size_t i = 0; i < row.marks.size(); ++i, ++records) {
    for (Column& column : columns_) column.value = {};
    columns_[0].value = row.source;
    for (size_t n = 0; n < declared_.size(); ++n) columns_[declared_[n]].value = row.attributes[n];
    std::string part;
    const RecordedMark& mark = row.marks[i];
    const std::string rules = CellRuleNames(mark.rules);
    if (!mark.component.empty()) SetIfAbsent(kComponentName, mark.component, records);
    if (!mark.location.empty()) SetIfAbsent("location", mark.location, records);
    if (!mark.method.empty()) SetIfAbsent("method", mark.method, records);
    if (!mark.condition.empty()) SetIfAbsent("condition", mark.condition, records);
    if (!rules.empty()) SetIfAbsent("cell_rule", rules, records);
    if (several) {
      part = std::to_string(i + 1) + "/" + std::to_string(row.marks.size());
      SetIfAbsent(kCellPartName, part, records);
      SetIfAbsent(kWeaponName, weapon_, records);
    }
    for (Column& column : columns_) column.values.Append(column.value);
  }
}

std::vector<AttributeBuilder> BuilderColumns::Take() {
  std::vector<AttributeBuilder> columns;
  for (Column& column : columns_) columns.push_back(std::move(column.values));
  columns_.clear();
  std::sort(columns.begin(), columns.end(), [](const auto& a, const auto& b) { return a.name() < b.name(); });
  return columns;
}

}  // namespace burin::internal
