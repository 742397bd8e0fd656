// Bytes as a manifest (first byte even) or as a file of deletions (odd); with the next bit of it the checksums are put
// right first. What can be read is written again: the bytes of the second writing must be those of the first.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "src/registry/state/deletions.h"
#include "src/registry/state/manifest.h"
#include "tests/index/index_testing.h"

namespace {

using burin::internal::DecodeDeletions;
using burin::internal::DecodeManifest;
using burin::internal::EncodeDeletions;
using burin::internal::EncodeManifest;
using burin::internal::Manifest;
using burin::internal::Must;
using burin::internal::RecordSet;
using burin::internal::SegmentDeletions;

constexpr std::uint64_t kMostRecords = 1 << 20;

void ReadManifestBytes(const std::vector<std::byte>& file) {
  Manifest manifest, again;
  if (!DecodeManifest(file, "input", &manifest).ok()) return;
  Must(DecodeManifest(EncodeManifest(manifest), "again", &again).ok());
  Must(again == manifest);
}

std::vector<std::byte> Encode(const std::vector<SegmentDeletions>& segments) {
  std::vector<std::pair<std::uint64_t, const RecordSet*>> sets;
  for (const SegmentDeletions& segment : segments) sets.emplace_back(segment.segment, &segment.records);
  return EncodeDeletions(sets);
}

void ReadDeletionsBytes(const std::vector<std::byte>& file) {
  std::vector<SegmentDeletions> segments, again;
  if (!DecodeDeletions(file, "input", kMostRecords, &segments).ok()) return;
  const std::vector<std::byte> written = Encode(segments);
  Must(DecodeDeletions(written, "again", kMostRecords, &again).ok());
  Must(Encode(again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::vector<std::byte> file(size - 1);
  if (!file.empty()) std::memcpy(file.data(), data + 1, file.size());
  if ((data[0] & 2) != 0) burin::internal::RepairChecksums(&file);
  if ((data[0] & 1) == 0) {
    ReadManifestBytes(file);
  } else {
    ReadDeletionsBytes(file);
  }
  return 0;
}
