#include "src/base/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

namespace burin::internal {
namespace {

// The answer of a call that is begun again when a signal interrupts it.
template <typename Call>
int64_t Retrying(const Call& call) {
  for (;;) {
    const int64_t answer = call();
    if (answer >= 0) return answer;
    if (errno != EINTR) return -errno;
  }
}

constexpr mode_t kFileMode = 0666;
constexpr mode_t kDirectoryMode = 0777;

}  // namespace

Disk& Disk::System() {
  static Disk system;
  return system;
}

int Disk::Open(const std::string& path, int flags) {
  return static_cast<int>(Retrying([&] { return ::open(path.c_str(), flags | O_CLOEXEC, kFileMode); }));
}

int64_t Disk::Write(int file, std::span<const std::byte> bytes) {
  return Retrying([&] { return ::write(file, bytes.data(), bytes.size()); });
}

int Disk::WriteAt(int file, uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const int64_t written =
        Retrying([&] { return ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (written < 0) return static_cast<int>(written);
    offset += static_cast<uint64_t>(written);
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return 0;
}

int64_t Disk::ReadAt(int file, uint64_t offset, std::span<std::byte> bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const int64_t count = Retrying(
        [&] { return ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done)); });
    if (count < 0) return count;
    if (count == 0) break;
    done += static_cast<size_t>(count);
  }
  return static_cast<int64_t>(done);
}

int64_t Disk::SizeOf(int file, const std::string& path) {
  struct stat open = {}, named = {};
  if (::fstat(file, &open) != 0) return -errno;
  if (::stat(path.c_str(), &named) != 0) return errno == ENOENT ? -ESTALE : -errno;
  return open.st_dev == named.st_dev && open.st_ino == named.st_ino ? open.st_size : -ESTALE;
}

int Disk::Sync(int file) {
  return static_cast<int>(Retrying([&] { return ::fsync(file); }));
}

int Disk::Close(int file) { return ::close(file) == 0 || errno == EINTR ? 0 : -errno; }

int Disk::Lock(int file) {
  return static_cast<int>(Retrying([&] { return ::flock(file, LOCK_EX | LOCK_NB); }));
}

int Disk::Unlock(int file) {
  return static_cast<int>(Retrying([&] { return ::flock(file, LOCK_UN); }));
}

int Disk::Rename(const std::string& from, const std::string& to) {
  return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : -errno;
}

int Disk::Remove(const std::string& path) { return ::unlink(path.c_str()) == 0 ? 0 : -errno; }

int Disk::MakeDirectory(const std::string& path) { return ::mkdir(path.c_str(), kDirectoryMode) == 0 ? 0 : -errno; }

int Disk::RemoveDirectory(const std::string& path) { return ::rmdir(path.c_str()) == 0 ? 0 : -errno; }

int Disk::SyncDirectory(const std::string& path) {
  const int directory = Disk::Open(path, O_RDONLY | O_DIRECTORY);
  if (directory < 0) return directory;
  const int synced = Disk::Sync(directory);
  Disk::Close(directory);
  return synced;
}

int Disk::List(const std::string& path, std::vector<std::string>* names) {
  names->clear();
  DIR* const directory = ::opendir(path.c_str());
  if (directory == nullptr) return -errno;
  errno = 0;
  while (const dirent* const entry = ::readdir(directory)) {
    if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0) {
      names->emplace_back(entry->d_name);
    }
    errno = 0;
  }
  const int code = errno;
  ::closedir(directory);
  return -code;
}

Disk::Kind Disk::KindOf(const std::string& path) {
  struct stat info = {};
  if (::stat(path.c_str(), &info) != 0) return Kind::kNothing;
  if (S_ISDIR(info.st_mode)) return Kind::kDirectory;
  return S_ISREG(info.st_mode) ? Kind::kFile : Kind::kOther;
}

Result<MappedFile> Disk::Map(const std::string& path, const MappedFile::Options& options) {
  return MappedFile::Open(path, options);
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string ErrnoText(int code) { return std::generic_category().message(code); }

}  // namespace burin::internal
