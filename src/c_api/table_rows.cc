// A whole table into a builder: which column goes where, row after row, and what becomes of those that cannot be used.
#include <algorithm>
#include <utility>

#include "src/base/checksum.h"
#include "src/base/disk.h"
#include "src/base/mapped_file.h"
#include "src/c_api/guard.h"
#include "src/c_api/row_builder.h"
#include "src/index/attribute.h"
#include "src/index/attribute_builder.h"
#include "src/index/text_store.h"
#include "src/mark/fold.h"

namespace burin::internal {
namespace {

constexpr uint64_t kRowsPerReport = 65536;

bool IsRole(std::string_view name) { return name == "serial" || name == "key" || name == "source"; }

bool IsReserved(std::string_view name) {
  AttributeType type;
  return IsRole(name) || ReservedAttribute(name, &type);
}

std::string Hexadecimal(uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[number >> shift & 15];
  return text;
}

}  // namespace

Status RowBuilder::ReadMapping(const TableReader& table, const burin_mapping& mapping,
                               std::vector<Wanted>* wanted) const {
  if (mapping.columns == nullptr && mapping.column_count != 0) return IsNull("mapping.columns");
  if (mapping.attributes == nullptr && mapping.attribute_count != 0) return IsNull("mapping.attributes");
  if (mapping.column_count == 0) {
    for (size_t i = 0; i < table.columns().size(); ++i) {
      if (IsReserved(table.columns()[i])) wanted->push_back({table.columns()[i], i, BURIN_ATTRIBUTE_DEFAULT});
    }
  }
  for (size_t i = 0; i < mapping.column_count + mapping.attribute_count; ++i) {
    const bool named = i < mapping.column_count;
    const burin_column& entry = named ? mapping.columns[i] : mapping.attributes[i - mapping.column_count];
    if (entry.name == nullptr || entry.column == nullptr) return Invalid("a mapping needs a name and a column");
    if (entry.reserved != 0) return Invalid("the mapping of '" + std::string(entry.name) + "': reserved is not 0");
    if (named && !IsReserved(entry.name)) return Invalid("'" + std::string(entry.name) + "' is no reserved name");
    if (!named && IsRole(entry.name)) return Invalid("'" + std::string(entry.name) + "' is no attribute");
    size_t column = 0;
    if (!FindColumn(table, entry.column, &column)) return NoColumn(table, "'" + std::string(entry.column) + "'");
    wanted->push_back({entry.name, column, entry.type});
  }
  return Status();
}

Status RowBuilder::MakePlan(const TableReader& table, const burin_mapping& mapping, Plan* plan) {
  std::vector<Wanted> wanted;
  if (Status status = ReadMapping(table, mapping, &wanted); !status.ok()) return status;
  for (size_t i = 0; i < wanted.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (wanted[i].name == wanted[j].name) return Invalid("'" + std::string(wanted[i].name) + "' is mapped twice");
    }
    const auto column = static_cast<std::ptrdiff_t>(wanted[i].column);
    if (wanted[i].name == "serial") plan->serial = column;
    if (wanted[i].name == "key") plan->key = column;
    if (wanted[i].name == "source") plan->source = column;
  }
  if (plan->serial < 0) {
    return NoColumn(table, mapping.column_count == 0 ? "'serial'" : "is mapped to 'serial'");
  }
  if (plan->key < 0) {
    if (Status status = PlanKeys(table, plan); !status.ok()) return status;
  }
  if (mapping.source != nullptr) plan->default_source = mapping.source;
  if (!IsValidUtf8(plan->default_source)) return Invalid("the source is not valid UTF-8");
  if (plan->default_source.size() > kMaxValueBytes) return Invalid("the source is over 4096 bytes");
  for (const Wanted& want : wanted) {
    if (IsRole(want.name)) continue;
    const Result<uint32_t> number = AddAttribute(want.name, want.type);
    if (!number.ok()) return number.status();
    plan->attributes.emplace_back(*number, want.column);
  }
  return Status();
}

// Keys of rows that have none: their number, in a registry behind the checksum of the file.
Status RowBuilder::PlanKeys(const TableReader& table, Plan* plan) const {
  if (sink_->numbers_rows()) return Status();
  if (Disk::System().KindOf(table.path()) != Disk::Kind::kFile) {
    return Invalid(table.path() + ": no column is mapped to 'key', and keys can be made for regular files only");
  }
  Result<MappedFile> file = MappedFile::Open(table.path(), {});
  if (!file.ok()) return file.status();
  plan->key_prefix = Hexadecimal(Checksum(file->bytes())) + ":";
  return Status();
}

Status RowBuilder::AddTableRow(const TableReader& table, const Plan& plan) {
  const std::vector<std::string_view>& fields = table.fields();
  const auto field = [&](std::ptrdiff_t column) { return fields[static_cast<size_t>(column)]; };
  const auto name = [&](std::ptrdiff_t column) -> std::string_view {
    return column < 0 ? std::string_view() : table.columns()[static_cast<size_t>(column)];
  };
  const std::string_view text = field(plan.serial);
  if (!ReadRecorded(text, {unreadable_}, &marks_)) {
    return rejects_.Add(table, name(plan.serial), "not valid UTF-8", text);
  }
  row_.key = plan.key < 0 ? std::string_view() : field(plan.key);
  if (plan.key >= 0 && row_.key.empty()) return rejects_.Add(table, name(plan.key), "the key is empty", {});
  if (!plan.key_prefix.empty()) {
    numbered_key_ = plan.key_prefix + std::to_string(table.row());
    row_.key = numbered_key_;
  }
  row_.source = plan.source < 0 ? std::string_view() : field(plan.source);
  if (row_.source.empty()) row_.source = plan.default_source;
  for (const auto& [number, column] : plan.attributes) values_[number] = fields[column];
  int attribute = -1;
  const Status status = Add(text, counts_.rows, &attribute);
  if (status.ok() || status.code() != StatusCode::kInvalidArgument) return status;
  for (const auto& [number, column] : plan.attributes) {
    if (static_cast<int>(number) == attribute) {
      return rejects_.Add(table, table.columns()[column], status.message(), fields[column]);
    }
  }
  // Of the rest, only a text or a source can be too long, or a key be taken.
  if (text.size() > kMaxTextBytes) return rejects_.Add(table, name(plan.serial), status.message(), text);
  if (row_.source.size() > kMaxValueBytes) return rejects_.Add(table, name(plan.source), status.message(), row_.source);
  return rejects_.Add(table, name(plan.key), status.message(), row_.key);
}

Status RowBuilder::AddTable(TableReader* table, const burin_mapping& mapping) {
  Plan plan;
  if (Status status = rejects_.CheckTable(*table); !status.ok()) return status;
  if (Status status = MakePlan(*table, mapping, &plan); !status.ok()) return status;
  std::fill(values_.begin(), values_.end(), std::string_view());
  const auto report = [&](uint64_t rows) {
    if (mapping.on_progress == nullptr) return Status();
    const int32_t stop = mapping.on_progress(mapping.progress_user, table->bytes_read(), table->bytes_total(), rows);
    if (stop == 0) return Status();
    return Status(StatusCode::kCancelled, table->path() + ": stopped after row " + std::to_string(table->row()));
  };
  for (uint64_t rows = 0;;) {
    const Result<RowState> next = table->Next();
    if (!next.ok()) return next.status();
    if (*next == RowState::kEnd) return report(rows);
    ++counts_.rows;
    Status status = *next == RowState::kBad ? rejects_.AddBadRow(*table) : AddTableRow(*table, plan);
    if (!status.ok()) return status;
    if (++rows % kRowsPerReport == 0) {
      if (status = report(rows); !status.ok()) return status;
    }
  }
}

}  // namespace burin::internal
