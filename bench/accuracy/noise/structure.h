// What a noise model's step of structure leaves of a serial, and how likely: the one place that says so, for drawing
// and for likelihood.
#ifndef BURIN_BENCH_ACCURACY_NOISE_STRUCTURE_H_
#define BURIN_BENCH_ACCURACY_NOISE_STRUCTURE_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "bench/accuracy/noise/noise_model.h"

namespace burin::accuracy {

// Symbols begin .. end - 1 are left, with this probability. A part begins at 0 or ends with the serial.
struct Part {
  size_t begin = 0, end = 0;
  double weight = 0;
};

// That `count` symbols are lost of one end of a serial of `size` symbols, given that some are.
double LossWeight(const NoiseModel& model, size_t size, size_t count);
// That front symbols are lost such that the part begins at `begin` > 0. Looks at serial[0 .. begin] only.
double BeginWeight(const NoiseModel& model, std::string_view serial, size_t begin);
// That symbols behind are lost such that the part ends at `end` < size.
double EndWeight(const NoiseModel& model, size_t size, size_t end);
// That the serial stays whole.
double WholeWeight(const NoiseModel& model, std::string_view serial);

// All parts with their weights, which sum to 1; the whole serial first.
std::vector<Part> Parts(const NoiseModel& model, std::string_view serial);

}  // namespace burin::accuracy

#endif
