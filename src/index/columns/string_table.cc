// String tables: see string_table.h.
#include "src/index/columns/string_table.h"

#include <algorithm>
#include <string>

#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool AllZero(ByteSpan bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace

Status StringTable::Open(ByteSpan bytes, uint64_t count, StringTable* out) {
  *out = StringTable();
  DeltaBlocks<uint64_t> starts;
  if (Status status = DeltaBlocks<uint64_t>::Open(bytes, &starts); !status.ok()) return status;
  if (count == ~uint64_t{0} || starts.size() != count + 1) {
    return Status(StatusCode::kCorrupt, "wrong number of strings", 0);
  }
  const uint64_t text = RoundUp(starts.encoded_bytes(), 8);
  const uint64_t size = starts.Get(count);
  if (text > bytes.size() || size > bytes.size() - text) {
    return Status(StatusCode::kCorrupt, "strings cut short", bytes.size());
  }
  const uint64_t end = RoundUp(text + size, 8);
  if (end > bytes.size()) return Status(StatusCode::kCorrupt, "strings cut short", bytes.size());
  out->starts_ = starts;
  out->text_ = bytes.subspan(text, size);
  out->padding_ = bytes.subspan(starts.encoded_bytes(), text - starts.encoded_bytes());
  out->last_padding_ = bytes.subspan(text + size, end - text - size);
  out->encoded_bytes_ = end;
  return {};
}

std::string_view StringTable::Get(uint64_t i) const {
  if (i >= size()) return {};
  uint64_t range[2];
  starts_.Read(i, i + 2, range);
  if (range[0] > range[1] || range[1] > text_.size()) return {};
  return AsText(text_.subspan(range[0], range[1] - range[0]));
}

Status StringTable::Verify(size_t least, size_t most) const {
  if (Status status = starts_.Verify(); !status.ok()) return status;
  if (starts_.Get(0) != 0) return Status(StatusCode::kCorrupt, "strings begin out of place");
  if (!AllZero(padding_) || !AllZero(last_padding_)) {
    return Status(StatusCode::kCorrupt, "padding of strings is not zero");
  }
  for (uint64_t i = 0; i < size(); ++i) {
    const std::string_view text = Get(i);
    if (text.size() < least || text.size() > most) {
      return Status(StatusCode::kCorrupt, "string " + std::to_string(i) + " is too short or too long");
    }
    if (!IsValidUtf8(text)) {
      return Status(StatusCode::kCorrupt, "string " + std::to_string(i) + " is not valid UTF-8");
    }
  }
  return {};
}

}  // namespace burin::internal
