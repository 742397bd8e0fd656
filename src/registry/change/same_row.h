// Whether a row is in an index already, just as it would be added: its marks, text and every attribute. So that adding
// a table again changes nothing.
#ifndef BURIN_SRC_REGISTRY_CHANGE_SAME_ROW_H_
#define BURIN_SRC_REGISTRY_CHANGE_SAME_ROW_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "src/index/view/index.h"
#include "src/index/write/index_builder.h"
#include "src/registry/state/manifest.h"

namespace burin::internal {

// How many records the row has whose first record this is. REQUIRES: record < index.record_count().
uint64_t RecordsOfRow(const Index& index, uint64_t record);

// Whether the row whose first record is `record` is `row`; the names are those of row.attributes. The same source and
// key are taken for granted.
bool IsSameRow(const Index& index, uint64_t record, const Row& row, std::span<const ListedAttribute> declared);

// The same of two rows that are in no index.
bool IsSameRow(const Row& a, const Row& b);

}  // namespace burin::internal

#endif
