#include "src/index/records/record_ids.h"

#include <algorithm>
#include <string>

namespace burin::internal {

Status RecordIds::Open(ByteSpan section, uint64_t records, RecordIds* out) {
  if (Status status = DeltaBlocks<uint64_t>::Open(section, &out->ids_); !status.ok()) return status;
  if (out->ids_.size() != records) return Status(StatusCode::kCorrupt, "wrong number of ids", 0);
  if (RoundUp(out->ids_.encoded_bytes(), 8) != section.size()) {
    return Status(StatusCode::kCorrupt, "wrong size", out->ids_.encoded_bytes());
  }
  out->padding_ = section.subspan(out->ids_.encoded_bytes());
  out->stored_ = true;
  return {};
}

uint64_t RecordIds::Find(uint64_t id, uint64_t records) const {
  if (!stored_) return id - 1 < records ? id - 1 : kNoRecord;
  const uint64_t at = ids_.LowerBound(0, ids_.size(), id);
  return at < ids_.size() && ids_.Get(at) == id ? at : kNoRecord;
}

Status RecordIds::Verify() const {
  if (!stored_) return {};
  if (Status status = ids_.Verify(); !status.ok()) return status;
  uint64_t last = 0;
  uint64_t block[kDeltaBlock];
  for (uint64_t b = 0; b < ids_.blocks(); ++b) {
    const uint32_t count = ids_.ReadBlock(b, block);
    for (uint32_t i = 0; i < count; ++i) {
      if (block[i] <= last) {
        return Status(StatusCode::kCorrupt, "id " + std::to_string(b * kDeltaBlock + i) + " does not rise");
      }
      last = block[i];
    }
  }
  const bool zero = std::all_of(padding_.begin(), padding_.end(), [](std::byte x) { return x == std::byte{0}; });
  return zero ? Status() : Status(StatusCode::kCorrupt, "padding is not zero");
}

}  // namespace burin::internal
