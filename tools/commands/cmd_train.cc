// burin train: pairs of readings and marks in, a channel out.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/mapping.h"
#include "tools/io/numbers.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/io/pending_file.h"
#include "tools/io/progress.h"
#include "tools/io/table_input.h"
#include "tools/match/match_options.h"

namespace burin::tool {
namespace {

struct TrainOptions {
  std::vector<std::string> inputs;
  std::string output;
  std::vector<std::string> maps;
  TableInput table;
  std::string parent = "typed";
  double weight = BURIN_DEFAULT_TRAINING_WEIGHT;
  uint32_t folds = BURIN_DEFAULT_FOLDS;
  bool patterns = false;
  bool errors_only = false;
  std::string name;
  std::string date;
  std::string rejects;
  std::string pairs_out;
  uint32_t threads = 1;
  bool quiet = false;
  bool no_progress = false;
};

constexpr char kFooter[] =
    "Two columns make a pair: `read` and `true`, a reading and its mark; or `read` and `again`, two readings of one "
    "mark\n"
    "whose truth nobody knows. `weight`, a column of numbers above 0, counts a pair as so many. Without --map, "
    "columns\n"
    "with these headers are used. Pairs must be what happened, right readings among them in their proportion; of pairs "
    "that\n"
    "were picked because they are wrong, say --errors-only. docs/training.md says what is learnt and from how many.\n"
    "\n"
    "Examples:\n"
    "  burin train pairs.csv --map read=keyed,true=serial -o clerk.json\n"
    "  burin train twice.csv --map read=first,again=second --parent transcribed -o twice.json --pairs-out judged.csv\n"
    "  burin match marks.burin 'A1?84*' --channel clerk.json\n"
    "\n"
    "Exit codes: 0 done; 2 usage; 3 rejected rows without --rejects, or a parent that is no channel; 5 the system;\n"
    "130 interrupted: nothing is written then.\n";

struct TrainingProgress {
  Progress* progress;
  uint64_t iterations = 0;
};

int32_t OnTraining(void* user, uint32_t training, uint32_t trainings, uint32_t, double) {
  auto* shown = static_cast<TrainingProgress*>(user);
  shown->progress->Report("training", training, trainings, "iteration", ++shown->iterations);
  return Interrupted();
}

// The output's name without its ending, of characters that names of channels have.
std::string NameOf(const TrainOptions& options) {
  if (!options.name.empty()) return options.name;
  if (options.output == "-") return "trained";
  std::string name;
  for (const char c : std::filesystem::path(options.output).stem().string().substr(0, 64)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    name += plain ? c : '_';
  }
  return name.empty() ? "trained" : name;
}

// The names of the inputs, without their folders: those are this machine's.
std::string SetOf(const TrainOptions& options) {
  std::string set;
  for (const std::string& input : options.inputs) {
    set += (set.empty() ? "" : ", ") +
           (input == "-" ? "standard input" : std::filesystem::path(input).filename().string());
  }
  return set;
}

std::string Fixed(double number, int decimals) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", decimals, number);
  return text;
}

void AddPairs(const TrainOptions& options, Progress* progress, Trainer* trainer) {
  std::vector<MappedColumn> mapped;
  for (const std::string& map : options.maps) {
    const auto more = ParseMap("--map", map);
    mapped.insert(mapped.end(), more.begin(), more.end());
  }
  const auto columns = ColumnsOf(mapped);
  for (const std::string& input : options.inputs) {
    Table table = OpenTable(input, options.table);
    TableProgress shown(input, progress);
    burin_mapping mapping = BURIN_MAPPING_INIT;
    mapping.columns = columns.data();
    mapping.column_count = columns.size();
    shown.Watch(&mapping);
    trainer->AddTable(table, mapping);
  }
}

// Without --map nobody said which of the two it is: the header does.
bool TruthUnknown(const TrainOptions& options) {
  for (const std::string& map : options.maps) {
    for (const MappedColumn& column : ParseMap("--map", map)) {
      if (column.name == "again") return true;
    }
  }
  if (!options.maps.empty() || options.inputs[0] == "-") return false;
  const Table table = OpenTable(options.inputs[0], options.table);
  bool again = false;
  for (const std::string_view column : table.columns()) {
    if (column == "true") return false;
    again = again || column == "again";
  }
  return again;
}

void Print(const TrainOptions& options, const Channel& channel, const burin_training_report& report) {
  const burin_channel_info info = channel.info();
  std::string out = options.output + ": " + info.name + ", trained from " + info.parent + " on " +
                    Counted(report.pairs, "pair") + ", " + Counted(report.iterations, "iteration") + "\n";
  out += "  hash: " + std::string(info.hash) + "\n";
  const auto line = [&](const std::string& what, double trained, double parent, double weight) {
    if (!(weight > 0)) return;
    out += "  ln likelihood a pair, " + what + ": " + Fixed(trained / weight, 4) + "; of " + info.parent + ": " +
           Fixed(parent / weight, 4) + "\n";
  };
  line("of all that taught it", report.log_likelihood, report.parent_log_likelihood, report.weight);
  line("held out in " + Number(options.folds) + " parts", report.held_out_log_likelihood,
       report.held_out_parent_log_likelihood, report.held_out_weight);
  out += "  pairs that have nothing to do with each other: " + Fixed(100 * report.outliers, 2) + " %" +
         (options.pairs_out.empty() ? "" : ", by pair in " + options.pairs_out) + "\n";
  out += "  rejected rows: " + Number(report.rejected) + (report.rejected > 0 ? ", listed in " + options.rejects : "") +
         "\n";
  out += "  validated_by: nothing; a channel's own pairs are no trial of it\n";
  Output output;
  output.Write(out);
  output.Flush();
}

// What it writes: all of it gets its name at the end, or none.
struct TrainFiles {
  explicit TrainFiles(const TrainOptions& options)
      : channel(options.output == "-" ? "" : options.output), rejects(options.rejects), pairs(options.pairs_out) {}
  void Commit() {
    PointOfNoReturn end;
    rejects.Commit();
    pairs.Commit();
    channel.Commit();
    end.Passed();
  }
  std::string Told(std::string_view message) const { return channel.Told(rejects.Told(pairs.Told(message))); }

  PendingFile channel, rejects, pairs;
};

void TrainAll(const TrainOptions& options, const TrainFiles* files, Progress* progress) {
  const Channel parent =
      IsChannelFile(options.parent) ? Channel::OpenFile(options.parent) : Channel::Find(options.parent);
  const std::string name = NameOf(options), set = SetOf(options);
  TrainingProgress shown = {progress};
  burin_trainer_options given = BURIN_TRAINER_OPTIONS_INIT;
  given.kind = options.errors_only     ? BURIN_PAIRS_ERRORS
               : TruthUnknown(options) ? BURIN_PAIRS_READINGS
                                       : BURIN_PAIRS_ALL;
  given.patterns = options.patterns ? 1 : 0;
  given.folds = options.folds;
  given.parent = parent.get();
  given.weight = options.weight;
  given.name = name.c_str();
  given.set = set.c_str();
  given.date = options.date.empty() ? nullptr : options.date.c_str();
  given.rejects_path = options.rejects.empty() ? nullptr : files->rejects.place().c_str();
  given.on_progress = OnTraining;
  given.progress_user = &shown;
  given.threads = options.threads;
  Trainer trainer(given);
  AddPairs(options, progress, &trainer);
  CheckInterrupt();
  burin_training_report report = BURIN_TRAINING_REPORT_INIT;
  const Channel channel = trainer.Run(&report);
  CheckInterrupt();
  if (!options.pairs_out.empty()) trainer.WritePairs(files->pairs.place());
  progress->Clear();
  for (const std::string_view note : trainer.notes()) PrintError("note: " + std::string(note));
  if (options.output == "-") {
    Output output;
    output.Write(channel.source());
    output.Flush();
  } else {
    channel.Write(files->channel.place());
    if (!options.quiet) Print(options, channel, report);
  }
}

void CheckPaths(const TrainOptions& options) {
  Paths("train")
      .Reads("IN", options.inputs)
      .Reads("--parent", IsChannelFile(options.parent) ? options.parent : "")
      .WritesText("--output", options.output)
      .Writes("--rejects", options.rejects)
      .Writes("--pairs-out", options.pairs_out)
      .Check();
}

int Train(const TrainOptions& options) {
  CheckInputs("train", options.inputs);
  CheckPaths(options);
  TrainFiles files(options);
  Progress progress(!options.quiet && !options.no_progress);
  try {
    TrainAll(options, &files, &progress);
    files.Commit();
  } catch (const Exception& exception) {
    progress.Clear();
    const Failure failure = FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? "train" : "");
    throw Failure(failure.code(), files.Told(failure.what()));
  }
  return kDone;
}

void AddPairOptions(CLI::App* command, TrainOptions* options) {
  command->add_option("IN", options->inputs, "CSV or TSV files of pairs; - is standard input")->required();
  command->add_option("-o,--output", options->output, "The channel to write; - is standard output")->required();
  command->add_option("--map", options->maps, "NAME=COLUMN,...: which column is read, true or again, weight")
      ->allow_extra_args(false);
  command->add_flag("--patterns", options->patterns, "Readings are patterns as for match: ? [38] 8~ ...");
  command->add_flag("--errors-only", options->errors_only,
                    "Pairs are those that were found wrong: learns what errors are, and little about how many");
  command->add_option("--rejects", options->rejects, "Write rows that are no pairs to this CSV file and go on");
  command->add_option("--pairs-out", options->pairs_out,
                      "Write all pairs to this CSV file, each with the probability that its sides are related");
  AddTableOptions(command, &options->table);
}

}  // namespace

void AddTrain(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("train", "Learn a channel from readings whose truth is known, or read twice");
  auto options = std::make_shared<TrainOptions>();
  AddPairOptions(command, options.get());
  command->add_option("--parent", options->parent,
                      "The channel to begin with and to be smoothed towards: a name, or a file (typed)");
  command->add_option("--weight", options->weight, "What the parent's word weighs (2)")->check(Between(1e-9, 1e9));
  command->add_option("--folds", options->folds, "Parts held out in turn, to judge what was learnt (5); 1: none")
      ->check(CLI::Range(1, 100));
  command->add_option("--name", options->name, "The channel's name; default: that of the output without its ending");
  command->add_option("--date", options->date, "A date for the channel's provenance; no clock is read");
  command->add_option("--threads", options->threads, "Threads; the channel does not depend on it")
      ->check(CLI::Range(1, BURIN_MAX_THREADS));
  command->add_flag("-q,--quiet", options->quiet, "Print neither progress nor figures");
  command->add_flag("--no-progress", options->no_progress, "Print no progress");
  command->footer(kFooter);
  command->callback([options, run] { *run = [options] { return Train(*options); }; });
}

}  // namespace burin::tool
