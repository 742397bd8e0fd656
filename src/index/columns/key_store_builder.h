// Collecting the keys of records (key_store.h).
//
// The check for duplicates is exact. As long as the keys of a source are rising decimal numbers it costs a comparison;
// from the first key that is not, a set of that source's record numbers is kept (10 to 20 bytes a key).
#ifndef BURIN_SRC_INDEX_COLUMNS_KEY_STORE_BUILDER_H_
#define BURIN_SRC_INDEX_COLUMNS_KEY_STORE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "src/base/bytes.h"
#include "src/base/spill_arena.h"
#include "src/base/status.h"
#include "src/index/columns/key_store.h"

namespace burin::internal {

class KeyStoreBuilder {
 public:
  // `arena`: where keys are kept; borrowed. nullptr: on the heap, as what tells that a key was there before always is.
  explicit KeyStoreBuilder(SpillArena* arena = nullptr);
  ~KeyStoreBuilder();

  // The key of the next record. kInvalidArgument, and nothing is added: empty, over kMaxKeyBytes, or added before for
  // this source. The message is fit for a rejects file. REQUIRES: valid UTF-8.
  Status Add(std::string_view source, std::string_view key);
  // A further record of the same row: it has the key of the record before. REQUIRES: size() > 0.
  void AddSame();
  // No more are added: what tells that a key was there before goes.
  void EndOfKeys();
  uint64_t size() const;  // Records so far.

  // Appends the section: docs/format-attributes.md. REQUIRES: out->size() is a multiple of 8.
  void Encode(ByteWriter* out) const;
  size_t memory_bytes() const;

 private:
  class Keys;
  class Sources;
  std::unique_ptr<Keys> keys_;
  std::unique_ptr<Sources> sources_;
};

}  // namespace burin::internal

#endif
