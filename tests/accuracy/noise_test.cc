// The noise models: what is drawn comes as often as the likelihood says, and the scan of a population leaves out no
// more than it admits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "bench/accuracy/noise/damage.h"
#include "bench/accuracy/noise/likelihood.h"
#include "bench/accuracy/noise/population_scan.h"
#include "bench/accuracy/noise/structure.h"

namespace burin::accuracy {
namespace {

Confusion HandwritingConfusion() {
  Confusion confusion{};
  std::string error;
  EXPECT_TRUE(
      ReadConfusion(BURIN_SOURCE_DIR "/bench/accuracy/data/emnist_confusion_counts.csv", 0.2, &confusion, &error))
      << error;
  return confusion;
}

// Everything happens often, so that every move and every pair of moves is seen.
NoiseModel HarshModel() {
  NoiseModel model = DeskModel(HandwritingConfusion());
  for (double* rate : {&model.insert, &model.erase, &model.twin, &model.swap}) *rate = 0.03;
  model.misread.fill(0.05);
  model.lose_front = model.lose_back = model.lose_zeros = model.last_four = 0.1;
  return model;
}

// Compares the share of each reading drawn often with its probability, and the whole by the sum over all drawn.
void CompareWithDrawing(const NoiseModel& model, const std::string& serial) {
  constexpr size_t kDrawn = 60'000;
  std::map<std::string, size_t> counts;
  Random random(serial.size());
  for (size_t i = 0; i < kDrawn; ++i) ++counts[DrawReading(model, serial, &random)];
  double sum = 0, surprise = 0;
  size_t compared = 0, once = 0;
  for (const auto& [reading, count] : counts) {
    once += count == 1;
    const double p = Likelihood(model, reading).Of(serial);
    ASSERT_GT(p, 0) << serial << " read as " << reading;
    sum += p;
    const double expected = p * kDrawn;
    if (expected < 50) continue;
    const double deviation = (static_cast<double>(count) - expected) / std::sqrt(expected * (1 - p) + 1e-9);
    EXPECT_LT(std::fabs(deviation), 5) << serial << " read as " << reading << ": " << count << ", not " << expected;
    surprise += deviation * deviation;
    ++compared;
  }
  // What was never drawn is as likely as the share of what was drawn once (Good and Turing).
  EXPECT_NEAR(1 - sum, static_cast<double>(once) / kDrawn, 0.01) << serial;
  ASSERT_GT(compared, 2u);
  const double n = static_cast<double>(compared);
  EXPECT_LT(surprise, n + 5 * std::sqrt(2 * n)) << serial;  // Chi-squared: mean n, deviation sqrt(2n).
}

TEST(Noise, DrawnAsOftenAsTheLikelihoodSays) {
  for (const char* serial : {"7", "12", "007", "A11", "00B4", "10223", "0O0O"}) {
    CompareWithDrawing(HarshModel(), serial);
  }
  CompareWithDrawing(ChannelModel(TypedRates(50)), "A18");
}

TEST(Noise, AllReadingsOfOneSymbolSumToOne) {
  // Readings of up to three symbols hold nearly all of the probability; what is longer was added twice or more.
  const NoiseModel model = ChannelModel(TypedRates(10));
  double sum = 0;
  for (char a : kSymbols) {
    sum += Likelihood(model, std::string(1, a)).Of("5");
    for (char b : kSymbols) {
      sum += Likelihood(model, std::string{a, b}).Of("5");
      for (char c : kSymbols) sum += Likelihood(model, std::string{a, b, c}).Of("5");
    }
  }
  EXPECT_NEAR(sum, 1, 1e-6);
}

TEST(Noise, ByHand) {
  NoiseModel model = ChannelModel({"hand", 0.1, 0.2, 0.3, 0.4, 0.6, {"10"}});
  const double go = 0.9;  // Out of a gap.
  // One symbol: no swap, so 0.8 is looked at. "1" kept: 0.6 of that. Nothing is read with erase and no addition.
  const double empty = go * 0.2 * go;
  const double added = go * 0.2 * go * 2 * 0.1 / 36;  // Erased, and a 1 added before or after.
  EXPECT_NEAR(Likelihood(model, "1").Of("1"), (go * 0.8 * 0.6 * go + added) / (1 - empty), 1e-12);
  // "0" is its only look-alike.
  EXPECT_NEAR(Likelihood(model, "0").Of("1"), (go * 0.8 * 0.4 * 0.6 * go + added) / (1 - empty), 1e-12);
}

TEST(Structure, PartsSumToOne) {
  const NoiseModel model = HarshModel();
  for (const char* serial : {"7", "00", "0", "007", "12", "12345", "00000001", "0000"}) {
    double sum = 0;
    for (const Part& part : Parts(model, serial)) {
      EXPECT_LT(part.begin, part.end);
      EXPECT_GT(part.weight, 0);
      sum += part.weight;
    }
    EXPECT_NEAR(sum, 1, 1e-12) << serial;
  }
  EXPECT_NEAR(BeginWeight(model, "00012345", 3), 0.1 * 0.2 + 0.1, 1e-12);  // Three in front, or the zeros.
}

TEST(PopulationScan, EqualsEverySerialByItself) {
  std::vector<std::string> serials;
  Random random(3);
  for (size_t i = 0; i < 400; ++i) {
    std::string serial(1 + random.Below(7), '0');
    for (char& c : serial) c = "0012A"[random.Below(5)];
    if (std::find(serials.begin(), serials.end(), serial) == serials.end()) serials.push_back(serial);
  }
  const PopulationScan scan(std::vector<std::string_view>(serials.begin(), serials.end()));
  for (const NoiseModel& model : {HarshModel(), DeskModel(HandwritingConfusion()), ChannelModel(TypedRates())}) {
    for (size_t i = 0; i < 25; ++i) {
      const std::string reading = DrawReading(model, serials[random.Below(serials.size())], &random);
      Likelihood likelihood(model, reading);
      double all = 0;
      for (const std::string& serial : serials) all += likelihood.Of(serial);
      for (const double loss : {0.0, 1e-4, 1e-2}) {
        const auto found = scan.Scan(model, reading, loss);
        EXPECT_LE(found.sum, all * (1 + 1e-9));
        EXPECT_GE(found.sum + found.missed, all * (1 - 1e-9)) << reading;
        EXPECT_LE(found.missed, loss * found.sum);
        for (const auto& [record, value] : found.likelihoods) {
          EXPECT_NEAR(value, likelihood.Of(serials[record]), 1e-12 * value);
        }
      }
    }
  }
}

TEST(Confusion, NamesTheLineAtFault) {
  Confusion confusion{};
  std::string error;
  EXPECT_FALSE(ReadConfusion(BURIN_SOURCE_DIR "/LICENSE", 0.2, &confusion, &error));
  EXPECT_NE(error.find("LICENSE: line 2: expected 0 and 36 counts"), std::string::npos) << error;
}

}  // namespace
}  // namespace burin::accuracy
