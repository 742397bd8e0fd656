#include "src/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace burin::internal {
namespace {

Status IoError(const std::string& path, const char* what, int code) {
  return Status(StatusCode::kIo, path + ": " + what + std::generic_category().message(code));
}

const char* KindOf(mode_t mode) {
  return S_ISFIFO(mode) ? "a pipe" : S_ISCHR(mode) || S_ISBLK(mode) ? "a device" : "no file";
}

struct Descriptor {
  int fd = -1;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

struct MappedFile::Content {
  void* map = nullptr;
  std::byte* memory = nullptr;  // Of malloc.
  size_t size = 0;

  ~Content() {
    if (map != nullptr) ::munmap(map, size);
    std::free(memory);
  }

  bool Grow(size_t capacity) {
    void* grown = std::realloc(memory, std::max<size_t>(capacity, 1));
    if (grown == nullptr) return false;
    memory = static_cast<std::byte*>(grown);
    AskForHugePages(memory, capacity);
    return true;
  }

  // A search jumps about in the whole index: with pages of 2 MiB it seldom waits for an address to be translated.
  // Advice only: where it is not taken nothing else changes.
  static void AskForHugePages([[maybe_unused]] std::byte* begin, [[maybe_unused]] size_t bytes) {
#ifdef MADV_HUGEPAGE
    constexpr size_t kHugePage = size_t{1} << 21;
    const size_t skipped = (kHugePage - reinterpret_cast<uintptr_t>(begin) % kHugePage) % kHugePage;
    if (bytes < skipped + 2 * kHugePage) return;
    ::madvise(begin + skipped, (bytes - skipped) / kHugePage * kHugePage, MADV_HUGEPAGE);
#endif
  }

  // Reads to the end; `expected` is a first guess.
  Status Read(int fd, const std::string& path, size_t expected) {
    size_t capacity = expected + 1;  // One more, to see the end without growing.
    if (!Grow(capacity)) return Status(StatusCode::kNoMemory, path + ": not enough memory to read it");
    for (;;) {
      const ssize_t got = ::read(fd, memory + size, std::min<size_t>(capacity - size, size_t{1} << 30));
      if (got == 0) return {};
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return IoError(path, "cannot read: ", errno);
      size += static_cast<size_t>(got);
      if (size < capacity) continue;
      capacity += std::max<size_t>(capacity, 65536);
      if (!Grow(capacity)) return Status(StatusCode::kNoMemory, path + ": not enough memory to read it");
    }
  }

  Status Map(int fd, const std::string& path, size_t length, bool populate) {
    if (length == 0) return {};  // There is no empty map.
    void* address = ::mmap(nullptr, length, PROT_READ, MAP_SHARED | (populate ? MAP_POPULATE : 0), fd, 0);
    if (address == MAP_FAILED) return IoError(path, "cannot map: ", errno);
    map = address;
    size = length;
    return {};
  }
};

MappedFile::MappedFile(std::unique_ptr<Content> content) : content_(std::move(content)) {}
MappedFile::MappedFile(MappedFile&&) noexcept = default;
MappedFile& MappedFile::operator=(MappedFile&&) noexcept = default;
MappedFile::~MappedFile() = default;

std::span<const std::byte> MappedFile::bytes() const {
  const void* start = content_->map != nullptr ? content_->map : content_->memory;
  return {static_cast<const std::byte*>(start), content_->size};
}

Result<MappedFile> MappedFile::OfBytes(std::span<const std::byte> bytes) {
  auto content = std::make_unique<Content>();
  if (!content->Grow(bytes.size())) return Status(StatusCode::kNoMemory, "not enough memory to hold a file");
  std::copy(bytes.begin(), bytes.end(), content->memory);
  content->size = bytes.size();
  return MappedFile(std::move(content));
}

Result<MappedFile> MappedFile::Open(const std::string& path, const Options& options) {
  Descriptor file;
  do {
    file.fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // A FIFO is not waited for.
  } while (file.fd < 0 && errno == EINTR);
  if (file.fd < 0) return IoError(path, "cannot open: ", errno);
  struct stat info = {};
  if (::fstat(file.fd, &info) != 0) return IoError(path, "cannot read: ", errno);
  if (S_ISDIR(info.st_mode)) return Status(StatusCode::kIo, path + ": is a directory");
  if (!S_ISREG(info.st_mode)) {
    return Status(StatusCode::kIo, path + ": is " + KindOf(info.st_mode) + "; expected a regular file");
  }
  auto content = std::make_unique<Content>();
  const auto size = static_cast<size_t>(info.st_size);
  Status status = options.read_into_memory ? content->Read(file.fd, path, size)
                                           : content->Map(file.fd, path, size, options.populate);
  if (!status.ok()) return status;
  return MappedFile(std::move(content));
}

}  // namespace burin::internal
