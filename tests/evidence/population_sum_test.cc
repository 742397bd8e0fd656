// The sum over all strings against making it string by string.
#include "src/evidence/likelihood/population_sum.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/evidence/likelihood/population_bound.h"
#include "src/mark/pattern/pattern.h"

namespace burin::internal {
namespace {

Channel Clumsy() {
  Channel channel = TypedChannel();
  channel.insert = 0.02;
  channel.erase = 0.03;
  channel.swap = 0.007;
  for (double& error : channel.error) error = 0.05 + error / 2;
  channel.rewrites = {
      {U"VV", U"W", .02}, {U"W", U"VV", .01}, {U"0", U"D", .03}, {U"13", U"B", .02}, {U"1B", U"8", .01}};
  Structure& s = channel.structure;
  s.prefix_lost = {.03, {.5, .3, .2}};
  s.suffix_lost = {.02, {.7, .2, .1}};
  s.prefix_added = {.02, {.8, .2}};
  s.suffix_added = {.01, {.9, .1}};
  s.zeros_added = {.02, {.6, .3, .1}};
  s.zeros_lost = .04;
  s.last_four = .03;
  s.letters_lost = .02;
  s.blocks_swapped = .01;
  return channel;
}

Channel WithoutInside(Channel channel) {
  channel.structure.letters_lost = channel.structure.blocks_swapped = 0;
  return channel;
}

// A likelihood with all that it borrows.
struct Reader {
  Reader(const Lattice& lattice, const Channel& of)
      : channel(of), costs(*CompileChannel(lattice, channel)), likelihood(lattice, costs, channel) {}
  Channel channel;
  CostLattice costs;
  Likelihood likelihood;
};

FormatCode CodeOf(std::u32string_view serial) {
  FormatCode code = 0;
  for (size_t i = 0; i < serial.size(); ++i) {
    code |= FormatCode{static_cast<uint32_t>(FormatKindOf(BaseIndex(serial[i])))} << (2 * i);
  }
  return code;
}

PopulationModel SmallModel() {
  PopulationCounts counts;
  counts.Add(U"01", 90);
  counts.Add(U"12", 40);
  counts.Add(U"1A", 70);
  counts.Add(U"A7", 80);
  counts.Add(U"VV", 66);
  counts.Add(U"V", 3);
  counts.Add(U"0", 100);
  counts.Add(U"Ж1", 65);
  counts.Add(U"0A1", 70);
  counts.Add(U"1BC", 70);
  counts.Add(U"VV3", 90);
  counts.Add(U"13B", 70);
  counts.Add(U"007", 150);
  counts.Add(U"130", 10);
  counts.Add(U"☆Z9", 10);
  return PopulationModel(counts);
}

TEST(PopulationSum, EqualsSummingOverAllStrings) {
  const PopulationModel model = SmallModel();
  std::u32string symbols;
  for (size_t i = 0; i < kBaseSymbols; ++i) symbols += BaseSymbol(i);
  symbols += U'五';
  for (const std::string text : {"1", "07", "A17", "W3", "?1", "*7", "[17]V{0,1}B~", "(13|A)0", "0D1", "Ж1"}) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text;
    Reader whole(pattern->lattice, Clumsy()), simple(pattern->lattice, WithoutInside(Clumsy()));
    double want = 0;
    std::map<std::pair<size_t, FormatCode>, double> own;
    std::map<size_t, double> pooled;
    const auto add_share = [&](const std::u32string& serial, double times) {
      for (const Symbol s : serial) times *= BaseIndex(s) < kBaseSymbols ? 1 : 256;
      // Symbols outside the base that the reading names are one of 256 each; here only one is named.
      const double of_own = times * model.OfFormats(serial, false) * whole.likelihood.Of(serial);
      const double of_pooled = times * model.OfFormats(serial, true) * simple.likelihood.Of(serial);
      own[{serial.size(), CodeOf(serial)}] += of_own;
      pooled[serial.size()] += of_pooled;
      want += of_own + of_pooled;
    };
    const bool names = text == "Ж1";
    const auto add = [&](std::u32string serial) {
      const size_t at = serial.find(U'五');
      if (!names || at == std::u32string::npos) {
        add_share(serial, 1);
        return;
      }
      // Each of them is Ж with 1/256.
      const size_t places = static_cast<size_t>(std::count(serial.begin(), serial.end(), U'五'));
      for (size_t bits = 0; bits < size_t{1} << places; ++bits) {
        std::u32string one = serial;
        double share = 1;
        size_t place = 0;
        for (Symbol& s : one) {
          if (s != U'五') continue;
          const bool is = (bits >> place++ & 1) != 0;
          share *= is ? 1.0 / 256 : 255.0 / 256;
          if (is) s = U'Ж';
        }
        add_share(one, share);
      }
    };
    for (const Symbol a : symbols) {
      add({a});
      for (const Symbol b : symbols) {
        add({a, b});
        for (const Symbol c : symbols) add({a, b, c});
      }
    }
    PopulationSum sum(whole.costs, whole.channel, whole.likelihood);
    const double got = sum.Of(model, 1, 3);
    EXPECT_LE(got, want * (1 + 1e-9)) << text;
    EXPECT_GE(got, want * (1 - PopulationSum::kLeftOut)) << text;

    const PopulationRows rows(whole.costs, whole.channel);
    PopulationBound bound(whole.costs, whole.channel, whole.likelihood, rows);
    for (const auto& length : model.lengths()) {
      for (const auto& format : length.formats) {
        const double sum_of_it = format.pooled ? pooled[length.length] : own[{length.length, format.code}];
        const PerPass most = bound.Of(length, format);
        const double of_all = std::accumulate(most.begin(), most.end(), 0.0);
        EXPECT_LE(sum_of_it, format.share * of_all * (1 + 1e-9)) << text << " " << length.length;
      }
    }
  }
}

// A mark of any length: what no reading excludes is certain.
TEST(PopulationSum, OfAnyReadingIsOne) {
  const Result<Pattern> pattern = ParsePattern("*");
  ASSERT_TRUE(pattern.ok());
  Reader reader(pattern->lattice, Clumsy());
  PopulationSum sum(reader.costs, reader.channel, reader.likelihood);
  EXPECT_NEAR(sum.Of(SmallModel(), 0, kMaxMarkSymbols), 1, 1e-5);
}

}  // namespace
}  // namespace burin::internal
