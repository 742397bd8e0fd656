// The cuts of the successive rounds of a search that does not know its cut beforehand: one edit more each, or some
// nats, in ever longer steps. Where seeds tell the last cut, a search that may be stopped leaps: one small round, so
// that there is a certificate, and then the last one. Rounds in between would double its work.
#ifndef BURIN_SRC_SEARCH_COSTS_CUTS_H_
#define BURIN_SRC_SEARCH_COSTS_CUTS_H_

#include <algorithm>

#include "src/channel/model/cost_lattice.h"

namespace burin::internal {

class Cuts {
 public:
  // `first` and `last` are below kNever.
  Cuts(bool unit, Cost first, Cost last, bool leaps = false)
      : leaps_(leaps), last_(last), current_(std::min(first, last)), width_(unit ? 1 : 4 * kCostsPerNat) {}
  Cost current() const { return current_; }
  bool is_last() const { return current_ >= last_; }
  bool Raise() {
    if (current_ >= last_) return false;
    current_ = leaps_ ? last_ : std::min(AddCosts(current_, width_), last_);
    if (++raised_ >= 3) width_ *= 2;
    return true;
  }

 private:
  bool leaps_;
  Cost last_, current_, width_;
  int raised_ = 0;
};

}  // namespace burin::internal

#endif
