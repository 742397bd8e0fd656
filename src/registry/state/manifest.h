// What a registry holds at one moment: its segments, what is deleted from them, its attributes, and bytes of the
// caller's. A manifest is an immutable file of its own, named by its generation; the newest one is the registry.
// docs/registry-format.md. Files are numbered in the order in which they were made, and numbers are never used again.
#ifndef BURIN_SRC_REGISTRY_STATE_MANIFEST_H_
#define BURIN_SRC_REGISTRY_STATE_MANIFEST_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/columns/attribute.h"
#include "src/registry/state/holds.h"

namespace burin::internal {

inline constexpr size_t kMaxSegments = 1024;
inline constexpr size_t kMaxCallerBytes = size_t{1} << 20;

// A file that a manifest names: what opens under this number must have this size and checksum.
struct ListedFile {
  uint64_t number = 0;
  uint64_t bytes = 0;
  uint64_t checksum = 0;  // Of its header and section table.
  bool operator==(const ListedFile&) const = default;
};

struct ListedSegment {
  ListedFile file;
  uint64_t records = 0;
  uint64_t first_id = 0, last_id = 0;
  uint64_t deleted = 0;  // Of the records.
  bool operator==(const ListedSegment&) const = default;
};

struct ListedAttribute {
  std::string name;
  AttributeType type = AttributeType::kCategory;
  bool operator==(const ListedAttribute&) const = default;
};

// Rules that the registry makes for whoever uses it: bits.
inline constexpr uint64_t kRuleNeedsCase = 1;  // A search says for which case it is.
inline constexpr uint64_t kKnownRules = kRuleNeedsCase;

struct Manifest {
  uint64_t generation = 0;
  uint64_t next_id = 1;                     // Of records.
  uint64_t next_file = 1;                   // Of segments.
  uint64_t committed_at = 0;                // Seconds since 1970-01-01 UTC.
  std::vector<ListedSegment> segments;      // In ascending order of their number.
  std::vector<ListedAttribute> attributes;  // In ascending order of name; but for "source".
  ListedFile deletions;                     // Numbered by generation; number 0: nothing is deleted.
  std::string caller_bytes;
  uint64_t rules = 0;
  std::vector<Hold> holds;             // In ascending order of name.
  std::vector<HoldEvent> hold_events;  // In the order in which they came about.
  bool operator==(const Manifest&) const = default;

  uint64_t live_records() const;
};

std::vector<std::byte> EncodeManifest(const Manifest& manifest);
// kCorrupt, kVersionUnsupported, kChecksum: one line that begins with `name`. Everything is checked.
Status DecodeManifest(ByteSpan file, const std::string& name, Manifest* out);

}  // namespace burin::internal

#endif
