// burin hold: legal holds and rules of retention of a registry.
#include <CLI/CLI.hpp>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/registry_options.h"
#include "tools/io/failure.h"
#include "tools/io/now.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"

namespace burin::tool {
namespace {

struct HoldOptions {
  RegistryOptions registry;
  std::string name, source, key, until, reason;
  std::vector<std::string> where;
  bool release = false;
};

constexpr char kFooter[] =
    "Records that a hold says may be deleted, and are then in no answer; but they stay in the files, whoever compacts "
    "or\n"
    "purges, until the hold is released, or over (--until), or overridden ('burin compact --purge --override "
    "--reason').\n"
    "A hold keeps what the files of the newest state have when it is placed. Placing, releasing and overriding are "
    "logged\n"
    "in the registry, with the reasons. Without NAME, all holds and the log are listed.\n"
    "\n"
    "Examples:\n"
    "  burin hold registry case-77 --where case=77 --reason 'order 12/2026'\n"
    "  burin hold registry keep-10-years --where source=north --until 2036-12-31 --reason 'firearms act, art. 9'\n"
    "  burin hold registry case-77 --release --reason 'case closed'\n"
    "  burin hold registry\n";

// The beginning of a day, in seconds since 1970 UTC.
uint64_t SecondsOf(const std::string& day) {
  std::tm utc = {};
  const char* const end = strptime(day.c_str(), "%Y-%m-%d", &utc);
  const std::time_t seconds = end != nullptr && *end == 0 ? timegm(&utc) : -1;
  if (seconds <= 0 || TimeText(static_cast<uint64_t>(seconds)).substr(0, 10) != day) {
    throw Failure(kUsage, "hold: --until: '" + day + "': expected a day after 1970, as in 2036-12-31");
  }
  return static_cast<uint64_t>(seconds);
}

std::string List(const Index& index) {
  std::string out;
  const std::vector<burin_hold> holds = Holds(index);
  for (size_t i = 0; i < holds.size(); ++i) {
    const burin_hold& hold = holds[i];
    out += Printable(hold.name) + ": since " + TimeText(hold.placed_at);
    if (hold.until != 0) out += ", until " + TimeText(hold.until);
    if (hold.key != nullptr) out += ", key '" + Printable(hold.key) + "' of source '" + Printable(hold.source) + "'";
    for (size_t c = 0; c < hold.where_count; ++c) {
      out += ", " + Printable(burin_index_hold_condition(index.get(), i, c));
    }
    out += ": " + Printable(hold.reason) + "\n";
  }
  if (holds.empty()) out = "no holds\n";
  constexpr const char* kActs[] = {"", "placed", "released", "overridden"};
  for (const burin_hold_event& event : HoldEvents(index)) {
    out += "  " + TimeText(event.at) + " " + kActs[event.act] + " " + Printable(event.names);
    if (event.act == BURIN_HOLD_OVERRIDDEN) out += " (" + Counted(event.records, "record") + " purged)";
    out += ": " + Printable(event.reason) + "\n";
  }
  return out;
}

void Change(const HoldOptions& options, Registry* registry) {
  if (options.release) {
    registry->ReleaseHold(options.name, options.reason);
    return;
  }
  std::vector<const char*> where;
  for (const std::string& condition : options.where) where.push_back(condition.c_str());
  burin_hold hold = BURIN_HOLD_INIT;
  hold.name = options.name.c_str();
  hold.source = options.source.c_str();
  hold.key = options.key.empty() ? nullptr : options.key.c_str();
  hold.where = where.data();
  hold.where_count = static_cast<uint32_t>(where.size());
  hold.reason = options.reason.c_str();
  hold.until = options.until.empty() ? 0 : SecondsOf(options.until);
  registry->PlaceHold(hold);
}

int HoldRecords(const HoldOptions& options) {
  const bool given = !options.key.empty() || !options.where.empty() || !options.until.empty() ||
                     !options.source.empty() || !options.reason.empty();
  if (options.name.empty() && (given || options.release)) throw Failure(kUsage, "hold: expected a NAME");
  if (options.release && (!options.key.empty() || !options.where.empty() || !options.until.empty())) {
    throw Failure(kUsage, "hold: --release takes a NAME and a --reason, and nothing else");
  }
  if (!options.source.empty() && options.key.empty()) {
    throw Failure(kUsage, "hold: --source belongs to --key; all records of a source are --where source=NAME");
  }
  Paths("hold").WritesDirectory("REGISTRY", options.registry.path).Check();
  try {
    if (!options.name.empty()) {
      Registry registry(options.registry.path, WriterOptionsOf(options.registry));
      WarnOf(registry);
      Change(options, &registry);
      CheckInterrupt();
      registry.Commit();
    }
    if (options.registry.quiet) return kDone;
    const std::string list = List(Index(options.registry.path));
    if (!options.name.empty()) {
      SayDone(list);
      return kDone;
    }
    Output output;
    output.Write(list);
    output.Flush();
  } catch (const Exception& exception) {
    throw FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? "hold" : "");
  }
  return kDone;
}

}  // namespace

void AddHold(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("hold", "Keep deleted records in the files of a registry, and say why");
  auto options = std::make_shared<HoldOptions>();
  AddRegistryOptions(command, &options->registry);
  command->add_option("NAME", options->name, "Of the hold: letters, digits, '-', '_' and '.'");
  command->add_option("--where", options->where, "A condition on attributes, as of match; all must hold. Repeatable")
      ->allow_extra_args(false);
  command->add_option("--key", options->key, "The row with this key");
  command->add_option("--source", options->source, "With --key: of this source");
  command->add_option("--until", options->until, "The day from which on nothing is held, as in 2036-12-31");
  command->add_option("--reason", options->reason, "Why; it is logged");
  command->add_flag("--release", options->release, "Give the hold up");
  command->footer(kFooter);
  command->callback([options, run] { *run = [options] { return HoldRecords(*options); }; });
}

}  // namespace burin::tool
