// q(s): the probability that a mark of this population is the serial s; every string has one above 0.
//
// First the length is drawn, then a format, then the symbols from left to right. A format of its own is one with at
// least kOwnRecords records and 1/kOwnShare of its length's: within a block of one kind each symbol depends on the one
// before (bigrams by position), the first of a block on its position alone, so that blocks are independent. All other
// formats of a length are pooled: there each symbol depends on the one before, whatever its kind. Bigrams are smoothed
// towards the symbols of the position, and these towards any symbol. Symbols outside 0-9 A-Z are one symbol here, and
// each of kForeignSymbols of them equally likely.
//
// Made from integers by +, * and / alone: the same on every machine. Making it costs as much as a pass over the counts.
#ifndef BURIN_SRC_POPULATION_MODEL_H_
#define BURIN_SRC_POPULATION_MODEL_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/population/counts.h"

namespace burin::internal {

class PopulationModel {
 public:
  static constexpr uint64_t kOwnRecords = 64;
  static constexpr uint64_t kOwnShare = 16;
  static constexpr double kForeignSymbols = 256;
  static constexpr size_t kSymbols = kPopulationSymbols;

  struct Format {
    FormatCode code = 0;
    bool pooled = false;
    double share = 0;  // Of all marks.
  };
  // Of one length. Tables are by position.
  struct OfLength {
    uint32_t length = 0;
    std::vector<Format> formats;  // The pooled one last.
    // [p * kSymbols + symbol], given its kind: of the first symbol of a block.
    std::vector<double> first;
    // [(p * kSymbols + before) * kSymbols + symbol], given that both are of a kind.
    std::vector<double> next;
    // The same in pooled formats; at position 0, `before` is 0.
    std::vector<double> pooled;
    // [p * kSymbols + symbol]: the highest of the two, whatever stands before.
    std::vector<double> next_most, pooled_most;
  };

  explicit PopulationModel(const PopulationCounts& counts) : PopulationModel(counts, counts.records()) {}
  // Of some lengths of a population of so many records: all that is said of these is as in the model of the whole.
  PopulationModel(const PopulationCounts& counts, uint64_t records);

  uint64_t records() const { return records_; }
  // Lengths that occur, ascending.
  const std::vector<OfLength>& lengths() const { return lengths_; }
  // Of all marks: those of one length that does not occur. Its strings are equally likely.
  double unseen_length() const { return unseen_length_; }

  // REQUIRES: 1 .. kMaxMarkSymbols symbols.
  double Of(std::u32string_view serial) const { return OfFormats(serial, false) + OfFormats(serial, true); }
  // The part of it that pooled formats, and lengths that do not occur, or all others have.
  double OfFormats(std::u32string_view serial, bool pooled) const;

 private:
  uint64_t records_;
  std::vector<OfLength> lengths_;
  double unseen_length_;
};

}  // namespace burin::internal

#endif
