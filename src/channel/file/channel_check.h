// Whether a channel is a proper probability.
#ifndef BURIN_SRC_CHANNEL_FILE_CHANNEL_CHECK_H_
#define BURIN_SRC_CHANNEL_FILE_CHANNEL_CHECK_H_

#include "src/base/status.h"
#include "src/channel/model/channel.h"

namespace burin::internal {

// Whether a channel is a proper probability within the limits of docs/channels.md. kBadInput: a path and what is wrong.
Status CheckChannel(const Channel& channel);

}  // namespace burin::internal

#endif
