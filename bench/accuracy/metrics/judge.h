// What answers to readings are worth: outcomes of single readings in, figures out.
#ifndef BURIN_BENCH_ACCURACY_METRICS_JUDGE_H_
#define BURIN_BENCH_ACCURACY_METRICS_JUDGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "bench/accuracy/metrics/calibration.h"
#include "bench/accuracy/metrics/likelihood_ratio.h"
#include "bench/accuracy/metrics/placement.h"

namespace burin::accuracy {

// A record that an answer does not list is held to have this: excluded, but not for certain.
inline constexpr double kUnlistedLog10Lr = -2;

// What came of one reading.
struct Outcome {
  Placement place;
  bool present = true;  // Whether the true record was shown at all.
  bool complete = true;
  // Of rankers that weigh. `lr_true` is empty where the true record is not listed; `lr_wrong` is that of the best
  // candidate once the true record is removed, empty where nothing is listed then.
  std::optional<double> lr_true, lr_wrong, posterior_true;
  std::optional<double> best_posterior;  // Of the first candidate; empty: none.
  bool best_is_right = false;
  double not_in_registry = 0;
};

// Likelihood ratios, of outcomes whose true records are all present.
struct LrFigures {
  LrTrials trials;
  size_t excluded = 0;  // True records with log10 LR below 0, unlisted ones included.
  size_t unlisted = 0;
};
LrFigures JudgeLrs(std::span<const Outcome> outcomes);

// First candidates with their posteriors, right or wrong; readings without one are left out.
std::vector<Judged> FirstCandidates(std::span<const Outcome> outcomes);
// not_in_registry, right where the true record was not present.
std::vector<Judged> Absences(std::span<const Outcome> outcomes);

// Of readings whose true record is absent: those whose first candidate has a posterior above a limit.
struct FalseAlarms {
  size_t absent = 0, above_half = 0, above_99 = 0;
};
FalseAlarms CountFalseAlarms(std::span<const Outcome> outcomes);

// What posteriors say for "it is this record" against "it is none of the registry", as log10 LR: posterior odds over
// prior odds of being present. Of the true record where it is present, of the first candidate where it is not. Unlike
// log10_lr it takes account of how many records the first candidate is the best of. Cut at +-kMostLog10Odds.
inline constexpr double kMostLog10Odds = 12;
LrTrials RecordOdds(std::span<const Outcome> outcomes, double prior_present);
// The same for "it is any record of the registry": of the sum of all records' posteriors.
LrTrials PresenceOdds(std::span<const Outcome> outcomes, double prior_present);

}  // namespace burin::accuracy

#endif
