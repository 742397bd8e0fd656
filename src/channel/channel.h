// How a reading goes wrong: P(reading | mark) as data, a proper probability (docs/design.md, "Channels").
//
// A mark is read from left to right. At every gap (before each symbol and at the end) the reader adds a symbol that is
// not there with probability `insert`, and again, or goes on. At each true symbol one move is drawn: the symbol is
// kept, read as another one, lost (`erase`), or read after its right neighbour (`swap`, where there is one: at the last
// symbol that mass goes to the kept and substituted readings in proportion). The moves starting at a symbol sum to 1,
// and so do the readings of a mark.
//
// Symbols are the channel's own fixed alphabet: 36 base symbols and "other". Every symbol outside 0-9A-Z counts as the
// one symbol "other", except that it is kept only as itself.
#ifndef BURIN_SRC_CHANNEL_CHANNEL_H_
#define BURIN_SRC_CHANNEL_CHANNEL_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/lattice.h"

namespace burin::internal {

struct Channel {
  std::string name;
  size_t symbols = 0;  // Alphabet size: 37 for every shipped channel; tests use 2.
  // Probability that a symbol that is read, and neither erased nor swapped, is read as another one, by stated doubt.
  double error[3] = {0, 0, 0};
  double insert = 0;
  double erase = 0;
  double swap = 0;
  // confusion[a * symbols + b]: given that a is misread, the probability that it is read as b. Rows sum to 1; zero
  // diagonal.
  std::vector<double> confusion;
  // alteration[a * symbols + b]: given that a was altered, the probability that it now reads b: strokes added, mixed
  // with a share of "restamped with any symbol", so that nothing is impossible. Rows sum to 1.
  std::vector<double> alteration;

  // P(read as b | a, neither erased nor swapped).
  double Read(size_t a, size_t b, Doubt doubt) const {
    const double e = error[static_cast<size_t>(doubt)];
    return a == b ? 1 - e : e * confusion[a * symbols + b];
  }
};

inline constexpr size_t kChannelSymbols = kBaseSymbols + 1;

// The channel of a serial keyed by hand from sight or from a document. Rates and their sources: typed.cc.
const Channel& TypedChannel();
// nullptr: there is no such channel. `names` (optional) gets the names there are.
const Channel* FindChannel(std::string_view name, std::string* names);

}  // namespace burin::internal

#endif
