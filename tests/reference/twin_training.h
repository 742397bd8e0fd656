// Twin of the expectation step of training: every way in which a mark can have become a reading, one after the other,
// and how often each move was drawn in it.
#ifndef BURIN_TESTS_REFERENCE_TWIN_TRAINING_H_
#define BURIN_TESTS_REFERENCE_TWIN_TRAINING_H_

#include <map>
#include <string>

#include "src/channel/model/channel.h"

namespace burin::internal::reference {

// By name: "insert", "gap", "erase", "swap", "rest", "right A", "wrong A B", "rewrite VV W", "chance VV W",
// "prefix_lost 1", ..., "nothing". Expected numbers of draws, given the reading; and its probability.
struct ExpectedDraws {
  double probability = 0;
  std::map<std::string, double> draws;
};

// Both plain and short: takes time exponential in their lengths.
ExpectedDraws EnumerateDraws(const Channel& channel, const std::u32string& reading, const std::u32string& mark);

}  // namespace burin::internal::reference

#endif
