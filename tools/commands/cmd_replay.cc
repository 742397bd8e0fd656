// burin replay: the searches of a receipt made again and compared.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/io/progress.h"

namespace burin::tool {
namespace {

struct ReplayOptions {
  std::string receipt;
  std::string index;
  bool exhaustive = false;
  bool check = false;
  bool quiet = false;
};

std::string SameText(const burin_receipt_info& info, const burin_replay& replay, bool exhaustive) {
  std::string out = "same: " + std::string(replay.queries == 1 ? "1 query" : Number(replay.queries) + " queries") +
                    ", result " + info.hash + "\n";
  if (exhaustive) {
    out += "exhaustive: " + Counted(replay.scored, "record") + " scored, no record was missed\n";
  }
  if (info.version != std::string_view(burin_version_string())) {
    out += std::string("made by burin ") + Printable(info.version) + ", replayed by " + burin_version_string() + "\n";
  }
  return out;
}

// Of the state that the receipt is of, where the index is a registry.
Index OpenIndex(const std::string& path, const burin_receipt_info& info, bool check) {
  burin_index_options options = CheckedOptions(check);
  options.generation = info.generation;
  try {
    return Index(path, options);
  } catch (const Exception& exception) {
    if (exception.code() == BURIN_STATE) throw Failure(kCorrupt, exception.what());  // It was erased.
    throw FailureOf(exception, "");
  }
}

int ReplayReceipt(const ReplayOptions& options) {
  Receipt receipt = Receipt::Open(options.receipt);
  const burin_receipt_info info = receipt.info();
  const std::string path = options.index.empty() ? info.index_path : options.index;
  if (path.empty()) throw Failure(kUsage, "replay: the receipt names no index: expected --index");
  Paths("replay").Reads("RECEIPT", options.receipt).ReadsIndex("--index", path).Check();
  const Index index = OpenIndex(path, info, options.check);
  Progress progress(!options.quiet && options.exhaustive);
  burin_replay replay = BURIN_REPLAY_INIT;
  try {
    replay = receipt.Replay(index, options.exhaustive, [&](uint64_t done, uint64_t total) {
      progress.Report("replay", done, total, "record", done);
      return Interrupted() == 0;
    });
  } catch (const Exception& exception) {
    CheckInterrupt();
    throw FailureOf(exception, exception.code() == BURIN_BAD_INPUT ? "" : path);
  }
  Output output;
  output.Write(replay.same != 0 ? SameText(info, replay, options.exhaustive)
                                : "different: " + Printable(replay.difference) + "\n");
  output.Flush();
  return replay.same != 0 ? kDone : kNoHit;
}

constexpr char kFooter[] =
    "Makes every search of the receipt again, over the same index and channel, and compares the results byte for\n"
    "byte. --exhaustive proves besides that no record was missed: each record of the index is scored by a plain\n"
    "scorer that shares nothing with the search.\n\n"
    "Examples:\n"
    "  burin replay receipt.json\n"
    "  burin replay receipt.json --index /archive/marks-2026.burin --exhaustive\n\n"
    "Exit codes: 0 the same; 1 different, with the first member that differs; 2 usage; 3 no receipt, or one that was\n"
    "changed; 4 another index or channel, an erased state, a corrupt index; 5 missing; 130 interrupted.\n";

}  // namespace

void AddReplay(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("replay", "Make the searches of a receipt again and compare");
  auto options = std::make_shared<ReplayOptions>();
  command->add_option("RECEIPT", options->receipt, "What burin match --receipt wrote")->required();
  command->add_option("--index", options->index, "The index; default: where the receipt says that it was");
  command->add_flag("--exhaustive", options->exhaustive, "Score every record, and prove that none was missed");
  AddCheckOption(command, &options->check);
  command->add_flag("-q,--quiet", options->quiet, "Print no progress");
  command->footer(kFooter);
  command->callback([options, run] { *run = [options] { return ReplayReceipt(*options); }; });
}

}  // namespace burin::tool
