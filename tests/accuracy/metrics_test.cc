// The figures of the accuracy bench against values worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "bench/accuracy/metrics/calibration.h"
#include "bench/accuracy/metrics/interval.h"
#include "bench/accuracy/metrics/judge.h"
#include "bench/accuracy/metrics/likelihood_ratio.h"
#include "bench/accuracy/metrics/placement.h"

namespace burin::accuracy {
namespace {

TEST(Placement, CountsTiesAsMeansOverTheirOrders) {
  EXPECT_DOUBLE_EQ(RecallAt({0, 1}, 1), 1);
  EXPECT_DOUBLE_EQ(RecallAt({1, 1}, 1), 0);
  EXPECT_DOUBLE_EQ(RecallAt({0, 4}, 1), 0.25);
  EXPECT_DOUBLE_EQ(RecallAt({8, 4}, 10), 0.5);
  EXPECT_DOUBLE_EQ(RecallAt({0, 0}, 10), 0);  // Not in the ranking.
  EXPECT_DOUBLE_EQ(ReciprocalRank({2, 1}), 1.0 / 3);
  EXPECT_DOUBLE_EQ(ReciprocalRank({0, 2}), (1 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(ReciprocalRank({0, 0}), 0);
}

TEST(Placement, Means) {
  const Placement placements[] = {{0, 1}, {0, 2}, {3, 1}, {0, 0}};
  const Ranking ranking = Summarize(placements);
  EXPECT_DOUBLE_EQ(ranking.recall_at_1, (1 + 0.5) / 4);
  EXPECT_DOUBLE_EQ(ranking.recall_at_10, 3.0 / 4);
  EXPECT_DOUBLE_EQ(ranking.reciprocal_rank, (1 + 0.75 + 0.25) / 4);
  EXPECT_EQ(ranking.missing, 1u);
}

TEST(Interval, Wilson) {
  // z = 2: 8 of 10 gives (0.8 + 0.2 -+ 2 sqrt(0.016 + 0.01)) / 1.4.
  const Interval interval = Wilson(8, 10, 2);
  EXPECT_NEAR(interval.low, (1 - 2 * std::sqrt(0.026)) / 1.4, 1e-12);
  EXPECT_NEAR(interval.high, (1 + 2 * std::sqrt(0.026)) / 1.4, 1e-12);
  EXPECT_DOUBLE_EQ(Wilson(0, 10, 2).low, 0);
  EXPECT_NEAR(Wilson(0, 10, 2).high, 0.4 / 1.4, 1e-12);
  EXPECT_DOUBLE_EQ(Wilson(0, 0).high, 1);
}

TEST(Interval, Quantiles) {
  const double shares[] = {0, 0.25, 0.5, 0.51, 1};
  EXPECT_EQ(Quantiles({4, 1, 3, 2}, shares), (std::vector<double>{1, 1, 2, 3, 4}));
  EXPECT_TRUE(Quantiles({}, shares).empty());
}

TEST(LikelihoodRatio, CllrOfSayingNothingIsOneBit) {
  EXPECT_DOUBLE_EQ(Cllr({{0, 0, 0}, {0}}), 1);
  EXPECT_DOUBLE_EQ(CllrMin({{0, 0, 0}, {0}}), 1);
}

TEST(LikelihoodRatio, CllrByHand) {
  // LR 3 for the same source: log2(4/3); LR 1 for another: 1; LR 1/3: log2(4/3).
  const double log3 = std::log10(3.0);
  EXPECT_NEAR(Cllr({{log3}, {0, -log3}}), (std::log2(4.0 / 3) + (1 + std::log2(4.0 / 3)) / 2) / 2, 1e-12);
  EXPECT_DOUBLE_EQ(CllrMin({{log3}, {0, -log3}}), 0);  // Perfectly parted.
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_DOUBLE_EQ(Cllr({{infinity}, {-infinity}}), 0);
  EXPECT_EQ(Cllr({{-infinity}, {0}}), infinity);
  EXPECT_NEAR(Cllr({{300}, {300}}), 300 * std::log2(10.0) / 2, 1e-9);  // No overflow.
  EXPECT_TRUE(std::isnan(Cllr({{1}, {}})));
}

TEST(LikelihoodRatio, PavMergesViolators) {
  // In order of score: d, s, d, s, s. Blocks: {d}, {s, d}, {s, s}.
  const auto blocks = Pav({{2, 4, 5}, {1, 3}});
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].different, 1u);
  EXPECT_EQ(blocks[1].same, 1u);
  EXPECT_EQ(blocks[1].different, 1u);
  EXPECT_EQ(blocks[1].score, 2);
  EXPECT_EQ(blocks[2].same, 2u);
  // The middle block: LR = (1/3) / (1/2) = 2/3. Others cost nothing.
  const double lr = 2.0 / 3;
  EXPECT_NEAR(CllrMin({{2, 4, 5}, {1, 3}}), (std::log2(1 + 1 / lr) / 3 + std::log2(1 + lr) / 2) / 2, 1e-12);
}

TEST(LikelihoodRatio, PavOfAReversedScoreIsOneBlock) {
  EXPECT_EQ(Pav({{1, 2}, {3, 4}}).size(), 1u);
  EXPECT_DOUBLE_EQ(CllrMin({{1, 2}, {3, 4}}), 1);
}

TEST(Calibration, TableAndEce) {
  const Judged answers[] = {{0.05, false}, {0.55, true}, {0.55, false}, {1, true}, {0.9995, true}, {0.9995, false}};
  const auto bins = CalibrationTable(answers);
  ASSERT_EQ(bins.size(), 13u);
  EXPECT_EQ(bins[0].answers, 1u);
  EXPECT_EQ(bins[5].answers, 2u);
  EXPECT_EQ(bins[5].right, 1u);
  EXPECT_DOUBLE_EQ(bins[5].mean_posterior, 0.55);
  EXPECT_EQ(bins[12].answers, 3u);
  // 0.05 in the first bin, 2 * 0.05 in the sixth, |2.999 - 2| in the last.
  EXPECT_NEAR(Ece(answers), (0.05 + 0.1 + 0.999) / 6, 1e-12);
  EXPECT_DOUBLE_EQ(Ece({}), 0);
}

TEST(Calibration, BinsBeginAtTheirEdges) {
  const Judged answers[] = {{0, false}, {0.1, false}, {0.999, true}};
  const auto bins = CalibrationTable(answers);
  EXPECT_EQ(bins[0].answers, 1u);
  EXPECT_EQ(bins[1].answers, 1u);
  EXPECT_EQ(bins[12].answers, 1u);
}

TEST(Calibration, PerfectEceIsThatOfDrawing) {
  const std::vector<Judged> certain(10, {1, true});
  EXPECT_DOUBLE_EQ(PerfectEce(certain, 1).mean, 0);
  // One answer with 0.5 is off by 0.5 however it falls; two are off by 0.5 or 0 with even chances.
  EXPECT_DOUBLE_EQ(PerfectEce(std::vector<Judged>(1, {0.5, true}), 1).mean, 0.5);
  EXPECT_NEAR(PerfectEce(std::vector<Judged>(2, {0.5, true}), 1, 20000).mean, 0.25, 0.01);
  EXPECT_DOUBLE_EQ(PerfectEce(std::vector<Judged>(2, {0.5, true}), 1, 20000).high, 0.5);
}

TEST(Calibration, Confident) {
  const Judged answers[] = {{0.99, false}, {0.995, false}, {0.995, true}, {1, true}};
  EXPECT_EQ(CountConfident(answers, 0.99).answers, 3u);
  EXPECT_EQ(CountConfident(answers, 0.99).wrong, 1u);
}

// Three readings: found, wrong, and one whose record was not in the registry.
std::vector<Outcome> Outcomes() {
  std::vector<Outcome> outcomes(3);
  outcomes[0] = {{0, 1}, true, true, 5, 2, 0.9, 0.9, true, 0.05};
  outcomes[1] = {{3, 1}, true, true, -1, {}, 0.1, 0.6, false, 0.2};
  outcomes[2] = {{}, false, true, {}, 3, {}, 0.995, false, 0.001};
  return outcomes;
}

TEST(Judge, LikelihoodRatios) {
  const LrFigures figures = JudgeLrs(Outcomes());
  EXPECT_EQ(figures.trials.same, (std::vector<double>{5, -1, kUnlistedLog10Lr}));
  EXPECT_EQ(figures.trials.different, (std::vector<double>{2, kUnlistedLog10Lr, 3}));
  EXPECT_EQ(figures.excluded, 2u);
  EXPECT_EQ(figures.unlisted, 1u);
}

TEST(Judge, OpenSet) {
  const FalseAlarms alarms = CountFalseAlarms(Outcomes());
  EXPECT_EQ(alarms.absent, 1u);
  EXPECT_EQ(alarms.above_half, 1u);
  EXPECT_EQ(alarms.above_99, 1u);
  EXPECT_EQ(FirstCandidates(Outcomes()).size(), 3u);
  EXPECT_TRUE(Absences(Outcomes())[2].right);
  EXPECT_FALSE(Absences(Outcomes())[0].right);
  LrTrials trials = RecordOdds(Outcomes(), 0.9);
  ASSERT_EQ(trials.same.size(), 2u);
  EXPECT_NEAR(trials.same[0], std::log10(0.9 / 0.05 / 9), 1e-12);
  EXPECT_NEAR(trials.same[1], std::log10(0.1 / 0.2 / 9), 1e-12);
  ASSERT_EQ(trials.different.size(), 1u);
  EXPECT_NEAR(trials.different[0], std::log10(0.995 / 0.001 / 9), 1e-12);
  trials = PresenceOdds(Outcomes(), 0.9);
  EXPECT_NEAR(trials.same[0], std::log10(0.95 / 0.05 / 9), 1e-12);
  EXPECT_NEAR(trials.different[0], std::log10(111), 1e-12);
}

}  // namespace
}  // namespace burin::accuracy
