// Draws readings by a noise model.
#ifndef BURIN_BENCH_ACCURACY_NOISE_DAMAGE_H_
#define BURIN_BENCH_ACCURACY_NOISE_DAMAGE_H_

#include <string>
#include <string_view>

#include "bench/accuracy/noise/noise_model.h"
#include "bench/accuracy/random.h"

namespace burin::accuracy {

// The serial is of 0-9A-Z and not empty; the reading is of these and `?`, and not empty either.
std::string DrawReading(const NoiseModel& model, std::string_view serial, Random* random);

}  // namespace burin::accuracy

#endif
