// A whole table into a builder: which column goes where, row after row, and what becomes of those that cannot be used.
#include "src/c_api/rows/row_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "src/base/checksum.h"
#include "src/base/disk.h"
#include "src/base/mapped_file.h"
#include "src/c_api/common/guard.h"
#include "src/index/columns/attribute.h"
#include "src/index/columns/attribute_builder.h"
#include "src/index/columns/text_store.h"
#include "src/text/utf8.h"

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
    for (const std::string& name : table.columns()) {
      size_t column = 0;
      if (!IsReserved(name)) continue;
      if (Status status = FindColumn(table, name, &column); !status.ok()) return status;
      wanted->push_back({name, column, BURIN_ATTRIBUTE_DEFAULT});
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
    if (Status status = FindColumn(table, entry.column, &column); !status.ok()) return status;
    wanted->push_back({entry.name, column, entry.type});
  }
  return Status();
}

Status RowBuilder::MakePlan(const TableReader& table, const burin_mapping& mapping, Plan* plan) {
  std::vector<Wanted> wanted;
  plan->values = value_options_;
  if (Status status = ReadValueOptions(mapping.values, &plan->values); !status.ok()) return status;
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
  if (mapping.digitless > BURIN_DIGITLESS_MISSING) {
    return OutOfRange("digitless is " + std::to_string(mapping.digitless) + ", expected 0 to 2");
  }
  plan->digitless = mapping.digitless;
  if (mapping.source != nullptr) plan->default_source = mapping.source;
  if (!IsValidUtf8(plan->default_source)) return Invalid("the source is not valid UTF-8");
  if (plan->default_source.size() > kMaxValueBytes) return Invalid("the source is over 4096 bytes");
  for (const Wanted& want : wanted) {
    if (IsRole(want.name)) continue;
    const Result<uint32_t> number = AddAttribute(want.name, want.type);
    if (!number.ok()) return number.status();
    plan->attributes.emplace_back(asked_for_[*number], want.column);
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

// What makes a row unfit if it cannot be read.
std::vector<size_t> RowBuilder::UsedColumns(const Plan& plan) {
  std::vector<size_t> used;
  for (const std::ptrdiff_t column : {plan.serial, plan.key, plan.source}) {
    if (column >= 0) used.push_back(static_cast<size_t>(column));
  }
  for (const auto& [number, column] : plan.attributes) {
    if (plan.values.strict) used.push_back(column);
  }
  return used;
}

void RowBuilder::JudgeDigitless(std::string_view text, bool counted, Plan* plan) {
  const bool by_column = plan->digitless == BURIN_DIGITLESS_BY_COLUMN;
  const bool asked = marks_.size() == 1 && plan->digitless != BURIN_DIGITLESS_SERIAL && IsDigitless(marks_[0]);
  if (asked && MissDigitless(text, !by_column, &marks_[0])) return;
  if (by_column && !counted) plan->column.Add(marks_);
  if (asked && plan->column.IsNoSerial(marks_[0], text)) MissDigitless(text, true, &marks_[0]);
}

void RowBuilder::ReadKey(const TableReader& table, const Plan& plan, const std::vector<std::string_view>& fields) {
  row_.key = plan.key < 0 ? std::string_view() : fields[static_cast<size_t>(plan.key)];
  if (!plan.key_prefix.empty()) {
    numbered_key_ = plan.key_prefix + std::to_string(table.row());
    row_.key = numbered_key_;
  }
  row_.source = plan.source < 0 ? std::string_view() : fields[static_cast<size_t>(plan.source)];
  if (TrimWhiteSpace(row_.source).empty()) row_.source = plan.default_source;
}

void RowBuilder::NotePresent(const TableReader& table, const Plan& plan, const std::vector<std::string_view>& fields) {
  std::optional<std::string_view> source, key;
  if (!fields.empty()) {
    ReadKey(table, plan, fields);
    source = row_.source;
    key = row_.key;
  }
  if (plan.source < 0) source = plan.default_source;
  if (!plan.key_prefix.empty()) {
    numbered_key_ = plan.key_prefix + std::to_string(table.row());
    key = numbered_key_;
  }
  const auto drop_if_no_text = [](std::optional<std::string_view>* text) {
    if (*text && (!IsValidUtf8(**text) || (*text)->find('\0') != std::string_view::npos)) text->reset();
  };
  drop_if_no_text(&source);
  drop_if_no_text(&key);
  if (source && source->size() > kMaxValueBytes) source.reset();
  sink_->NotePresent(source, key);
}

Status RowBuilder::AddTableRow(const LookAheadTable& table, Plan* planned) {
  const Plan& plan = *planned;
  const std::vector<std::string_view>& fields = table.fields();
  const auto reject = [&](std::ptrdiff_t column, std::string_view reason, std::string_view text) {
    NotePresent(table, plan, fields);
    return rejects_.Add(table, column < 0 ? std::string_view() : table.columns()[static_cast<size_t>(column)], reason,
                        text);
  };
  const std::string_view text = fields[static_cast<size_t>(plan.serial)];
  if (!ReadRecorded(text, how_, &marks_)) return reject(plan.serial, "not valid UTF-8", text);
  JudgeDigitless(text, table.was_ahead(), planned);
  ReadKey(table, plan, fields);
  if (plan.key >= 0 && row_.key.empty()) return reject(plan.key, "the key is empty", {});
  std::fill(values_.begin(), values_.end(), std::string_view());
  for (const auto& [number, column] : plan.attributes) values_[number] = fields[column];
  int attribute = -1;
  Status status = ReadValues(plan.values, &attribute);
  if (status.ok()) status = Add(text, counts_.rows, &attribute);
  if (status.ok() || status.code() != StatusCode::kInvalidArgument) return status;
  for (const auto& [number, column] : plan.attributes) {
    if (static_cast<int>(number) == attribute) {
      return reject(static_cast<std::ptrdiff_t>(column), status.message(), fields[column]);
    }
  }
  // Of the rest, only a text or a source can be too long, or a key be taken.
  if (text.size() > kMaxTextBytes) return reject(plan.serial, status.message(), text);
  if (row_.source.size() > kMaxValueBytes) return reject(plan.source, status.message(), row_.source);
  return reject(plan.key, status.message(), std::string(row_.key));
}

Status RowBuilder::AddRows(TableReader* table, const burin_mapping& mapping, Plan* plan, uint64_t* rows) {
  std::vector<RecordedMark> marks;
  LookAheadTable ahead(table, static_cast<size_t>(plan->serial), [&](std::string_view text) {
    if (!ReadRecorded(text, how_, &marks)) return;
    const bool words = marks.size() == 1 && IsDigitless(marks[0]) && MissDigitless(text, false, &marks[0]);
    if (!words) plan->column.Add(marks);
  });
  const auto report = [&]() {
    if (mapping.on_progress == nullptr) return Status();
    const int32_t stop = mapping.on_progress(mapping.progress_user, table->bytes_read(), table->bytes_total(), *rows);
    if (stop == 0) return Status();
    return Status(StatusCode::kCancelled, table->path() + ": stopped after row " + std::to_string(table->row()));
  };
  for (;;) {
    const Result<RowState> next = ahead.Next();
    if (!next.ok()) return next.status();
    if (*next == RowState::kEnd) return report();
    ++counts_.rows;
    Status status;
    if (*next == RowState::kBad) {
      NotePresent(ahead, *plan, ahead.bad_fields());
      status = rejects_.AddBadRow(ahead);
    } else {
      status = AddTableRow(ahead, plan);
    }
    if (!status.ok()) return status;
    if (++*rows % kRowsPerReport == 0) {
      if (status = report(); !status.ok()) return status;
    }
  }
}

Status RowBuilder::AddTable(TableReader* table, const burin_mapping& mapping) {
  Plan plan;
  if (Status status = rejects_.CheckTable(*table); !status.ok()) return status;
  if (Status status = MakePlan(*table, mapping, &plan); !status.ok()) return status;
  table->Use(UsedColumns(plan));
  uint64_t rows = 0;
  Status status = AddRows(table, mapping, &plan, &rows);
  sink_->NoteTable(table->path(), rows, status.ok());
  return status;
}

}  // namespace burin::internal
