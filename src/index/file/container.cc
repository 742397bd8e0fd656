#include "src/index/file/container.h"

#include <algorithm>
#include <utility>

#include "src/base/checksum.h"

namespace burin::internal {
namespace {

// Offsets in the header.
constexpr size_t kMajorAt = 8;
constexpr size_t kMinorAt = 10;
constexpr size_t kHeaderSizeAt = 12;
constexpr size_t kRequiredFlagsAt = 16;
constexpr size_t kSectionCountAt = 24;
constexpr size_t kZeroAt = 28;
constexpr size_t kTableOffsetAt = 32;
constexpr size_t kFileSizeAt = 40;
constexpr size_t kReservedAt = 48;
constexpr size_t kChecksumAt = 56;

bool AllZero(ByteSpan bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace

std::string FourCcName(FourCcCode code) {
  std::string name;
  for (int i = 0; i < 4; ++i) {
    const auto c = static_cast<char>(code >> (8 * i) & 0xff);
    name += c > ' ' && c < 0x7f ? c : '.';
  }
  return name;
}

void ContainerWriter::Add(FourCcCode name, uint32_t flags, uint64_t items, StoredBytes bytes) {
  sections_.push_back({name, flags, items, std::move(bytes)});
}

void ContainerWriter::Append(ContainerWriter that) {
  for (Pending& section : that.sections_) sections_.push_back(std::move(section));
  features_ |= that.features_;
}

ByteWriter ContainerWriter::Front() const {
  const uint64_t table_end = kHeaderBytes + sections_.size() * kTableEntryBytes;
  uint64_t offset = RoundUp(table_end, kSectionAlignment);
  ByteWriter table;
  for (const Pending& section : sections_) {
    table.U32(section.name);
    table.U32(section.flags);
    table.U64(offset);
    table.U64(section.bytes.size());
    table.U64(section.items);
    table.U64(Checksum(section.bytes.bytes()));
    offset = RoundUp(offset + section.bytes.size(), kSectionAlignment);
  }
  ByteWriter front;
  for (const uint8_t byte : kMagic) front.U8(byte);
  front.U16(kFormatMajor);
  front.U16(kFormatMinor);
  front.U32(kHeaderBytes);
  front.U32(features_);
  front.U32(0);  // Optional features.
  front.U32(static_cast<uint32_t>(sections_.size()));
  front.U32(0);
  front.U64(kHeaderBytes);
  front.U64(offset);
  front.U64(0);
  front.U64(Checksum(front.bytes(), table.bytes()));
  front.Bytes(table.bytes());
  front.PadTo(kSectionAlignment);
  return front;
}

Status ContainerWriter::Write(FileWriter* out) {
  Status status = out->Append(Front().bytes());
  static constexpr std::byte kZeros[kSectionAlignment] = {};
  for (Pending& section : sections_) {
    const size_t size = section.bytes.size();
    if (status.ok()) status = out->Append(section.bytes.bytes());
    if (status.ok()) status = out->Append(std::span(kZeros, RoundUp(size, kSectionAlignment) - size));
    section.bytes.Clear();
  }
  sections_.clear();
  return status;
}

Status ContainerWriter::Write(std::vector<std::byte>* out) {
  ByteWriter bytes = Front();
  for (Pending& section : sections_) {
    bytes.Bytes(section.bytes.bytes());
    bytes.PadTo(kSectionAlignment);
    section.bytes.Clear();
  }
  sections_.clear();
  *out = bytes.Take();
  return {};
}

uint64_t Container::checksum() const { return LoadU64(file_, kChecksumAt); }

Status Container::Fail(StatusCode code, const std::string& what, uint64_t position) const {
  return Status(code, name_ + ": " + what, position);
}

Status Container::Corrupt(const Section& section, uint64_t position, const std::string& what) const {
  const uint64_t at = section.offset + std::min<uint64_t>(position, section.bytes.size());
  const std::string where = "section " + FourCcName(section.name) + ", byte " + std::to_string(at) + ": ";
  return Fail(StatusCode::kCorrupt, where + what, at);
}

Status Container::In(const Section& section, const Status& status) const {
  if (status.ok()) return status;
  const uint64_t position = status.position() == Status::kNowhere ? 0 : status.position();
  return Corrupt(section, position, status.message());
}

Result<Container> Container::Open(ByteSpan file, const std::string& name, std::span<const FourCcCode> known) {
  Container container;
  container.file_ = file;
  container.name_ = name;
  if (Status status = container.ReadHeader(); !status.ok()) return status;
  if (Status status = container.ReadTable(known); !status.ok()) return status;
  return container;
}

Status Container::ReadHeader() {
  if (file_.empty()) return Fail(StatusCode::kCorrupt, "empty file", 0);
  const size_t compared = std::min(file_.size(), kMagic.size());
  for (size_t i = 0; i < compared; ++i) {
    if (LoadU8(file_, i) != kMagic[i]) return Fail(StatusCode::kCorrupt, "not a Burin index", i);
  }
  if (file_.size() < kHeaderBytes) {
    return Fail(StatusCode::kCorrupt,
                "truncated: " + std::to_string(file_.size()) + " bytes, a header has " + std::to_string(kHeaderBytes),
                file_.size());
  }
  major_ = LoadU16(file_, kMajorAt);
  minor_ = LoadU16(file_, kMinorAt);
  if (major_ != kFormatMajor) {
    return Fail(StatusCode::kVersionUnsupported,
                "format version " + std::to_string(major_) + "." + std::to_string(minor_) +
                    ", this library reads version " + std::to_string(kFormatMajor),
                kMajorAt);
  }
  const uint64_t file_size = LoadU64(file_, kFileSizeAt);
  if (file_size != file_.size()) {
    const std::string what = file_size > file_.size() ? "truncated" : "bytes after the end";
    return Fail(StatusCode::kCorrupt,
                what + ": " + std::to_string(file_.size()) + " bytes, the header says " + std::to_string(file_size),
                kFileSizeAt);
  }
  section_count_ = LoadU32(file_, kSectionCountAt);
  table_offset_ = LoadU64(file_, kTableOffsetAt);
  if (LoadU32(file_, kHeaderSizeAt) != kHeaderBytes) {
    return Fail(StatusCode::kCorrupt, "header size is wrong", kHeaderSizeAt);
  }
  if (section_count_ > kMaxSections) return Fail(StatusCode::kCorrupt, "too many sections", kSectionCountAt);
  if (table_offset_ != kHeaderBytes || section_count_ * kTableEntryBytes > file_.size() - kHeaderBytes) {
    return Fail(StatusCode::kCorrupt, "section table lies outside the file", kTableOffsetAt);
  }
  const ByteSpan table = file_.subspan(kHeaderBytes, section_count_ * kTableEntryBytes);
  if (Checksum(file_.first(kChecksumAt), table) != LoadU64(file_, kChecksumAt)) {
    return Fail(StatusCode::kChecksum, "checksum of the header and section table does not match", kChecksumAt);
  }
  features_ = LoadU32(file_, kRequiredFlagsAt);
  if ((features_ & ~kKnownFeatures) != 0) {
    return Fail(StatusCode::kVersionUnsupported, "needs features that this library does not know", kRequiredFlagsAt);
  }
  if (LoadU32(file_, kZeroAt) != 0 || LoadU64(file_, kReservedAt) != 0) {
    return Fail(StatusCode::kCorrupt, "reserved bytes of the header are not zero", kZeroAt);
  }
  return {};
}

Status Container::ReadTable(std::span<const FourCcCode> known) {
  uint64_t end = kHeaderBytes + section_count_ * kTableEntryBytes;
  for (uint32_t i = 0; i < section_count_; ++i) {
    if (Status status = ReadEntry(i, &end); !status.ok()) return status;
    const Section& section = sections_.back();
    if ((section.flags & kRequired) != 0 && std::find(known.begin(), known.end(), section.name) == known.end()) {
      return Fail(StatusCode::kVersionUnsupported,
                  "section " + FourCcName(section.name) + " is not known to this library",
                  kHeaderBytes + i * kTableEntryBytes);
    }
  }
  if (RoundUp(end, kSectionAlignment) != file_.size()) {
    return Fail(StatusCode::kCorrupt, "file does not end with its last section", kFileSizeAt);
  }
  return {};
}

Status Container::ReadEntry(uint32_t number, uint64_t* end) {
  const uint64_t at = kHeaderBytes + uint64_t{number} * kTableEntryBytes;
  Section section;
  section.name = LoadU32(file_, at);
  section.flags = LoadU32(file_, at + 4);
  section.offset = LoadU64(file_, at + 8);
  const uint64_t size = LoadU64(file_, at + 16);
  section.items = LoadU64(file_, at + 24);
  section.checksum = LoadU64(file_, at + 32);
  if ((section.flags & ~kRequired) != 0) {
    const std::string what = "reserved flags of section " + FourCcName(section.name) + " are not zero";
    return Fail(StatusCode::kCorrupt, what, at + 4);
  }
  if (section.offset != RoundUp(*end, kSectionAlignment) || section.offset > file_.size() ||
      size > file_.size() - section.offset) {
    return Fail(StatusCode::kCorrupt, "section " + FourCcName(section.name) + " is out of place", at + 8);
  }
  section.bytes = file_.subspan(section.offset, size);
  *end = section.offset + size;
  sections_.push_back(section);
  return {};
}

std::optional<Section> Container::Find(FourCcCode name) const {
  for (const Section& section : sections_) {
    if (section.name == name) return section;
  }
  return std::nullopt;
}

std::vector<Section> Container::FindAll(FourCcCode name) const {
  std::vector<Section> found;
  for (const Section& section : sections_) {
    if (section.name == name) found.push_back(section);
  }
  return found;
}

Status Container::Verify() const {
  uint64_t end = kHeaderBytes + section_count_ * kTableEntryBytes;
  for (const Section& section : sections_) {
    if (!AllZero(file_.subspan(end, section.offset - end))) {
      return Fail(StatusCode::kCorrupt,
                  "padding before section " + FourCcName(section.name) + ", byte " + std::to_string(end) + ": not zero",
                  end);
    }
    if (Checksum(section.bytes) != section.checksum) {
      return Fail(StatusCode::kChecksum,
                  "section " + FourCcName(section.name) + ", byte " + std::to_string(section.offset) +
                      ": checksum does not match",
                  section.offset);
    }
    end = section.offset + section.bytes.size();
  }
  if (!AllZero(file_.subspan(end))) {
    return Fail(StatusCode::kCorrupt, "padding at the end, byte " + std::to_string(end) + ": not zero", end);
  }
  return {};
}

}  // namespace burin::internal
