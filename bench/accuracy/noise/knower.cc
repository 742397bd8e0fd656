#include "bench/accuracy/noise/knower.h"

#include <algorithm>
#include <cmath>

#include "bench/accuracy/noise/population_scan.h"

namespace burin::accuracy {
namespace {

class Knower final : public AnsweringRanker {
 public:
  Knower(const Registry& registry, const NoiseModel& model, std::shared_ptr<const PopulationScan> scan)
      : registry_(registry), model_(model), scan_(std::move(scan)) {}
  std::string_view name() const override { return "knower"; }
  bool weighs() const override { return true; }

  Answer Ask(std::string_view reading, std::optional<uint32_t> hidden) override {
    // A reading is often asked twice in a row, with and without its true record.
    if (reading != reading_) found_ = scan_->Scan(model_, reading_ = reading);
    double sum = found_.missed, removed = 0;
    Answer answer;
    for (const auto& [record, likelihood] : found_.likelihoods) {
      if (hidden == record) continue;
      sum += likelihood;
      if (registry_.shown(record)) {
        answer.candidates.push_back({record, 0, likelihood});
      } else {
        removed += likelihood;
      }
    }
    std::sort(answer.candidates.begin(), answer.candidates.end(), [](const Candidate& a, const Candidate& b) {
      return a.posterior != b.posterior ? a.posterior > b.posterior : a.record < b.record;
    });
    const double others = static_cast<double>(registry_.serials.size() - 1 - (hidden ? 1 : 0));
    for (Candidate& candidate : answer.candidates) {
      const double likelihood = candidate.posterior;
      const double lr = std::log10(likelihood) - std::log10(std::max(sum - likelihood, 1e-300) / others);
      candidate.log10_lr = std::clamp(lr, -kMostLog10Lr, kMostLog10Lr);
      candidate.posterior = likelihood / sum;
    }
    answer.not_in_registry = sum > 0 ? removed / sum : 0;
    return answer;
  }

 private:
  const Registry& registry_;
  const NoiseModel& model_;
  std::shared_ptr<const PopulationScan> scan_;
  std::string reading_;
  PopulationScan::Found found_;
};

}  // namespace

RankerFactory KnowerRanker(const Registry& registry, const NoiseModel& model) {
  auto scan = std::make_shared<const PopulationScan>(
      std::vector<std::string_view>(registry.serials.begin(), registry.serials.end()));
  return [&registry, &model, scan] { return std::make_unique<Knower>(registry, model, scan); };
}

}  // namespace burin::accuracy
