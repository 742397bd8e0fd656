#include "src/channel/train/train.h"

#include <algorithm>
#include <utility>

#include "src/base/exp_log.h"
#include "src/base/parallel.h"
#include "src/channel/file/channel_check.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/train/expected_moves.h"
#include "src/channel/train/fit_channel.h"

namespace burin::internal {
namespace {

// A round ends when an iteration gains less, in ln likelihood a pair.
constexpr double kGain = 1e-6;
constexpr uint32_t kMostIterations = 100;  // Of a round.
// Of the share of outliers: where it is expected, what that weighs, where it ends.
constexpr double kOutliers = 0.01, kOutliersWeight = 1, kMostOutliers = 0.5;
// Sums are made by block, then over blocks; so many blocks are kept at a time.
constexpr size_t kBlock = 512, kBlocksAtOnce = 64;

constexpr size_t kNoFold = ~size_t{0};

double FitOutliers(double outliers, double others) {
  return FitShares({{outliers, kOutliers, kMostOutliers}}, others, kOutliersWeight)[0];
}

double OutliersPenalty(double outliers) {
  const double off = Log(outliers / kOutliers);
  return -kOutliersWeight * off * off / 2;
}

// Looks at pairs under a channel, one after the other.
class PairReader {
 public:
  PairReader(const Channel& channel, const PairPopulation& population, const TruthLengths& lengths, PairsAre pairs)
      : moves_(channel), population_(population), lengths_(lengths), pairs_(pairs) {}

  // Of the reading, given the mark (and that it is wrong); or of both readings.
  double Probability(const TrainingPair& pair) {
    Take(pair.read, pair.lattice.get(), &reading_);
    if (pairs_ == PairsAre::kAll) return moves_.Probability(reading_, pair.other);
    if (pairs_ == PairsAre::kErrors) {
      again_.Take(pair.other);
      right_ = moves_.Probability(again_, pair.other);
      const double p = moves_.Probability(reading_, pair.other);
      return right_ < 1 ? p / (1 - right_) : 0;
    }
    Take(pair.other, nullptr, &again_);
    candidates_ = TruthCandidates(pair.read, pair.other);
    joint_.clear();
    double sum = 0;
    for (const std::u32string& truth : candidates_) {
      const double first = moves_.Probability(reading_, truth);
      const double second = pair.read == pair.other ? first : moves_.Probability(again_, truth);
      joint_.push_back(lengths_.Of(truth.size()) * population_.OfSymbols(truth) * first * second);
      sum += joint_.back();
    }
    return sum;
  }
  // Of the pair if it is none.
  double Unrelated(const TrainingPair& pair) {
    Take(pair.read, pair.lattice.get(), &reading_);
    return population_.Of(reading_) * (pairs_ == PairsAre::kReadings ? population_.Of(pair.other) : 1);
  }
  // Of the last Probability, which was `p`.
  void Count(const TrainingPair& pair, double p, double weight, MoveCounts* counts, TruthLengths::Counts* lengths) {
    if (!(weight > 0)) return;
    if (pairs_ != PairsAre::kReadings) moves_.Count(weight, counts);
    if (pairs_ == PairsAre::kErrors) {
      // For each error, so many right readings were not picked.
      moves_.Probability(again_, pair.other);
      moves_.Count(weight * right_ / (1 - right_), counts);
    }
    if (pairs_ != PairsAre::kReadings) return;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      const double share = weight * joint_[i] / p;
      if (!(share > 0)) continue;
      (*lengths)[candidates_[i].size()] += share;
      for (const ReadingMoves* reading : {&reading_, &again_}) {
        moves_.Probability(*reading, candidates_[i]);
        moves_.Count(share, counts);
      }
    }
  }

 private:
  static void Take(const std::u32string& text, const Lattice* lattice, ReadingMoves* reading) {
    if (lattice == nullptr) {
      reading->Take(text);
    } else {
      reading->Take(*lattice);
    }
  }

  ExpectedMoves moves_;
  const PairPopulation& population_;
  const TruthLengths& lengths_;
  PairsAre pairs_;
  ReadingMoves reading_, again_;
  double right_ = 0;  // That the mark is read as it is.
  std::vector<std::u32string> candidates_;
  std::vector<double> joint_;  // By candidate.
};

class Trainer {
 public:
  Trainer(const Channel& parent, const TrainingSet& set, const TrainingOptions& options)
      : parent_(parent), set_(set), options_(options), population_(set.pairs()), lengths_(set.pairs()) {
    unrelated_.resize(set.pairs().size());
    ForBlocks(0, [&](size_t begin, size_t end, size_t) {
      PairReader reader(parent_, population_, lengths_, options_.pairs);
      for (size_t i = begin; i < end; ++i) unrelated_[i] = reader.Unrelated(set_.pairs()[i]);
    });
  }

  Result<TrainingResult> Run() {
    TrainingResult result(parent_);
    const size_t folds = options_.folds < 2 ? 0 : options_.folds;
    for (size_t fold = 0; fold < folds; ++fold) {
      if (Status status = Train(fold, &result); !status.ok()) return status;
      const std::vector<double> p = ProbabilitiesOf(result.channel), in_parent = ProbabilitiesOf(parent_);
      const double parent_outliers = ParentOutliers(in_parent, fold);
      for (size_t i = 0; i < p.size(); ++i) {
        if (set_.FoldOf(i, folds) != fold) continue;
        const double weight = set_.pairs()[i].weight;
        result.held_out_weight += weight;
        result.held_out_log_likelihood += weight * LogOf(p[i], result.outliers, i);
        result.held_out_parent_log_likelihood += weight * LogOf(in_parent[i], parent_outliers, i);
      }
    }
    if (Status status = Train(kNoFold, &result); !status.ok()) return status;
    const std::vector<double> p = ProbabilitiesOf(result.channel), in_parent = ProbabilitiesOf(parent_);
    const double parent_outliers = ParentOutliers(in_parent, kNoFold);
    for (size_t i = 0; i < p.size(); ++i) {
      const double weight = set_.pairs()[i].weight;
      result.log_likelihood += weight * LogOf(p[i], result.outliers, i);
      result.parent_log_likelihood += weight * LogOf(in_parent[i], parent_outliers, i);
      result.related.push_back(Related(p[i], result.outliers, i));
    }
    result.weight = set_.weight();
    return result;
  }

 private:
  struct Totals {
    explicit Totals(const Channel& channel) : counts(channel) {}
    double log_likelihood = 0, related = 0, outliers = 0;
    MoveCounts counts;
    TruthLengths::Counts lengths = {};
  };

  // Calls work(begin, end, block) for blocks of pairs from `first` on, on all threads.
  template <typename Work>
  void ForBlocks(size_t first, const Work& work, size_t most = ~size_t{0}) {
    const size_t pairs = set_.pairs().size();
    const size_t blocks = std::min(most, (pairs - std::min(pairs, first) + kBlock - 1) / kBlock);
    ParallelOrThrow(blocks, options_.threads, [&](unsigned, size_t block) {
      const size_t begin = first + block * kBlock;
      work(begin, std::min(pairs, begin + kBlock), block);
    });
  }
  bool Trained(size_t i, size_t held_out) const {
    return held_out == kNoFold || set_.FoldOf(i, options_.folds) != held_out;
  }
  double Mixed(double p, double outliers, size_t i) const { return (1 - outliers) * p + outliers * unrelated_[i]; }
  double LogOf(double p, double outliers, size_t i) const { return Log(Mixed(p, outliers, i)); }
  double Related(double p, double outliers, size_t i) const { return (1 - outliers) * p / Mixed(p, outliers, i); }

  // By pair, with the lengths of the last training.
  std::vector<double> ProbabilitiesOf(const Channel& channel) {
    std::vector<double> p(set_.pairs().size());
    ForBlocks(0, [&](size_t begin, size_t end, size_t) {
      PairReader reader(channel, population_, lengths_, options_.pairs);
      for (size_t i = begin; i < end; ++i) p[i] = reader.Probability(set_.pairs()[i]);
    });
    return p;
  }

  // The parent's best share of outliers among pairs that are not held out.
  double ParentOutliers(const std::vector<double>& in_parent, size_t held_out) const {
    double share = kOutliers;
    for (uint32_t i = 0; i < kMostIterations; ++i) {
      double outliers = 0, related = 0;
      for (size_t k = 0; k < in_parent.size(); ++k) {
        if (!Trained(k, held_out)) continue;
        const double p = Related(in_parent[k], share, k), weight = set_.pairs()[k].weight;
        related += weight * p;
        outliers += weight * (1 - p);
      }
      share = FitOutliers(outliers, related);
    }
    return share;
  }

  Totals Expect(const Channel& channel, double outliers, size_t held_out) {
    Totals totals(channel);
    for (size_t first = 0; first < set_.pairs().size(); first += kBlock * kBlocksAtOnce) {
      std::vector<Totals> blocks(kBlocksAtOnce, Totals(channel));
      ForBlocks(
          first,
          [&](size_t begin, size_t end, size_t block) {
            PairReader reader(channel, population_, lengths_, options_.pairs);
            for (size_t i = begin; i < end; ++i) {
              if (Trained(i, held_out)) ExpectPair(i, outliers, &reader, &blocks[block]);
            }
          },
          kBlocksAtOnce);
      for (const Totals& block : blocks) {
        totals.log_likelihood += block.log_likelihood;
        totals.related += block.related;
        totals.outliers += block.outliers;
        totals.counts.Add(block.counts);
        for (size_t i = 0; i < totals.lengths.size(); ++i) totals.lengths[i] += block.lengths[i];
      }
    }
    return totals;
  }
  void ExpectPair(size_t i, double outliers, PairReader* reader, Totals* totals) const {
    const TrainingPair& pair = set_.pairs()[i];
    const double p = reader->Probability(pair), related = Related(p, outliers, i);
    totals->log_likelihood += pair.weight * LogOf(p, outliers, i);
    totals->related += pair.weight * related;
    totals->outliers += pair.weight * (1 - related);
    if (p > 0) reader->Count(pair, p, pair.weight * related, &totals->counts, &totals->lengths);
  }

  // From the parent, on all pairs but those held out.
  Status Train(size_t held_out, TrainingResult* result) {
    ChannelFit fit(parent_, options_.weight);
    lengths_ = TruthLengths(set_.pairs());
    double outliers = kOutliers;
    uint32_t iteration = 0;
    result->objectives.clear();
    for (const auto detail : {ChannelFit::Detail::kLevels, ChannelFit::Detail::kRates, ChannelFit::Detail::kSymbols}) {
      if (detail != ChannelFit::Detail::kLevels) fit.Refine();
      std::vector<double>& objectives = result->objectives.emplace_back();
      for (uint32_t i = 0; i < kMostIterations; ++i) {
        const Totals totals = Expect(fit.channel(), outliers, held_out);
        const double weight = totals.related + totals.outliers;
        if (!(weight > 0)) break;
        objectives.push_back(totals.log_likelihood + fit.Penalty() + lengths_.Penalty() + OutliersPenalty(outliers));
        ++iteration;
        const auto training = static_cast<uint32_t>(held_out == kNoFold ? options_.folds : held_out);
        if (options_.progress && !options_.progress(training, iteration, totals.log_likelihood / weight)) {
          return Status(StatusCode::kCancelled, "training: stopped");
        }
        result->expected = totals.counts;
        if (i > 0 && objectives[i] - objectives[i - 1] < kGain * weight) break;
        fit.Fit(totals.counts);
        lengths_.Fit(totals.lengths);
        outliers = FitOutliers(totals.outliers, totals.related);
      }
    }
    result->channel = fit.channel();
    result->outliers = outliers;
    result->iterations = iteration;
    result->limited = fit.Limited();
    return Status();
  }

  const Channel& parent_;
  const TrainingSet& set_;
  const TrainingOptions& options_;
  PairPopulation population_;
  TruthLengths lengths_;           // As the last training left them.
  std::vector<double> unrelated_;  // By pair: its probability if it is none.
};

}  // namespace

Result<TrainingResult> TrainChannel(const Channel& parent, const std::vector<TrainingPair>& pairs,
                                    const TrainingOptions& options) {
  if (Status status = CheckChannel(parent); !status.ok()) return status;
  if (!(options.weight > 0) || !(options.weight <= 1e9)) {
    return Status(StatusCode::kInvalidArgument, "weight: expected a number above 0 and at most 1e9");
  }
  const TrainingSet set(pairs);
  Result<TrainingResult> result = Trainer(parent, set, options).Run();
  if (!result.ok()) return result;
  std::vector<double> related;
  for (size_t i = 0; i < pairs.size(); ++i) related.push_back(result->related[set.PlaceOf(i)]);
  result->related = std::move(related);
  return result;
}

}  // namespace burin::internal
