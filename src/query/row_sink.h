// Where rows go that were read from a table or came from a caller: into an index, or into a registry.
#ifndef BURIN_SRC_QUERY_ROW_SINK_H_
#define BURIN_SRC_QUERY_ROW_SINK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/index/write/index_builder.h"

namespace burin::internal {

class RowSink {
 public:
  virtual ~RowSink() = default;
  // As IndexBuilder.
  virtual Result<uint32_t> AddAttribute(std::string_view name, AttributeType type) = 0;
  virtual Status Add(const Row& row, int* attribute) = 0;
  // Whether a row may do without a key, and gets its number for one.
  virtual bool numbers_rows() const = 0;
  // A row could not be used, and is there nonetheless. What of it cannot be read is not given.
  virtual void NotePresent(std::optional<std::string_view> /*source*/, std::optional<std::string_view> /*key*/) {}
  // A table was read, so many rows of it, and to its end or not.
  virtual void NoteTable(const std::string& /*path*/, uint64_t /*rows*/, bool /*whole*/) {}
};

}  // namespace burin::internal

#endif
