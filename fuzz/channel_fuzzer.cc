// Any bytes as a channel file: an error in one line, or a proper probability that is written and read again to the last
// bit and that a reading can be priced by.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "src/channel/compile/compile.h"
#include "src/channel/file/channel_check.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/channel_write.h"
#include "src/channel/file/shipped.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/pattern.h"

namespace {

using burin::internal::ChannelFile;
using burin::internal::Result;
using burin::internal::StatusCode;

void Require(bool holds) {
  if (!holds) std::abort();
}

Result<ChannelFile> Parse(std::string_view json) {
  return burin::internal::ParseChannelFile(json, "x", burin::internal::ShippedChannelText);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<ChannelFile> file = Parse(text);
  if (!file.ok()) {
    const burin::internal::Status status = file.status();
    Require(status.code() == StatusCode::kBadInput || status.code() == StatusCode::kVersionUnsupported);
    Require(status.message().size() > 3 && status.message().size() < 1000);
    Require(status.message().find_first_of("\r\n") == std::string::npos);
    Require(status.position() == burin::internal::Status::kNowhere || status.position() <= size);
    return 0;
  }
  Require(CheckChannel(file->channel).ok());
  const std::string written = WriteChannelFile(*file);
  const Result<ChannelFile> again = Parse(written);
  Require(again.ok() && again->hash == file->hash && WriteChannelFile(*again) == written);
  const auto pattern = burin::internal::ParsePattern("A1?8~4!7*");
  Require(CompileChannel(pattern->lattice, file->channel).ok());
  return 0;
}
