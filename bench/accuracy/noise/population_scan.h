// The likelihood of every serial of a population, exactly, or with a certificate of how much was left out.
//
// Serials are scanned in the order of length and text, and rows of the programme (likelihood.h) are shared by serials
// that begin alike. Where the bound on all serials behind a front is below a limit, they are skipped, and bound times
// their number is added to `missed`. If that is not small beside what was found, the limit is lowered and the scan
// done again; the last limit is 0, which skips nothing that has any likelihood. Most readings cost milliseconds for
// 100,000 serials.
#ifndef BURIN_BENCH_ACCURACY_NOISE_POPULATION_SCAN_H_
#define BURIN_BENCH_ACCURACY_NOISE_POPULATION_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/accuracy/noise/noise_model.h"

namespace burin::accuracy {

class PopulationScan {
 public:
  // Borrows the serials' text; serials[i] is record i. Any number of threads may then scan.
  explicit PopulationScan(std::vector<std::string_view> serials);

  struct Found {
    std::vector<std::pair<uint32_t, double>> likelihoods;  // Record and P(reading | serial) > 0, in order of serials.
    double sum = 0;                                        // Of these.
    double missed = 0;                                     // The sum over all others is at most this.
  };
  // missed is at most `relative_loss` times sum; 0: nothing is skipped unless its likelihood is 0.
  Found Scan(const NoiseModel& model, std::string_view reading, double relative_loss = 1e-4) const;

 private:
  Found ScanAbove(const NoiseModel& model, std::string_view reading, double limit) const;
  // The first serial after `at` that does not share `depth` symbols with it, or is of another length.
  size_t Skip(size_t at, size_t depth) const;

  std::vector<std::string_view> serials_;
  std::vector<uint32_t> order_;  // Records by length and text.
  std::vector<uint8_t> shared_;  // Symbols shared with the serial before in that order; kNewLength: other length.
};

}  // namespace burin::accuracy

#endif
