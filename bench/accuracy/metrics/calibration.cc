#include "bench/accuracy/metrics/calibration.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "bench/accuracy/metrics/interval.h"
#include "bench/accuracy/random.h"

namespace burin::accuracy {

std::vector<CalibrationBin> CalibrationTable(std::span<const Judged> answers) {
  std::vector<CalibrationBin> bins(std::size(kBinEdges));
  for (size_t i = 0; i < bins.size(); ++i) bins[i].low = kBinEdges[i];
  for (const Judged& answer : answers) {
    const auto above = std::upper_bound(std::begin(kBinEdges), std::end(kBinEdges), answer.posterior);
    CalibrationBin& bin = bins[static_cast<size_t>(std::max<std::ptrdiff_t>(1, above - std::begin(kBinEdges)) - 1)];
    ++bin.answers;
    bin.right += answer.right;
    bin.mean_posterior += answer.posterior;
  }
  for (CalibrationBin& bin : bins) {
    if (bin.answers > 0) bin.mean_posterior /= static_cast<double>(bin.answers);
  }
  return bins;
}

double Ece(std::span<const Judged> answers) {
  double error = 0;
  for (const CalibrationBin& bin : CalibrationTable(answers)) {
    error += std::fabs(bin.mean_posterior * static_cast<double>(bin.answers) - static_cast<double>(bin.right));
  }
  return answers.empty() ? 0 : error / static_cast<double>(answers.size());
}

EceOfPerfection PerfectEce(std::span<const Judged> answers, uint64_t seed, size_t rounds) {
  std::vector<Judged> drawn(answers.begin(), answers.end());
  std::vector<double> errors;
  Random random(seed);
  EceOfPerfection perfection;
  for (size_t round = 0; round < rounds; ++round) {
    for (Judged& answer : drawn) answer.right = random.Unit() < answer.posterior;
    errors.push_back(Ece(drawn));
    perfection.mean += errors.back() / static_cast<double>(rounds);
  }
  if (!errors.empty()) perfection.high = Quantiles(errors, std::vector<double>{0.975})[0];
  return perfection;
}

Confident CountConfident(std::span<const Judged> answers, double limit) {
  Confident confident;
  for (const Judged& answer : answers) {
    if (answer.posterior <= limit) continue;
    ++confident.answers;
    confident.wrong += !answer.right;
  }
  return confident;
}

}  // namespace burin::accuracy
