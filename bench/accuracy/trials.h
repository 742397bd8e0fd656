// Readings with known truth, and what rankers make of them.
#ifndef BURIN_BENCH_ACCURACY_TRIALS_H_
#define BURIN_BENCH_ACCURACY_TRIALS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/accuracy/metrics/judge.h"
#include "bench/accuracy/noise/noise_model.h"
#include "bench/accuracy/ranker.h"

namespace burin::accuracy {

struct Trial {
  std::string reading;
  uint32_t truth = 0;
};

// Which records readings are drawn of: every second one is in each half.
enum class Of { kAll, kFirstHalf, kSecondHalf };

// Each of a record drawn evenly from these, removed ones included. The first n of more are the same.
std::vector<Trial> DrawTrials(const Registry& registry, const NoiseModel& model, size_t count, uint64_t seed,
                              Of of = Of::kAll);

// Outcomes in the order of trials, the same for any number of threads (at least 1, the calling one among them). What
// a ranker throws is thrown here. `remove_true`: weighing rankers are asked again with the true record hidden.
std::vector<Outcome> RunTrials(const RankerFactory& make, const Registry& registry, const std::vector<Trial>& trials,
                               bool remove_true, size_t threads);

}  // namespace burin::accuracy

#endif
