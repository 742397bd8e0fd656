// The builder through the C API.
#include "burin/builder.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/table_handle.h"
#include "src/c_api/rows/row_builder.h"

struct burin_builder {
  std::unique_ptr<burin::internal::RowBuilder> rows;
};

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_builder_create(const burin_builder_options* options, burin_builder** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    burin_builder_options known = BURIN_BUILDER_OPTIONS_INIT;
    constexpr size_t kFirstSize = offsetof(burin_builder_options, profile);
    if (Status status = ReadOptions(options, kFirstSize, &known); !status.ok()) return status;
    Result<std::unique_ptr<RowBuilder>> rows = RowBuilder::Create(known);
    if (!rows.ok()) return rows.status();
    *out = new burin_builder{*std::move(rows)};
    return Status();
  });
}

void burin_builder_destroy(burin_builder* builder) { delete builder; }

burin_status burin_builder_add_attribute(burin_builder* builder, const char* name, uint32_t type, uint32_t* number,
                                         burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (builder == nullptr) return IsNull("builder");
    if (name == nullptr) return IsNull("name");
    return builder->rows->Exclusive([&]() -> Status {
      const Result<uint32_t> added = builder->rows->AddAttribute(name, type);
      if (!added.ok()) return added.status();
      if (number != nullptr) *number = *added;
      return Status();
    });
  });
}

burin_status burin_builder_add_row(burin_builder* builder, const burin_row* row, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (builder == nullptr) return IsNull("builder");
    if (row == nullptr) return IsNull("row");
    burin_row known = BURIN_ROW_INIT;
    if (Status status = ReadOptions(row, sizeof(known), &known); !status.ok()) return status;
    return builder->rows->Exclusive([&] { return builder->rows->AddRow(known); });
  });
}

burin_status burin_builder_add_table(burin_builder* builder, burin_table* table, const burin_mapping* mapping,
                                     burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (builder == nullptr) return IsNull("builder");
    if (table == nullptr) return IsNull("table");
    burin_mapping known = BURIN_MAPPING_INIT;
    constexpr size_t kFirstSize = offsetof(burin_mapping, digitless);
    if (Status status = ReadOptions(mapping, kFirstSize, &known); !status.ok()) return status;
    table->state = RowState::kEnd;
    table->fields.clear();
    return builder->rows->Exclusive([&] { return builder->rows->AddTable(table->reader.get(), known); });
  });
}

burin_status burin_builder_get_counts(const burin_builder* builder, burin_builder_counts* counts, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (builder == nullptr) return IsNull("builder");
    if (counts == nullptr) return IsNull("counts");
    constexpr size_t kFirstSize = offsetof(burin_builder_counts, missing) + 8 * sizeof(uint64_t);
    return WriteAnswer(kFirstSize, builder->rows->counts(), counts);
  });
}

size_t burin_builder_sentinel_count(const burin_builder* builder) {
  return builder == nullptr ? 0 : builder->rows->sentinels().size();
}

const char* burin_builder_sentinel(const burin_builder* builder, size_t i, uint64_t* records, uint32_t* missing) {
  SentinelCount none;
  const bool there = i < burin_builder_sentinel_count(builder);
  const SentinelCount& counted = there ? builder->rows->sentinels()[i] : none;
  if (records != nullptr) *records = counted.records;
  if (missing != nullptr) *missing = static_cast<uint32_t>(counted.missing);
  return there ? counted.text.c_str() : nullptr;
}

size_t burin_builder_unread_count(const burin_builder* builder) {
  return builder == nullptr ? 0 : builder->rows->unread().attributes().size();
}

const char* burin_builder_unread(const burin_builder* builder, size_t i, uint64_t* rows) {
  return builder == nullptr ? UnreadName(nullptr, i, rows) : UnreadName(&builder->rows->unread(), i, rows);
}

const char* burin_builder_unread_text(const burin_builder* builder, size_t i, size_t j, uint64_t* rows) {
  return builder == nullptr ? UnreadText(nullptr, i, j, rows) : UnreadText(&builder->rows->unread(), i, j, rows);
}

burin_status burin_builder_write(burin_builder* builder, const char* path, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (builder == nullptr) return IsNull("builder");
    if (path == nullptr) return IsNull("path");
    return builder->rows->Exclusive([&] { return builder->rows->Write(path); });
  });
}

}  // extern "C"
