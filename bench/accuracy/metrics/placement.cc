#include "bench/accuracy/metrics/placement.h"

#include <algorithm>

namespace burin::accuracy {

double RecallAt(const Placement& placement, size_t k) {
  if (placement.tied == 0 || k <= placement.before) return 0;
  return static_cast<double>(std::min(k - placement.before, placement.tied)) / static_cast<double>(placement.tied);
}

double ReciprocalRank(const Placement& placement) {
  double sum = 0;
  for (size_t i = 1; i <= placement.tied; ++i) sum += 1.0 / static_cast<double>(placement.before + i);
  return placement.tied == 0 ? 0 : sum / static_cast<double>(placement.tied);
}

Ranking Summarize(std::span<const Placement> placements) {
  Ranking mean;
  mean.readings = placements.size();
  if (placements.empty()) return mean;
  for (const Placement& placement : placements) {
    mean.recall_at_1 += RecallAt(placement, 1);
    mean.recall_at_10 += RecallAt(placement, 10);
    mean.reciprocal_rank += ReciprocalRank(placement);
    mean.missing += placement.tied == 0;
  }
  const double n = static_cast<double>(placements.size());
  mean.recall_at_1 /= n;
  mean.recall_at_10 /= n;
  mean.reciprocal_rank /= n;
  return mean;
}

}  // namespace burin::accuracy
