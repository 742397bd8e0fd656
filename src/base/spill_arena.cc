#include "src/base/spill_arena.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "src/base/bits.h"
#include "src/base/disk.h"

namespace burin::internal {
namespace {

constexpr size_t kExtent = size_t{1} << 26;
constexpr size_t kPage = 4096;
constexpr size_t kAlignment = 64;

}  // namespace

SpillArena::~SpillArena() {
  for (const std::span<std::byte> extent : extents_) ::munmap(extent.data(), extent.size());
  if (file_ >= 0) ::close(file_);
}

Status SpillArena::Open() {
  const auto failed = [&] { return Status(StatusCode::kIo, directory_ + ": cannot write: " + ErrnoText(errno)); };
#ifdef O_TMPFILE
  file_ = ::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ >= 0) return Status();
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT && errno != EINVAL) return failed();
#endif
  std::string name = directory_ + "/burin-XXXXXX";
  file_ = ::mkstemp(name.data());
  if (file_ < 0) return failed();
  ::fcntl(file_, F_SETFD, FD_CLOEXEC);
  return ::unlink(name.c_str()) == 0 ? Status() : failed();
}

bool SpillArena::AddExtent(size_t bytes) {
  if (!status_.ok()) return false;
  if (file_ < 0) status_ = Open();
  if (!status_.ok()) return false;
  const size_t size = RoundUp(std::max(bytes, kExtent), kPage);
  int code = ::posix_fallocate(file_, static_cast<off_t>(file_bytes_), static_cast<off_t>(size));
  void* at = MAP_FAILED;
  if (code == 0) {
    at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, static_cast<off_t>(file_bytes_));
    code = at == MAP_FAILED ? errno : 0;
  }
  if (code != 0) {
    status_ = Status(StatusCode::kIo, directory_ + ": cannot write: " + ErrnoText(code));
    return false;
  }
  ReleaseExtents();
  file_bytes_ += size;
  extents_.emplace_back(static_cast<std::byte*>(at), size);
  used_ = 0;
  return true;
}

Chunk SpillArena::Allocate(size_t bytes) {
  const std::lock_guard<std::mutex> lock(using_);
  if (bytes <= heap_) {
    heap_ -= bytes;
    return FromHeap(bytes);
  }
  return FromFile(bytes);
}

Chunk SpillArena::AllocateSpilled(size_t bytes) {
  const std::lock_guard<std::mutex> lock(using_);
  return FromFile(bytes);
}

Chunk SpillArena::FromFile(size_t bytes) {
  bytes = RoundUp(std::max<size_t>(bytes, 1), kAlignment);
  if ((extents_.empty() || extents_.back().size() - used_ < bytes) && !AddExtent(bytes)) return FromHeap(bytes);
  std::byte* const at = extents_.back().data() + used_;
  used_ += bytes;
  return Chunk(at, ChunkDeleter{false});
}

bool SpillArena::spilled() const {
  const std::lock_guard<std::mutex> lock(using_);
  return !extents_.empty();
}

Status SpillArena::status() const {
  const std::lock_guard<std::mutex> lock(using_);
  return status_;
}

void SpillArena::Release() {
  const std::lock_guard<std::mutex> lock(using_);
  ReleaseExtents();
}

void SpillArena::ReleaseExtents() {
  for (const std::span<std::byte> extent : extents_) {
    (void)::madvise(extent.data(), extent.size(), MADV_DONTNEED);
  }
}

}  // namespace burin::internal
