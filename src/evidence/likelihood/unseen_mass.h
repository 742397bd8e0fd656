// What all records that a search has not seen can weigh together.
//
// For each length and each thing that can have happened to a mark as a whole there are two bounds: that of one record
// (unseen_bound.h) times the records left, and that of all strings there could be (cost_tail.h) times how many records
// can share what is read of them. The first is good for few records, the second for many; the lower one counts.
// Partial records have the first alone.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_UNSEEN_MASS_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_UNSEEN_MASS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "src/evidence/likelihood/cost_tail.h"
#include "src/evidence/likelihood/unseen_bound.h"
#include "src/index/view/record_population.h"

namespace burin::internal {

// Records left, by length of their serial; partial records.
struct RecordsLeft {
  std::array<uint64_t, kMaxMarkSymbols + 1> of_length = {};
  uint64_t partials = 0;
};

class UnseenMass {
 public:
  // All borrowed. `most`: the highest cost asked about.
  UnseenMass(const Lattice& reading, const CostLattice& costs, const Channel& channel,
             const RecordPopulation& population, const UnseenBound& bound, Cost most);

  // Of the records left, every alignment of which costs at least `cost`.
  double Of(const RecordsLeft& left, Cost cost);

 private:
  double OfLength(uint32_t length, uint64_t records, Cost cost);
  // Records whose mark as it is read has `symbols` symbols, at the price of probability `p`; at most `shared` of them
  // have the same.
  double OfChange(double p, uint32_t symbols, double records, double shared, Cost cost);
  double LettersLost(uint32_t length, uint64_t records, Cost cost);
  double Symbols(uint32_t count) const;
  const CostTail& tail();

  const Lattice& reading_;
  const CostLattice& costs_;
  const Channel& channel_;
  const RecordPopulation& population_;
  const UnseenBound& bound_;
  Cost most_;
  std::optional<CostTail> tail_;
};

}  // namespace burin::internal

#endif
