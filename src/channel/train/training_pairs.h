// What training learns from: readings with their truth, or two readings of one mark whose truth nobody knows.
#ifndef BURIN_SRC_CHANNEL_TRAIN_TRAINING_PAIRS_H_
#define BURIN_SRC_CHANNEL_TRAIN_TRAINING_PAIRS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/channel/compile/reading_moves.h"
#include "src/channel/model/channel.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

struct TrainingPair {
  std::u32string read;                     // A plain reading: symbols; else the text of the pattern, for order alone.
  std::shared_ptr<const Lattice> lattice;  // Of a reading that is not plain.
  std::u32string other;                    // The mark, or the other reading.
  double weight = 1;                       // As so many pairs. Above 0.
};

// A reading in the syntax of docs/patterns.md. One without doubt becomes a plain one. Errors as ParsePattern.
Status TakePattern(std::string_view pattern, TrainingPair* pair);

// Readings and marks in general: what a symbol and a length are worth when a reading has nothing to do with a mark.
// Symbols independent of each other, lengths geometric, both as in the pairs.
class PairPopulation {
 public:
  explicit PairPopulation(const std::vector<TrainingPair>& pairs);
  double Of(const ReadingMoves& reading) const;
  double Of(std::u32string_view text) const;
  // Given its length.
  double OfSymbols(std::u32string_view text) const;

 private:
  std::array<double, kChannelSymbols> symbols_;
  double go_on_;
};

// How long the marks are of which there are only readings: a share by length, at first as often as among the readings,
// then fitted. A symbol that one reading has and the other has not was either added or lost, and only what lengths
// marks have tells which: readings are no longer as long as marks, and with geometric lengths nothing would tell.
class TruthLengths {
 public:
  using Counts = std::array<double, kMaxMarkSymbols + 1>;  // By length.

  explicit TruthLengths(const std::vector<TrainingPair>& pairs);
  // Of a mark's length, 1 .. kMaxMarkSymbols.
  double Of(size_t length) const { return shares_[length]; }
  // The mode given how often each was met: a Dirichlet prior around the readings' lengths, worth one mark.
  void Fit(const Counts& counts);
  // ln of that prior, less its value at the start.
  double Penalty() const;

 private:
  Counts center_ = {}, shares_;
};

// What the mark may have been of which these are two readings: both, and what takes each difference of a best alignment
// (osa) from one or the other; of many differences, only those that take one from elsewhere. Ascending, different, not
// empty. At most 128.
std::vector<std::u32string> TruthCandidates(const std::u32string& a, const std::u32string& b);

// Pairs in one order whatever order they came in, equal ones as one.
class TrainingSet {
 public:
  explicit TrainingSet(const std::vector<TrainingPair>& pairs);

  const std::vector<TrainingPair>& pairs() const { return pairs_; }
  size_t PlaceOf(size_t given) const { return places_[given]; }
  // 0 .. folds - 1, from what the pair says.
  size_t FoldOf(size_t i, size_t folds) const { return folds == 0 ? 0 : hashes_[i] % folds; }
  double weight() const { return weight_; }

 private:
  std::vector<TrainingPair> pairs_;
  std::vector<size_t> places_;
  std::vector<uint64_t> hashes_;
  double weight_ = 0;
};

}  // namespace burin::internal

#endif
