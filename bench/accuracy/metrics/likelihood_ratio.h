// How good likelihood ratios are: Cllr, and the part of it that no recalibration could remove.
//
// Cllr (Bruemmer and du Preez 2006) is the mean cost, in bits, of believing the ratios at even prior odds: half the
// mean of log2(1 + 1/LR) over same-source trials plus half the mean of log2(1 + LR) over different-source trials. 0 is
// perfect; ratios that always say 1 cost 1. Cllr_min is Cllr after the best monotone recalibration, found by pooling
// adjacent violators (PAV): scores in order, equal scores pooled, neighbouring blocks merged while the share of
// same-source trials does not rise. Cllr - Cllr_min is what bad calibration costs. PAV costs a sort.
#ifndef BURIN_BENCH_ACCURACY_METRICS_LIKELIHOOD_RATIO_H_
#define BURIN_BENCH_ACCURACY_METRICS_LIKELIHOOD_RATIO_H_

#include <cstddef>
#include <span>
#include <vector>

namespace burin::accuracy {

// log10 LR of trials. Finite or infinite, never NaN.
struct LrTrials {
  std::vector<double> same, different;
};

// Both kinds must have trials; else NaN. An infinite mistake costs infinity.
double Cllr(const LrTrials& trials);
double CllrMin(const LrTrials& trials);

// One block of PAV: trials whose scores are taken for one.
struct PavBlock {
  double score = 0;  // The lowest in it.
  size_t same = 0, different = 0;
};
// Shares of same-source trials rise strictly from block to block.
std::vector<PavBlock> Pav(const LrTrials& trials);

}  // namespace burin::accuracy

#endif
