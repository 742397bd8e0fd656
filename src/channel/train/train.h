// Training: a channel's numbers from pairs, by expectation maximisation (docs/training.md).
//
// A pair is either a reading of its mark, or (with the share of outliers) has nothing to do with it: then the reading
// is one of the population of all pairs. Of two readings of an unknown mark, the mark is one of some candidates
// (TruthCandidates), each as probable beforehand as its symbols are in the population and its length is among marks,
// which is fitted too (TruthLengths). Every iteration raises the penalised likelihood of the pairs; each round of
// ChannelFit ends when the gain is below kGain a pair.
//
// The result depends on the pairs alone: not on their order, nor on the number of threads (sums over blocks of pairs in
// one order). Costs some microseconds a pair and iteration, about 30 iterations, times 1 + folds.
#ifndef BURIN_SRC_CHANNEL_TRAIN_TRAIN_H_
#define BURIN_SRC_CHANNEL_TRAIN_TRAIN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "src/base/status.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/move_counts.h"
#include "src/channel/train/training_pairs.h"

namespace burin::internal {

inline constexpr double kDefaultTrainingWeight = 2;
inline constexpr uint32_t kDefaultFolds = 5;

// What pairs are.
enum class PairsAre {
  kAll,       // Readings with their marks, right ones in their proportion.
  kErrors,    // Those that were found wrong: of each mark, given that it was not read as it is.
  kReadings,  // `other` is another reading of the same mark.
};

struct TrainingOptions {
  PairsAre pairs = PairsAre::kAll;
  double weight = kDefaultTrainingWeight;  // Of the parent (fit_channel.h). Above 0.
  uint32_t folds = kDefaultFolds;          // For held-out likelihood; 0 and 1: none.
  unsigned threads = 1;
  // Told after each iteration: of which of 1 + folds trainings (the last is of all pairs), the iteration, the mean ln
  // likelihood of a pair. True: go on. May be empty.
  std::function<bool(uint32_t training, uint32_t iteration, double log_likelihood)> progress;
};

struct TrainingResult {
  explicit TrainingResult(const Channel& parent) : channel(parent), expected(parent) {}

  Channel channel;
  double outliers = 0;  // The share of pairs that have nothing to do with each other.
  uint32_t iterations = 0;
  MoveCounts expected;  // Moves, at the last iteration.
  // Sums of weight x ln likelihood over all pairs: under the result, under the parent with its own best share of
  // outliers; and of pairs held out of training, each once.
  double log_likelihood = 0, parent_log_likelihood = 0;
  double held_out_log_likelihood = 0, held_out_parent_log_likelihood = 0;
  double weight = 0;                            // Of all pairs.
  double held_out_weight = 0;                   // 0: nothing was held out.
  std::vector<double> related;                  // By pair as given: the probability that it is none of the outliers.
  std::vector<std::string> limited;             // What was held at a limit.
  std::vector<std::vector<double>> objectives;  // By round, then iteration: penalised ln likelihood.
};

// kCancelled: `progress` said so. kInvalidArgument: the parent is no proper channel of 37 symbols, or a number is out
// of its range.
Result<TrainingResult> TrainChannel(const Channel& parent, const std::vector<TrainingPair>& pairs,
                                    const TrainingOptions& options);

}  // namespace burin::internal

#endif
