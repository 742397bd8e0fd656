// What every channel that comes with the library has to be, and what sets each apart.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/channel_check.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/shipped.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/pattern.h"

namespace burin::internal {
namespace {

const ChannelFile& Shipped(std::string_view name) {
  const Result<const ChannelFile*> file = ShippedChannel(name);
  EXPECT_TRUE(file.ok()) << file.status().message();
  return **file;
}

std::vector<const ChannelFile*> All() {
  std::vector<const ChannelFile*> all;
  for (size_t i = 0; i < ShippedChannelCount(); ++i) all.push_back(&Shipped(ShippedChannelName(i)));
  return all;
}

size_t I(char symbol) { return BaseIndex(static_cast<Symbol>(symbol)); }

double P(const std::vector<double>& matrix, char a, char b) { return matrix[I(a) * kChannelSymbols + I(b)]; }

TEST(Shipped, AllThatWerePromised) {
  for (const char* name : {"machine_read", "double_keyed", "typed", "ocr", "transcribed", "worn", "etched",
                           "overstamped", "typed_qwerty", "typed_qwertz", "typed_azerty", "cross_script"}) {
    const ChannelFile& file = Shipped(name);
    EXPECT_EQ(file.channel.name, name);
    EXPECT_FALSE(file.description.empty()) << name;
    EXPECT_FALSE(file.provenance.empty()) << name;
    EXPECT_FALSE(file.validated_by.has_value()) << name;  // None has been tried yet.
    EXPECT_EQ(FindChannel(name, nullptr), &file.channel);
  }
  const Result<const ChannelFile*> none = ShippedChannel("smoke");
  EXPECT_EQ(none.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(none.status().message().substr(0, 43), "no channel 'smoke'; channels: typed, double");
}

// Every number says where it comes from: what a file changes has provenance, its own or the inherited one.
TEST(Shipped, NumbersHaveProvenance) {
  for (const ChannelFile* file : All()) {
    for (const char* member : {"rate", "shares", "misread", "confusion", "alteration", "rewrites", "structure"}) {
      EXPECT_EQ(file->provenance.count(member), 1u) << file->channel.name << " " << member;
    }
  }
}

TEST(Shipped, ProperProbabilities) {
  for (const ChannelFile* file : All()) {
    const Channel& channel = file->channel;
    const Status status = CheckChannel(channel);
    EXPECT_TRUE(status.ok()) << channel.name << status.message();
    for (const std::vector<double>* matrix : {&channel.confusion, &channel.alteration}) {
      for (size_t a = 0; a < kChannelSymbols; ++a) {
        double sum = 0;
        for (size_t b = 0; b < kChannelSymbols; ++b) sum += (*matrix)[a * kChannelSymbols + b];
        EXPECT_NEAR(sum, 1, 1e-12) << channel.name << " " << a;
      }
    }
    // Well below 1, so that a symbol can still be read as itself.
    std::map<std::u32string, double> moves;
    for (const Rewrite& r : channel.rewrites) moves[r.mark] += r.p;
    for (const auto& [mark, p] : moves) EXPECT_LT(p + channel.erase + channel.swap, 0.5) << channel.name;
    EXPECT_LE(channel.swap, 0.0075) << channel.name;
    EXPECT_LE(channel.structure.Sum(), 0.0301) << channel.name;
  }
}

TEST(Shipped, NothingIsImpossible) {
  for (const ChannelFile* file : All()) {
    const Channel& channel = file->channel;
    for (size_t a = 0; a < kChannelSymbols; ++a) {
      for (size_t b = 0; b < kChannelSymbols; ++b) {
        EXPECT_GT(channel.alteration[a * kChannelSymbols + b], 0) << channel.name;
        EXPECT_EQ(channel.confusion[a * kChannelSymbols + b] > 0, a != b || a == kBaseSymbols)
            << channel.name << " " << a << " " << b;
      }
    }
    EXPECT_GT(channel.insert, 0) << channel.name;
    EXPECT_GT(channel.erase, 0) << channel.name;
  }
}

TEST(Shipped, MoreDoubtMeansMoreMistakes) {
  for (const ChannelFile* file : All()) {
    for (size_t a = 0; a < kChannelSymbols; ++a) {
      EXPECT_LT(file->channel.Error(a, Doubt::kCertain), file->channel.Error(a, Doubt::kProbable));
      EXPECT_LT(file->channel.Error(a, Doubt::kProbable), file->channel.Error(a, Doubt::kPossible));
      EXPECT_LE(file->channel.Error(a, Doubt::kPossible), 0.9);
    }
  }
}

TEST(Shipped, MachinesDoNotSwap) {
  for (const char* name : {"machine_read", "ocr"}) {
    const Channel& channel = Shipped(name).channel;
    EXPECT_EQ(channel.swap, 0) << name;
    EXPECT_EQ(channel.structure.blocks_swapped, 0) << name;
    EXPECT_LT(channel.structure.Sum(), 0.003) << name;
    for (const Rewrite& r : channel.rewrites) {
      EXPECT_NE(r.read, std::u32string(r.mark.rbegin(), r.mark.rend()));
    }
    const Result<CostLattice> costs = CompileChannel(ParsePattern("AB12")->lattice, channel);
    ASSERT_TRUE(costs.ok());
    for (const auto& swap : costs->swaps) EXPECT_TRUE(swap.rewritten) << name;
  }
  for (const char* name : {"typed", "transcribed"}) EXPECT_NEAR(Shipped(name).channel.structure.Sum(), 0.02, 1e-12);
}

// Rates of domain studies: errors a character, of all kinds together.
TEST(Shipped, Rates) {
  const std::pair<const char*, double> rates[] = {{"machine_read", 1e-6}, {"double_keyed", 2e-4}, {"typed", 4e-4},
                                                  {"ocr", 1e-3},          {"transcribed", 1e-2},  {"worn", 2e-2}};
  for (const auto& [name, rate] : rates) {
    const Channel& c = Shipped(name).channel;
    EXPECT_NEAR(c.insert + c.erase + c.swap + c.Error(3, Doubt::kCertain), rate, rate / 100) << name;
  }
  EXPECT_DOUBLE_EQ(Shipped("ocr").channel.Error(I('A'), Doubt::kCertain),
                   5 * Shipped("ocr").channel.Error(0, Doubt::kCertain));
  const Channel& etched = Shipped("etched").channel;
  EXPECT_DOUBLE_EQ(etched.Error(I('7'), Doubt::kCertain), 0.01);
  EXPECT_DOUBLE_EQ(etched.Error(I('K'), Doubt::kCertain), 0.02);
  EXPECT_DOUBLE_EQ(etched.Error(I('Q'), Doubt::kCertain), 0.03);
  EXPECT_DOUBLE_EQ(etched.Error(I('Q'), Doubt::kProbable), 0.3);
  EXPECT_DOUBLE_EQ(etched.Error(I('Q'), Doubt::kPossible), 0.9);  // The cap.
}

TEST(Shipped, StrokesHaveADirection) {
  for (const char* name : {"worn", "etched"}) {
    const std::vector<double>& confusion = Shipped(name).channel.confusion;
    EXPECT_GT(P(confusion, '8', '6'), P(confusion, '6', '8')) << name;
    EXPECT_GT(P(confusion, 'R', 'P'), P(confusion, 'P', 'R')) << name;
    EXPECT_GT(P(confusion, 'E', 'L'), P(confusion, 'E', 'M')) << name;
  }
  const Channel& overstamped = Shipped("overstamped").channel;
  EXPECT_GT(P(overstamped.confusion, '6', '8'), P(overstamped.confusion, '8', '6'));
  EXPECT_GT(P(overstamped.confusion, 'P', 'R'), P(overstamped.confusion, 'R', 'P'));
  EXPECT_GT(P(overstamped.alteration, '3', '8'), P(overstamped.alteration, '8', '3'));
  // A loss is four times as likely as a gain.
  const std::vector<double>& worn = Shipped("worn").channel.confusion;
  EXPECT_NEAR(P(worn, '3', 'J'), 4 * P(worn, '3', '8'), 1e-12);
  EXPECT_NEAR(P(worn, 'P', 'I'), 4 * P(worn, 'P', 'R'), 1e-12);
}

TEST(Shipped, KeyboardsHaveNeighbours) {
  const std::vector<double>& typed = Shipped("typed").channel.confusion;
  for (const char* name : {"typed_qwerty", "typed_qwertz", "typed_azerty"}) {
    const std::vector<double>& c = Shipped(name).channel.confusion;
    EXPECT_GT(P(c, 'F', 'G'), 2 * P(typed, 'F', 'G')) << name;
    EXPECT_GT(P(c, '4', '5'), P(typed, '4', '5')) << name;
    EXPECT_LT(P(c, '4', 'L'), P(c, '4', 'R')) << name;
  }
  EXPECT_GT(P(Shipped("typed_qwerty").channel.confusion, 'T', 'Y'),
            P(Shipped("typed_qwertz").channel.confusion, 'T', 'Y'));
  EXPECT_GT(P(Shipped("typed_azerty").channel.confusion, 'L', 'M'),
            P(Shipped("typed_qwerty").channel.confusion, 'L', 'M'));
}

double Rewritten(std::string_view channel, std::u32string_view mark, std::u32string_view read) {
  for (const Rewrite& r : Shipped(channel).channel.rewrites) {
    if (r.mark == mark && r.read == read) return r.p;
  }
  return 0;
}

TEST(Shipped, LayoutsAndScriptsAreRewrites) {
  EXPECT_GT(Rewritten("typed_qwertz", U"Y", U"Z"), 0);
  EXPECT_GT(Rewritten("typed_qwertz", U"Z", U"Y"), 0);
  EXPECT_GT(Rewritten("typed_azerty", U"A", U"Q"), 0);
  EXPECT_GT(Rewritten("typed_azerty", U"W", U"Z"), 0);
  EXPECT_GT(Rewritten("typed_azerty", U"0", U"À"), 0);
  EXPECT_EQ(Rewritten("typed_qwerty", U"Y", U"Z"), 0);
  EXPECT_GT(Rewritten("cross_script", U"Ж", U"ZH"), 0);
  EXPECT_GT(Rewritten("cross_script", U"ZH", U"Ж"), 0);
  EXPECT_GT(Rewritten("cross_script", U"З", U"3"), 0);  // By its shape.
  EXPECT_GT(Rewritten("cross_script", U"З", U"Z"), 0);  // By its sound.
  EXPECT_GT(Rewritten("cross_script", U"B", U"V"), 0);  // The Cyrillic letter that was folded.
  EXPECT_GT(Rewritten("cross_script", U"Θ", U"TH"), 0);
  EXPECT_GT(Rewritten("typed", U"VV", U"W"), 0);
  double sum = 0;
  for (const Rewrite& r : Shipped("typed").channel.rewrites) sum += r.p;
  EXPECT_LT(sum, 1e-4);
}

TEST(Shipped, ThreadsMayComeAtOnce) {
  std::vector<const Channel*> found(8);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&found, i] { found[i] = FindChannel(i % 2 == 0 ? "etched" : "worn", nullptr); });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 2; i < found.size(); ++i) EXPECT_EQ(found[i], found[i - 2]);
}

}  // namespace
}  // namespace burin::internal
