#include "src/index/packed_keys.h"

#include <algorithm>

namespace burin::internal {

template <typename Value>
Result<std::unique_ptr<StoredKeys>> PackedKeys<Value>::Open(ByteSpan section, GroupShape shape, uint64_t first_rank) {
  std::unique_ptr<PackedKeys> keys(new PackedKeys(std::move(shape), first_rank));
  if (Status status = DeltaBlocks<Value>::Open(section, &keys->keys_); !status.ok()) return status;
  if (keys->keys_.size() != keys->size()) return Status(StatusCode::kCorrupt, "wrong number of keys", 0);
  if (keys->keys_.encoded_bytes() != section.size()) return Status(StatusCode::kCorrupt, "bytes after the keys", 0);
  return std::unique_ptr<StoredKeys>(std::move(keys));
}

template <typename Value>
void PackedKeys<Value>::Read(uint64_t first, uint64_t last, uint16_t* out) const {
  Value values[kMaxRead];
  last = std::min(last, first + kMaxRead);
  keys_.Read(first, last, values);
  for (uint64_t i = 0; first + i < last; ++i) radix_.Unpack(values[i], out + i * length());
}

template <typename Value>
uint64_t PackedKeys<Value>::LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const {
  return keys_.LowerBound(first, last, radix_.Pack(codes, depth));
}

template <typename Value>
Status PackedKeys<Value>::VerifyStorage() const {
  if (Status status = keys_.Verify(); !status.ok()) return Status(StatusCode::kCorrupt, status.message());
  Value product = 0;
  if (!shape().Product(&product) || keys_.Get(size() - 1) >= product) {
    return Status(StatusCode::kCorrupt, "a key is beyond its alphabets");
  }
  return {};
}

template class PackedKeys<uint64_t>;
template class PackedKeys<Uint128>;

}  // namespace burin::internal
