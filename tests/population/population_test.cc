// Counts that add up exactly, and a model that is a probability.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "src/population/counts.h"
#include "src/population/model.h"
#include "src/population/registered_serials.h"
#include "src/population/serial_probability.h"

namespace burin::internal {
namespace {

std::u32string RandomSerial(std::mt19937* random) {
  static const std::u32string kSymbols = U"0123456789ABCZЖ";
  std::u32string out;
  for (size_t n = 1 + (*random)() % 4; out.size() < n;) out += kSymbols[(*random)() % kSymbols.size()];
  return out;
}

TEST(PopulationCounts, AddUpInAnyOrder) {
  std::mt19937 random(1);
  PopulationCounts all, parts[3];
  for (int i = 0; i < 3000; ++i) {
    const std::u32string serial = RandomSerial(&random);
    const uint64_t records = 1 + random() % 3;
    all.Add(serial, records);
    parts[random() % 3].Add(serial, records);
  }
  PopulationCounts sum;
  for (const int i : {2, 0, 1}) sum.Add(parts[i]);
  EXPECT_EQ(sum, all);
  EXPECT_EQ(*sum.Hash(), *all.Hash());
  EXPECT_NE(*sum.Hash(), *parts[0].Hash());
}

TEST(PopulationCounts, DecodeWhatWasEncodedAndNothingElse) {
  std::mt19937 random(2);
  PopulationCounts counts;
  for (int i = 0; i < 200; ++i) counts.Add(RandomSerial(&random), 1 + random() % 300);

  ByteWriter out;
  counts.Encode(&out);
  const std::vector<std::byte> bytes(out.bytes().begin(), out.bytes().end());
  PopulationCounts back;
  const auto decode = [&back](ByteSpan from) {
    ByteReader in(from);
    return PopulationCounts::Decode(&in, &back).ok();
  };
  ASSERT_TRUE(decode(bytes));
  EXPECT_EQ(back, counts);
  // Any other bytes are refused, or are counts that encode to themselves.
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::byte> bad = bytes;
    bad[random() % bad.size()] ^= std::byte{static_cast<uint8_t>(1 + random() % 255)};
    if (random() % 4 == 0) bad.resize(random() % bad.size());
    if (!decode(bad)) continue;
    ByteWriter again;
    back.Encode(&again);
    EXPECT_EQ(std::vector<std::byte>(again.bytes().begin(), again.bytes().end()), bad);
  }
  EXPECT_FALSE(decode({}));
}

// Counted many at a time, in parts, they are the same.
TEST(PopulationCounts, OfALengthAtATime) {
  std::mt19937 random(4);
  PopulationCounts one_by_one, at_once;
  for (const uint32_t length : {1u, 7u, 33u, 64u}) {
    std::vector<LengthCounter> counters(3, LengthCounter(length));
    for (int i = 0; i < 300; ++i) {
      std::u32string serial;
      std::vector<uint8_t> symbols;
      for (uint32_t p = 0; p < length; ++p) {
        symbols.push_back(static_cast<uint8_t>(random() % kPopulationSymbols));
        serial += symbols.back() < kBaseSymbols ? BaseSymbol(symbols.back()) : U'\u0416';
      }
      one_by_one.Add(serial, 1 + i % 2);
      counters[random() % 3].Add(symbols.data(), 1 + i % 2);
    }
    for (const LengthCounter& counter : counters) at_once.Add(counter);
  }
  EXPECT_EQ(at_once, one_by_one);
}

TEST(RegisteredSerials, DecodeWhatWasEncoded) {
  RegisteredSerials serials, back;
  serials.singles = 7;
  serials.most_alike = 3;
  serials.foreign = 300;
  serials.AddProbability(0.25);
  serials.AddProbability(0.125);
  EXPECT_EQ(serials.probability(), 0.375);
  EXPECT_EQ(serials.highest, 0.25);
  ByteWriter out;
  serials.Encode(&out);
  ByteReader in(out.bytes());
  ASSERT_TRUE(RegisteredSerials::Decode(&in, &back));
  EXPECT_TRUE(in.AtEnd());
  EXPECT_EQ(back, serials);
  ByteReader cut(out.bytes().first(out.size() - 1));
  EXPECT_FALSE(RegisteredSerials::Decode(&cut, &back));
  serials.highest = 1.5;
  ByteWriter wrong;
  serials.Encode(&wrong);
  ByteReader again(wrong.bytes());
  EXPECT_FALSE(RegisteredSerials::Decode(&again, &back));
}

// Over all strings of 1 .. 3 symbols, a symbol outside the base standing for all of them.
TEST(PopulationModel, OfALengthIsItsShare) {
  std::mt19937 random(3);
  PopulationCounts counts;
  for (int i = 0; i < 400; ++i) {
    const std::u32string serial = RandomSerial(&random);
    if (serial.size() != 2) counts.Add(serial, 1 + random() % 200);
  }
  const PopulationModel model(counts);
  std::u32string symbols;
  for (size_t i = 0; i < kBaseSymbols; ++i) symbols += BaseSymbol(i);
  symbols += U'Ж';
  const auto weight = [](Symbol s) { return BaseIndex(s) == kBaseSymbols ? PopulationModel::kForeignSymbols : 1; };
  double sums[4] = {};
  for (const Symbol a : symbols) {
    sums[1] += weight(a) * model.Of(std::u32string{a});
    for (const Symbol b : symbols) {
      sums[2] += weight(a) * weight(b) * model.Of(std::u32string{a, b});
      for (const Symbol c : symbols) sums[3] += weight(a) * weight(b) * weight(c) * model.Of(std::u32string{a, b, c});
    }
  }
  for (const uint32_t length : {1u, 2u, 3u}) {
    const auto* of = counts.of_length(length);
    const double all = static_cast<double>(counts.records()) + 1;
    const double want = ((of == nullptr ? 0 : static_cast<double>(of->records)) + 1.0 / 64) / all;
    EXPECT_NEAR(sums[length], want, 1e-12 + want * 1e-9) << length;
  }
  EXPECT_GT(model.Of(U"ZZZZZZZZ"), 0);
  EXPECT_GT(model.Of(U"ЖЖ☆"), 0);
}

// One after the other, in any order, as each by itself.
TEST(SerialProbability, IsTheModels) {
  std::mt19937 random(3);
  PopulationCounts counts;
  std::vector<std::u32string> serials;
  for (int i = 0; i < 600; ++i) {
    serials.push_back(RandomSerial(&random));
    counts.Add(serials.back(), 1 + random() % 40);
  }
  const PopulationModel model(counts);
  for (const bool sorted : {false, true}) {
    if (sorted) std::sort(serials.begin(), serials.end());
    SerialProbability probability(model);
    for (const std::u32string& serial : serials) {
      const double q = probability.Of(serial);
      EXPECT_NEAR(q / model.Of(serial), 1, 1e-12);
      EXPECT_EQ(q, SerialProbability(model).Of(serial));
    }
  }
  EXPECT_EQ(SerialProbability(model).Of(U"ABCDEFG"), 0);
}

}  // namespace
}  // namespace burin::internal
