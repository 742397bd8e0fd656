// No mark is likelier than the bound for its length and the cost of its best alignment.
#include "src/evidence/likelihood/unseen_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/compile/mark_changes.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/shipped.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/reference/cases.h"
#include "tests/reference/random_reading.h"

namespace burin::internal {
namespace {

using reference::Choices;

Cost CostOf(const Lattice& reading, const CostLattice& plain, const Channel& channel, std::u32string_view mark,
            bool partial) {
  Cost cost = MarkScorer(plain).Score(mark, 0, kMaxMarkSymbols);
  if (partial) return cost;
  for (const ChangedLattice& change : ChangedLattices(reading, plain, channel, kNever - 1)) {
    cost = std::min(cost, MarkScorer(*change.Costs()).Score(mark, 0, kMaxMarkSymbols));
  }
  return cost;
}

TEST(UnseenBound, IsNeverBelowTheLikelihood) {
  uint64_t marks = 0, close = 0;
  for (uint64_t seed = 1; marks < TestCases(); ++seed) {
    Choices choices(seed);
    const Channel& channel =
        (*ShippedChannel(ShippedChannelName(choices.Below(static_cast<uint32_t>(ShippedChannelCount())))))->channel;
    const std::u32string alphabet = reference::RandomAlphabet(&choices);
    const Lattice reading = reference::RandomLattice(alphabet, &choices);
    const Result<CostLattice> costs = CompileChannel(reading, channel);
    if (!costs.ok() || costs->best >= kNever) continue;
    std::vector<double> in_vain(costs->slots);
    for (const auto& loop : costs->loops) in_vain[loop.slot] += loop.weight;
    if (*std::max_element(in_vain.begin(), in_vain.end()) >= 1) continue;  // Added without end.
    const UnseenBound bound(reading, *costs, channel, kMaxMarkSymbols);
    Likelihood likelihood(reading, *costs, channel);
    for (int i = 0; i < 6; ++i, ++marks) {
      std::u32string mark = reference::Edited(reference::RandomReadString(reading, alphabet, &choices),
                                              choices.Below(4), alphabet, &choices);
      if (choices.OneIn(4)) mark = U"0" + mark;
      const bool partial = !mark.empty() && choices.OneIn(6);
      if (partial) mark[choices.Below(static_cast<uint32_t>(mark.size()))] = kUnreadable;
      if (mark.empty() || mark.size() > 24) continue;
      const Cost cost = CostOf(reading, *costs, channel, mark, partial);
      const double p = likelihood.Of(mark);
      const auto length = static_cast<uint32_t>(mark.size());
      if (cost >= kNever) {
        EXPECT_EQ(p, 0) << seed;
        continue;
      }
      EXPECT_LE(p, bound.Of(length, cost))
          << "seed " << seed << ", " << mark.size() << " symbols at " << cost << " under " << channel.name;
      EXPECT_LE(p, bound.OfAny(cost));
      close += bound.Of(length, cost) < 30 * p ? 1 : 0;
    }
  }
  std::printf("%llu marks, %llu bounds within a factor of 30\n", static_cast<unsigned long long>(marks),
              static_cast<unsigned long long>(close));
  EXPECT_GT(close, marks / 20);
}

}  // namespace
}  // namespace burin::internal
