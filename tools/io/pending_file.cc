#include "tools/io/pending_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "tools/io/failure.h"

namespace burin::tool {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0666;  // Less what the umask takes away.
constexpr int kMostNames = 1000;

// An error number, or 0. A directory that may be written but not read cannot be synced; the file is there all the same.
int SyncDirectoryOf(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  const int directory = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return errno == EACCES ? 0 : errno;
  const int code = ::fsync(directory) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
  ::close(directory);
  return code;
}

}  // namespace

PendingFile::PendingFile(const std::string& path) : path_(path), target_(path) {
  if (path.empty()) return;
  struct stat info = {};
  const bool there = ::stat(path.c_str(), &info) == 0;
  if (there && S_ISDIR(info.st_mode)) throw Failure(kSystem, path + ": is a directory");
  if (there && !S_ISREG(info.st_mode)) {
    place_ = path;
    return;
  }
  if (there) {
    std::error_code error;
    const fs::path resolved = fs::canonical(path, error);
    if (!error) target_ = resolved.string();
  }
  direct_ = false;
  for (int i = 0; i < kMostNames; ++i) {
    place_ = target_ + ".tmp-" + std::to_string(::getpid()) + "-pending-" + std::to_string(i);
    const int file = ::open(place_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
    if (file >= 0) {
      ::close(file);
      return;
    }
    if (errno != EEXIST) break;
  }
  const int code = errno;
  place_.clear();
  throw SystemFailure(path + ": cannot write", code);
}

PendingFile::~PendingFile() {
  if (!direct_ && !place_.empty()) ::unlink(place_.c_str());
}

std::string PendingFile::Told(std::string_view message) const {
  std::string told(message);
  if (direct_ || place_.empty()) return told;
  for (size_t at = told.find(place_); at != std::string::npos; at = told.find(place_, at + path_.size())) {
    told.replace(at, place_.size(), path_);
  }
  return told;
}

void PendingFile::Commit() {
  if (direct_ || place_.empty()) return;
  if (std::rename(place_.c_str(), target_.c_str()) != 0) throw SystemFailure(path_ + ": cannot write", errno);
  place_.clear();
  if (const int code = SyncDirectoryOf(target_); code != 0) throw SystemFailure(path_ + ": cannot write", code);
}

}  // namespace burin::tool
