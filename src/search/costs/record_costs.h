// What is known of records beside their marks, as costs that are added to the cost of the mark, and as ratios that its
// likelihood is multiplied by: believed attributes (evidence/attributes/beliefs.h).
#ifndef BURIN_SRC_SEARCH_COSTS_RECORD_COSTS_H_
#define BURIN_SRC_SEARCH_COSTS_RECORD_COSTS_H_

#include <cstddef>
#include <cstdint>

#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

// Immutable while a search uses it; any number of threads may ask.
class RecordCosts {
 public:
  virtual ~RecordCosts() = default;
  // One of the statements, 0 .. count() - 1, against a record: what it costs, and whether the record says anything
  // about it at all.
  virtual size_t count() const = 0;
  virtual Cost CostOf(size_t statement, uint64_t record) const = 0;
  virtual bool Says(size_t statement, uint64_t record) const = 0;
  // Of all statements together, and the most that can be for a record that counts.
  virtual Cost Of(uint64_t record) const = 0;
  virtual Cost highest() const = 0;
  // How much likelier all statements are of the record than of an average one, and the most that can be for a record
  // that counts, at least 1: exp of the costs, neither rounded nor shifted.
  virtual double RatioOf(uint64_t record) const = 0;
  virtual double highest_ratio() const = 0;
};

}  // namespace burin::internal

#endif
