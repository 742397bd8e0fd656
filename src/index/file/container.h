// The file as a container of sections: header, table, sections. What sections mean is not known here.
//
// To add a section: ContainerWriter::Add(FourCc("ABCD"), kRequired, items, bytes). To read it: Container::Find, or
// FindAll where a name may occur several times: such sections keep the order in which they were added. Attribute
// columns are one section "ATTR" each, which begins with the column's name. Bytes are kept until written, then freed
// one by one.
//
// The header and table are checked by Container::Open, with their checksum, so every Section's span lies in the file;
// the sections' own checksums and the padding are left to Verify. docs/format.md, sections 2 and 3.
#ifndef BURIN_SRC_INDEX_FILE_CONTAINER_H_
#define BURIN_SRC_INDEX_FILE_CONTAINER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/file_writer.h"
#include "src/base/status.h"
#include "src/index/file/stored_bytes.h"

namespace burin::internal {

inline constexpr uint16_t kFormatMajor = 1;
inline constexpr uint16_t kFormatMinor = 0;
inline constexpr size_t kHeaderBytes = 64;
inline constexpr size_t kTableEntryBytes = 40;
inline constexpr size_t kSectionAlignment = 64;
inline constexpr uint32_t kMaxSections = 4096;
// First byte not ASCII, then the name, CR LF and ^Z: transfers that strip bit 7 or rewrite line ends break it visibly.
inline constexpr std::array<uint8_t, 8> kMagic = {0xBE, 'B', 'U', 'R', 'I', '\r', '\n', 0x1A};

using FourCcCode = uint32_t;
constexpr FourCcCode FourCc(const char (&name)[5]) {
  uint32_t code = 0;
  for (int i = 0; i < 4; ++i) code |= static_cast<uint32_t>(static_cast<uint8_t>(name[i])) << (8 * i);
  return code;
}
// The four characters; those that are not printable as `.`.
std::string FourCcName(FourCcCode code);

// Flags of a section.
inline constexpr uint32_t kRequired = 1;  // A reader that does not know the section refuses the file.

// Required features of a file (docs/format.md 2). Bit 0 is none, and never will be.
inline constexpr uint32_t kMoreMissingKinds = 2;  // Counts of 16 kinds in META, 4 bits a kind in MISS.
inline constexpr uint32_t kKnownFeatures = kMoreMissingKinds;

class ContainerWriter {
 public:
  void Add(FourCcCode name, uint32_t flags, uint64_t items, StoredBytes bytes);
  void Add(FourCcCode name, uint32_t flags, uint64_t items, std::vector<std::byte> bytes) {
    Add(name, flags, items, StoredBytes(std::move(bytes), nullptr));
  }
  void Add(FourCcCode name, uint32_t flags, uint64_t items, ByteWriter* writer) {
    Add(name, flags, items, writer->Take());
  }
  // Moves the sections of `that` behind those here.
  void Append(ContainerWriter that);
  // A reader needs to know these (kKnownFeatures).
  void Require(uint32_t features) { features_ |= features; }
  // Writes header, table and sections; frees each section's bytes as it goes. Does not commit. The writer is spent.
  Status Write(FileWriter* out);
  Status Write(std::vector<std::byte>* out);

 private:
  struct Pending {
    FourCcCode name;
    uint32_t flags;
    uint64_t items;
    StoredBytes bytes;
  };
  ByteWriter Front() const;  // Header and table, padded.
  std::vector<Pending> sections_;
  uint32_t features_ = 0;
};

struct Section {
  FourCcCode name = 0;
  uint32_t flags = 0;
  uint64_t offset = 0;  // In the file.
  uint64_t items = 0;
  uint64_t checksum = 0;
  ByteSpan bytes;
};

class Container {
 public:
  // Borrows `file`. `name` stands for the file in messages: "NAME: not a Burin index". `known` are the sections that
  // the caller understands: any other one that is required makes the file kVersionUnsupported.
  static Result<Container> Open(ByteSpan file, const std::string& name, std::span<const FourCcCode> known);

  const std::string& name() const { return name_; }
  // Of the header and the section table, and with it of the sections' checksums.
  uint64_t checksum() const;
  uint64_t file_bytes() const { return file_.size(); }
  uint16_t major() const { return major_; }
  uint16_t minor() const { return minor_; }
  uint32_t features() const { return features_; }  // Required ones.
  // In order of offset.
  std::span<const Section> sections() const { return sections_; }
  // The first section of that name.
  std::optional<Section> Find(FourCcCode name) const;
  std::vector<Section> FindAll(FourCcCode name) const;
  // Checksums of all sections, and the zeros between them.
  Status Verify() const;
  // kCorrupt "NAME: section ABCD, byte N: WHAT", N counted from the start of the file; `position` from the section's.
  Status Corrupt(const Section& section, uint64_t position, const std::string& what) const;
  // The same of a status that speaks of a section's bytes (position from its start, or none). OK stays OK.
  Status In(const Section& section, const Status& status) const;

 private:
  Status ReadHeader();
  Status ReadTable(std::span<const FourCcCode> known);
  Status ReadEntry(uint32_t number, uint64_t* end);
  Status Fail(StatusCode code, const std::string& what, uint64_t position) const;

  ByteSpan file_;
  uint32_t features_ = 0;
  std::string name_;
  uint16_t major_ = 0;
  uint16_t minor_ = 0;
  uint32_t section_count_ = 0;
  uint64_t table_offset_ = 0;
  std::vector<Section> sections_;
};

}  // namespace burin::internal

#endif
