// A cost of marks that a walk over one reading bounds from below: several readings of one mark (several_readings.h).
#ifndef BURIN_SRC_SEARCH_COSTS_MARK_RESCORER_H_
#define BURIN_SRC_SEARCH_COSTS_MARK_RESCORER_H_

#include <cstdint>
#include <string_view>

#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

// One thread at a time.
class MarkRescorer {
 public:
  virtual ~MarkRescorer() = default;
  // Of a serial, or of a partial record's items; kNever above the highest cost that is wanted.
  virtual Cost Of(std::u32string_view items, bool partial) = 0;
  // The cost of a mark under the reading that is walked is at most Of() + slack().
  virtual Cost slack() const = 0;
  // What scoring a mark is counted as, in units of work.
  virtual uint64_t work() const = 0;
};

}  // namespace burin::internal

#endif
