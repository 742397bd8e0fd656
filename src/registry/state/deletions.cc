#include "src/registry/state/deletions.h"

#include "src/codec/delta_blocks.h"
#include "src/index/file/container.h"

namespace burin::internal {
namespace {

constexpr FourCcCode kDeletedSection = FourCc("DELS");
constexpr FourCcCode kSections[] = {kDeletedSection};
constexpr size_t kFrontBytes = 16;  // Segment, records.

Status ReadSegment(const Container& container, const Section& section, uint64_t* left, SegmentDeletions* out) {
  out->segment = LoadU64(section.bytes, 0);
  const uint64_t records = LoadU64(section.bytes, 8);
  if (section.bytes.size() < kFrontBytes) return container.Corrupt(section, 0, "wrong size");
  if (records > *left) return container.Corrupt(section, 8, "too many records");
  *left -= records;
  DeltaBlocks<uint64_t> numbers;
  const ByteSpan bytes = section.bytes.subspan(kFrontBytes);
  Status status = DeltaBlocks<uint64_t>::Open(bytes, &numbers);
  // Where records rise the first ones of blocks differ, a bit each at least. A file that says less is not read to its
  // end.
  if (status.ok() && numbers.size() / (8 * kDeltaBlock) > bytes.size()) {
    return container.Corrupt(section, kFrontBytes, "records do not rise");
  }
  if (status.ok()) status = numbers.Verify();
  if (!status.ok()) return container.In(section, status);
  if (numbers.size() == 0 || numbers.size() != section.items || numbers.encoded_bytes() != bytes.size()) {
    return container.Corrupt(section, kFrontBytes, "wrong size");
  }
  if (numbers.Get(numbers.size() - 1) >= records) {
    return container.Corrupt(section, kFrontBytes, "a record that there is not");
  }
  out->records = RecordSet(records);
  uint64_t block[kDeltaBlock];
  for (uint64_t b = 0; b < numbers.blocks(); ++b) {
    const uint32_t count = numbers.ReadBlock(b, block);
    for (uint32_t i = 0; i < count; ++i) {
      if (block[i] >= records || !out->records.Add(block[i])) {
        return container.Corrupt(section, kFrontBytes, "records do not rise");
      }
    }
  }
  return {};
}

}  // namespace

std::vector<std::byte> EncodeDeletions(const std::vector<std::pair<uint64_t, const RecordSet*>>& segments) {
  ContainerWriter container;
  for (const auto& [segment, records] : segments) {
    ByteWriter bytes;
    bytes.U64(segment);
    bytes.U64(records->records());
    DeltaBlocksWriter<uint64_t> numbers;
    records->ForEach([&](uint64_t record) { numbers.Add(record); });
    numbers.Finish(&bytes);
    container.Add(kDeletedSection, kRequired, records->size(), &bytes);
  }
  std::vector<std::byte> bytes;
  (void)container.Write(&bytes);  // Into memory: it cannot fail.
  return bytes;
}

Status DecodeDeletions(ByteSpan file, const std::string& name, uint64_t most_records,
                       std::vector<SegmentDeletions>* out) {
  out->clear();
  Result<Container> container = Container::Open(file, name, kSections);
  if (!container.ok()) return container.status();
  if (Status status = container->Verify(); !status.ok()) return status;
  for (const Section& section : container->sections()) {
    if (section.name != kDeletedSection) continue;
    SegmentDeletions segment;
    Status status = ReadSegment(*container, section, &most_records, &segment);
    if (!status.ok()) return status;
    if (!out->empty() && out->back().segment >= segment.segment) {
      return container->Corrupt(section, 0, "segments do not rise");
    }
    out->push_back(std::move(segment));
  }
  return {};
}

}  // namespace burin::internal
