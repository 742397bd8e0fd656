#include "bench/accuracy/noise/structure.h"

#include <algorithm>

namespace burin::accuracy {
namespace {

// Whether the leading zeros of the serial are exactly its first `count` symbols, and something follows them.
bool AreLeadingZeros(std::string_view serial, size_t count) {
  return count > 0 && count < serial.size() && serial[count] != '0' &&
         serial.substr(0, count).find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

double LossWeight(const NoiseModel& model, size_t size, size_t count) {
  const size_t most = std::min(kLongestLoss, size - std::min<size_t>(size, 1));
  if (count == 0 || count > most) return 0;
  double all = 0;
  for (size_t k = 1; k <= most; ++k) all += model.lost[k - 1];
  return all > 0 ? model.lost[count - 1] / all : 0;
}

double BeginWeight(const NoiseModel& model, std::string_view serial, size_t begin) {
  double weight = model.lose_front * LossWeight(model, serial.size(), begin);
  if (AreLeadingZeros(serial, begin)) weight += model.lose_zeros;
  if (begin > 0 && begin + kLastFour == serial.size()) weight += model.last_four;
  return weight;
}

double EndWeight(const NoiseModel& model, size_t size, size_t end) {
  return model.lose_back * LossWeight(model, size, size - end);
}

double WholeWeight(const NoiseModel& model, std::string_view serial) {
  double weight = 1;
  for (size_t begin = 1; begin < serial.size(); ++begin) weight -= BeginWeight(model, serial, begin);
  for (size_t k = 1; k <= kLongestLoss && k < serial.size(); ++k) {
    weight -= EndWeight(model, serial.size(), serial.size() - k);
  }
  return weight;
}

std::vector<Part> Parts(const NoiseModel& model, std::string_view serial) {
  std::vector<Part> parts = {{0, serial.size(), WholeWeight(model, serial)}};
  for (size_t begin = 1; begin < serial.size(); ++begin) {
    const double weight = BeginWeight(model, serial, begin);
    if (weight > 0) parts.push_back({begin, serial.size(), weight});
  }
  for (size_t k = 1; k <= kLongestLoss && k < serial.size(); ++k) {
    const double weight = EndWeight(model, serial.size(), serial.size() - k);
    if (weight > 0) parts.push_back({0, serial.size() - k, weight});
  }
  return parts;
}

}  // namespace burin::accuracy
