// A mark as it is read: symbols that are neighbours in it need not have been so on the weapon, and such are not swapped
// or rewritten together.
#ifndef BURIN_SRC_CHANNEL_MODEL_JOINED_MARK_H_
#define BURIN_SRC_CHANNEL_MODEL_JOINED_MARK_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/channel/model/channel.h"

namespace burin::internal {

struct JoinedMark {
  std::u32string symbols;
  std::vector<char> joined;  // [i]: symbol i + 1 stood behind symbol i.
};

JoinedMark AllJoined(std::u32string_view serial);

// What can happen to the inside of a mark; no symbols: this cannot.
JoinedMark WithoutLateLetters(std::u32string_view serial);  // Letters behind its first digit are gone.
JoinedMark WithBlocksSwapped(std::u32string_view serial);   // Letters, then digits, are in the other order.

size_t LeadingZeros(std::u32string_view serial);

// Of losing more symbols than there are, by that mistake: nothing is lost then.
double TooMany(const Affix& affix, size_t symbols);

}  // namespace burin::internal

#endif
