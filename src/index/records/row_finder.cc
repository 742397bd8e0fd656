#include "src/index/records/row_finder.h"

#include <algorithm>
#include <string>

#include "src/base/checksum.h"

namespace burin::internal {
namespace {

constexpr size_t kFrontBytes = 8;
constexpr uint32_t kSpareBits = 8;

Status Broken(const char* what, uint64_t position = Status::kNowhere) {
  return Status(StatusCode::kCorrupt, what, position);
}

uint32_t NumberBits(uint64_t records) { return BitWidth(records == 0 ? 0 : records - 1); }

}  // namespace

uint64_t HashOfRow(std::string_view source, std::string_view key) {
  ByteWriter front;
  front.U64(source.size());
  front.Text(source);
  return Checksum(front.bytes(), AsBytes(key));
}

void RowFinderBuilder::Encode(uint64_t records, ByteWriter* out) {
  const uint32_t bits = std::min<uint32_t>(64, BitWidth(uint64_t{rows_.size()}) + kSpareBits);
  for (auto& row : rows_) row.first >>= 64 - bits;
  std::sort(rows_.begin(), rows_.end());
  out->U64(bits);
  DeltaBlocksWriter<uint64_t> hashes;
  for (const auto& row : rows_) hashes.Add(row.first);
  hashes.Finish(out);
  out->PadTo(8);
  BitWriter numbers(out);
  for (const auto& row : rows_) numbers.Write(row.second, NumberBits(records));
  numbers.Flush();
  std::vector<std::pair<uint64_t, uint32_t>>().swap(rows_);
}

Status RowFinder::Open(ByteSpan section, uint64_t records, RowFinder* out) {
  const uint64_t bits = LoadU64(section, 0);
  if (section.size() < kFrontBytes || bits == 0 || bits > 64) return Broken("wrong width of a hash", 0);
  Status status = DeltaBlocks<uint64_t>::Open(section.subspan(kFrontBytes), &out->hashes_);
  if (!status.ok()) return status;
  out->records_ = records;
  out->bits_ = static_cast<uint32_t>(bits);
  const uint64_t rows = out->hashes_.size();
  const uint64_t end = kFrontBytes + out->hashes_.encoded_bytes(), numbers = RoundUp(end, 8);
  uint64_t bytes = 0;
  if (rows > records || numbers > section.size() || !PackedArray::Bytes(rows, NumberBits(records), &bytes) ||
      numbers + bytes != section.size()) {
    return Broken("wrong size", end);
  }
  out->padding_ = section.subspan(end, numbers - end);
  PackedArray::Open(section.subspan(numbers), rows, NumberBits(records), &out->numbers_);
  return {};
}

uint64_t RowFinder::Record(uint64_t i) const {
  const uint64_t record = numbers_.Get(i);
  return record < records_ ? record : 0;
}

Status RowFinder::Verify() const {
  if (Status status = hashes_.Verify(); !status.ok()) return status;
  if (size() > 0 && bits_ < 64 && hashes_.Get(size() - 1) >> bits_ != 0) return Broken("a hash is too wide");
  for (uint64_t i = 0; i < size(); ++i) {
    if (numbers_.Get(i) >= records_) return Broken("a record that there is not");
    if (i > 0 && hashes_.Get(i) == hashes_.Get(i - 1) && numbers_.Get(i) <= numbers_.Get(i - 1)) {
      return Broken("records of one hash do not rise");
    }
  }
  for (const std::byte b : padding_) {
    if (b != std::byte{0}) return Broken("padding is not zero");
  }
  return numbers_.TailIsZero() ? Status() : Broken("unused bits are not zero");
}

}  // namespace burin::internal
