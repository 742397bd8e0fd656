// The ranker that knows how readings were made: the exact likelihood of the noise model for every record, and from it
// the exact posterior. Nothing can rank better on average; it says how much of what is wrong could be right at all,
// and, because its posteriors are perfectly calibrated, whether the bench measures calibration rightly.
//
// Of an open set it knows that the true record is one of those removed as often as drawn, and scans these too.
#ifndef BURIN_BENCH_ACCURACY_NOISE_KNOWER_H_
#define BURIN_BENCH_ACCURACY_NOISE_KNOWER_H_

#include "bench/accuracy/noise/noise_model.h"
#include "bench/accuracy/ranker.h"

namespace burin::accuracy {

// log10 LRs are cut at this, both ways: beyond it what a scan leaves out decides.
inline constexpr double kMostLog10Lr = 12;

// Borrows both. log10_lr is against a record of the registry, shown or not, drawn evenly from all others; what the scan
// left out counts with its bound, so log10_lr is rather too low.
RankerFactory KnowerRanker(const Registry& registry, const NoiseModel& model);

}  // namespace burin::accuracy

#endif
