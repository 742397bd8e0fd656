// Writes a file so that it is there whole or not at all: into a temporary file beside the target, which Commit flushes,
// fsyncs and renames; then the directory is fsynced. Without Commit the destructor removes the temporary file. A target
// that exists and is no regular file (/dev/null, a fifo) is written directly. Buffers 1 MiB.
//
// Errors are kIo with one line: "PATH: cannot write: No space left on device", "PATH: is a directory". After an error
// every further call answers the same error. All goes through a Disk (disk.h), which must outlive the writer.
#ifndef BURIN_SRC_BASE_FILE_WRITER_H_
#define BURIN_SRC_BASE_FILE_WRITER_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "src/base/disk.h"
#include "src/base/status.h"

namespace burin::internal {

class FileWriter {
 public:
  static Result<FileWriter> Create(const std::string& path, Disk& disk = Disk::System());
  FileWriter(FileWriter&&) noexcept;
  FileWriter& operator=(FileWriter&&) noexcept;
  ~FileWriter();

  Status Append(std::span<const std::byte> bytes);
  Status Append(std::string_view text);
  // All that was appended so far is on disk, and only the name is missing: what can fail for want of room has not.
  Status Sync();
  // The file is at its path and on disk. No Append afterwards (kState).
  Status Commit();
  // The file's content is on disk, and it is at its path; that it is there may be lost as long as the directory is not
  // synced.
  Status CommitUnsynced();

 private:
  struct File;
  explicit FileWriter(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace burin::internal

#endif
