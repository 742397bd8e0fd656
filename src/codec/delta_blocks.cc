#include "src/codec/delta_blocks.h"

#include <algorithm>
#include <string>

namespace burin::internal {
namespace {

constexpr size_t kHeaderBytes = 24;

template <typename Value>
constexpr uint32_t kValueBits = sizeof(Value) * 8;

template <typename Range>
uint32_t MaxWidth(const Range& values) {
  uint32_t width = 0;
  for (const auto value : values) width = std::max(width, BitWidth(value));
  return width;
}
uint32_t MaxWidth(const std::vector<uint8_t>& values) {
  uint32_t width = 0;
  for (const uint8_t value : values) width = std::max(width, BitWidth(uint64_t{value}));
  return width;
}

Status Broken(const std::string& what, uint64_t position) { return Status(StatusCode::kCorrupt, what, position); }

}  // namespace

template <typename Value>
void DeltaBlocksWriter<Value>::CloseBlock() {
  if (in_block_ == 0) return;
  Value step = in_block_ > 1 ? block_[1] - block_[0] : 0;
  for (uint32_t i = 2; i < in_block_; ++i) step = std::min<Value>(step, block_[i] - block_[i - 1]);
  uint32_t width = 0;
  for (uint32_t i = 1; i < in_block_; ++i) {
    width = std::max(width, BitWidth(static_cast<Value>(block_[i] - block_[i - 1] - step)));
  }
  heads_.push_back(block_[0]);
  steps_.push_back(step);
  widths_.push_back(static_cast<uint8_t>(width));
  offsets_.push_back(payload_.size());
  BitWriter bits(&payload_);
  for (uint32_t i = 1; i < in_block_ && width > 0; ++i) {
    bits.Write(static_cast<Value>(block_[i] - block_[i - 1] - step), width);
  }
  bits.Flush();
  in_block_ = 0;
}

template <typename Value>
void DeltaBlocksWriter<Value>::Finish(ByteWriter* out) {
  const uint64_t count = size();
  CloseBlock();
  const uint32_t value_bits = MaxWidth(heads_);
  const uint32_t step_bits = MaxWidth(steps_);
  const uint32_t width_bits = MaxWidth(widths_);
  const uint32_t offset_bits = MaxWidth(offsets_);
  const size_t start = out->size();
  const auto append = [&](const auto& values, uint32_t width) {
    AppendPacked(values, width, out);
    out->Zeros(static_cast<size_t>(RoundUp(out->size() - start, 8) - (out->size() - start)));
  };
  out->U64(count);
  out->U64(payload_.size());
  for (const uint32_t bits : {value_bits, step_bits, width_bits, offset_bits}) out->U8(static_cast<uint8_t>(bits));
  out->U32(0);
  append(heads_, value_bits);
  append(steps_, step_bits);
  append(widths_, width_bits);
  append(offsets_, offset_bits);
  out->Bytes(payload_.bytes());
  *this = DeltaBlocksWriter();
}

template <typename Value>
class DeltaBlocks<Value>::Cursor {
 public:
  Cursor(const DeltaBlocks& owner, uint64_t block)
      : payload_(owner.payload_),
        bit_(std::min<uint64_t>(owner.offsets_.Get(block), owner.payload_.size()) * 8),
        width_(std::min<uint32_t>(static_cast<uint32_t>(owner.widths_.Get(block)), kValueBits<Value>)),
        step_(static_cast<Value>(owner.steps_.GetWide(block))),
        value_(owner.Head(block)) {}

  Value value() const { return value_; }
  void Next() {
    Value above = 0;
    if constexpr (sizeof(Value) == 16) {
      above = LoadWideBits(payload_, bit_, width_);
    } else {
      above = LoadBits(payload_, bit_, width_);
    }
    value_ = static_cast<Value>(value_ + step_ + above);
    bit_ += width_;
  }

 private:
  ByteSpan payload_;
  uint64_t bit_;
  uint32_t width_;
  Value step_;
  Value value_;
};

template <typename Value>
Status DeltaBlocks<Value>::Open(ByteSpan bytes, DeltaBlocks* out) {
  *out = DeltaBlocks();
  if (bytes.size() < kHeaderBytes) return Broken("sequence cut short", 0);
  const uint64_t count = LoadU64(bytes, 0);
  const uint64_t payload = LoadU64(bytes, 8);
  const uint32_t limits[4] = {kValueBits<Value>, kValueBits<Value>, 8, 64};
  PackedArray* const arrays[4] = {&out->heads_, &out->steps_, &out->widths_, &out->offsets_};
  if (LoadU32(bytes, 20) != 0) return Broken("reserved bytes of a sequence are not zero", 20);
  uint64_t at = kHeaderBytes;
  for (uint32_t i = 0; i < 4; ++i) {
    const uint32_t width = LoadU8(bytes, 16 + i);
    if (width > limits[i]) return Broken("a width of a sequence is too large", 16 + i);
    if (at > bytes.size() || !PackedArray::Open(bytes.subspan(at), DivideUp(count, kDeltaBlock), width, arrays[i])) {
      return Broken("sequence cut short", at);
    }
    const uint64_t end = at + arrays[i]->bytes().size();
    at += RoundUp(arrays[i]->bytes().size(), 8);
    for (uint64_t b = end; b < at; ++b) {
      if (LoadU8(bytes, b) != 0) return Broken("padding in a sequence is not zero", b);
    }
  }
  if (at > bytes.size() || payload > bytes.size() - at) return Broken("payload of a sequence cut short", 8);
  out->payload_ = bytes.subspan(at, payload);
  out->count_ = count;
  out->encoded_bytes_ = at + payload;
  return {};
}

template <typename Value>
uint64_t DeltaBlocks<Value>::BlockSize(uint64_t block) const {
  if (block >= blocks()) return 0;
  return std::min(kDeltaBlock, count_ - block * kDeltaBlock);
}

template <typename Value>
Value DeltaBlocks<Value>::Get(uint64_t i) const {
  if (i >= count_) return 0;
  Cursor cursor(*this, i / kDeltaBlock);
  for (uint64_t n = i % kDeltaBlock; n > 0; --n) cursor.Next();
  return cursor.value();
}

template <typename Value>
uint32_t DeltaBlocks<Value>::ReadBlock(uint64_t block, Value* out) const {
  const uint64_t size = BlockSize(block);
  if (size == 0) return 0;
  Cursor cursor(*this, block);
  out[0] = cursor.value();
  for (uint64_t i = 1; i < size; ++i) {
    cursor.Next();
    out[i] = cursor.value();
  }
  return static_cast<uint32_t>(size);
}

template <typename Value>
void DeltaBlocks<Value>::Read(uint64_t first, uint64_t last, Value* out) const {
  while (first < last) {
    const uint64_t block = first / kDeltaBlock;
    const uint64_t stop = std::min(last, (block + 1) * kDeltaBlock);
    Cursor cursor(*this, block);
    for (uint64_t n = first % kDeltaBlock; n > 0; --n) cursor.Next();
    for (*out++ = cursor.value(); ++first < stop; *out++ = cursor.value()) cursor.Next();
  }
}

template <typename Value>
uint64_t DeltaBlocks<Value>::SearchBlock(uint64_t block, uint64_t from, uint64_t to, Value value) const {
  Cursor cursor(*this, block);
  uint64_t i = block * kDeltaBlock;
  for (; i < from; ++i) cursor.Next();
  for (; i < to && cursor.value() < value; ++i) cursor.Next();
  return std::min(i, to);
}

template <typename Value>
uint64_t DeltaBlocks<Value>::LowerBound(uint64_t first, uint64_t last, Value value) const {
  if (first >= last) return last;
  // The first block whose head is not below the value; the answer is its head or in the block before.
  const uint64_t first_block = first / kDeltaBlock;
  uint64_t low = first_block + 1;
  uint64_t high = DivideUp(last, kDeltaBlock);
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (Head(middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const uint64_t block = low - 1;
  return SearchBlock(block, std::max(first, block * kDeltaBlock), std::min(last, (block + 1) * kDeltaBlock), value);
}

template <typename Value>
Status DeltaBlocks<Value>::Verify() const {
  for (const PackedArray* array : {&heads_, &steps_, &widths_, &offsets_}) {
    if (!array->TailIsZero()) return Broken("unused bits of a sequence are not zero", 0);
  }
  uint64_t offset = 0;
  Value last = 0;
  Value values[kDeltaBlock];
  for (uint64_t block = 0; block < blocks(); ++block) {
    const uint64_t width = widths_.Get(block);
    if (width > kValueBits<Value>) return Broken("a width of a sequence is too large", block * kDeltaBlock);
    if (offsets_.Get(block) != offset) return Broken("a block of a sequence is out of place", block * kDeltaBlock);
    const uint64_t bits = (BlockSize(block) - 1) * width;
    if (bits % 8 != 0 && LoadU8(payload_, offset + bits / 8) >> (bits % 8) != 0) {
      return Broken("unused bits of a sequence are not zero", block * kDeltaBlock);
    }
    offset += DivideUp(bits, 8);
    const uint32_t size = ReadBlock(block, values);
    for (uint32_t i = 0; i < size; last = values[i++]) {
      if (values[i] < last) return Broken("a sequence is not in order", block * kDeltaBlock + i);
    }
  }
  if (offset != payload_.size()) return Broken("payload of a sequence has the wrong size", count_);
  return {};
}

template class DeltaBlocksWriter<uint64_t>;
template class DeltaBlocksWriter<Uint128>;
template class DeltaBlocks<uint64_t>;
template class DeltaBlocks<Uint128>;

}  // namespace burin::internal
