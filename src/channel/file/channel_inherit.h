// A channel file that extends another one: the two documents as one. Private to the .cc files of this folder.
#ifndef BURIN_SRC_CHANNEL_FILE_CHANNEL_INHERIT_H_
#define BURIN_SRC_CHANNEL_FILE_CHANNEL_INHERIT_H_

#include "src/channel/file/channel_file.h"
#include "src/text/strict_json.h"

namespace burin::internal {

// Channels that extend each other in a row, at most.
inline constexpr size_t kMaxGenerations = 8;

// Reads a file and whatever it extends. The result has all members that it has or inherits, but for `extends`; its own
// parent's name is in *parent.
Result<Json> ReadInherited(std::string_view json, std::string_view name, const ChannelTexts& parents,
                           std::string* parent);

}  // namespace burin::internal

#endif
