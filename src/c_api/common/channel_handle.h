// A channel as the C API hands it out: what was read, and the text that it was read from.
#ifndef BURIN_SRC_C_API_COMMON_CHANNEL_HANDLE_H_
#define BURIN_SRC_C_API_COMMON_CHANNEL_HANDLE_H_

#include <memory>
#include <string>
#include <string_view>

#include "burin/channel.h"
#include "src/channel/file/channel_file.h"

struct burin_channel {
  std::shared_ptr<const burin::internal::ChannelFile> file;
  std::string source;
};

namespace burin::internal {

// A channel of the library, which lives for ever; its errors are those of ShippedChannel.
Result<std::shared_ptr<const ChannelFile>> ShareShippedChannel(std::string_view name);

}  // namespace burin::internal

#endif
