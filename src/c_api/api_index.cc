// The index through the C API: opening, what it holds, values of records.
#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "src/c_api/guard.h"
#include "src/c_api/index_handle.h"

namespace burin::internal {

const KeyGroup& GroupOf(const Index& index, uint64_t rank) {
  const auto groups = index.groups();
  const auto behind = std::upper_bound(groups.begin(), groups.end(), rank,
                                       [](uint64_t wanted, const auto& group) { return wanted < group->first_rank(); });
  return **(behind - 1);
}

std::u32string SerialOf(const Index& index, uint64_t rank) {
  const KeyGroup& group = GroupOf(index, rank);
  uint16_t codes[kMaxMarkSymbols];
  const uint64_t key = rank - group.first_rank();
  group.Read(key, key + 1, codes);
  std::u32string serial;
  KeySymbols(group, codes, &serial);
  return serial;
}

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

bool HasRecord(const burin_index* index, uint64_t record_id) {
  return index != nullptr && record_id - 1 < index->index->record_count();
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
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    if (known.read_into_memory > 1 || known.populate > 1) return OutOfRange("read_into_memory and populate are 0 or 1");
    auto index = Index::Open(path, {known.read_into_memory != 0, known.populate != 0});
    if (!index.ok()) return index.status();
    *out = new burin_index{*std::move(index)};
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
    *out = new burin_index{*std::move(index)};
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
    return WriteAnswer(sizeof(answer), answer, info);
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

burin_status burin_index_verify(const burin_index* index, burin_error** error) {
  return Guard(error, [&]() -> Status { return index == nullptr ? IsNull("index") : index->index->Verify(); });
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
  if (column == nullptr || !HasRecord(index, record_id)) return NoAnswer(size);
  const std::string_view text = ValueOf(column, record_id - 1);
  if (size != nullptr) *size = text.size();
  return text.empty() ? nullptr : text.data();
}

int32_t burin_index_attribute_integer(const burin_index* index, uint64_t record_id, uint32_t attribute,
                                      int64_t* value) {
  if (value != nullptr) *value = 0;
  const AttributeColumn* column = ColumnAt(index, attribute);
  if (column == nullptr || column->type() != AttributeType::kInteger || !HasRecord(index, record_id)) return 0;
  const uint32_t code = column->code(record_id - 1);
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
    if (!HasRecord(index, record_id)) return OutOfRange("there is no record " + std::to_string(record_id));
    std::string key;
    index->index->AppendKey(record_id - 1, &key);
    return WriteText(key, buffer, capacity, needed);
  });
}

}  // extern "C"
