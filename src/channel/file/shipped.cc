// The channels that come with the library: src/channel/file/data, read when first asked for. Each is a static of its
// own, made once by whichever thread comes first; those that extend others read the others' text again.
#include "src/channel/file/shipped.h"

#include <cstdlib>
#include <string>

#include "src/channel/file/channel_file.h"

namespace burin::internal {
namespace data {
extern const std::string_view typed, double_keyed, typed_qwerty, typed_qwertz, typed_azerty, transcribed, machine_read,
    ocr, worn, etched, overstamped, cross_script;
}  // namespace data

namespace {

struct Shipped {
  std::string_view name;
  const std::string_view* text;
};

constexpr Shipped kShipped[] = {
    {"typed", &data::typed},
    {"double_keyed", &data::double_keyed},
    {"typed_qwerty", &data::typed_qwerty},
    {"typed_qwertz", &data::typed_qwertz},
    {"typed_azerty", &data::typed_azerty},
    {"transcribed", &data::transcribed},
    {"machine_read", &data::machine_read},
    {"ocr", &data::ocr},
    {"worn", &data::worn},
    {"etched", &data::etched},
    {"overstamped", &data::overstamped},
    {"cross_script", &data::cross_script},
};
constexpr size_t kCount = sizeof(kShipped) / sizeof(kShipped[0]);

template <size_t kI>
const Result<ChannelFile>& Read() {
  static const Result<ChannelFile> file =
      ParseChannelFile(*kShipped[kI].text, std::string(kShipped[kI].name) + ".json", ShippedChannelText);
  return file;
}

using Reader = const Result<ChannelFile>& (*)();
template <size_t... kI>
Reader ReaderOf(size_t i, std::index_sequence<kI...>) {
  constexpr Reader kReaders[] = {&Read<kI>...};
  return kReaders[i];
}

size_t Find(std::string_view name) {
  size_t i = 0;
  while (i < kCount && kShipped[i].name != name) ++i;
  return i;
}

}  // namespace

size_t ShippedChannelCount() { return kCount; }

std::string_view ShippedChannelName(size_t i) { return kShipped[i].name; }

std::optional<std::string_view> ShippedChannelText(std::string_view name) {
  const size_t i = Find(name);
  return i == kCount ? std::nullopt : std::optional<std::string_view>(*kShipped[i].text);
}

Result<const ChannelFile*> ShippedChannel(std::string_view name) {
  const size_t i = Find(name);
  if (i == kCount) {
    std::string names;
    for (const Shipped& shipped : kShipped) names += (names.empty() ? "" : ", ") + std::string(shipped.name);
    return Status(StatusCode::kInvalidArgument, "no channel '" + std::string(name) + "'; channels: " + names);
  }
  const Result<ChannelFile>& file = ReaderOf(i, std::make_index_sequence<kCount>())();
  if (!file.ok()) return file.status();
  return &*file;
}

const Channel& TypedChannel() {
  const Result<const ChannelFile*> typed = ShippedChannel("typed");
  if (!typed.ok()) std::abort();  // Only where libcrypto is set up without SHA-256. The C API asks ShippedChannel.
  return (*typed)->channel;
}

const Channel* FindChannel(std::string_view name, std::string* names) {
  if (names != nullptr) {
    names->clear();
    for (const Shipped& shipped : kShipped) *names += (names->empty() ? "" : ", ") + std::string(shipped.name);
  }
  const Result<const ChannelFile*> found = ShippedChannel(name);
  return found.ok() ? &(*found)->channel : nullptr;
}

}  // namespace burin::internal
