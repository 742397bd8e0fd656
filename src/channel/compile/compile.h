// From a lattice to a cost lattice: what each move of the reading costs, as a count of edits or by a channel.
#ifndef BURIN_SRC_CHANNEL_COMPILE_COMPILE_H_
#define BURIN_SRC_CHANNEL_COMPILE_COMPILE_H_

#include "src/base/status.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

Result<CostLattice> CompileUnit(const Lattice& lattice, Metric metric);
Result<CostLattice> CompileChannel(const Lattice& lattice, const Channel& channel);

}  // namespace burin::internal

#endif
