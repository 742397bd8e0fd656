#include "src/channel/train/fit_channel.h"

#include <algorithm>
#include <map>

#include "src/base/exp_log.h"

namespace burin::internal {
namespace {

// Those of a channel file (docs/channels.md); of sums, enough less than 1.
constexpr double kMostRate = 0.5;
constexpr double kMostSwap = 0.0075;
constexpr double kMostError = 0.999;
constexpr double kMostSum = 0.9;

// The point where a falling function becomes 0, or `high` if it never does before.
template <typename Function>
double Zero(double high, const Function& falling) {
  if (falling(high) >= 0) return high;
  double low = 0;
  for (int i = 0; i < 400; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (falling(middle) > 0 ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

struct Draws {
  double count = 0;  // Of draws that were something else,
  double share = 0;  // where this had that share.
};

// The factor x on all shares that maximises hits ln x + sum count ln(1 - x share), penalised around 1.
double FitFactor(double hits, const std::vector<Draws>& misses, double most, double weight) {
  double rest = 0;
  for (const Draws& d : misses) rest += d.count;
  if (!(hits + rest > 0)) return 1;
  return Zero(most, [&](double x) {
    double slope = hits - weight * Log(x);
    for (const Draws& d : misses) slope -= d.count * x * d.share / (1 - x * d.share);
    return slope;
  });
}

double Sum(const std::vector<double>& numbers) {
  double sum = 0;
  for (const double n : numbers) sum += n;
  return sum;
}

// ln of the prior of x around a centre, per unit of weight.
double RatePenalty(double x, double center) {
  if (!(center > 0)) return 0;
  const double off = Log(x / center);
  return -off * off / 2;
}
double DirichletPenalty(const double* p, const double* center, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) {
    if (center[i] > 0) sum += center[i] * Log(p[i] / center[i]);
  }
  return kRowWeight * sum;
}

// Replaces p by the mode of its posterior.
void FitRow(const std::vector<double>& counts, const double* center, double weight, double* p) {
  const double sum = Sum(counts);
  if (!(sum > 0)) return;
  weight *= kRowWeight;
  for (size_t i = 0; i < counts.size(); ++i) p[i] = (counts[i] + weight * center[i]) / (sum + weight);
}

std::vector<Affix*> AffixesOf(Structure* s) {
  return {&s->prefix_lost, &s->suffix_lost, &s->prefix_added, &s->suffix_added, &s->zeros_added};
}
std::vector<const Affix*> AffixesOf(const Structure& s) {
  return {&s.prefix_lost, &s.suffix_lost, &s.prefix_added, &s.suffix_added, &s.zeros_added};
}
constexpr size_t kAffixes = 5;
// By mistake: affixes, then zeros_lost, last_four, letters_lost, blocks_swapped.
std::vector<double*> MistakesOf(Structure* s) {
  std::vector<double*> all;
  for (Affix* affix : AffixesOf(s)) all.push_back(&affix->p);
  all.insert(all.end(), {&s->zeros_lost, &s->last_four, &s->letters_lost, &s->blocks_swapped});
  return all;
}
std::vector<double> SharesOf(const Structure& s) {
  Structure copy = s;
  std::vector<double> shares;
  for (const double* p : MistakesOf(&copy)) shares.push_back(*p);
  return shares;
}
std::vector<double> CountsOf(const MoveCounts& counts) {
  std::vector<double> all;
  for (size_t affix = 0; affix < kAffixes; ++affix) {
    double sum = 0;
    for (size_t i = 0; i < kAffixCounts; ++i) sum += counts.structure[affix * kAffixCounts + i];
    all.push_back(sum);
  }
  for (const size_t place : {kZerosLost, kLastFourLeft, kLettersLost, kBlocksSwapped}) {
    all.push_back(counts.structure[place]);
  }
  return all;
}

double WrongOf(const MoveCounts& counts, size_t doubt, size_t a) {
  double sum = 0;
  for (size_t b = 0; b < kChannelSymbols; ++b) {
    sum += counts.wrong[(doubt * kChannelSymbols + a) * kChannelSymbols + b];
  }
  return sum;
}

}  // namespace

std::vector<double> FitShares(const std::vector<FittedShare>& shares, double rest, double weight) {
  std::vector<double> p;
  double counted = rest, possible = 0;
  for (const FittedShare& s : shares) {
    p.push_back(s.center);
    counted += s.count;
    possible += s.center > 0 ? 1 : 0;
  }
  if (!(counted > 0)) return p;
  const auto at = [&](const FittedShare& s, double lambda) {
    if (!(s.center > 0)) return 0.0;
    return Zero(s.most, [&](double x) { return s.count - weight * Log(x / s.center) - lambda * x; });
  };
  // The rest's share is rest / lambda, and all sum to 1. No share is above (count + weight) / lambda and its centre
  // both.
  const double lambda = Zero(2 * counted + 2 * weight * possible, [&](double x) {
    double sum = rest / x - 1;
    for (const FittedShare& s : shares) sum += at(s, x);
    return sum;
  });
  for (size_t i = 0; i < shares.size(); ++i) p[i] = at(shares[i], lambda);
  return p;
}

ChannelFit::ChannelFit(const Channel& parent, double weight) : weight_(weight) {
  now_.channel = parent;
  std::map<std::u32string, size_t> by_mark;
  for (size_t r = 0; r < parent.rewrites.size(); ++r) {
    const auto [found, is_new] = by_mark.try_emplace(parent.rewrites[r].mark, groups_.size());
    if (is_new) groups_.emplace_back();
    groups_[found->second].rewrites.push_back(r);
  }
  const double left = 1 - parent.erase - parent.swap;
  for (const Rewrite& r : parent.rewrites) now_.rewrites.push_back(left > 0 ? r.p / left : 0);
  for (const auto& [mark, group] : by_mark) {
    if (mark.size() == 1) continue;
    const auto alone = by_mark.find(mark.substr(0, 1));
    if (alone == by_mark.end()) continue;
    groups_[group].alone = alone->second;
    const double share = GroupShare(groups_[alone->second], now_.rewrites);
    for (const size_t r : groups_[group].rewrites) now_.rewrites[r] /= 1 - share;
  }
  rates_center_ = symbols_center_ = now_;
}

double ChannelFit::GroupShare(const Group& group, const std::vector<double>& shares) const {
  double sum = 0;
  for (const size_t r : group.rewrites) sum += shares[r];
  return sum;
}

double ChannelFit::GroupRest(const Group& group, const MoveCounts& counts) const {
  double rest = counts.chances[group.rewrites[0]];
  for (const size_t r : group.rewrites) rest -= counts.rewritten[r];
  return std::max(rest, 0.0);
}

void ChannelFit::SetRewrites() {
  Channel& channel = now_.channel;
  const double left = 1 - channel.erase - channel.swap;
  for (const Group& group : groups_) {
    const double alone = group.alone < groups_.size() ? GroupShare(groups_[group.alone], now_.rewrites) : 0;
    for (const size_t r : group.rewrites) channel.rewrites[r].p = left * (1 - alone) * now_.rewrites[r];
  }
}

void ChannelFit::Fit(const MoveCounts& counts) {
  if (detail_ == Detail::kLevels) {
    FitLevels(counts);
  } else {
    FitRates(counts);
    if (detail_ == Detail::kSymbols) FitSymbols(counts);
  }
  SetRewrites();
}

void ChannelFit::FitLevels(const MoveCounts& counts) {
  const Channel& base = rates_center_.channel;
  std::vector<Draws> misses = {{counts.gaps, base.insert}, {counts.rest, base.erase + base.swap}};
  double hits = counts.inserted + counts.erased + counts.swapped + Sum(counts.rewritten);
  double most = 1e6;
  const auto limit = [&](double share, double highest) {
    if (share > 0) most = std::min(most, highest / share);
  };
  limit(base.insert, kMostRate);
  limit(base.erase, kMostRate);
  limit(base.swap, kMostSwap);
  limit(base.erase + base.swap, kMostSum);
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    hits += WrongOf(counts, 0, a);
    misses.push_back({counts.right[a], base.error[a]});
    limit(base.error[a], kMostError);
  }
  for (const Group& group : groups_) {
    misses.push_back({GroupRest(group, counts), GroupShare(group, rates_center_.rewrites)});
    limit(misses.back().share, kMostSum);
  }
  slips_ = FitFactor(hits, misses, most, weight_);
  Channel& channel = now_.channel;
  channel.insert = std::min(kMostRate, slips_ * base.insert);
  channel.erase = std::min(kMostRate, slips_ * base.erase);
  channel.swap = std::min(kMostSwap, slips_ * base.swap);
  for (size_t a = 0; a < kChannelSymbols; ++a) channel.error[a] = std::min(kMostError, slips_ * base.error[a]);
  for (size_t r = 0; r < now_.rewrites.size(); ++r) now_.rewrites[r] = slips_ * rates_center_.rewrites[r];

  const std::vector<double> shares = SharesOf(base.structure);
  most = 1e6;
  for (const double share : shares) limit(share, kMostRate);
  limit(Sum(shares), kMostSum);
  mistakes_ = FitFactor(Sum(CountsOf(counts)), {{counts.structure[kNothingHappened], Sum(shares)}}, most, weight_);
  const std::vector<double*> mistakes = MistakesOf(&channel.structure);
  for (size_t i = 0; i < shares.size(); ++i) *mistakes[i] = std::min(kMostRate, mistakes_ * shares[i]);
}

void ChannelFit::FitRates(const MoveCounts& counts) {
  const Channel& base = rates_center_.channel;
  Channel& channel = now_.channel;
  channel.insert = FitShares({{counts.inserted, base.insert, kMostRate}}, counts.gaps, weight_)[0];
  const std::vector<double> moves =
      FitShares({{counts.erased, base.erase, kMostRate}, {counts.swapped, base.swap, kMostSwap}}, counts.rest, weight_);
  channel.erase = moves[0];
  channel.swap = moves[1];
  FitStructure(counts);
  if (detail_ == Detail::kSymbols) return;
  FitMisread(counts);
  std::vector<Draws> misses;
  double most = 1e6;
  for (const Group& group : groups_) {
    misses.push_back({GroupRest(group, counts), GroupShare(group, rates_center_.rewrites)});
    if (misses.back().share > 0) most = std::min(most, kMostSum / misses.back().share);
  }
  rewriting_ = FitFactor(Sum(counts.rewritten), misses, most, weight_);
  for (size_t r = 0; r < now_.rewrites.size(); ++r) now_.rewrites[r] = rewriting_ * rates_center_.rewrites[r];
}

void ChannelFit::FitMisread(const MoveCounts& counts) {
  const std::vector<double>& base = rates_center_.channel.error;
  for (size_t doubt = 0; doubt < kDoubts; ++doubt) {
    std::vector<Draws> misses;
    double hits = 0, most = 1e6;
    for (size_t a = 0; a < kChannelSymbols; ++a) {
      const size_t at = doubt * kChannelSymbols + a;
      hits += WrongOf(counts, doubt, a);
      misses.push_back({counts.right[at], base[at]});
      if (base[at] > 0) most = std::min(most, kMostError / base[at]);
    }
    doubts_[doubt] = FitFactor(hits, misses, most, weight_);
    for (size_t at = doubt * kChannelSymbols; at < (doubt + 1) * kChannelSymbols; ++at) {
      now_.channel.error[at] = std::min(kMostError, doubts_[doubt] * base[at]);
    }
  }
}

void ChannelFit::FitStructure(const MoveCounts& counts) {
  const std::vector<double> centers = SharesOf(rates_center_.channel.structure), happened = CountsOf(counts);
  std::vector<FittedShare> shares;
  for (size_t i = 0; i < centers.size(); ++i) shares.push_back({happened[i], centers[i], kMostRate});
  const std::vector<double> fitted = FitShares(shares, counts.structure[kNothingHappened], weight_);
  const std::vector<double*> mistakes = MistakesOf(&now_.channel.structure);
  for (size_t i = 0; i < fitted.size(); ++i) *mistakes[i] = fitted[i];
}

void ChannelFit::FitSymbols(const MoveCounts& counts) {
  FitErrors(counts);
  Channel& channel = now_.channel;
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    std::vector<double> row(kChannelSymbols);
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      for (size_t doubt = 0; doubt < kDoubts; ++doubt) {
        row[b] += counts.wrong[(doubt * kChannelSymbols + a) * kChannelSymbols + b];
      }
    }
    FitRow(row, &symbols_center_.channel.confusion[a * kChannelSymbols], weight_,
           &channel.confusion[a * kChannelSymbols]);
  }
  FitRewrites(counts);
  const std::vector<Affix*> affixes = AffixesOf(&channel.structure);
  const std::vector<const Affix*> centers = AffixesOf(symbols_center_.channel.structure);
  for (size_t i = 0; i < kAffixes; ++i) {
    const double* first = &counts.structure[i * kAffixCounts];
    FitRow(std::vector<double>(first, first + centers[i]->counts.size()), centers[i]->counts.data(), weight_,
           affixes[i]->counts.data());
  }
}

// More doubt is never less error: rates that would break that are fitted together.
void ChannelFit::FitErrors(const MoveCounts& counts) {
  struct Pool {
    double wrong, right;
    double weight, center;  // Of all centres; the weighed sum of their logarithms.
    size_t doubts;
    double rate;
  };
  const auto fit = [](Pool* pool) {
    if (!(pool->weight > 0)) return;
    pool->rate = Zero(kMostError, [&](double x) {
      return pool->wrong - pool->right * x / (1 - x) - pool->weight * Log(x) + pool->center;
    });
  };
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    std::vector<Pool> pools;
    for (size_t doubt = 0; doubt < kDoubts; ++doubt) {
      const size_t at = doubt * kChannelSymbols + a;
      const double center = symbols_center_.channel.error[at];
      Pool pool = {0, 0, 0, 0, 1, center};
      if (center > 0) pool = {WrongOf(counts, doubt, a), counts.right[at], weight_, weight_ * Log(center), 1, center};
      if (pool.wrong + pool.right > 0) fit(&pool);
      pools.push_back(pool);
      while (pools.size() > 1 && pools[pools.size() - 2].rate > pools.back().rate) {
        const Pool last = pools.back();
        pools.pop_back();
        Pool& joint = pools.back();
        joint = {joint.wrong + last.wrong,   joint.right + last.right,   joint.weight + last.weight,
                 joint.center + last.center, joint.doubts + last.doubts, 0};
        fit(&joint);
      }
    }
    size_t doubt = 0;
    for (const Pool& pool : pools) {
      for (size_t i = 0; i < pool.doubts; ++i) now_.channel.error[doubt++ * kChannelSymbols + a] = pool.rate;
    }
  }
}

void ChannelFit::FitRewrites(const MoveCounts& counts) {
  for (const Group& group : groups_) {
    std::vector<FittedShare> shares;
    for (const size_t r : group.rewrites)
      shares.push_back({counts.rewritten[r], symbols_center_.rewrites[r], kMostSum});
    const std::vector<double> fitted = FitShares(shares, GroupRest(group, counts), weight_);
    for (size_t i = 0; i < fitted.size(); ++i) now_.rewrites[group.rewrites[i]] = fitted[i];
  }
}

double ChannelFit::RatesPenalty() const {
  const Channel &base = rates_center_.channel, &channel = now_.channel;
  double sum = RatePenalty(channel.insert, base.insert) + RatePenalty(channel.erase, base.erase) +
               RatePenalty(channel.swap, base.swap);
  const std::vector<double> centers = SharesOf(base.structure), shares = SharesOf(channel.structure);
  for (size_t i = 0; i < shares.size(); ++i) sum += RatePenalty(shares[i], centers[i]);
  return sum;
}

double ChannelFit::SymbolsPenalty() const {
  const Channel &base = symbols_center_.channel, &channel = now_.channel;
  double sum = 0;
  for (size_t i = 0; i < base.error.size(); ++i) sum += RatePenalty(channel.error[i], base.error[i]);
  for (size_t r = 0; r < now_.rewrites.size(); ++r) {
    sum += RatePenalty(now_.rewrites[r], symbols_center_.rewrites[r]);
  }
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    sum += DirichletPenalty(&channel.confusion[a * kChannelSymbols], &base.confusion[a * kChannelSymbols],
                            kChannelSymbols);
  }
  const std::vector<const Affix*> affixes = AffixesOf(channel.structure), centers = AffixesOf(base.structure);
  for (size_t i = 0; i < kAffixes; ++i) {
    sum += DirichletPenalty(affixes[i]->counts.data(), centers[i]->counts.data(), centers[i]->counts.size());
  }
  return sum;
}

double ChannelFit::Penalty() const {
  if (detail_ == Detail::kLevels) return weight_ * (RatePenalty(slips_, 1) + RatePenalty(mistakes_, 1));
  double sum = RatesPenalty();
  if (detail_ == Detail::kSymbols) return weight_ * (sum + SymbolsPenalty());
  for (const double factor : doubts_) sum += RatePenalty(factor, 1);
  return weight_ * (sum + RatePenalty(rewriting_, 1));
}

void ChannelFit::Refine() {
  if (detail_ == Detail::kLevels) {
    rates_center_ = symbols_center_ = now_;
    detail_ = Detail::kRates;
  } else {
    symbols_center_ = now_;
    detail_ = Detail::kSymbols;
  }
}

std::vector<std::string> ChannelFit::Limited() const {
  const Channel& channel = now_.channel;
  std::vector<std::string> lines;
  const auto add = [&](const std::string& what, double value, double most, const char* limit) {
    if (value >= most) lines.push_back(what + ": the pairs say more than the limit of " + limit + ", which is kept");
  };
  add("insert", channel.insert, kMostRate, "0.5");
  add("erase", channel.erase, kMostRate, "0.5");
  add("swap", channel.swap, kMostSwap, "0.0075");
  add("misread", *std::max_element(channel.error.begin(), channel.error.end()), kMostError, "0.999");
  const std::vector<double> shares = SharesOf(channel.structure);
  add("structure", *std::max_element(shares.begin(), shares.end()), kMostRate, "0.5");
  for (size_t r = 0; r < now_.rewrites.size(); ++r) add("rewrites", now_.rewrites[r], kMostSum, "0.9");
  bool pooled = false;
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    for (size_t doubt = 1; doubt < kDoubts; ++doubt) {
      const size_t at = doubt * kChannelSymbols + a;
      pooled = pooled || (channel.error[at] == channel.error[at - kChannelSymbols] &&
                          symbols_center_.channel.error[at] > channel.error[at]);
    }
  }
  if (pooled) lines.push_back("misread: less doubt had more error, such rates are made equal");
  return lines;
}

}  // namespace burin::internal
