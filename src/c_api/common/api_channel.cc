// Channels through the C API.
#include <string>
#include <utility>

#include "src/base/file_writer.h"
#include "src/c_api/common/channel_handle.h"
#include "src/c_api/common/guard.h"
#include "src/channel/file/channel_write.h"
#include "src/channel/file/shipped.h"
#include "src/query/text_file.h"

namespace burin::internal {

Result<std::shared_ptr<const ChannelFile>> ShareShippedChannel(std::string_view name) {
  const Result<const ChannelFile*> file = ShippedChannel(name);
  if (!file.ok()) return file.status();
  return std::shared_ptr<const ChannelFile>(std::shared_ptr<void>(), *file);  // Owned by nobody.
}

namespace {

Status Parse(std::string_view json, std::string_view name, burin_channel** out) {
  Result<ChannelFile> file = ParseChannelFile(json, name, ShippedChannelText);
  if (!file.ok()) return file.status();
  *out = new burin_channel{std::make_shared<const ChannelFile>(*std::move(file)), std::string(json)};
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

size_t burin_channel_count(void) { return ShippedChannelCount(); }

const char* burin_channel_name(size_t i) {
  return i < ShippedChannelCount() ? ShippedChannelName(i).data() : nullptr;  // A literal.
}

burin_status burin_channel_find(const char* name, burin_channel** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (name == nullptr) return IsNull("name");
    Result<std::shared_ptr<const ChannelFile>> file = ShareShippedChannel(name);
    if (!file.ok()) return file.status();
    *out = new burin_channel{*std::move(file), std::string(*ShippedChannelText(name))};
    return Status();
  });
}

burin_status burin_channel_parse(const char* json, size_t size, burin_channel** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (BadText(json, size)) return IsNull("json");
    return Parse(Text(json, size), "channel", out);
  });
}

burin_status burin_channel_open_file(const char* path, burin_channel** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (path == nullptr) return IsNull("path");
    std::string text;
    if (Status status = ReadTextFile(path, kMaxChannelBytes, &text); !status.ok()) return status;
    return Parse(text, path, out);
  });
}

void burin_channel_destroy(burin_channel* channel) { delete channel; }

burin_status burin_channel_get_info(const burin_channel* channel, burin_channel_info* info, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (channel == nullptr) return IsNull("channel");
    if (info == nullptr) return IsNull("info");
    const ChannelFile& file = *channel->file;
    burin_channel_info answer = BURIN_CHANNEL_INFO_INIT;
    answer.name = file.channel.name.c_str();
    answer.description = file.description.c_str();
    answer.parent = file.parent.c_str();
    answer.hash = file.hash.c_str();
    answer.validated_set = "";
    if (file.validated_by) {
      answer.validated = 1;
      answer.validated_set = file.validated_by->set.c_str();
      answer.validated_readings = file.validated_by->readings;
      answer.log10_lr_low = file.validated_by->log10_lr_low;
      answer.log10_lr_high = file.validated_by->log10_lr_high;
    }
    return WriteAnswer(sizeof(answer), answer, info);
  });
}

const char* burin_channel_source(const burin_channel* channel, size_t* size) {
  return channel == nullptr ? NoAnswer(size) : Answer(channel->source, size);
}

burin_status burin_channel_expand(const burin_channel* channel, char* buffer, size_t capacity, size_t* needed,
                                  burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (needed == nullptr) return IsNull("needed");
    *needed = 0;
    if (channel == nullptr) return IsNull("channel");
    return WriteText(WriteChannelFile(*channel->file), buffer, capacity, needed);
  });
}

burin_status burin_channel_write(const burin_channel* channel, const char* path, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (channel == nullptr) return IsNull("channel");
    if (path == nullptr) return IsNull("path");
    Result<FileWriter> file = FileWriter::Create(path);
    if (!file.ok()) return file.status();
    if (Status status = file->Append(std::string_view(channel->source)); !status.ok()) return status;
    return file->Commit();
  });
}

}  // extern "C"
