// A small text file of the caller, read whole.
#ifndef BURIN_SRC_C_API_TEXT_FILE_H_
#define BURIN_SRC_C_API_TEXT_FILE_H_

#include <memory>
#include <string>

#include "src/base/status.h"
#include "src/table/byte_source.h"

namespace burin::internal {

// "-" is standard input. A file that is too large is refused by its size, so not much more than `most` is read.
inline Status ReadTextFile(const std::string& path, size_t most, std::string* text) {
  Result<std::unique_ptr<ByteSource>> source = ByteSource::OpenFile(path, "utf-8");
  if (!source.ok()) return source.status();
  for (size_t before = ~size_t{0}; text->size() != before && text->size() <= most;) {
    before = text->size();
    if (Status status = (*source)->Read(text); !status.ok()) return status;
  }
  return Status();
}

}  // namespace burin::internal

#endif
