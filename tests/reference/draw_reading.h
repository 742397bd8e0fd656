// Draws plain readings by a channel, move by move as channel.h says: for tests that count.
#ifndef BURIN_TESTS_REFERENCE_DRAW_READING_H_
#define BURIN_TESTS_REFERENCE_DRAW_READING_H_

#include <string>

#include "src/channel/model/channel.h"
#include "tests/reference/choices.h"

namespace burin::internal::reference {

// A channel whose marks and readings are of 0-9 A-Z, all certain. Never an empty reading: that is drawn anew.
std::u32string DrawReading(const Channel& channel, const std::u32string& mark, Choices* choices);

}  // namespace burin::internal::reference

#endif
