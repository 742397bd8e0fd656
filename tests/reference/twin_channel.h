// Twin of channel prices, worked out from the channel's numbers in floating point, each move by its definition; and the
// probability of a plain reading as a sum over all alignments.
#ifndef BURIN_TESTS_REFERENCE_TWIN_CHANNEL_H_
#define BURIN_TESTS_REFERENCE_TWIN_CHANNEL_H_

#include <map>
#include <vector>

#include "tests/reference/twin_dp.h"

namespace burin::internal::reference {

// -ln p in 1/64 nat to the nearest; kImpossible for 0.
uint64_t CostOf(double p);

class ChannelTwin final : public Prices {
 public:
  ChannelTwin(const Lattice& lattice, const Channel& channel) : lattice_(lattice), channel_(channel) {}
  uint64_t Read(int32_t element, Symbol symbol) const override;
  uint64_t Added(int32_t element) const override;
  uint64_t Lost() const override;
  // Rounded in two: the move with the first element's weight, and the second element's weight.
  uint64_t Swapped(int32_t first, int32_t second, Symbol mark_first, Symbol mark_second) const override;
  uint64_t End() const override;

  // The weight that an element gives to a symbol as what was seen.
  double Weight(const Element& element, Symbol symbol) const;
  // Sum over read symbols of weight times probability of reading it where the mark has `symbol`.
  double Emission(const Element& element, Symbol symbol) const;

 private:
  double WeightOfOther(const Element& element) const;
  double MeanWeight(int32_t number, Symbol symbol) const;
  const Element& element(int32_t number) const { return lattice_.elements[static_cast<size_t>(number)]; }

  const Lattice& lattice_;
  const Channel& channel_;
  // Worked out before.
  mutable std::map<std::pair<int32_t, Symbol>, uint64_t> read_;
  mutable std::map<std::pair<int32_t, Symbol>, double> weight_;
  mutable std::map<int32_t, uint64_t> added_;
};

// The channel `typed` without what the twin does not know: rewrites, and what happens to marks as a whole. Those have
// twins of their own.
const Channel& PlainTyped();

// P(reading | mark) of a channel of any alphabet size, both as indices of its symbols: the sum over all alignments.
double Probability(const Channel& channel, const std::vector<size_t>& reading, const std::vector<size_t>& mark);

}  // namespace burin::internal::reference

#endif
