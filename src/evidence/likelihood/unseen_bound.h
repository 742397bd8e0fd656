// What a record that a search has not seen can weigh at most: a bound that holds for its likelihood, which is a sum
// over alignments, given that each of them costs at least so much.
//
// Each move's cost is its -ln weight in 1/64 nat, rounded: an alignment of k moves that costs c weighs at most
// exp(-(c - k/2) / 64). For any t in 0 .. 1 a weight is its own power 1-t times its power t; the second is bounded by
// the cost, and what is left is summed over all alignments, each move taken at its cheapest symbol:
//
//   L <= exp(-t c / 64) B_t(n),  B_t(n) = sum over alignments with n symbols of
//                                         product over moves of exp(-(1-t) lowest cost / 64) exp(1/128)
//
// B_t is a pass over the slots, for each n. What happens to a mark as a whole adds terms of the same kind. The best of
// a few t is taken. tests/evidence compares it with the likelihood of marks one by one.
//
// Making it costs symbols x moves for each t.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_UNSEEN_BOUND_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_UNSEEN_BOUND_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "src/base/patience.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// One thread at a time: it keeps what it worked out.
class UnseenBound {
 public:
  // For marks of at most `longest` symbols. `costs` is CompileChannel's of the reading and the channel. Once the
  // patience is over, it bounds nothing; nullptr: it has no end.
  UnseenBound(const Lattice& reading, const CostLattice& costs, const Channel& channel, uint32_t longest,
              Patience* patience = nullptr);

  // No mark of `length` symbols, of which every alignment (with what can happen to it as a whole) costs at least
  // `cost`, has a likelihood above this. REQUIRES: length <= longest.
  double Of(uint32_t length, Cost cost) const;
  // The same for marks of any length up to the longest.
  double OfAny(Cost cost) const;
  // Parts of it: of the mark as it is or with something added at an end; and of something that happened to it with
  // probability `p` and left `symbols` symbols to be read, but for all that its being several parts adds.
  double OfWhole(uint32_t length, Cost cost) const;
  double OfChange(double p, uint32_t symbols, Cost cost) const;
  // What a symbol's being the last one adds to its weight at most: a factor.
  double last_factor() const { return last_factor_; }

 private:
  using Powers = std::array<double, 9>;
  static constexpr Powers kPowers = {0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.88, 0.95, 1};
  using ByPower = std::array<std::vector<double>, kPowers.size()>;
  double Least(const ByPower& sums, uint32_t length, Cost cost) const;
  const Powers& Decay(Cost cost) const;  // exp(-t cost / 64).
  const Powers& OfP(double p) const;     // What of p is summed.

  double last_factor_ = 1;
  ByPower sums_;     // B_t(n).
  ByPower wholes_;   // Of it, of marks as they are, or with something added.
  ByPower reads_;    // Of reading n symbols from the first slot to the last.
  ByPower largest_;  // One number: the largest of the first.
  mutable Cost decay_cost_ = kNever;
  mutable Powers decay_;
  mutable std::vector<std::pair<double, Powers>> of_p_;
};

}  // namespace burin::internal

#endif
