// Bytes of a table, as UTF-8, in bounded memory: from a file, standard input or memory, decoded by iconv where the
// encoding is another one. A byte that the encoding does not allow (in UTF-16: a unit) comes out as 0xFF, which no
// UTF-8 text holds, so the row it stands in is found to be bad and no other.
#ifndef BURIN_SRC_TABLE_BYTE_SOURCE_H_
#define BURIN_SRC_TABLE_BYTE_SOURCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "src/base/status.h"

namespace burin::internal {

class ByteSource {
 public:
  // The most that one Read takes.
  static constexpr size_t kChunk = size_t{1} << 20;
  // Stands for what could not be decoded.
  static constexpr char kInvalid = '\xFF';

  // `path` "-" is standard input. `encoding`, `cancelled`: as of TableOptions.
  static Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path, const std::string& encoding,
                                                      std::function<bool()> cancelled = {});
  // Borrows `bytes`; hands them out in pieces of at most `chunk` (at least 1), for tests. `name`
  // stands for the path in messages.
  static Result<std::unique_ptr<ByteSource>> OpenMemory(std::string_view bytes, const std::string& name,
                                                        const std::string& encoding, size_t chunk);
  virtual ~ByteSource() = default;

  // Appends at least one byte to *text, or none at the end of the input.
  virtual Status Read(std::string* text) = 0;
  virtual uint64_t bytes_read() const = 0;          // Of the input, before decoding.
  virtual uint64_t bytes_total() const = 0;         // 0: not known.
  virtual const std::string& encoding() const = 0;  // In lower case.
};

}  // namespace burin::internal

#endif
