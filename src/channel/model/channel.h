// How a reading goes wrong: P(reading | mark) as data, a proper probability (docs/design.md, "Channels").
//
// First the mark as a whole: with small probabilities a structural mistake turns it into another string (Structure);
// else it stays what it is. Then it is read from left to right. At every gap (before each symbol and at the end) the
// reader adds a symbol that is not there with probability `insert`, and again, or goes on. At each true symbol one move
// is drawn: the symbol is read, as itself or as another one; lost (`erase`); read after its right neighbour (`swap`);
// or rewritten, alone or with its right neighbour (`rewrites`). What needs a right neighbour and has none, or another
// one, leaves its mass to reading the symbol. The moves starting at a symbol sum to 1, and so do the readings of a
// mark.
//
// Symbols are the channel's own fixed alphabet: 36 base symbols and "other". Every symbol outside 0-9A-Z counts as the
// one symbol "other", except that it is kept only as itself, and that rewrites may name it.
#ifndef BURIN_SRC_CHANNEL_MODEL_CHANNEL_H_
#define BURIN_SRC_CHANNEL_MODEL_CHANNEL_H_

#include <cstddef>
#include <string>
#include <vector>

#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// One or two symbols of a mark that are read as one or two others: VV as W, W as VV, a letter as its transliteration.
struct Rewrite {
  std::u32string mark;  // 1 or 2 symbols.
  std::u32string read;  // 1 or 2 symbols; not those of `mark`, and not its two swapped.
  double p = 0;         // Where the mark has `mark`.
};

// A structural mistake that a number of symbols goes with.
struct Affix {
  double p = 0;                // That it happens.
  std::vector<double> counts;  // [i]: that it is i + 1 symbols, given that it happens. Sums to 1; at most 8.
};

// What can happen to a mark as a whole, one of these at most. A mark to which one cannot happen stays as it is then.
struct Structure {
  Affix prefix_lost, suffix_lost;    // Its first or last symbols are not read; not if there are fewer.
  Affix prefix_added, suffix_added;  // Symbols that are none of its own stand before or behind it, each any of all.
  Affix zeros_added;                 // Zeros stand before it.
  double zeros_lost = 0;             // All zeros that it begins with are not read.
  double last_four = 0;              // Only its last four symbols are read; not if it has no more.
  double letters_lost = 0;           // Letters behind its first digit are not read.
  double blocks_swapped = 0;         // A mark of letters, then digits, is read digits first; or the other way round.

  double Sum() const {
    return prefix_lost.p + suffix_lost.p + prefix_added.p + suffix_added.p + zeros_added.p + zeros_lost + last_four +
           letters_lost + blocks_swapped;
  }
};

struct Channel {
  std::string name;
  size_t symbols = 0;  // Alphabet size: 37 for every channel of a file; tests use 2.
  // error[doubt * symbols + a]: probability that symbol a, if it is read, is read as another one, by stated doubt.
  std::vector<double> error;
  double insert = 0;
  double erase = 0;
  double swap = 0;
  // confusion[a * symbols + b]: given that a is misread, the probability that it is read as b. Rows sum to 1; zero
  // diagonal.
  std::vector<double> confusion;
  // alteration[a * symbols + b]: given that a was altered, the probability that it now reads b: strokes added, mixed
  // with a share of "restamped with any symbol", so that nothing is impossible. Rows sum to 1.
  std::vector<double> alteration;
  // Of symbols that an examiner calls altered, how many are.
  double truly_altered = 0.9;
  std::vector<Rewrite> rewrites;
  Structure structure;

  double Error(size_t a, Doubt doubt) const { return error[static_cast<size_t>(doubt) * symbols + a]; }
  // P(read as b | a is read).
  double Read(size_t a, size_t b, Doubt doubt) const {
    const double e = Error(a, doubt);
    return a == b ? 1 - e : e * confusion[a * symbols + b];
  }
};

inline constexpr size_t kChannelSymbols = kBaseSymbols + 1;

}  // namespace burin::internal

#endif
