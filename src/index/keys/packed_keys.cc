#include "src/index/keys/packed_keys.h"

#include <algorithm>
#include <span>
#include <type_traits>
#include <vector>

#include "src/index/keys/sort_keys.h"

namespace burin::internal {

template <typename Value>
PackedKeys<Value>::PackedKeys(GroupShape shape, uint64_t first_rank) : StoredKeys(std::move(shape), first_rank) {
  std::vector<uint32_t> radices = this->shape().Radices();
  forward_.radix = MixedRadix<Value>(radices);
  std::reverse(radices.begin(), radices.end());
  backward_.radix = MixedRadix<Value>(radices);
  std::vector<std::span<const Symbol>> alphabets(this->shape().alphabets.begin(), this->shape().alphabets.end());
  forward_.axis = KeyAxis<Value>::Make(alphabets);
  std::reverse(alphabets.begin(), alphabets.end());
  backward_.axis = KeyAxis<Value>::Make(alphabets);
}

template <typename Value>
Status PackedKeys<Value>::OpenOrder(ByteSpan section, Order* order) const {
  if (Status status = KeyBlocks<Value>::Open(section, &order->blocks); !status.ok()) return status;
  if (order->blocks.size() != size()) return Status(StatusCode::kCorrupt, "wrong number of keys", 0);
  return {};
}

template <typename Value>
Result<std::unique_ptr<StoredKeys>> PackedKeys<Value>::Open(ByteSpan section, ByteSpan backward, GroupShape shape,
                                                            uint64_t first_rank, int* status_section) {
  std::unique_ptr<PackedKeys> keys(new PackedKeys(std::move(shape), first_rank));
  *status_section = 0;
  if (Status status = keys->OpenOrder(section, &keys->forward_); !status.ok()) return status;
  *status_section = 1;
  if (keys->has_backward()) {
    if (Status status = keys->OpenOrder(backward, &keys->backward_); !status.ok()) return status;
  }
  return std::unique_ptr<StoredKeys>(std::move(keys));
}

template <typename Value>
const PackedKeys<uint64_t>* PackedKeys<Value>::packed64() const {
  if constexpr (std::is_same_v<Value, uint64_t>) return this;
  return nullptr;
}

template <typename Value>
const PackedKeys<Uint128>* PackedKeys<Value>::packed128() const {
  if constexpr (std::is_same_v<Value, Uint128>) return this;
  return nullptr;
}

template <typename Value>
void PackedKeys<Value>::Read(uint64_t first, uint64_t last, uint16_t* out) const {
  if (last == first + 1) return forward_.radix.Unpack(forward_.blocks.Get(first), out);
  Value values[kMaxRead];
  last = std::min(last, first + kMaxRead);
  forward_.blocks.Read(first, last, values);
  for (uint64_t i = 0; first + i < last; ++i) forward_.radix.Unpack(values[i], out + i * length());
}

template <typename Value>
uint64_t PackedKeys<Value>::LowerBound(uint64_t first, uint64_t last, const uint16_t* codes, uint32_t depth) const {
  return std::clamp(forward_.blocks.LowerBound(forward_.radix.Pack(codes, depth)), first, last);
}

template <typename Value>
Status PackedKeys<Value>::VerifyStorage() const {
  if (Status status = forward_.blocks.Verify(); !status.ok()) return Status(StatusCode::kCorrupt, status.message());
  Value product = 0;
  Value last = 0;
  forward_.blocks.Read(size() - 1, size(), &last);
  if (!shape().Product(&product) || last >= product) {
    return Status(StatusCode::kCorrupt, "a key is beyond its alphabets");
  }
  return has_backward() ? VerifyBackward() : Status();
}

template <typename Value>
Status PackedKeys<Value>::VerifyBackward() const {
  std::vector<Value> reversed(size());
  Value values[kMaxRead];
  uint16_t codes[kMaxMarkSymbols];
  for (uint64_t first = 0; first < size(); first += kMaxRead) {
    const uint64_t last = std::min(size(), first + kMaxRead);
    forward_.blocks.Read(first, last, values);
    for (uint64_t i = first; i < last; ++i) {
      forward_.radix.Unpack(values[i - first], codes);
      std::reverse(codes, codes + length());
      reversed[i] = backward_.radix.Pack(codes, length());
    }
  }
  SortKeys(std::span(reversed));
  KeyBlocksWriter<Value> writer;
  for (const Value value : reversed) writer.Add(value);
  ByteWriter bytes;
  writer.Finish(&bytes);
  if (!backward_.blocks.SameBytes(bytes.bytes())) {
    return Status(StatusCode::kCorrupt, "the reversed keys are not those of the group");
  }
  return {};
}

template class PackedKeys<uint64_t>;
template class PackedKeys<Uint128>;

}  // namespace burin::internal
