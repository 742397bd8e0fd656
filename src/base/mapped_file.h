// A file's bytes for reading: mapped, or read into memory. Mapping costs nothing a byte until it is touched, but a file
// that is truncated under the map ends the process (SIGBUS); memory is immune to that. What is no regular
// file (a pipe, a device) may never come or end, and is refused. Errors: kIo (kNoMemory), one line, the path first.
#ifndef BURIN_SRC_BASE_MAPPED_FILE_H_
#define BURIN_SRC_BASE_MAPPED_FILE_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "src/base/status.h"

namespace burin::internal {

class MappedFile {
 public:
  struct Options {
    bool read_into_memory = false;
    bool populate = false;  // Read every page of a map now.
  };
  static Result<MappedFile> Open(const std::string& path, const Options& options);
  // A copy of bytes that are no file's.
  static Result<MappedFile> OfBytes(std::span<const std::byte> bytes);
  MappedFile(MappedFile&&) noexcept;
  MappedFile& operator=(MappedFile&&) noexcept;
  ~MappedFile();

  // Valid as long as this, wherever it is moved to.
  std::span<const std::byte> bytes() const;

 private:
  struct Content;
  explicit MappedFile(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace burin::internal

#endif
