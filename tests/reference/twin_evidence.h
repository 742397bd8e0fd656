// Twin of weighing: the formulas of docs/evidence.md over every record, none left out.
#ifndef BURIN_TESTS_REFERENCE_TWIN_EVIDENCE_H_
#define BURIN_TESTS_REFERENCE_TWIN_EVIDENCE_H_

#include <cstddef>
#include <vector>

namespace burin::internal::reference {

struct TwinWeight {
  double log10_lr = 0;
  double posterior = 0;
};

struct TwinEvidence {
  std::vector<TwinWeight> records;
  double not_in_registry = 0;
};

// `likelihoods`: of each record that counts. `of_population`: P(reading | population).
TwinEvidence WeighAll(const std::vector<double>& likelihoods, double of_population, double prior);

}  // namespace burin::internal::reference

#endif
