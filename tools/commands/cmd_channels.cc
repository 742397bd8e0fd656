// burin channels: what ways of going wrong come with the tool, and one of them as JSON.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/match/match_options.h"

namespace burin::tool {
namespace {

struct ChannelsOptions {
  std::string channel;
  bool expand = false;
};

int List() {
  Output output;
  std::string out = "name,hash,validated_by,readings,description\n";
  for (const std::string_view name : Channel::Names()) {
    const Channel channel = Channel::Find(std::string(name));
    const burin_channel_info info = channel.info();
    AppendCsv(info.name, &out);
    AppendCsvNext(info.hash, &out);
    AppendCsvNext(info.validated_set, &out);
    out += "," + (info.validated != 0 ? Number(info.validated_readings) : "");
    AppendCsvNext(info.description, &out);
    out += '\n';
  }
  output.Write(out);
  output.Flush();
  return kDone;
}

int Channels(const ChannelsOptions& options) {
  Paths("channels").Reads("NAME", IsChannelFile(options.channel) ? options.channel : "").Check();
  if (options.channel.empty()) {
    if (options.expand) throw Failure(kUsage, "channels: --expand needs the NAME of a channel, or a file");
    return List();
  }
  const auto find = [&] {
    if (IsChannelFile(options.channel)) return Channel::OpenFile(options.channel);
    try {
      return Channel::Find(options.channel);
    } catch (const Exception& exception) {
      throw FailureOf(exception, "channels");
    }
  };
  const Channel channel = find();
  Output output;
  output.Write(options.expand ? channel.Expand() : std::string(channel.source()));
  output.Flush();
  return kDone;
}

}  // namespace

void AddChannels(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("channels", "List the channels, or print one as JSON");
  auto options = std::make_shared<ChannelsOptions>();
  command->add_option("NAME", options->channel, "A channel of the list, or a file: NAME.json or a path with /");
  command->add_flag("--expand", options->expand, "With all its numbers, extending no other channel");
  command->footer(
      "A channel says how a reading goes wrong: docs/channels.md. To write your own, begin with one that extends\n"
      "another and changes what you know better.\n\nExamples:\n"
      "  burin channels\n  burin channels etched\n  burin channels mine.json --expand\n\n"
      "Exit codes: 0 done; 2 no such channel; 3 a file that is no channel; 4 a file of a later schema.\n");
  command->callback([options, run] { *run = [options] { return Channels(*options); }; });
}

}  // namespace burin::tool
