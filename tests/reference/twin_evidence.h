// Twin of weighing: the formulas of docs/evidence.md over every record, none left out.
#ifndef BURIN_TESTS_REFERENCE_TWIN_EVIDENCE_H_
#define BURIN_TESTS_REFERENCE_TWIN_EVIDENCE_H_

#include <cstddef>
#include <string>
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

// A record that counts.
struct TwinMarkWeight {
  double likelihood = 0;  // With what is believed of the record.
  double of_mark = 0;     // Without.
  std::u32string serial;  // Empty: a partial record.
  double q = 0;           // Of the serial.
};

// `of_population`: P(reading | population).
TwinEvidence WeighAll(const std::vector<TwinMarkWeight>& marks, double of_population, double prior);

}  // namespace burin::internal::reference

#endif
