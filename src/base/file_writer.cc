#include "src/base/file_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

namespace burin::internal {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 20;

// The file that a path names: a symbolic link's target is replaced, not the link.
std::string Resolve(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string target(resolved);
  std::free(resolved);
  return target;
}

}  // namespace

struct FileWriter::File {
  Disk* disk;
  std::string path;       // As the caller wrote it, for messages.
  std::string target;     // What is written.
  std::string temporary;  // Empty: the target is written directly.
  int fd = -1;
  bool committed = false;
  Status error;
  std::vector<std::byte> buffer;

  explicit File(Disk* of) : disk(of) {}
  File(const File&) = delete;
  ~File() {
    if (fd >= 0) disk->Close(fd);
    if (!committed && !temporary.empty()) disk->Remove(temporary);
  }

  Status Fail(int code) {
    error = Status(StatusCode::kIo, path + ": cannot write: " + ErrnoText(code));
    return error;
  }

  Status WriteAll(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const int64_t written = disk->Write(fd, bytes);
      if (written < 0) return Fail(static_cast<int>(-written));
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
      fd = disk->Open(temporary, O_WRONLY | O_CREAT | O_EXCL);
      if (fd >= 0) return {};
      if (fd != -EEXIST) break;
    }
    temporary.clear();
    return Fail(-fd);
  }

  // A failure to sync a device or a pipe means only that there is nothing to sync.
  Status Sync() {
    const int code = -disk->Sync(fd);
    return code > 0 && (!temporary.empty() || (code != EINVAL && code != ENOTSUP && code != EROFS)) ? Fail(code)
                                                                                                    : Status();
  }

  Status Close() {
    const int closed = disk->Close(std::exchange(fd, -1));
    return closed < 0 ? Fail(-closed) : Status();
  }

  Status Rename() {
    const int renamed = disk->Rename(temporary, target);
    if (renamed < 0) return Fail(-renamed);
    committed = true;
    return {};
  }

  // A directory that may be written but not read cannot be synced; the rename itself succeeded.
  Status SyncDirectory() {
    const int code = -disk->SyncDirectory(DirectoryOf(target));
    return code > 0 && code != EINVAL && code != ENOTSUP && code != EACCES ? Fail(code) : Status();
  }
};

FileWriter::FileWriter(std::unique_ptr<File> file) : file_(std::move(file)) {}
FileWriter::FileWriter(FileWriter&&) noexcept = default;
FileWriter& FileWriter::operator=(FileWriter&&) noexcept = default;
FileWriter::~FileWriter() = default;

Result<FileWriter> FileWriter::Create(const std::string& path, Disk& disk) {
  auto file = std::make_unique<File>(&disk);
  file->path = path;
  const Disk::Kind kind = disk.KindOf(path);
  if (kind == Disk::Kind::kDirectory) return Status(StatusCode::kIo, path + ": is a directory");
  file->target = kind == Disk::Kind::kFile ? Resolve(path) : path;
  if (kind == Disk::Kind::kOther) {
    file->fd = disk.Open(path, O_WRONLY);
    if (file->fd < 0) return file->Fail(-file->fd);
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

Status FileWriter::Sync() {
  if (!file_->error.ok()) return file_->error;
  if (file_->fd < 0) return Status(StatusCode::kState, file_->path + ": committed twice");
  if (Status status = file_->Flush(); !status.ok()) return status;
  return file_->Sync();
}

Status FileWriter::CommitUnsynced() {
  if (Status status = Sync(); !status.ok()) return status;
  if (Status status = file_->Close(); !status.ok()) return status;
  return file_->temporary.empty() ? Status() : file_->Rename();
}

Status FileWriter::Commit() {
  if (Status status = CommitUnsynced(); !status.ok()) return status;
  return file_->temporary.empty() ? Status() : file_->SyncDirectory();
}

}  // namespace burin::internal
