#include "src/registry/create_registry.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <vector>

#include "src/base/file_writer.h"
#include "src/registry/registry_files.h"

namespace burin::internal {
namespace {

constexpr int kMostNames = 1000;

Status CannotMake(const std::string& directory, int code) {
  return Status(StatusCode::kIo, directory + ": cannot create: " + ErrnoText(code));
}

std::string NameOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

void RemoveTree(Disk& disk, const std::string& directory) {
  std::vector<std::string> names;
  disk.List(directory, &names);
  for (const std::string& name : names) disk.Remove(InDirectory(directory, name));
  disk.RemoveDirectory(directory);
}

// Directories that somebody began and whose lock nobody holds.
void RemoveLeftOvers(Disk& disk, const std::string& directory) {
  const std::string parent = DirectoryOf(directory), prefix = NameOf(directory) + ".tmp-";
  std::vector<std::string> names;
  if (disk.List(parent, &names) != 0) return;
  for (const std::string& name : names) {
    const std::string path = InDirectory(parent, name);
    if (!name.starts_with(prefix) || disk.KindOf(path) != Disk::Kind::kDirectory) continue;
    int lock = -1;
    if (!LockRegistry(disk, path, &lock).ok()) continue;
    RemoveTree(disk, path);
    disk.Close(lock);
  }
}

Status MakeTemporary(Disk& disk, const std::string& directory, std::string* path) {
  int made = 0;
  for (int i = 0; i < kMostNames; ++i) {
    *path = directory + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(i);
    made = disk.MakeDirectory(*path);
    if (made != -EEXIST) break;
  }
  return made == 0 ? Status() : CannotMake(directory, -made);
}

Status WriteFirstManifest(Disk& disk, const std::string& directory) {
  Manifest manifest;
  manifest.committed_at = SecondsNow();
  Result<FileWriter> file = FileWriter::Create(InDirectory(directory, ManifestName(0)), disk);
  if (!file.ok()) return file.status();
  if (Status status = file->Append(EncodeManifest(manifest)); !status.ok()) return status;
  return file->Commit();
}

}  // namespace

uint64_t SecondsNow() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

Status LockRegistry(Disk& disk, const std::string& directory, int* lock) {
  const std::string path = InDirectory(directory, kLockName);
  const int file = disk.Open(path, O_RDWR | O_CREAT);
  if (file < 0) return Status(StatusCode::kIo, directory + ": cannot write: " + ErrnoText(-file));
  const int locked = disk.Lock(file);
  if (locked == 0) {
    *lock = file;
    return {};
  }
  disk.Close(file);
  if (locked == -EWOULDBLOCK) return Status(StatusCode::kIo, directory + ": another writer is at work");
  return Status(StatusCode::kIo, directory + ": cannot lock: " + ErrnoText(-locked));
}

Status CreateRegistry(Disk& disk, const std::string& directory, int* lock) {
  RemoveLeftOvers(disk, directory);
  std::string temporary;
  if (Status status = MakeTemporary(disk, directory, &temporary); !status.ok()) return status;
  int file = -1;
  Status status = LockRegistry(disk, temporary, &file);
  if (status.ok()) status = WriteFirstManifest(disk, temporary);
  if (status.ok()) {
    const int renamed = disk.Rename(temporary, directory);
    if (renamed < 0) status = CannotMake(directory, -renamed);
  }
  if (!status.ok()) {
    RemoveTree(disk, temporary);
    if (file >= 0) disk.Close(file);
    return status;
  }
  const int synced = disk.SyncDirectory(DirectoryOf(directory));
  if (synced < 0 && synced != -EACCES && synced != -EINVAL && synced != -ENOTSUP) {
    disk.Close(file);
    return CannotMake(directory, -synced);
  }
  *lock = file;
  return {};
}

}  // namespace burin::internal
