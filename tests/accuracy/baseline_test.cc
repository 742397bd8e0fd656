// The baselines against slow twins and published examples, and the knower against sums by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "bench/accuracy/baseline/jaro_winkler.h"
#include "bench/accuracy/baseline/osa.h"
#include "bench/accuracy/baseline/trigram.h"
#include "bench/accuracy/noise/knower.h"
#include "bench/accuracy/noise/likelihood.h"
#include "bench/accuracy/random.h"

namespace burin::accuracy {
namespace {

size_t SlowOsa(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  const auto alike = [&](size_t i, size_t j) { return a[i - 1] == b[j - 1] || a[i - 1] == '?'; };
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + !alike(i, j)});
      if (i > 1 && j > 1 && alike(i, j - 1) && alike(i - 1, j)) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(Osa, EqualsTheSlowTwin) {
  Random random(1);
  for (size_t round = 0; round < 20'000; ++round) {
    std::string a(1 + random.Below(9), ' '), b(random.Below(10), ' ');
    for (char& c : a) c = "AB1?"[random.Below(4)];
    for (char& c : b) c = "AB1"[random.Below(3)];
    ASSERT_EQ(OsaReading(a).Distance(b), SlowOsa(a, b)) << a << " " << b;
  }
}

TEST(JaroWinkler, PublishedExamples) {
  EXPECT_NEAR(JaroWinkler("MARTHA", "MARHTA"), 0.9611, 5e-5);
  EXPECT_NEAR(JaroWinkler("DWAYNE", "DUANE"), 0.84, 5e-5);
  EXPECT_NEAR(JaroWinkler("DIXON", "DICKSONX"), 0.8133, 5e-5);
  EXPECT_DOUBLE_EQ(JaroWinkler("A", "B"), 0);
  EXPECT_DOUBLE_EQ(JaroWinkler("A1", "A1"), 1);
}

TEST(Trigram, ByHand) {
  // "  A", " A1", "A1 " and "  A", " A2", "A2 ": one of three.
  EXPECT_DOUBLE_EQ(TrigramCosine("A1", "A2"), 1.0 / 3);
  EXPECT_DOUBLE_EQ(TrigramCosine("A1", "A1"), 1);
  EXPECT_DOUBLE_EQ(TrigramCosine("A1", "B2"), 0);
}

Registry Small() {
  Registry registry;
  registry.serials = {"A1001", "A1002", "A1011", "B7", "C9999"};
  return registry;
}

TEST(Ranker, CountsThoseBeforeAndTied) {
  const Registry registry = Small();
  const auto osa = OsaRanker(registry)();
  EXPECT_EQ(osa->Place("A1000", 0).before, 0u);
  EXPECT_EQ(osa->Place("A1000", 0).tied, 2u);
  EXPECT_EQ(osa->Place("A1000", 2).before, 2u);
  const auto trigram = TrigramRanker(registry)();
  EXPECT_EQ(trigram->Place("A1001", 0).before, 0u);
  EXPECT_EQ(trigram->Place("A1001", 0).tied, 1u);
  EXPECT_EQ(trigram->Place("A1001", 4).before, 3u);
  EXPECT_EQ(trigram->Place("A1001", 4).tied, 2u);  // B7 has nothing in common either.
}

TEST(Ranker, RemovedRecordsAreNotShown) {
  Registry registry = Small();
  registry.removed = {false, true, false, false, false};
  EXPECT_EQ(OsaRanker(registry)()->Place("A1000", 0).tied, 1u);
  EXPECT_EQ(TrigramRanker(registry)()->Place("A1002", 0).before, 0u);
}

TEST(Knower, SumsOverTheRegistry) {
  Registry registry = Small();
  const NoiseModel model = ChannelModel(TypedRates(20));
  Likelihood likelihood(model, "A1001");
  double sum = 0;
  for (const std::string& serial : registry.serials) sum += likelihood.Of(serial);
  auto ask = [&](std::optional<uint32_t> hidden) {
    const auto ranker = KnowerRanker(registry, model)();
    return dynamic_cast<AnsweringRanker&>(*ranker).Ask("A1001", hidden);
  };
  const double own = likelihood.Of("A1001");
  Answer answer = ask({});
  EXPECT_EQ(answer.candidates[0].record, 0u);
  EXPECT_NEAR(answer.candidates[0].posterior, own / sum, 1e-3);
  EXPECT_NEAR(answer.candidates[0].log10_lr, std::log10(own / ((sum - own) / 4)), 1e-3);
  EXPECT_EQ(answer.not_in_registry, 0);
  answer = ask(0);
  EXPECT_NE(answer.candidates[0].record, 0u);
  EXPECT_NEAR(answer.candidates[0].posterior,
              likelihood.Of(registry.serials[answer.candidates[0].record]) / (sum - own), 0.01);
  registry.removed = {true, false, false, false, false};
  EXPECT_NEAR(ask({}).not_in_registry, own / sum, 1e-3);
}

}  // namespace
}  // namespace burin::accuracy
