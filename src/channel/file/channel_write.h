// Channels as text: the full file, and the hash of its numbers.
#ifndef BURIN_SRC_CHANNEL_FILE_CHANNEL_WRITE_H_
#define BURIN_SRC_CHANNEL_FILE_CHANNEL_WRITE_H_

#include <optional>
#include <string>

#include "src/base/status.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/model/channel.h"

namespace burin::internal {

// Writes all numbers out; reading that gives the same numbers and texts, to the last bit. REQUIRES: CheckChannel.
std::string WriteChannelFile(const ChannelFile& file);

// SHA-256 of the canonical text: ChannelFile::hash.
Result<std::string> HashChannel(const Channel& channel, const std::optional<Validation>& validated_by);

}  // namespace burin::internal

#endif
