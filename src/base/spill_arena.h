// Memory for what a build collects: from the heap as long as that is below a limit, then from a file without a name, in
// a directory of the caller's. What lies in the file can leave memory (Release) and comes back when it is read. Chunks
// are never moved; those of the file live as long as the arena.
//
// Several threads may allocate at once.
//
// The file has no name from its first moment, so nothing is left behind however the process ends. Its bytes are
// reserved before they are mapped: a full disk is an error that status() tells, and chunks come from the heap then.
#ifndef BURIN_SRC_BASE_SPILL_ARENA_H_
#define BURIN_SRC_BASE_SPILL_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "src/base/status.h"

namespace burin::internal {

// Frees what came from the heap.
struct ChunkDeleter {
  bool heap = true;
  void operator()(std::byte* bytes) const {
    if (heap) delete[] bytes;
  }
};
using Chunk = std::unique_ptr<std::byte[], ChunkDeleter>;

class SpillArena {
 public:
  // `heap`: bytes.
  SpillArena(std::string directory, uint64_t heap) : directory_(std::move(directory)), heap_(heap) {}
  ~SpillArena();
  SpillArena(const SpillArena&) = delete;
  SpillArena& operator=(const SpillArena&) = delete;

  // Aligned for any number; not set. Never empty.
  Chunk Allocate(size_t bytes);
  // From the file, unless it failed.
  Chunk AllocateSpilled(size_t bytes);
  // Whatever is in the file may leave memory until it is next read.
  void Release();
  // Whether anything is in the file.
  bool spilled() const;
  // kIo: the file could not be made or made longer.
  Status status() const;

 private:
  static Chunk FromHeap(size_t bytes) { return Chunk(new std::byte[bytes]); }
  Chunk FromFile(size_t bytes);
  bool AddExtent(size_t bytes);
  Status Open();
  void ReleaseExtents();

  mutable std::mutex using_;
  std::string directory_;
  uint64_t heap_;
  int file_ = -1;
  uint64_t file_bytes_ = 0;
  std::vector<std::span<std::byte>> extents_;
  size_t used_ = 0;  // Of the last one.
  Status status_;
};

// Without an arena from the heap.
inline Chunk AllocateChunk(SpillArena* arena, size_t bytes) {
  return arena != nullptr ? arena->Allocate(bytes) : Chunk(new std::byte[bytes]);
}

}  // namespace burin::internal

#endif
