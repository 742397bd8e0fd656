// Records in, an index file out. Collects records in memory, then sorts and writes; the same records in the same order
// give the same bytes.
//
// With bounded memory (BoundMemory) rows, keys, codes, sorted runs and finished sections are laid aside. In memory are:
// half of what was allowed before anything is laid aside; an eighth to sort; the values of attributes, each once; of
// keys that are no rising numbers, 9 to 18 bytes each; and of one section at a time, its bytes.
#ifndef BURIN_SRC_INDEX_WRITE_INDEX_BUILDER_H_
#define BURIN_SRC_INDEX_WRITE_INDEX_BUILDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/index/columns/attribute.h"
#include "src/index/file/profile.h"
#include "src/mark/cells/recorded.h"

namespace burin::internal {

// One row of a registry: one key, one or more marks, attribute values.
struct Row {
  std::string_view key;                          // 1 .. 64 bytes, unique within its source.
  std::string_view source;                       // May be empty.
  std::string_view text;                         // The mark's text as recorded.
  std::span<const RecordedMark> marks;           // What ReadRecorded made of `text`.
  std::span<const std::string_view> attributes;  // One a declared attribute, in that order; empty: absent.
  uint64_t id = 0;                               // Of its first record; used after RegisterRows.
  bool same_row = false;  // Further records of the row before, given by themselves: `key` and `source` are its own.
};

class IndexBuilder {
 public:
  static std::unique_ptr<IndexBuilder> Create();
  virtual ~IndexBuilder() = default;

  // Declares an attribute; its values are Row::attributes[number] from the next row on. kInvalidArgument: a name that
  // is taken, empty, over 64 bytes, or reserved for the library ("source", "key", "serial"). Reserved names keep their
  // type.
  virtual Result<uint32_t> AddAttribute(std::string_view name, AttributeType type) = 0;
  // Adds a record for each mark of the row; all carry the row's key. On an error nothing of the row was added:
  // kInvalidArgument (key duplicate, empty or over 64 bytes; a value that its type cannot read), with a message fit for
  // a rejects file and *attribute set to the number of the attribute at fault, or -1.
  virtual Status Add(const Row& row, int* attribute) = 0;

  // Whether Add can take the row, but for its key. What Add would answer.
  virtual Status Check(const Row& row, int* attribute) const = 0;
  // The index will be a segment of a registry: rows say the ids of their records, which rise, and are found by source
  // and key. Call it before the first row.
  virtual void RegisterRows() = 0;
  // By which version the marks that will be added were folded (fold.h); without it, the present one.
  virtual void SetFolding(uint32_t folding) = 0;
  virtual uint64_t records() const = 0;
  // Asked now and then while Write runs: true makes it fail with kCancelled, and nothing is written.
  virtual void CancelWhen(std::function<bool()> cancelled) = 0;
  virtual void SetProfile(Profile profile) = 0;
  // Bounds memory to about so many bytes: what is more is laid aside in a file without a name in `directory`. The bytes
  // that are written do not depend on it. Call it before all else. kIo from Add and Write: that file cannot be made
  // longer.
  virtual void BoundMemory(uint64_t bytes, const std::string& directory) = 0;
  // How many threads Write works on, the calling one among them; 0 is 1. The bytes do not depend on it.
  virtual void SetThreads(unsigned threads) = 0;
  // Writes the file (src/base/file_writer.h: temporary file, fsync, rename). The builder is spent afterwards.
  virtual Status Write(const std::string& path) = 0;
  // The same without the sync of the directory, on a disk of the caller's.
  virtual Status WriteUnsynced(const std::string& path, Disk& disk) = 0;
  // The same bytes in memory, for tests and for callers without a file system.
  virtual Status Write(std::vector<std::byte>* bytes) = 0;
};

}  // namespace burin::internal

#endif
