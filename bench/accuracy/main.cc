// burin_accuracy: damages serials of a registry, asks Burin and others whose they are, and reports how good the answers
// are. docs/accuracy.md says what is measured, bench/README.md how to read it.
#include <algorithm>
#include <burin/burin.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>

#include "bench/accuracy/baseline/jaro_winkler.h"
#include "bench/accuracy/baseline/osa.h"
#include "bench/accuracy/baseline/trigram.h"
#include "bench/accuracy/burin_ranker.h"
#include "bench/accuracy/column.h"
#include "bench/accuracy/noise/knower.h"
#include "bench/accuracy/options.h"
#include "bench/accuracy/rows.h"
#include "bench/accuracy/trials.h"

namespace burin::accuracy {
namespace {

// Of each row of confusion, what goes evenly to all symbols: so that nothing is impossible.
constexpr double kSpread = 0.2;

// The library takes no certainty for a prior.
constexpr double kSurely = 1 - 1e-9;

// Of what is drawn for training: other readings than those of the trials.
constexpr uint64_t kTrainingSeed = 0x7472616;

// `channel`: what Burin was taught, or none.
RankerFactory MakeRanker(const Options& options, const std::string& name, const Registry& registry,
                         const NoiseModel& model, const std::shared_ptr<const Channel>& channel, double prior_present) {
  if (name == "osa") return OsaRanker(registry);
  if (name == "jaro-winkler") return JaroWinklerRanker(registry);
  if (name == "trigram") return TrigramRanker(registry);
  if (name == "knower") return KnowerRanker(registry, model);
  BurinOptions burin = options.burin;
  burin.own_channel = channel;
  burin.prior_present = std::min(prior_present, kSurely);
  return BurinRanker(registry, burin);
}

void Progress(const Cell& cell, const std::string& what) {
  std::fprintf(stderr, "%s, %s: %s\n", cell.set.c_str(), cell.noise.c_str(), what.c_str());
}

class Bench {
 public:
  Bench(const Options& options, bench::Report* report) : options_(options), report_(report) {}

  // Readings drawn by a model: everything is measured.
  void RunModel(const Registry& registry, const NoiseModel& model) {
    const Cell cell = {registry.name, model.name + (options_.train ? ", trained" : ""), options_.seed};
    const size_t count = options_.readings;
    if (options_.train) {
      Progress(cell, "training");
      const auto taught = DrawTrials(registry, model, count, options_.seed + kTrainingSeed, Of::kFirstHalf);
      channel_ = TrainedChannel(registry, taught, options_.burin.channel, options_.threads);
    }
    const auto trials = DrawTrials(registry, model, count, options_.seed, options_.train ? Of::kSecondHalf : Of::kAll);
    AddDamage(cell, registry, trials, report_);
    std::vector<RankedBy> all, weighing;
    for (const std::string& name : options_.rankers) {
      Progress(cell, name);
      // Every true record is in the registry, and who can be told so is.
      const RankerFactory make = MakeRanker(options_, name, registry, model, channel_, 1);
      all.push_back({name, RunTrials(make, registry, trials, true, options_.threads)});
      if (make()->weighs()) weighing.push_back(all.back());
    }
    AddRankings(cell, all, report_);
    if (weighing.empty()) return;
    AddEvidence(cell, weighing, report_);
    if (options_.open_share > 0)
      RunOpen(cell, WithRemoved(registry, options_.open_share, options_.seed), model, trials);
  }

  // Real readings, which nobody knows the making of: rankings alone.
  void RunPairs(Registry registry) {
    const std::vector<Pair> pairs = ReadPairs(options_.data + "/correction_pairs.csv");
    const std::vector<uint32_t> truths = AddRight(pairs, &registry);
    const Cell cell = {registry.name, "pairs", options_.seed};
    std::vector<Trial> trials;
    for (size_t i = 0; i < pairs.size(); ++i) trials.push_back({pairs[i].wrong, truths[i]});
    AddDamage(cell, registry, trials, report_);
    std::vector<RankedBy> all;
    for (const std::string& name : options_.rankers) {
      if (name == "knower") continue;
      Progress(cell, name);
      const RankerFactory make = MakeRanker(options_, name, registry, {}, nullptr, 1);
      all.push_back({name, RunTrials(make, registry, trials, true, options_.threads)});
    }
    AddRankings(cell, all, report_);
  }

 private:
  void RunOpen(const Cell& cell, const Registry& open, const NoiseModel& model, const std::vector<Trial>& trials) {
    std::vector<RankedBy> weighing;
    for (const std::string& name : options_.rankers) {
      if (name != "burin" && name != "knower") continue;
      const RankerFactory make = MakeRanker(options_, name, open, model, channel_, 1 - options_.open_share);
      if (!make()->weighs()) continue;
      Progress(cell, name + ", open set");
      weighing.push_back({name, RunTrials(make, open, trials, false, options_.threads)});
    }
    AddOpenSet(cell, weighing, 1 - options_.open_share, report_);
  }

  const Options& options_;
  bench::Report* report_;
  std::shared_ptr<const Channel> channel_;  // Trained for the noise at hand.
};

void Run(const Options& options) {
  bench::Report report(options.ndjson ? bench::Report::Format::kNdjson : bench::Report::Format::kTable);
  const Registry registry =
      options.makers > 0 ? MakerRegistry(options.makers) : ReadColumn(options.csv, options.column);
  AddRegistry(registry, &report);
  Bench bench(options, &report);
  for (const std::string& noise : options.noises) {
    if (noise == "pairs") {
      bench.RunPairs(registry);
    } else if (noise == "channel") {
      bench.RunModel(registry, ChannelModel(options.rates));
    } else {
      Confusion confusion{};
      std::string error;
      if (!ReadConfusion(options.data + "/emnist_confusion_counts.csv", kSpread, &confusion, &error)) {
        throw Exception(BURIN_IO, error, BURIN_NO_POSITION);
      }
      bench.RunModel(registry, DeskModel(confusion));
    }
    report.Flush();
  }
}

}  // namespace
}  // namespace burin::accuracy

int main(int argc, char** argv) {
  burin::accuracy::Options options;
  options.data = BURIN_ACCURACY_DATA;
  if (!burin::accuracy::ParseOptions(argc, argv, &options)) {
    std::fputs(burin::accuracy::kUsage, stderr);
    return 2;
  }
  try {
    burin::accuracy::Run(options);
  } catch (const burin::Exception& exception) {
    std::fprintf(stderr, "burin_accuracy: %s\n", exception.what());
    return exception.code() == BURIN_IO ? 5 : 3;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "burin_accuracy: %s\n", exception.what());
    return 3;
  }
  return 0;
}
