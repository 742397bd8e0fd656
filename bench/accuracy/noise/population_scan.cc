#include "bench/accuracy/noise/population_scan.h"

#include <algorithm>
#include <numeric>

#include "bench/accuracy/noise/likelihood.h"

namespace burin::accuracy {
namespace {

constexpr double kFirstLimit = 1e-6, kLimitStep = 0.1, kLastLimit = 1e-40;

}  // namespace

PopulationScan::PopulationScan(std::vector<std::string_view> serials)
    : serials_(std::move(serials)), order_(serials_.size()), shared_(serials_.size(), 0) {
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
    const std::string_view x = serials_[a], y = serials_[b];
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  });
  for (size_t at = 1; at < order_.size(); ++at) {
    const std::string_view a = serials_[order_[at - 1]], b = serials_[order_[at]];
    if (a.size() != b.size()) continue;
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin();
    shared_[at] = static_cast<uint8_t>(std::min<std::ptrdiff_t>(differ, UINT8_MAX));
  }
}

size_t PopulationScan::Skip(size_t at, size_t depth) const {
  const size_t size = serials_[order_[at]].size();
  ++at;
  while (at < order_.size() && shared_[at] >= depth && (depth > 0 || serials_[order_[at]].size() == size)) ++at;
  return at;
}

PopulationScan::Found PopulationScan::ScanAbove(const NoiseModel& model, std::string_view reading, double limit) const {
  Found found;
  Likelihood likelihood(model, reading);
  size_t size = 0;  // That bounds are prepared for.
  std::vector<Likelihood::Row> rows(1);
  likelihood.Begin(&rows[0]);
  for (size_t at = 0; at < order_.size();) {
    const std::string_view serial = serials_[order_[at]];
    if (rows.size() < serial.size() + 1) rows.resize(serial.size() + 1);
    if (serial.size() != size) likelihood.PrepareBounds(size = serial.size());
    size_t i = shared_[at], next = at;
    // A front is judged when its row is first made; row 0 when its length is.
    for (bool judge = i == 0; i < serial.size(); judge = true) {
      const double bound = judge ? likelihood.Bound(rows[i], serial, i) : 1;
      if (bound <= limit) {
        next = Skip(at, i);
        found.missed += bound * static_cast<double>(next - at);
        break;
      }
      likelihood.Step(rows[i], serial, i, &rows[i + 1]);
      ++i;
    }
    if (next > at) {
      at = next;
      continue;
    }
    const double value = likelihood.End(rows[serial.size()], serial);
    if (value > 0) found.likelihoods.emplace_back(order_[at], value);
    found.sum += value;
    ++at;
  }
  return found;
}

PopulationScan::Found PopulationScan::Scan(const NoiseModel& model, std::string_view reading,
                                           double relative_loss) const {
  for (double limit = kFirstLimit; relative_loss > 0 && limit > kLastLimit;) {
    Found found = ScanAbove(model, reading, limit);
    const double allowed = relative_loss * found.sum;
    if (found.missed <= allowed) return found;
    limit *= std::min(kLimitStep, allowed / found.missed / 2);
  }
  return ScanAbove(model, reading, 0);
}

}  // namespace burin::accuracy
