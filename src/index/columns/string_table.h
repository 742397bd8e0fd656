// Strings in a file: where each begins, then their bytes. A string costs its bytes and some bits; reading one costs up
// to 64 additions.
//
//   delta blocks of count + 1 starts (the first 0, the last the number of bytes), zeros to a multiple of 8,
//   bytes, zeros to a multiple of 8
#ifndef BURIN_SRC_INDEX_COLUMNS_STRING_TABLE_H_
#define BURIN_SRC_INDEX_COLUMNS_STRING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/codec/delta_blocks.h"

namespace burin::internal {

class StringTable {
 public:
  StringTable() = default;
  // A view of the table of `count` strings at the front of `bytes`. O(1). kCorrupt: it does not fit.
  static Status Open(ByteSpan bytes, uint64_t count, StringTable* out);

  uint64_t size() const { return starts_.size() == 0 ? 0 : starts_.size() - 1; }
  uint64_t encoded_bytes() const { return encoded_bytes_; }  // Where what follows in `bytes` begins.
  uint64_t text_bytes() const { return text_.size(); }
  // Empty if i >= size(), or if the file says nonsense.
  std::string_view Get(uint64_t i) const;
  // Starts in order, lengths in [least, most], valid UTF-8, zeros where zeros belong. kCorrupt says which string.
  Status Verify(size_t least, size_t most) const;

 private:
  DeltaBlocks<uint64_t> starts_;
  ByteSpan text_;
  ByteSpan padding_;  // Behind the starts, and behind the bytes.
  ByteSpan last_padding_;
  uint64_t encoded_bytes_ = 0;
};

// Appends the table of at(0) .. at(count - 1), which is asked for each string once: strings that lie scattered in
// memory are dear to visit, their bytes cheap to move again. REQUIRES: out->size() is a multiple of 8.
template <typename At>
void AppendStringTable(uint64_t count, const At& at, ByteWriter* out) {
  DeltaBlocksWriter<uint64_t> starts;
  ByteWriter text;
  for (uint64_t i = 0; i < count; ++i) {
    starts.Add(text.size());
    text.Text(at(i));
  }
  starts.Add(text.size());
  starts.Finish(out);
  out->PadTo(8);
  out->reserve(out->size() + text.size() + 8);
  out->Bytes(text.bytes());
  out->PadTo(8);
}

}  // namespace burin::internal

#endif
