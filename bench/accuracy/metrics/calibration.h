// Whether posteriors mean what they say: of answers given with p, a share p must be right.
//
// Answers are sorted into bins by posterior. The expected calibration error (ECE) is the mean, over answers, of the
// distance between the mean posterior and the share of right answers of their bin. With finitely many answers it is
// above zero even for perfect posteriors; PerfectEce says by how much, by drawing each answer right with exactly its
// posterior, again and again, from a seed.
#ifndef BURIN_BENCH_ACCURACY_METRICS_CALIBRATION_H_
#define BURIN_BENCH_ACCURACY_METRICS_CALIBRATION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace burin::accuracy {

struct Judged {
  double posterior = 0;  // 0 to 1.
  bool right = false;
};

// Lower edges of the bins. Fine at the upper end, where answers are relied on.
inline constexpr double kBinEdges[] = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99, .999};

struct CalibrationBin {
  double low = 0;  // Posteriors from here to the next bin's; the last one ends with 1.
  size_t answers = 0, right = 0;
  double mean_posterior = 0;
};
// One for each edge, empty ones too.
std::vector<CalibrationBin> CalibrationTable(std::span<const Judged> answers);

// 0 for no answers.
double Ece(std::span<const Judged> answers);

// The ECE of perfectly calibrated answers with these posteriors: the mean of `rounds` drawings, and their 97.5 %
// quantile. Costs rounds times answers.
struct EceOfPerfection {
  double mean = 0, high = 0;
};
EceOfPerfection PerfectEce(std::span<const Judged> answers, uint64_t seed, size_t rounds = 200);

// Answers with a posterior above `limit`, and those of them that are wrong.
struct Confident {
  size_t answers = 0, wrong = 0;
};
Confident CountConfident(std::span<const Judged> answers, double limit);

}  // namespace burin::accuracy

#endif
