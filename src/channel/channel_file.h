// Channels as JSON files: the human-sized form that people write, and the full one that training writes. The schema is
// docs/channels.md; src/channel/data holds the shipped files.
#ifndef BURIN_SRC_CHANNEL_CHANNEL_FILE_H_
#define BURIN_SRC_CHANNEL_CHANNEL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/channel/channel.h"
#include "src/channel/confusion_parts.h"

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

// Writes all numbers out; reading that gives the same numbers and texts, to the last bit. REQUIRES: CheckChannel.
std::string WriteChannelFile(const ChannelFile& file);

// Whether a channel is a proper probability within the limits of docs/channels.md. kBadInput: a path and what is wrong.
Status CheckChannel(const Channel& channel);

Result<std::string> HashChannel(const Channel& channel, const std::optional<Validation>& validated_by);

// The channels that come with the library, in the order of docs/channels.md. Each is read when first asked for.
size_t ShippedChannelCount();
std::string_view ShippedChannelName(size_t i);
std::optional<std::string_view> ShippedChannelText(std::string_view name);
// Lives for ever. kInvalidArgument: there is no such channel; the message lists those there are.
Result<const ChannelFile*> ShippedChannel(std::string_view name);

}  // namespace burin::internal

#endif
