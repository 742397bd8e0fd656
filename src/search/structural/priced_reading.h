// A reading and how its differences are priced, compiled only as far as somebody needs it: as bits where edits are
// counted and the reading is a chain, as a cost lattice for everything else.
#ifndef BURIN_SRC_SEARCH_STRUCTURAL_PRICED_READING_H_
#define BURIN_SRC_SEARCH_STRUCTURAL_PRICED_READING_H_

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "src/base/patience.h"
#include "src/base/status.h"
#include "src/channel/compile/mark_changes.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"
#include "src/search/edits/unit_pattern.h"

namespace burin::internal {

// One thread at a time.
class PricedReading {
 public:
  // The lattice (and the channel) outlive it. What CompileUnit and CompileChannel refuse.
  static Result<PricedReading> Make(const Lattice& lattice, Metric metric);
  static Result<PricedReading> Make(const Lattice& lattice, const Channel& channel);
  // For a reading that there is no time for: nothing is compiled before somebody asks for its costs, and what would be
  // refused fits no mark.
  static PricedReading Unsearched(const Lattice& lattice, const Channel* channel, Metric metric);

  bool unit() const { return channel_ == nullptr; }
  // The reading as bits, if it can be; else nullptr.
  const UnitPattern* pattern() const { return pattern_ ? &*pattern_ : nullptr; }
  const UnitPattern& reversed_pattern();  // REQUIRES: pattern() != nullptr.
  const CostLattice& costs();
  // Under a channel, what can happen to marks as a whole within a cost; else nothing. Of no use once the patience is
  // over.
  std::span<const ChangedLattice> changed(Cost max_cost, Patience* patience = nullptr);
  const Lattice& lattice() const { return *lattice_; }
  const Channel* channel() const { return channel_; }
  // More edits than any mark can need.
  Cost MostEdits() const { return lattice_->slots + static_cast<Cost>(kMaxMarkSymbols); }

 private:
  explicit PricedReading(const Lattice& lattice) : lattice_(&lattice) {}
  Status Compile();

  const Lattice* lattice_;
  const Channel* channel_ = nullptr;
  Metric metric_ = Metric::kOsa;
  std::optional<UnitPattern> pattern_, reversed_;
  std::shared_ptr<const CostLattice> costs_;  // Borrowed by `changed_`, wherever this is moved.
  std::optional<std::vector<ChangedLattice>> changed_;
  Cost changed_cut_ = 0;  // That they were made for.
};

}  // namespace burin::internal

#endif
