// A channel for tests with mistakes of every kind, and often.
#ifndef BURIN_TESTS_CHANNEL_CLUMSY_H_
#define BURIN_TESTS_CHANNEL_CLUMSY_H_

#include "src/channel/model/channel.h"

#include "src/channel/file/shipped.h"

namespace burin::internal::reference {

inline Channel Clumsy() {
  Channel channel = TypedChannel();
  channel.insert = 0.02;
  channel.erase = 0.03;
  channel.swap = 0.007;
  for (double& error : channel.error) error = 0.05 + error / 2;
  channel.rewrites = {{U"VV", U"W", .02}, {U"W", U"VV", .01}, {U"0", U"D", .03},  {U"13", U"30", .02},
                      {U"Ж", U"ZH", .4},  {U"Ж", U"X", .1},   {U"1B", U"8", .01}, {U"8", U"0O", .02}};
  Structure& s = channel.structure;
  s.prefix_lost = {.03, {.5, .3, .2}};
  s.suffix_lost = {.02, {.7, .2, .1}};
  s.prefix_added = {.02, {.8, .2}};
  s.suffix_added = {.01, {.9, .1}};
  s.zeros_added = {.02, {.6, .3, .1}};
  s.zeros_lost = .04;
  s.last_four = .03;
  s.letters_lost = .02;
  s.blocks_swapped = .01;
  return channel;
}

}  // namespace burin::internal::reference

#endif
