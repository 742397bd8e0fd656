#include "src/registry/state/manifest.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "src/index/file/container.h"
#include "src/index/write/builder_columns.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr FourCcCode kStateSection = FourCc("MANI");
constexpr FourCcCode kSegmentsSection = FourCc("SEGS");
constexpr FourCcCode kNamesSection = FourCc("ATTS");
constexpr FourCcCode kCallerSection = FourCc("USER");
// Not there if there are none.
constexpr FourCcCode kRulesSection = FourCc("RULE");
constexpr FourCcCode kHoldsSection = FourCc("HOLD");
constexpr FourCcCode kHoldEventsSection = FourCc("HLOG");
constexpr FourCcCode kSections[] = {kStateSection, kSegmentsSection, kNamesSection,     kCallerSection,
                                    kRulesSection, kHoldsSection,    kHoldEventsSection};
constexpr size_t kNeededSections = 4;

constexpr size_t kStateBytes = 7 * 8;
constexpr size_t kSegmentBytes = 7 * 8;

void EncodeFile(const ListedFile& file, ByteWriter* out) {
  out->U64(file.number);
  out->U64(file.bytes);
  out->U64(file.checksum);
}

ListedFile DecodeFile(ByteReader* in) {
  ListedFile file;
  file.number = in->U64();
  file.bytes = in->U64();
  file.checksum = in->U64();
  return file;
}

class Decoder {
 public:
  Decoder(const Container& container, Manifest* out) : container_(container), out_(*out) {}

  Status Run() {
    if (Status status = container_.Verify(); !status.ok()) return status;
    std::array<std::optional<Section>, std::size(kSections)> sections;
    size_t next = 0;
    for (const Section& section : container_.sections()) {
      if ((section.flags & kRequired) == 0) continue;
      while (next < std::size(kSections) && section.name != kSections[next]) ++next;
      if (next == std::size(kSections)) return container_.Corrupt(section, 0, "out of place");
      sections[next++] = section;
    }
    for (size_t i = 0; i < kNeededSections; ++i) {
      if (sections[i]) continue;
      return Status(StatusCode::kCorrupt,
                    container_.name() + ": section " + FourCcName(kSections[i]) + " is not there");
    }
    using Step = Status (Decoder::*)(const Section&);
    constexpr Step kSteps[] = {&Decoder::ReadState,     &Decoder::ReadSegments, &Decoder::ReadNames,
                               &Decoder::ReadCaller,    &Decoder::ReadRules,    &Decoder::ReadHolds,
                               &Decoder::ReadHoldEvents};
    static_assert(std::size(kSteps) == std::size(kSections));
    for (size_t i = 0; i < sections.size(); ++i) {
      if (!sections[i]) continue;
      const Step read = kSteps[i];  // its own line: GCC 12's check of bounds reads a wrong index within ->*
      if (Status status = (this->*read)(*sections[i]); !status.ok()) return status;
    }
    return {};
  }

 private:
  Status ReadState(const Section& section) {
    if (section.items != 1 || section.bytes.size() != kStateBytes) return container_.Corrupt(section, 0, "wrong size");
    ByteReader in(section.bytes);
    out_.generation = in.U64();
    out_.next_id = in.U64();
    out_.next_file = in.U64();
    out_.committed_at = in.U64();
    out_.deletions = DecodeFile(&in);
    const bool none = out_.deletions.number == 0 && out_.deletions.bytes == 0 && out_.deletions.checksum == 0;
    if (out_.next_id == 0 || out_.next_file == 0) return container_.Corrupt(section, 8, "a counter is zero");
    if (!none && (out_.deletions.number == 0 || out_.deletions.number > out_.generation)) {
      return container_.Corrupt(section, 32, "wrong number of a file of deletions");
    }
    return {};
  }

  Status ReadSegments(const Section& section) {
    if (section.items > kMaxSegments || section.bytes.size() != section.items * kSegmentBytes) {
      return container_.Corrupt(section, 0, "wrong size");
    }
    ByteReader in(section.bytes);
    uint64_t last = 0, deleted = 0;
    for (uint64_t i = 0; i < section.items; ++i) {
      const size_t at = in.position();
      ListedSegment segment;
      segment.file = DecodeFile(&in);
      segment.records = in.U64();
      segment.first_id = in.U64();
      segment.last_id = in.U64();
      segment.deleted = in.U64();
      if (segment.file.number <= last || segment.file.number >= out_.next_file) {
        return container_.Corrupt(section, at, "wrong number of a segment");
      }
      last = segment.file.number;
      const bool ids = segment.first_id > 0 && segment.last_id >= segment.first_id &&
                       segment.last_id - segment.first_id >= segment.records - 1 && segment.last_id < out_.next_id;
      if (segment.records == 0 || segment.records > uint64_t{0xfffffffe} || !ids) {
        return container_.Corrupt(section, at, "wrong ids of a segment");
      }
      if (segment.deleted > segment.records) return container_.Corrupt(section, at, "wrong number of deletions");
      deleted += segment.deleted;
      out_.segments.push_back(segment);
    }
    if ((deleted != 0) != (out_.deletions.number != 0)) {
      return container_.Corrupt(section, 0, "deletions without their file, or the other way round");
    }
    return {};
  }

  Status ReadNames(const Section& section) {
    ByteReader in(section.bytes);
    for (uint64_t i = 0; i < section.items && in.ok(); ++i) {
      const size_t at = in.position();
      const uint8_t type = in.U8();
      const std::string_view name = AsText(in.Bytes(in.U8()));
      const bool known =
          type >= static_cast<uint8_t>(AttributeType::kCategory) && type <= static_cast<uint8_t>(AttributeType::kDate);
      if (!in.ok()) break;
      if (!known) return container_.Corrupt(section, at, "unknown type of an attribute");
      const bool rises = out_.attributes.empty() || out_.attributes.back().name < name;
      if (name.empty() || name.size() > kMaxNameBytes || !rises || !IsValidUtf8(name)) {
        return container_.Corrupt(section, at, "wrong name of an attribute");
      }
      out_.attributes.push_back({std::string(name), static_cast<AttributeType>(type)});
    }
    return in.ok() && in.AtEnd() ? Status() : container_.Corrupt(section, in.position(), "wrong size");
  }

  Status ReadCaller(const Section& section) {
    if (section.items != section.bytes.size() || section.items > kMaxCallerBytes) {
      return container_.Corrupt(section, 0, "wrong size");
    }
    out_.caller_bytes = AsText(section.bytes);
    return {};
  }

  Status ReadRules(const Section& section) {
    if (section.items != 1 || section.bytes.size() != 8) return container_.Corrupt(section, 0, "wrong size");
    ByteReader in(section.bytes);
    out_.rules = in.U64();
    // A rule that is not known cannot be kept.
    if (out_.rules == 0 || (out_.rules & ~kKnownRules) != 0) return container_.Corrupt(section, 0, "unknown rules");
    return {};
  }

  Status ReadHolds(const Section& section) {
    if (section.items == 0 || section.items > kMaxHolds || !DecodeHolds(section.bytes, section.items, &out_.holds)) {
      return container_.Corrupt(section, 0, "no list of holds");
    }
    return {};
  }

  Status ReadHoldEvents(const Section& section) {
    if (section.items == 0 || !DecodeHoldEvents(section.bytes, section.items, &out_.hold_events)) {
      return container_.Corrupt(section, 0, "no log of holds");
    }
    return {};
  }

  const Container& container_;
  Manifest& out_;
};

}  // namespace

uint64_t Manifest::live_records() const {
  uint64_t live = 0;
  for (const ListedSegment& segment : segments) live += segment.records - segment.deleted;
  return live;
}

std::vector<std::byte> EncodeManifest(const Manifest& manifest) {
  ContainerWriter container;
  ByteWriter state, segments, names, caller;
  for (const uint64_t value : {manifest.generation, manifest.next_id, manifest.next_file, manifest.committed_at}) {
    state.U64(value);
  }
  EncodeFile(manifest.deletions, &state);
  container.Add(kStateSection, kRequired, 1, &state);
  for (const ListedSegment& segment : manifest.segments) {
    EncodeFile(segment.file, &segments);
    for (const uint64_t value : {segment.records, segment.first_id, segment.last_id, segment.deleted}) {
      segments.U64(value);
    }
  }
  container.Add(kSegmentsSection, kRequired, manifest.segments.size(), &segments);
  for (const ListedAttribute& attribute : manifest.attributes) {
    names.U8(static_cast<uint8_t>(attribute.type));
    names.U8(static_cast<uint8_t>(attribute.name.size()));
    names.Text(attribute.name);
  }
  container.Add(kNamesSection, kRequired, manifest.attributes.size(), &names);
  caller.Text(manifest.caller_bytes);
  container.Add(kCallerSection, kRequired, manifest.caller_bytes.size(), &caller);
  if (manifest.rules != 0) {
    ByteWriter rules;
    rules.U64(manifest.rules);
    container.Add(kRulesSection, kRequired, 1, &rules);
  }
  ByteWriter holds, events;
  EncodeHolds(manifest.holds, &holds);
  EncodeHoldEvents(manifest.hold_events, &events);
  if (!manifest.holds.empty()) container.Add(kHoldsSection, kRequired, manifest.holds.size(), &holds);
  if (!manifest.hold_events.empty()) {
    container.Add(kHoldEventsSection, kRequired, manifest.hold_events.size(), &events);
  }
  std::vector<std::byte> bytes;
  (void)container.Write(&bytes);  // Into memory: it cannot fail.
  return bytes;
}

Status DecodeManifest(ByteSpan file, const std::string& name, Manifest* out) {
  *out = Manifest();
  Result<Container> container = Container::Open(file, name, kSections);
  if (!container.ok()) return container.status();
  return Decoder(*container, out).Run();
}

}  // namespace burin::internal
