// Every system call that changes what is on disk, or that a crash could undo, behind one interface: so that a test can
// put a simulated disk in its place, which fails, or loses what was not synced, at any call it likes.
//
// Calls answer what the system call answers, or -errno; they begin again where a signal interrupted them. Paths are
// those of the caller.
#ifndef BURIN_SRC_BASE_DISK_H_
#define BURIN_SRC_BASE_DISK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "src/base/mapped_file.h"
#include "src/base/status.h"

namespace burin::internal {

class Disk {
 public:
  enum class Kind : uint8_t { kNothing, kFile, kDirectory, kOther };

  // The one of the operating system. It has no state.
  static Disk& System();
  virtual ~Disk() = default;

  // A file descriptor. `flags` as of open(2).
  virtual int Open(const std::string& path, int flags);
  // How many bytes were written: at least one, unless there were none to write.
  virtual int64_t Write(int file, std::span<const std::byte> bytes);
  // Over what is there, or behind it; all of the bytes, or an error. Of up to 512 bytes within a multiple of 512: a
  // crash leaves what was there or these.
  virtual int WriteAt(int file, uint64_t offset, std::span<const std::byte> bytes);
  // How many bytes were read: fewer than asked for only at the end of the file.
  virtual int64_t ReadAt(int file, uint64_t offset, std::span<std::byte> bytes);
  // The size of an open file. -ESTALE: the path names it no longer.
  virtual int64_t SizeOf(int file, const std::string& path);
  virtual int Sync(int file);
  virtual int Close(int file);
  // An exclusive lock that ends with the process, or when the file is closed. -EWOULDBLOCK: somebody else has it.
  virtual int Lock(int file);
  virtual int Unlock(int file);
  virtual int Rename(const std::string& from, const std::string& to);
  virtual int Remove(const std::string& path);  // A file.
  virtual int MakeDirectory(const std::string& path);
  virtual int RemoveDirectory(const std::string& path);
  // The names in a directory are on disk.
  virtual int SyncDirectory(const std::string& path);
  // The names in a directory, but for `.` and `..`, in no order.
  virtual int List(const std::string& path, std::vector<std::string>* names);
  virtual Kind KindOf(const std::string& path);
  virtual Result<MappedFile> Map(const std::string& path, const MappedFile::Options& options);
};

// The directory in which a path lies.
std::string DirectoryOf(const std::string& path);
// What an error number means: "No space left on device".
std::string ErrnoText(int code);

}  // namespace burin::internal

#endif
