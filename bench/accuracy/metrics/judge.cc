#include "bench/accuracy/metrics/judge.h"

#include <algorithm>
#include <cmath>

namespace burin::accuracy {
namespace {

double Log10Lr(double posterior, double absent, double prior_present) {
  const double prior = std::log10(prior_present / (1 - prior_present));
  if (posterior <= 0) return -kMostLog10Odds;
  if (absent <= 0) return kMostLog10Odds;
  return std::clamp(std::log10(posterior / absent) - prior, -kMostLog10Odds, kMostLog10Odds);
}

}  // namespace

LrFigures JudgeLrs(std::span<const Outcome> outcomes) {
  LrFigures figures;
  for (const Outcome& outcome : outcomes) {
    const double lr = outcome.lr_true.value_or(kUnlistedLog10Lr);
    figures.trials.same.push_back(lr);
    figures.trials.different.push_back(outcome.lr_wrong.value_or(kUnlistedLog10Lr));
    figures.excluded += lr < 0;
    figures.unlisted += !outcome.lr_true.has_value();
  }
  return figures;
}

std::vector<Judged> FirstCandidates(std::span<const Outcome> outcomes) {
  std::vector<Judged> judged;
  for (const Outcome& outcome : outcomes) {
    if (outcome.best_posterior) judged.push_back({*outcome.best_posterior, outcome.best_is_right});
  }
  return judged;
}

std::vector<Judged> Absences(std::span<const Outcome> outcomes) {
  std::vector<Judged> judged;
  for (const Outcome& outcome : outcomes) judged.push_back({outcome.not_in_registry, !outcome.present});
  return judged;
}

FalseAlarms CountFalseAlarms(std::span<const Outcome> outcomes) {
  FalseAlarms alarms;
  for (const Outcome& outcome : outcomes) {
    if (outcome.present) continue;
    ++alarms.absent;
    alarms.above_half += outcome.best_posterior.value_or(0) > 0.5;
    alarms.above_99 += outcome.best_posterior.value_or(0) > 0.99;
  }
  return alarms;
}

LrTrials RecordOdds(std::span<const Outcome> outcomes, double prior_present) {
  LrTrials trials;
  for (const Outcome& outcome : outcomes) {
    const auto posterior = outcome.present ? outcome.posterior_true : outcome.best_posterior;
    const double lr = posterior ? Log10Lr(*posterior, outcome.not_in_registry, prior_present) : kUnlistedLog10Lr;
    (outcome.present ? trials.same : trials.different).push_back(lr);
  }
  return trials;
}

LrTrials PresenceOdds(std::span<const Outcome> outcomes, double prior_present) {
  LrTrials trials;
  for (const Outcome& outcome : outcomes) {
    const double lr = Log10Lr(1 - outcome.not_in_registry, outcome.not_in_registry, prior_present);
    (outcome.present ? trials.same : trials.different).push_back(lr);
  }
  return trials;
}

}  // namespace burin::accuracy
