#include "src/registry/state/create_registry.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>
#include <vector>

#include "src/base/file_writer.h"
#include "src/registry/state/deletions.h"
#include "src/registry/state/registry_files.h"

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

Status WriteNew(Disk& disk, const std::string& directory, const std::string& name, ByteSpan bytes) {
  Result<FileWriter> file = FileWriter::Create(InDirectory(directory, name), disk);
  if (!file.ok()) return file.status();
  if (Status status = file->Append(bytes); !status.ok()) return status;
  return file->Commit();
}

// What a snapshot holds, or nothing, with its manifest last.
Status Fill(Disk& disk, const std::string& directory, const Snapshot* snapshot) {
  Manifest manifest;
  manifest.committed_at = SecondsNow();
  if (snapshot != nullptr) {
    manifest = snapshot->manifest();
    std::vector<std::pair<uint64_t, const RecordSet*>> deleted;
    for (const Segment& segment : snapshot->segments()) {
      const uint64_t number = segment.listed.file.number;
      Status status = WriteNew(disk, directory, SegmentName(number), segment.index->bytes());
      if (!status.ok()) return status;
      if (segment.listed.deleted > 0) deleted.emplace_back(number, segment.deleted.get());
    }
    if (!deleted.empty()) {
      const std::string name = DeletionsName(manifest.deletions.number);
      Status status = WriteNew(disk, directory, name, EncodeDeletions(deleted));
      if (!status.ok()) return status;
    }
  }
  return WriteNew(disk, directory, ManifestName(manifest.generation), EncodeManifest(manifest));
}

Status Make(Disk& disk, const std::string& directory, const Snapshot* snapshot, int* lock) {
  RemoveLeftOvers(disk, directory);
  std::string temporary;
  if (Status status = MakeTemporary(disk, directory, &temporary); !status.ok()) return status;
  int file = -1;
  Status status = LockRegistry(disk, temporary, &file);
  if (status.ok()) status = Fill(disk, temporary, snapshot);
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
  return Make(disk, directory, nullptr, lock);
}

Status BackUp(Disk& disk, const Snapshot& snapshot, const std::string& directory) {
  std::string path = directory;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  for (const Segment& segment : snapshot.segments()) {
    if (const Status& status = segment.index->CheckedBytes(); !status.ok()) return status;
  }
  int lock = -1;
  if (Status status = Make(disk, path, &snapshot, &lock); !status.ok()) return status;
  disk.Close(lock);
  return {};
}

}  // namespace burin::internal
