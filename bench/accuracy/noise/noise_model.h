// How the bench damages serials: a model of its own, unlike the channels under test, whose likelihood can be worked out
// exactly.
//
// A reading of a serial over 0-9A-Z comes about in three steps:
//   1. Structure. The serial stays whole, or loses 1 to 3 symbols in front or behind, its leading zeros, or all but the
//      last four symbols. What cannot happen to a serial (it has no leading zeros, is too short) leaves it whole. What
//      is left is never empty.
//   2. A level of care is drawn for the whole reading: it multiplies all rates of step 3. Errors therefore cluster in
//      few readings, which a channel with one rate cannot say. Some readings are of a worn mark besides.
//   3. From left to right. In every gap, also before the first and after the last symbol, any of the 36 symbols is
//      added with probability `insert`, and again. On a worn mark a symbol may be obliterated: a two-state chain, so
//      that obliterated symbols stand together; it is read as `?`. A symbol that is not, is lost (`erase`), doubled
//      (`twin`), read after its right neighbour (`swap`, not the last; the neighbour then counts as not obliterated),
//      read as another one (`misread`, by symbol, then a row of `confusion`), or kept.
// A reading that came out empty is drawn anew.
//
// A model without structure, levels, wear and twins is what a channel assumes: ChannelModel makes one from its rates.
#ifndef BURIN_BENCH_ACCURACY_NOISE_NOISE_MODEL_H_
#define BURIN_BENCH_ACCURACY_NOISE_NOISE_MODEL_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace burin::accuracy {

inline constexpr std::string_view kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
inline constexpr char kUnreadable = '?';
inline constexpr size_t kLongestLoss = 3;  // Symbols in front or behind, at most.
inline constexpr size_t kLastFour = 4;     // All that some note of a serial.

// 0 to 35; 36: it is none of them.
size_t SymbolNumber(char symbol);

// confusion[36 * a + b]: given that a is misread, the probability that it is read as b. Rows sum to 1, diagonal 0.
using Confusion = std::array<double, 36 * 36>;

struct Level {
  double weight = 1;  // How many readings are of this level; all sum to 1.
  double factor = 1;  // What rates are multiplied by.
};

struct NoiseModel {
  std::string name;
  std::vector<Level> levels = {Level{}};
  // Rates at factor 1, each a probability at one symbol or gap.
  double insert = 0, erase = 0, twin = 0, swap = 0;
  std::array<double, 36> misread = {};
  Confusion confusion = {};
  // Structure: shares of readings.
  double lose_front = 0, lose_back = 0, lose_zeros = 0, last_four = 0;
  std::array<double, kLongestLoss> lost = {1, 0, 0};  // That 1, 2, 3 symbols are lost; sums to 1.
  // Wear: the share of worn readings; that the first symbol is obliterated, one behind a readable one, one behind an
  // obliterated one.
  double worn = 0, first_obliterated = 0, next_obliterated = 0, still_obliterated = 0;
};

// What a channel's file would say: one rate each for adding, losing, swapping and misreading, and how much of what is
// misread goes evenly to look-alikes (symbols of one group), the rest going evenly to all others.
struct ChannelRates {
  std::string name;
  double insert = 0, erase = 0, swap = 0, misread = 0;
  double look_alike_mass = 0.6;
  std::vector<std::string> look_alikes;
};
NoiseModel ChannelModel(const ChannelRates& rates);

// The rates of the channel `typed`, each times `factor`: at factor 1 one field in 350 is wrong.
ChannelRates TypedRates(double factor = 1);

// The bench's own model of a clerk reading a mark at a desk. Rates are judgements, about one serial in four wrong
// somewhere, chosen within what is published for transcription (docs/accuracy.md) and not fitted to any channel.
NoiseModel DeskModel(const Confusion& confusion);

// From a table of counts `true x read` as in data/emnist_confusion_counts.csv: a header line, then 36 lines of a symbol
// and 36 counts in the order of kSymbols. `spread` of each row goes evenly to all other symbols. False: *error says
// which line is at fault.
bool ReadConfusion(const std::string& path, double spread, Confusion* confusion, std::string* error);

}  // namespace burin::accuracy

#endif
