#include "src/base/file_writer.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

namespace burin::internal {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 20;

std::string ErrnoText(int code) { return std::generic_category().message(code); }

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// The file that a path names: a symbolic link's target is replaced, not the link.
std::string Resolve(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string target(resolved);
  std::free(resolved);
  return target;
}

int OpenRetrying(const std::string& path, int flags, mode_t mode) {
  for (;;) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (fd >= 0 || errno != EINTR) return fd;
  }
}

}  // namespace

struct FileWriter::File {
  std::string path;       // As the caller wrote it, for messages.
  std::string target;     // What is written.
  std::string temporary;  // Empty: the target is written directly.
  int fd = -1;
  bool committed = false;
  Status error;
  std::vector<std::byte> buffer;

  ~File() {
    if (fd >= 0) ::close(fd);
    if (!committed && !temporary.empty()) ::unlink(temporary.c_str());
  }

  Status Fail(int code) {
    error = Status(StatusCode::kIo, path + ": cannot write: " + ErrnoText(code));
    return error;
  }

  Status WriteAll(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd, bytes.data(), bytes.size());
      if (written < 0) {
        if (errno == EINTR) continue;
        return Fail(errno);
      }
      bytes = bytes.subspan(static_cast<size_t>(written));
    }
    return {};
  }

  Status Flush() {
    Status status = WriteAll(buffer);
    buffer.clear();
    return status;
  }

  Status OpenTemporary() {
    static std::atomic<uint32_t> counter{0};
    for (int attempt = 0; attempt < 1000; ++attempt) {
      temporary = target + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
      fd = OpenRetrying(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
      if (fd >= 0) return {};
      if (errno != EEXIST) break;
    }
    const int code = errno;
    temporary.clear();
    return Fail(code);
  }

  // A failure to sync a device or a pipe means only that there is nothing to sync.
  Status Sync() {
    if (::fsync(fd) != 0 && (!temporary.empty() || (errno != EINVAL && errno != ENOTSUP && errno != EROFS))) {
      return Fail(errno);
    }
    const int closed = ::close(std::exchange(fd, -1));
    if (closed != 0 && errno != EINTR) return Fail(errno);
    return {};
  }

  Status Rename() {
    if (std::rename(temporary.c_str(), target.c_str()) != 0) return Fail(errno);
    committed = true;
    const int directory = OpenRetrying(DirectoryOf(target), O_RDONLY | O_DIRECTORY, 0);
    if (directory < 0) return {};  // It may be write-only; the rename itself succeeded.
    const int synced = ::fsync(directory);
    const int code = errno;
    ::close(directory);
    if (synced != 0 && code != EINVAL && code != ENOTSUP) return Fail(code);
    return {};
  }
};

FileWriter::FileWriter(std::unique_ptr<File> file) : file_(std::move(file)) {}
FileWriter::FileWriter(FileWriter&&) noexcept = default;
FileWriter& FileWriter::operator=(FileWriter&&) noexcept = default;
FileWriter::~FileWriter() = default;

Result<FileWriter> FileWriter::Create(const std::string& path) {
  auto file = std::make_unique<File>();
  file->path = path;
  struct stat info = {};
  const bool exists = ::stat(path.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) return Status(StatusCode::kIo, path + ": is a directory");
  file->target = exists ? Resolve(path) : path;
  if (exists && !S_ISREG(info.st_mode)) {
    file->target = path;
    file->fd = OpenRetrying(path, O_WRONLY, 0);
    if (file->fd < 0) return file->Fail(errno);
  } else if (Status status = file->OpenTemporary(); !status.ok()) {
    return status;
  }
  file->buffer.reserve(kBufferBytes);
  return FileWriter(std::move(file));
}

Status FileWriter::Append(std::span<const std::byte> bytes) {
  if (!file_->error.ok()) return file_->error;
  if (file_->fd < 0) return Status(StatusCode::kState, file_->path + ": written after commit");
  if (file_->buffer.size() + bytes.size() > kBufferBytes) {
    if (Status status = file_->Flush(); !status.ok()) return status;
  }
  if (bytes.size() >= kBufferBytes) return file_->WriteAll(bytes);
  file_->buffer.insert(file_->buffer.end(), bytes.begin(), bytes.end());
  return {};
}

Status FileWriter::Append(std::string_view text) {
  return Append(std::as_bytes(std::span<const char>(text.data(), text.size())));
}

Status FileWriter::Commit() {
  if (!file_->error.ok()) return file_->error;
  if (file_->fd < 0) return Status(StatusCode::kState, file_->path + ": committed twice");
  if (Status status = file_->Flush(); !status.ok()) return status;
  if (Status status = file_->Sync(); !status.ok()) return status;
  if (file_->temporary.empty()) return {};
  return file_->Rename();
}

}  // namespace burin::internal
