// The names of the sections of an index (docs/format.md 4), in the order in which they stand in a file.
#ifndef BURIN_SRC_INDEX_FILE_SECTIONS_H_
#define BURIN_SRC_INDEX_FILE_SECTIONS_H_

#include "src/index/file/container.h"

namespace burin::internal {

inline constexpr FourCcCode kMetaSection = FourCc("META");         // Counts and versions.
inline constexpr FourCcCode kGroupsSection = FourCc("GRPS");       // Lengths, sizes and alphabets of the groups.
inline constexpr FourCcCode kKeysSection = FourCc("KEYS");         // One a group, in their order.
inline constexpr FourCcCode kBackwardSection = FourCc("BKEY");     // The reversed keys of groups that have them.
inline constexpr FourCcCode kPostingsSection = FourCc("POST");     // Ranks to records.
inline constexpr FourCcCode kPartialsSection = FourCc("PART");     // Partial records.
inline constexpr FourCcCode kPartialKeysSection = FourCc("PKEY");  // Their beginnings as integers. Optional.
inline constexpr FourCcCode kMissingSection = FourCc("MISS");      // Records without a mark.
inline constexpr FourCcCode kRecordKeySection = FourCc("RKEY");    // The callers' ids.
inline constexpr FourCcCode kTextSection = FourCc("TEXT");         // Texts that differ from their serial.
inline constexpr FourCcCode kAttributeSection = FourCc("ATTR");    // One an attribute, in order of name.

// Those that a reader may leave out: segments of a registry have them (docs/registry-format.md).
inline constexpr FourCcCode kRecordIdsSection = FourCc("RIDS");  // Ids of the records.
inline constexpr FourCcCode kRowsSection = FourCc("ROWS");       // Records by the hash of source and key.
// Optional: readers pass over it. What the serials look like, made by the builder; else counted when it is needed.
inline constexpr FourCcCode kPopulationSection = FourCc("POPU");

inline constexpr FourCcCode kKnownSections[] = {
    kMetaSection,        kGroupsSection,  kKeysSection,      kBackwardSection, kPostingsSection, kPartialsSection,
    kPartialKeysSection, kMissingSection, kRecordKeySection, kTextSection,     kAttributeSection};

// Section META: u32 folding version, u32 zero, u64 each: records, serials, partial records, missing records by kind.
// Of those there are so many, or with kMoreMissingKinds the larger number.
inline constexpr size_t kFirstMissingKinds = 7;
inline constexpr size_t kMostMissingKinds = 16;
constexpr size_t MetaBytes(size_t kinds) { return 8 + 8 * (3 + kinds); }
inline constexpr uint64_t kMaxRecords = 0xfffffffe;

}  // namespace burin::internal

#endif
