// Channels as JSON files: the human-sized form that people write, and the full one that training writes. The schema is
// docs/channels.md; src/channel/file/data holds the shipped files.
#ifndef BURIN_SRC_CHANNEL_FILE_CHANNEL_FILE_H_
#define BURIN_SRC_CHANNEL_FILE_CHANNEL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/confusion_parts.h"

namespace burin::internal {

// On what a channel was tried, and between which log10 likelihood ratios that says something.
struct Validation {
  std::string set;
  uint64_t readings = 0;
  double log10_lr_low = 0, log10_lr_high = 0;
  bool operator==(const Validation&) const = default;
};

struct ChannelFile {
  Channel channel;
  ConfusionParts parts;
  std::string description;
  std::map<std::string, std::string> provenance;  // Member of the file -> where its numbers come from.
  std::optional<Validation> validated_by;
  std::string parent;  // The channel that it extends or was trained from; may be empty.
  // SHA-256 of every number of the channel and of the limits: nothing else of the file counts.
  std::string hash;
};

inline constexpr size_t kMaxChannelBytes = 1 << 20;
inline constexpr size_t kMaxRewrites = 1000;

// The JSON text of the channel that a file extends; nothing: there is none of this name.
using ChannelTexts = std::function<std::optional<std::string_view>(std::string_view name)>;

// Reads a file. `name` stands at the beginning of errors. kBadInput: one line with the path inside the document, or for
// what is no JSON with the byte, which is the status's position too. kVersionUnsupported: of a later schema.
Result<ChannelFile> ParseChannelFile(std::string_view json, std::string_view name, const ChannelTexts& parents);

}  // namespace burin::internal

#endif
