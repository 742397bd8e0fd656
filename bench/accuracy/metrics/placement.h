// Where the true record stands in a ranking, and what that is worth: recall and mean reciprocal rank.
//
// A ranking by an integer distance has many ties. Ties stand in random order here, and every figure is the mean over
// all orders, worked out and not drawn: with b records before and t tied ones, the rank is uniform on b+1 .. b+t.
#ifndef BURIN_BENCH_ACCURACY_METRICS_PLACEMENT_H_
#define BURIN_BENCH_ACCURACY_METRICS_PLACEMENT_H_

#include <cstddef>
#include <span>

namespace burin::accuracy {

// tied counts the true record itself; 0: it is not in the ranking at all.
struct Placement {
  size_t before = 0;
  size_t tied = 0;
};

// The chance that the true record is among the first k: 0 to 1.
double RecallAt(const Placement& placement, size_t k);
// The mean of 1/rank: 0 to 1.
double ReciprocalRank(const Placement& placement);

// Means over readings; no readings: 0.
struct Ranking {
  double recall_at_1 = 0, recall_at_10 = 0, reciprocal_rank = 0;
  size_t readings = 0;
  size_t missing = 0;  // Readings whose true record is not in the ranking.
};
Ranking Summarize(std::span<const Placement> placements);

}  // namespace burin::accuracy

#endif
