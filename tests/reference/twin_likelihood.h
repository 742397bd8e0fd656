// Twin of Likelihood for plain readings, by its definition: everything that can happen to the mark, one after the
// other, and for each the sum over all ways of reading what is left, by recursion.
#ifndef BURIN_TESTS_REFERENCE_TWIN_LIKELIHOOD_H_
#define BURIN_TESTS_REFERENCE_TWIN_LIKELIHOOD_H_

#include <string>

#include "src/channel/model/channel.h"

namespace burin::internal::reference {

// P(reading | mark), both of symbols. Symbols of the reading outside the base occur nowhere in the channel.
double ReadingProbability(const Channel& channel, const std::u32string& reading, const std::u32string& mark);

}  // namespace burin::internal::reference

#endif
