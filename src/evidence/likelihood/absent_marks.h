// P(reading | the mark is in no record), times the prior of that.
//
// A mark that is not registered either has a serial that no record has, drawn from q with the registered ones left out,
// or it repeats a registered serial: as the next mark of the population would by Good's and Turing's estimate, by which
// the share of serials that are new is that of the records whose serial is theirs alone (Good, Biometrika 40, 1953;
// one is added to both counts, so that a population of none says nothing). Which serial it repeats goes by the records.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_ABSENT_MARKS_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_ABSENT_MARKS_H_

#include <algorithm>

#include "src/index/view/record_population.h"

namespace burin::internal {

class AbsentMarks {
 public:
  AbsentMarks() = default;
  // `prior`: that the mark is in no record.
  AbsentMarks(const RecordPopulation& population, double prior) {
    const auto serials = static_cast<double>(population.counts.records());
    const auto records = static_cast<double>(population.records());
    const double is_new = (static_cast<double>(population.serials.singles) + 1) / (serials + 1);
    of_new_ = prior * is_new;
    unregistered_ = std::max(1 - population.serials.probability(), kLeast);
    of_likelihoods_ = records > 0 ? prior * (1 - is_new) / records : 0;
  }

  // The part that new serials have. `of_population`: the sum of q(s) L(s) over all strings; `registered`: over those
  // that are registered.
  double OfNew(double of_population, double registered) const {
    return of_new_ * std::max(of_population - registered, 0.0) / unregistered_;
  }
  // The part that repeated ones have is this times the sum of L over all records.
  double of_likelihoods() const { return of_likelihoods_; }

 private:
  static constexpr double kLeast = 1e-9;  // q is known no better.
  double of_new_ = 0, unregistered_ = 1, of_likelihoods_ = 0;
};

}  // namespace burin::internal

#endif
