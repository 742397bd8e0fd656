#include "src/codec/key_blocks.h"

#include <string>

#include "src/codec/packed_array.h"

namespace burin::internal {
namespace {

constexpr size_t kHeaderBytes = 32;
constexpr size_t kSlackBytes = 32;
constexpr uint32_t kMaxBits = KeyBlocks<uint64_t>::kWords * 64;

Status Broken(const std::string& what, uint64_t position) { return Status(StatusCode::kCorrupt, what, position); }

struct PortableWords {
  static uint32_t Count(uint64_t word) { return static_cast<uint32_t>(std::popcount(word)); }
  static uint32_t Select(uint64_t word, uint32_t k) {
    for (; k > 0; --k) word &= word - 1;
    return static_cast<uint32_t>(std::countr_zero(word));
  }
};

#include "src/codec/key_block_find.inc"

uint64_t ByteMask(uint32_t bytes) { return LowMask(8 * std::min<uint32_t>(bytes, 8)); }

}  // namespace

template <typename Value>
void KeyBlocksWriter<Value>::Reserve(uint64_t count) {
  heads_.reserve(static_cast<size_t>(DivideUp(count, kKeysPerBlock)));
  offsets_.reserve(heads_.capacity());
}

template <typename Value>
void KeyBlocksWriter<Value>::CloseBlock() {
  if (in_block_ == 0) return;
  const uint32_t size = in_block_;
  const Value head = block_[0], span = block_[size - 1] - head;
  heads_.push_back(head);
  offsets_.push_back(payload_.size());
  last_ = block_[size - 1];
  count_ += size;
  in_block_ = 0;
  if (span == size - 1) return;  // A run.

  uint32_t width = BitWidth(static_cast<Value>(span / size));
  if (width > 0) --width;
  const uint32_t split_bits = size + static_cast<uint32_t>(span >> width);  // Last high part, and that many ones.
  const uint64_t split_bytes = DivideUp(uint64_t{size} * width, 8) + DivideUp(split_bits, 8);
  const bool bitmap = span < kMaxBits && DivideUp(static_cast<uint64_t>(span) + 1, 8) <= split_bytes;
  payload_.U8(bitmap ? KeyBlocks<Value>::kBitmapTag : static_cast<uint8_t>(width));
  uint64_t words[KeyBlocks<Value>::kWords] = {};
  uint32_t last = 0;
  for (uint32_t i = 0; i < size; ++i) {
    last = static_cast<uint32_t>((block_[i] - head) >> (bitmap ? 0 : width)) + (bitmap ? 0 : i);
    words[last / 64] |= uint64_t{1} << (last % 64);
  }
  for (uint32_t byte = 0; byte <= last / 8; ++byte) {
    payload_.U8(static_cast<uint8_t>(words[byte / 8] >> (byte % 8 * 8)));
  }
  if (bitmap) return;
  BitWriter low(&payload_);
  for (uint32_t i = 0; i < size; ++i) {
    low.Write(static_cast<Value>((block_[i] - head) & ((Value{1} << width) - 1)), width);
  }
  low.Flush();
}

template <typename Value>
void KeyBlocksWriter<Value>::Append(KeyBlocksWriter that) {
  that.CloseBlock();
  if (that.heads_.empty()) return;
  heads_.insert(heads_.end(), that.heads_.begin(), that.heads_.end());
  for (const uint64_t offset : that.offsets_) offsets_.push_back(payload_.size() + offset);
  payload_.Bytes(that.payload_.bytes());
  last_ = that.last_;
  count_ += that.count_;
}

template <typename Value>
void KeyBlocksWriter<Value>::WriteDirectory(ByteWriter* out) const {
  ByteWriter directory;
  const auto shape = KeyDirectory<Value>::Append(heads_, last_, &directory);
  const uint32_t head_bytes = std::max<uint32_t>(1, (BitWidth(last_) + 7) / 8);
  const uint32_t offset_bytes = payload_.size() <= UINT32_MAX ? 4 : 6;
  out->U64(count_);
  out->U64(payload_.size());
  out->U64(shape.buckets);
  out->U8(static_cast<uint8_t>(head_bytes));
  out->U8(static_cast<uint8_t>(offset_bytes));
  out->U8(static_cast<uint8_t>(shape.shift));
  out->U8(0);
  out->U32(shape.words);
  out->Bytes(directory.bytes());
  const auto append = [&](Value value, uint32_t bytes) {
    for (uint32_t i = 0; i < bytes; ++i) out->U8(static_cast<uint8_t>(value >> (8 * i)));
  };
  for (size_t b = 0; b < heads_.size(); ++b) {
    append(heads_[b], head_bytes);
    append(offsets_[b], offset_bytes);
  }
  append(last_, head_bytes);
  append(payload_.size(), offset_bytes);
}

template <typename Value>
void KeyBlocksWriter<Value>::Finish(ByteWriter* out) {
  CloseBlock();
  WriteDirectory(out);
  out->Bytes(payload_.bytes());
  out->Zeros(kSlackBytes);
  *this = KeyBlocksWriter();
}

template <typename Value>
Status KeyBlocks<Value>::Open(ByteSpan bytes, KeyBlocks* out) {
  *out = KeyBlocks();
  if (bytes.size() < kHeaderBytes) return Broken("key blocks cut short", 0);
  out->count_ = LoadU64(bytes, 0);
  out->payload_bytes_ = LoadU64(bytes, 8);
  out->head_bytes_ = LoadU8(bytes, 24);
  const uint32_t offset_bytes = LoadU8(bytes, 25);
  const typename KeyDirectory<Value>::Shape shape = {LoadU64(bytes, 16), LoadU8(bytes, 26), LoadU32(bytes, 28)};
  if (out->count_ == 0) return Broken("key blocks without keys", 0);
  if (out->head_bytes_ == 0 || out->head_bytes_ > sizeof(Value)) return Broken("wrong size of heads", 24);
  if (offset_bytes != 4 && offset_bytes != 6) return Broken("wrong size of offsets", 25);
  if (shape.shift >= sizeof(Value) * 8) return Broken("shift too large", 26);
  if (LoadU8(bytes, 27) != 0) return Broken("a reserved byte of key blocks is not zero", 27);
  out->blocks_ = DivideUp(out->count_, kKeysPerBlock);
  out->stride_ = out->head_bytes_ + offset_bytes;
  out->low_head_mask_ = ByteMask(out->head_bytes_);
  out->high_head_mask_ = out->head_bytes_ > 8 ? ByteMask(out->head_bytes_ - 8) : 0;
  out->offset_mask_ = ByteMask(offset_bytes);
  uint64_t directory_bytes = 0;
  if (!KeyDirectory<Value>::Bytes(shape, bytes.size(), &directory_bytes)) return Broken("too many buckets", 16);
  if (out->blocks_ > bytes.size()) return Broken("too many keys", 0);
  const uint64_t entries = kHeaderBytes + directory_bytes;
  const uint64_t payload = entries + (out->blocks_ + 1) * out->stride_;
  uint64_t end = 0;
  if (!CheckedAdd(payload + kSlackBytes, out->payload_bytes_, &end) || end != bytes.size()) {
    return Broken("key blocks have the wrong size", 8);
  }
  out->bytes_ = bytes.data();
  out->directory_.Open(bytes.data() + kHeaderBytes, shape, out->blocks_);
  out->entries_ = bytes.data() + entries;
  out->payload_ = bytes.data() + payload;
  out->encoded_bytes_ = end;
  return {};
}

template <typename Value>
uint32_t KeyBlocks<Value>::ReadBlock(uint64_t block, Value* out) const {
  const Block laid = Lay(block);
  for (Cursor cursor(laid, 0, 0); !cursor.done(); cursor.Next()) *out++ = cursor.value();
  return laid.size;
}

template <typename Value>
void KeyBlocks<Value>::Read(uint64_t first, uint64_t last, Value* out) const {
  Value values[kKeysPerBlock];
  while (first < last) {
    ReadBlock(first / kKeysPerBlock, values);
    const uint64_t stop = std::min(last, (first / kKeysPerBlock + 1) * kKeysPerBlock);
    for (; first < stop; ++first) *out++ = values[first % kKeysPerBlock];
  }
}

template <typename Value>
Value KeyBlocks<Value>::Get(uint64_t number) const {
  const Block block = Lay(number / kKeysPerBlock);
  const uint32_t i = static_cast<uint32_t>(number % kKeysPerBlock);
  if (block.run) return block.head + i;
  uint32_t before = 0, word = 0;
  for (; word < kWords; ++word) {
    const uint32_t here = PortableWords::Count(block.words[word]);
    if (i < before + here) break;
    before += here;
  }
  if (word == kWords) return block.head;  // Nonsense: fewer bits than values.
  const uint32_t place = word * 64 + PortableWords::Select(block.words[word], i - before);
  if (!block.split) return block.head + place;
  return block.head + (Value{place - i} << block.width | Low(block, i));
}

template <typename Value>
uint64_t KeyBlocks<Value>::LowerBound(Value value) const {
  const uint64_t block = FindBlock(value);
  uint32_t place = 0;
  return block * kKeysPerBlock + FindInBlock<PortableWords, Value>(Lay(block), value, &place);
}

template <typename Value>
Status KeyBlocks<Value>::Verify() const {
  // What the values are is taken from the bytes; that these bytes are the ones the writer makes of them says the rest.
  KeyBlocksWriter<Value> writer;
  writer.Reserve(count_);
  Value values[kKeysPerBlock];
  Value last = 0;
  for (uint64_t block = 0; block < blocks_; ++block) {
    const uint32_t size = ReadBlock(block, values);
    for (uint32_t i = 0; i < size; ++i) {
      const uint64_t number = block * kKeysPerBlock + i;
      if (number > 0 && values[i] <= last) {
        return Broken("key " + std::to_string(number) + " is out of order", Status::kNowhere);
      }
      last = values[i];
      writer.Add(last);
    }
  }
  ByteWriter again;
  writer.Finish(&again);
  return SameBytes(again.bytes()) ? Status() : Broken("key blocks are not as written for their keys", 0);
}

template <typename Value>
bool KeyBlocks<Value>::SameBytes(ByteSpan bytes) const {
  const ByteSpan own(bytes_, static_cast<size_t>(encoded_bytes_));
  return std::equal(own.begin(), own.end(), bytes.begin(), bytes.end());
}

template class KeyBlocksWriter<uint64_t>;
template class KeyBlocksWriter<Uint128>;
template class KeyBlocks<uint64_t>;
template class KeyBlocks<Uint128>;

}  // namespace burin::internal
