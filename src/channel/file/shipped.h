// The channels that come with the library.
#ifndef BURIN_SRC_CHANNEL_FILE_SHIPPED_H_
#define BURIN_SRC_CHANNEL_FILE_SHIPPED_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/model/channel.h"

namespace burin::internal {

// They have the order of docs/channels.md; each is read when first asked for.
size_t ShippedChannelCount();
std::string_view ShippedChannelName(size_t i);
std::optional<std::string_view> ShippedChannelText(std::string_view name);
// Lives for ever. kInvalidArgument: there is no such channel; the message lists those there are.
Result<const ChannelFile*> ShippedChannel(std::string_view name);

// The channel of a serial keyed by hand from sight or from a document. Rates and their sources: data/typed.json.
const Channel& TypedChannel();
// A channel that comes with the library; nullptr: there is none of this name. `names` (optional) gets the names there
// are.
const Channel* FindChannel(std::string_view name, std::string* names);

}  // namespace burin::internal

#endif
