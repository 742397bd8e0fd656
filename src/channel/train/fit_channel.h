// The maximisation step of training: from counts of moves to a channel's numbers (docs/training.md has the formulas).
//
// Numbers are fitted in three rounds of growing detail, each smoothed towards what the round before came to, so that
// few pairs still move the few numbers that they can speak about:
//   levels   one factor on all slips (insert, erase, swap, misread certain, rewrites), one on all structural mistakes
//   rates    each of these by itself, and a factor on the misread rates of each doubt
//   symbols  misread rates by symbol, confusion rows, each rewrite, numbers of symbols of structural mistakes
// A rate x with centre c is penalised by weight / 2 (ln x/c)^2, a log-normal prior: rates of 1e-5 and of 1e-2 alike
// then follow a handful of events wherever these lead, and stay near the centre while there are none. What a misread
// symbol is read as, and how many symbols a mistake goes with, have Dirichlet priors. A number that is 0 stays 0.
#ifndef BURIN_SRC_CHANNEL_TRAIN_FIT_CHANNEL_H_
#define BURIN_SRC_CHANNEL_TRAIN_FIT_CHANNEL_H_

#include <string>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/move_counts.h"

namespace burin::internal {

// A share of draws, and what is believed of it.
struct FittedShare {
  double count = 0;   // Draws of it.
  double center = 0;  // 0: impossible.
  double most = 1;
};
// Of Dirichlet priors, per weight: how many observations they are worth.
inline constexpr double kRowWeight = 5;

// The shares that maximise the penalised likelihood of their counts and of `rest` other draws. `weight` > 0.
std::vector<double> FitShares(const std::vector<FittedShare>& shares, double rest, double weight);

class ChannelFit {
 public:
  enum class Detail { kLevels, kRates, kSymbols };

  ChannelFit(const Channel& parent, double weight);

  // What the last Fit came to; first the parent's.
  const Channel& channel() const { return now_.channel; }
  // Maximises the likelihood of counts that were expected under channel(), and its penalty, in the detail of the round.
  void Fit(const MoveCounts& counts);
  // ln of the prior of channel(), 0 at its best.
  double Penalty() const;
  // On to the next round, with channel() as its centre. REQUIRES: not in the last.
  void Refine();
  Detail detail() const { return detail_; }
  // What would have gone beyond the limits of a channel file and was held there; one line each.
  std::vector<std::string> Limited() const;

 private:
  // A channel with its rewrites as shares of what neither erasing nor swapping took; of two symbols, of what rewriting
  // the first alone left. So no number has to make room for another.
  struct Numbers {
    Channel channel;
    std::vector<double> rewrites;
  };
  struct Group {  // Of rewrites with one mark.
    std::vector<size_t> rewrites;
    size_t alone = ~size_t{0};  // The group of the first of two symbols, if there is one.
  };
  void FitLevels(const MoveCounts& counts);
  void FitRates(const MoveCounts& counts);
  void FitMisread(const MoveCounts& counts);
  void FitStructure(const MoveCounts& counts);
  void FitSymbols(const MoveCounts& counts);
  void FitErrors(const MoveCounts& counts);
  void FitRewrites(const MoveCounts& counts);
  void SetRewrites();
  double GroupShare(const Group& group, const std::vector<double>& shares) const;
  double GroupRest(const Group& group, const MoveCounts& counts) const;
  double RatesPenalty() const;
  double SymbolsPenalty() const;

  double weight_;
  Detail detail_ = Detail::kLevels;
  std::vector<Group> groups_;
  Numbers now_;
  Numbers rates_center_;             // Of rates, from the round of levels on.
  Numbers symbols_center_;           // Of what the last round fits.
  double slips_ = 1, mistakes_ = 1;  // Factors of the first round.
  double doubts_[kDoubts] = {1, 1, 1};
  double rewriting_ = 1;
};

}  // namespace burin::internal

#endif
