#include "bench/accuracy/trials.h"

#include <atomic>
#include <exception>
#include <thread>

#include "bench/accuracy/noise/damage.h"

namespace burin::accuracy {
namespace {

void Weigh(AnsweringRanker& ranker, const Trial& trial, bool remove_true, Outcome* outcome) {
  const Answer answer = ranker.Ask(trial.reading, {});
  outcome->complete = answer.complete;
  outcome->place = AnsweringRanker::PlaceIn(answer, trial.truth);
  outcome->not_in_registry = answer.not_in_registry;
  for (const Candidate& candidate : answer.candidates) {
    if (candidate.record != trial.truth) continue;
    outcome->lr_true = candidate.log10_lr;
    outcome->posterior_true = candidate.posterior;
    break;
  }
  if (!answer.candidates.empty()) {
    outcome->best_posterior = answer.candidates[0].posterior;
    outcome->best_is_right = answer.candidates[0].record == trial.truth;
  }
  if (!remove_true) return;
  const Answer without = ranker.Ask(trial.reading, trial.truth);
  for (const Candidate& candidate : without.candidates) {
    if (!outcome->lr_wrong || candidate.log10_lr > *outcome->lr_wrong) outcome->lr_wrong = candidate.log10_lr;
  }
}

Outcome RunOne(Ranker& ranker, const Registry& registry, const Trial& trial, bool remove_true) {
  Outcome outcome;
  outcome.present = registry.shown(trial.truth);
  if (ranker.weighs()) {
    Weigh(dynamic_cast<AnsweringRanker&>(ranker), trial, remove_true, &outcome);
  } else if (outcome.present) {
    outcome.place = ranker.Place(trial.reading, trial.truth);
  }
  return outcome;
}

}  // namespace

std::vector<Trial> DrawTrials(const Registry& registry, const NoiseModel& model, size_t count, uint64_t seed, Of of) {
  std::vector<Trial> trials;
  const size_t step = of == Of::kAll ? 1 : 2, first = of == Of::kSecondHalf ? 1 : 0;
  const size_t records = (registry.serials.size() + step - 1 - first) / step;
  for (size_t i = 0; i < count && records > 0; ++i) {
    Random random = Random::Stream(seed, i);
    const auto truth = static_cast<uint32_t>(first + step * random.Below(records));
    trials.push_back({DrawReading(model, registry.serials[truth], &random), truth});
  }
  return trials;
}

std::vector<Outcome> RunTrials(const RankerFactory& make, const Registry& registry, const std::vector<Trial>& trials,
                               bool remove_true, size_t threads) {
  std::vector<Outcome> outcomes(trials.size());
  std::vector<std::exception_ptr> failures(threads);
  std::atomic<size_t> next = 0;
  const auto work = [&](size_t thread) {
    try {
      const std::unique_ptr<Ranker> ranker = make();
      for (size_t i = next++; i < trials.size(); i = next++) {
        outcomes[i] = RunOne(*ranker, registry, trials[i], remove_true);
      }
    } catch (...) {
      failures[thread] = std::current_exception();
      next = trials.size();
    }
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < threads; ++i) others.emplace_back(work, i);
  work(0);
  for (std::thread& other : others) other.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return outcomes;
}

}  // namespace burin::accuracy
