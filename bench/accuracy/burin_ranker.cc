#include "bench/accuracy/burin_ranker.h"

#include <unistd.h>

#include <charconv>
#include <filesystem>

namespace burin::accuracy {
namespace {

// Of each record: its number in the registry, as its key and, to hide it by a condition, as an attribute.
constexpr const char* kNumber = "number";

std::shared_ptr<const Index> BuildIndex(const Registry& registry) {
  const auto path = std::filesystem::temp_directory_path() / ("burin_accuracy_" + std::to_string(getpid()) + ".burin");
  Builder builder;
  builder.AddAttribute(kNumber, BURIN_ATTRIBUTE_INTEGER);
  for (uint32_t i = 0; i < registry.serials.size(); ++i) {
    const std::string number = std::to_string(i);
    if (registry.shown(i)) builder.AddRow(number, "accuracy", registry.serials[i], {number});
  }
  builder.Write(path.string());
  auto index = std::make_shared<const Index>(path.string());
  std::filesystem::remove(path);
  return index;
}

uint32_t RecordOf(std::string_view key) {
  uint32_t record = 0;
  std::from_chars(key.data(), key.data() + key.size(), record);
  return record;
}

class BurinAnswers final : public AnsweringRanker {
 public:
  BurinAnswers(std::shared_ptr<const Index> index, const BurinOptions& options)
      : options_(options), index_(std::move(index)), searcher_(*index_) {}
  std::string_view name() const override { return "burin"; }
  bool weighs() const override { return true; }

  Answer Ask(std::string_view reading, std::optional<uint32_t> hidden) override {
    Search search;
    if (options_.own_channel == nullptr) search.channel = options_.channel;
    search.own_channel = options_.own_channel;
    search.top = options_.top;
    search.evidence = true;
    search.prior_present = options_.prior_present;
    if (hidden) search.where = {std::string(kNumber) + "!=" + std::to_string(*hidden)};
    Result result = searcher_.Find(Reading(reading), search);
    Answer answer;
    answer.complete = result.complete();
    answer.not_in_registry = EvidenceOf(result).not_in_registry;
    const auto weights = WeightsOf(result);
    for (size_t i = 0; i < weights.size(); ++i) {
      answer.candidates.push_back({RecordOf(result.key(i)), weights[i].log10_lr, weights[i].posterior});
    }
    return answer;
  }

 private:
  BurinOptions options_;
  std::shared_ptr<const Index> index_;
  Searcher searcher_;
};

}  // namespace

std::shared_ptr<const Channel> TrainedChannel(const Registry& registry, const std::vector<Trial>& trials,
                                              const std::string& parent, size_t threads) {
  const Channel begin = Channel::Find(parent);
  burin_trainer_options options = BURIN_TRAINER_OPTIONS_INIT;
  options.parent = begin.get();
  options.patterns = 1;
  options.folds = 1;
  options.threads = static_cast<uint32_t>(threads);
  Trainer trainer(options);
  for (const Trial& trial : trials) trainer.AddPair(trial.reading, registry.serials[trial.truth]);
  return std::make_shared<const Channel>(trainer.Run());
}

RankerFactory BurinRanker(const Registry& registry, const BurinOptions& options) {
  return [index = BuildIndex(registry), options] { return std::make_unique<BurinAnswers>(index, options); };
}

}  // namespace burin::accuracy
