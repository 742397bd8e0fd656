// The index through the C API: opening, what it holds, values of records.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/index/keys/key_group.h"
#include "src/registry/state/snapshot_index.h"
#include "src/registry/state/verify_registry.h"

namespace burin::internal {

const KeyGroup& GroupOf(const Index& index, uint64_t rank) {
  const auto groups = index.groups();
  const auto behind = std::upper_bound(groups.begin(), groups.end(), rank,
                                       [](uint64_t wanted, const auto& group) { return wanted < group->first_rank(); });
  return **(behind - 1);
}

std::u32string SerialOf(const Index& index, uint64_t rank) { return SerialOfRank(index, rank); }

std::string_view ValueOf(const AttributeColumn* column, uint64_t record) {
  if (column == nullptr) return {};
  const uint32_t code = column->code(record);
  return code == 0 ? std::string_view() : column->text(code);
}

namespace {

static_assert(sizeof(burin_section) == 32);
static_assert(kMissingKinds <= std::size(burin_index_info{}.missing));

// NULL if there is no such attribute.
const AttributeColumn* ColumnAt(const burin_index* index, uint32_t attribute) {
  if (index == nullptr || attribute >= index->index->attributes().size()) return nullptr;
  return index->index->attributes()[attribute].get();
}

// The record with an id, or kNoRecord.
uint64_t RecordOf(const burin_index* index, uint64_t record_id) {
  return index == nullptr ? kNoRecord : index->index->FindId(record_id);
}

Status OpenRegistry(const char* path, const burin_index_options& options, burin_index** out) {
  SnapshotOptions known;
  known.open = {options.read_into_memory != 0, options.populate != 0, options.check_up_to};
  known.recover = options.recover != 0;
  if (options.pin != nullptr) known.pin = options.pin;
  if (options.generation != nullptr) known.generation = *options.generation;
  if (options.pin != nullptr && options.generation != nullptr) return Invalid("pin and generation exclude each other");
  auto snapshot = Snapshot::Open(Disk::System(), path, known);
  if (!snapshot.ok()) return snapshot.status();
  auto index = IndexOf(**snapshot);
  if (!index.ok()) return index.status();
  *out = new burin_index{*std::move(index), *std::move(snapshot)};
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_index_open(const char* path, const burin_index_options* options, burin_index** out,
                              burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (path == nullptr) return IsNull("path");
    burin_index_options known = BURIN_INDEX_OPTIONS_INIT;
    constexpr size_t kFirstSize = offsetof(burin_index_options, pin);
    if (Status status = ReadOptions(options, kFirstSize, &known); !status.ok()) return status;
    if (known.read_into_memory > 1 || known.populate > 1 || known.recover > 1) {
      return OutOfRange("read_into_memory, populate and recover are 0 or 1");
    }
    if (Disk::System().KindOf(path) == Disk::Kind::kDirectory) return OpenRegistry(path, known, out);
    if (known.pin != nullptr || known.generation != nullptr) {
      return Invalid(std::string(path) + ": no registry, and only these have " +
                     (known.pin != nullptr ? "pins" : "states"));
    }
    auto index = Index::Open(path, {known.read_into_memory != 0, known.populate != 0, known.check_up_to});
    if (!index.ok()) return index.status();
    *out = new burin_index{*std::move(index), nullptr};
    return Status();
  });
}

burin_status burin_index_open_buffer(const void* data, size_t size, burin_index** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (data == nullptr && size != 0) return IsNull("data");
    auto index = Index::OpenBuffer({static_cast<const std::byte*>(data), size}, "the buffer");
    if (!index.ok()) return index.status();
    *out = new burin_index{*std::move(index), nullptr};
    return Status();
  });
}

void burin_index_destroy(burin_index* index) { delete index; }

burin_status burin_index_get_info(const burin_index* index, burin_index_info* info, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (info == nullptr) return IsNull("info");
    const IndexInfo& known = index->index->info();
    burin_index_info answer = BURIN_INDEX_INFO_INIT;
    answer.format_major = known.format_major;
    answer.format_minor = known.format_minor;
    answer.folding_version = known.folding_version;
    answer.file_bytes = known.file_bytes;
    answer.records = known.records;
    answer.serials = known.serials;
    answer.partial_records = known.partial_records;
    std::copy(std::begin(known.missing), std::end(known.missing), answer.missing);
    return WriteAnswer(offsetof(burin_index_info, missing) + 8 * sizeof(uint64_t), answer, info);
  });
}

size_t burin_index_section_count(const burin_index* index) {
  return index == nullptr ? 0 : index->index->info().sections.size();
}

burin_status burin_index_get_section(const burin_index* index, size_t i, burin_section* section, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (section == nullptr) return IsNull("section");
    *section = {};
    if (i >= burin_index_section_count(index)) return OutOfRange("there is no section " + std::to_string(i));
    const SectionInfo& known = index->index->info().sections[i];
    known.name.copy(section->name, sizeof(section->name) - 1);
    section->bytes = known.bytes;
    section->items = known.items;
    return Status();
  });
}

burin_status burin_index_check(const burin_index* index, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    return index->index->CheckedBytes();
  });
}

burin_status burin_index_verify(const burin_index* index, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (index->snapshot == nullptr) return index->index->Verify();
    Status status = index->snapshot->Verify();
    return status.ok() ? VerifyDirectory(Disk::System(), *index->snapshot) : status;
  });
}

uint32_t burin_index_attribute_count(const burin_index* index) {
  return index == nullptr ? 0 : static_cast<uint32_t>(index->index->attributes().size());
}

const char* burin_index_attribute_name(const burin_index* index, uint32_t attribute) {
  const AttributeColumn* column = ColumnAt(index, attribute);
  return column == nullptr ? nullptr : column->name().c_str();
}

uint32_t burin_index_attribute_type(const burin_index* index, uint32_t attribute) {
  const AttributeColumn* column = ColumnAt(index, attribute);
  return column == nullptr ? uint32_t{BURIN_ATTRIBUTE_DEFAULT} : static_cast<uint32_t>(column->type());
}

uint32_t burin_index_find_attribute(const burin_index* index, const char* name) {
  for (uint32_t i = 0; name != nullptr && i < burin_index_attribute_count(index); ++i) {
    if (index->index->attributes()[i]->name() == name) return i;
  }
  return BURIN_NO_ATTRIBUTE;
}

const char* burin_index_attribute_text(const burin_index* index, uint64_t record_id, uint32_t attribute, size_t* size) {
  const AttributeColumn* column = ColumnAt(index, attribute);
  const uint64_t record = RecordOf(index, record_id);
  if (column == nullptr || record == kNoRecord) return NoAnswer(size);
  const std::string_view text = ValueOf(column, record);
  if (size != nullptr) *size = text.size();
  return text.empty() ? nullptr : text.data();
}

int32_t burin_index_attribute_integer(const burin_index* index, uint64_t record_id, uint32_t attribute,
                                      int64_t* value) {
  if (value != nullptr) *value = 0;
  const AttributeColumn* column = ColumnAt(index, attribute);
  if (column == nullptr || column->type() != AttributeType::kInteger) return 0;
  const uint64_t record = RecordOf(index, record_id);
  if (record == kNoRecord) return 0;
  const uint32_t code = column->code(record);
  if (code == 0) return 0;
  if (value != nullptr) *value = column->integer(code);
  return 1;
}

burin_status burin_index_key(const burin_index* index, uint64_t record_id, char* buffer, size_t capacity,
                             size_t* needed, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (needed == nullptr) return IsNull("needed");
    *needed = 0;
    const uint64_t record = RecordOf(index, record_id);
    if (record == kNoRecord) return OutOfRange("there is no record " + std::to_string(record_id));
    std::string key;
    index->index->AppendKey(record, &key);
    return WriteText(key, buffer, capacity, needed);
  });
}

}  // extern "C"
