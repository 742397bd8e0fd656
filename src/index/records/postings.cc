#include "src/index/records/postings.h"

#include <algorithm>
#include <string>

namespace burin::internal {
namespace {

constexpr size_t kFixedBytes = 16;

uint32_t NumberWidth(uint64_t records) { return records == 0 ? 0 : BitWidth(records - 1); }

Status BrokenPosting(uint64_t i, const std::string& what) {
  return Status(StatusCode::kCorrupt, "posting " + std::to_string(i) + " is " + what);
}

Status Broken(const std::string& what, uint64_t position) { return Status(StatusCode::kCorrupt, what, position); }

}  // namespace

void PostingsWriter::Finish(uint64_t records, ByteWriter* out) {
  const bool repeated = ranks_ != records_.size();
  out->U64(records_.size());
  out->U64(repeated ? 1 : 0);
  if (repeated) starts_.Finish(out);
  starts_ = {};
  const uint32_t width = NumberWidth(records);
  out->reserve(out->size() + static_cast<size_t>(DivideUp(records_.size() * width, 8)) + 8);
  BitWriter bits(out);
  for (uint64_t i = 0; i < records_.size(); ++i) bits.Write(*records_.at(i), width);
  bits.Flush();
  records_.Clear();
  ranks_ = 0;
}

Status Postings::Open(ByteSpan section, uint64_t ranks, uint64_t records, Postings* out) {
  *out = Postings();
  if (section.size() < kFixedBytes) return Broken("postings cut short", 0);
  const uint64_t count = LoadU64(section, 0);
  const uint64_t repeated = LoadU64(section, 8);
  if (count < ranks || count > records || (count != 0 && ranks == 0)) return Broken("wrong number of postings", 0);
  if (repeated != (count == ranks ? 0 : 1)) return Broken("wrong form of postings", 8);
  out->records_ = records;
  out->ranks_ = ranks;
  out->repeated_ = repeated != 0;
  uint64_t at = kFixedBytes;
  if (out->repeated_) {
    if (Status status = BitVector::Open(section.subspan(at), &out->starts_); !status.ok()) {
      return Broken(status.message(), at);
    }
    if (out->starts_.size() != count || out->starts_.ones() != ranks) return Broken("wrong number of ranks", at);
    at += out->starts_.encoded_bytes();
  }
  if (!PackedArray::Open(section.subspan(at), count, NumberWidth(records), &out->numbers_) ||
      at + out->numbers_.bytes().size() != section.size()) {
    return Broken("record numbers have the wrong size", at);
  }
  return {};
}

uint64_t Postings::Size(uint64_t rank) const {
  if (!repeated_) return 1;
  const uint64_t start = starts_.Select(rank);
  const uint64_t end = starts_.Next(start + 1);
  return end > start ? end - start : 1;
}

uint64_t Postings::Record(uint64_t rank, uint64_t i) const {
  return std::min(numbers_.Get(Start(rank) + i), records_ - 1);
}

Status Postings::Verify(std::vector<bool>* seen) const {
  if (!numbers_.TailIsZero()) return Broken("unused bits of the record numbers are not zero", Status::kNowhere);
  if (repeated_) {
    if (Status status = starts_.Verify(); !status.ok()) return Broken(status.message(), Status::kNowhere);
    if (!starts_.Get(0)) return Broken("the first posting starts no rank", Status::kNowhere);
  }
  uint64_t last = 0;
  for (uint64_t i = 0; i < count(); ++i) {
    const uint64_t record = numbers_.Get(i);
    const bool first = !repeated_ || starts_.Get(i);
    if (record >= records_) return BrokenPosting(i, "beyond the records");
    if (!first && record <= last) return BrokenPosting(i, "not above the one before it");
    if ((*seen)[record]) return BrokenPosting(i, "a record met before");
    (*seen)[record] = true;
    last = record;
  }
  return {};
}

}  // namespace burin::internal
