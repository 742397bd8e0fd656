#include "bench/accuracy/burin_ranker.h"

#include <unistd.h>

#include <burin/burin.hpp>
#include <charconv>
#include <cmath>
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

// A stand-in for evidence, until the library answers with it: shares of exp(-cost) among the candidates, which leave
// out how crowded the registry is and what is not in it. Good for nothing but the order, so weighs() is false.
void StandInPosteriors(const std::vector<double>& nats, Answer* answer) {
  double sum = 0;
  for (const double cost : nats) sum += std::exp(nats[0] - cost);
  for (size_t i = 0; i < nats.size(); ++i) answer->candidates[i].posterior = std::exp(nats[0] - nats[i]) / sum;
}

class BurinAnswers final : public AnsweringRanker {
 public:
  BurinAnswers(std::shared_ptr<const Index> index, const BurinOptions& options)
      : options_(options), index_(std::move(index)), searcher_(*index_) {}
  std::string_view name() const override { return "burin"; }
  bool weighs() const override { return false; }

  Answer Ask(std::string_view reading, std::optional<uint32_t> hidden) override {
    Search search;
    search.channel = options_.channel;
    search.top = options_.top;
    if (hidden) search.where = {std::string(kNumber) + "!=" + std::to_string(*hidden)};
    Result result = searcher_.Find(Reading(reading), search);
    Answer answer;
    answer.complete = result.complete();
    std::vector<double> nats;
    for (size_t i = 0; i < result.matches().size(); ++i) {
      answer.candidates.push_back({RecordOf(result.key(i)), 0, 0});
      nats.push_back(static_cast<double>(result.matches()[i].cost) / BURIN_COSTS_PER_NAT);
    }
    StandInPosteriors(nats, &answer);
    return answer;
  }

 private:
  BurinOptions options_;
  std::shared_ptr<const Index> index_;
  Searcher searcher_;
};

}  // namespace

RankerFactory BurinRanker(const Registry& registry, const BurinOptions& options) {
  return [index = BuildIndex(registry), options] { return std::make_unique<BurinAnswers>(index, options); };
}

}  // namespace burin::accuracy
