// How sure a share is: Wilson's score interval, and quantiles of a sample.
//
// Wilson (1927): the shares p for which |hits/n - p| is at most z standard errors of a share p. It stays in 0..1 and
// keeps close to its level where hits are few, unlike the interval around hits/n. Here `hits` may be a fraction,
// because recall under ties is a mean.
#ifndef BURIN_BENCH_ACCURACY_METRICS_INTERVAL_H_
#define BURIN_BENCH_ACCURACY_METRICS_INTERVAL_H_

#include <span>
#include <vector>

namespace burin::accuracy {

inline constexpr double kZ95 = 1.959963984540054;  // 95 % two-sided, of the normal distribution.

struct Interval {
  double low = 0, high = 1;
};
// Of hits in n trials; n = 0: 0 to 1.
Interval Wilson(double hits, double n, double z = kZ95);

// The smallest value that at least the share q (0 to 1) of the values does not exceed, for each q. No values: nothing.
std::vector<double> Quantiles(std::vector<double> values, std::span<const double> shares);

}  // namespace burin::accuracy

#endif
