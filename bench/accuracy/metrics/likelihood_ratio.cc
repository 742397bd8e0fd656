#include "bench/accuracy/metrics/likelihood_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace burin::accuracy {
namespace {

// log2(1 + 10^x) without overflow.
double Bits(double x) {
  const double nats = x * std::log(10.0);
  return (nats > 0 ? nats + std::log1p(std::exp(-nats)) : std::log1p(std::exp(nats))) / std::log(2.0);
}

bool Usable(const LrTrials& trials) { return !trials.same.empty() && !trials.different.empty(); }

// Whether block b's share of same-source trials does not exceed a's.
bool Violates(const PavBlock& a, const PavBlock& b) {
  return static_cast<double>(b.same) * static_cast<double>(a.different) <=
         static_cast<double>(a.same) * static_cast<double>(b.different);
}

std::vector<PavBlock> EqualScores(const LrTrials& trials) {
  struct Scored {
    double score;
    bool same;
  };
  std::vector<Scored> all;
  for (const double score : trials.same) all.push_back({score, true});
  for (const double score : trials.different) all.push_back({score, false});
  std::sort(all.begin(), all.end(), [](const Scored& a, const Scored& b) { return a.score < b.score; });
  std::vector<PavBlock> blocks;
  for (const Scored& trial : all) {
    if (blocks.empty() || blocks.back().score != trial.score) blocks.push_back({trial.score, 0, 0});
    ++(trial.same ? blocks.back().same : blocks.back().different);
  }
  return blocks;
}

}  // namespace

double Cllr(const LrTrials& trials) {
  if (!Usable(trials)) return std::numeric_limits<double>::quiet_NaN();
  double same = 0, different = 0;
  for (const double lr : trials.same) same += Bits(-lr);
  for (const double lr : trials.different) different += Bits(lr);
  return (same / static_cast<double>(trials.same.size()) + different / static_cast<double>(trials.different.size())) /
         2;
}

std::vector<PavBlock> Pav(const LrTrials& trials) {
  std::vector<PavBlock> blocks;
  for (PavBlock block : EqualScores(trials)) {
    while (!blocks.empty() && Violates(blocks.back(), block)) {
      block.score = blocks.back().score;
      block.same += blocks.back().same;
      block.different += blocks.back().different;
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  return blocks;
}

double CllrMin(const LrTrials& trials) {
  if (!Usable(trials)) return std::numeric_limits<double>::quiet_NaN();
  const double same = static_cast<double>(trials.same.size()), different = static_cast<double>(trials.different.size());
  double cost = 0;
  for (const PavBlock& block : Pav(trials)) {
    if (block.same == 0 || block.different == 0) continue;  // Infinite and right: no cost.
    const double s = static_cast<double>(block.same), d = static_cast<double>(block.different);
    const double lr = std::log10((s / same) / (d / different));
    cost += s / same * Bits(-lr) + d / different * Bits(lr);
  }
  return cost / 2;
}

}  // namespace burin::accuracy
