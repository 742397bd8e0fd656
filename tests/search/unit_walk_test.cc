// The two-frontier walk against the textbook distance of every serial, on sets made to be hard for it: long keys,
// skewed halves, formats, constant positions, and cuts at every place; and the same on every kind of processor.
#include "src/search/edits/unit_walk.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "tests/index/index_testing.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal {
namespace {

using Serials = std::vector<std::string>;

std::u32string Wide(const std::string& text) { return {text.begin(), text.end()}; }

class World {
 public:
  explicit World(const std::set<std::string>& serials) : serials_(serials.begin(), serials.end()) {
    TestBuilder builder;
    for (const std::string& serial : serials_) builder.Serial(serial);
    bytes_ = builder.Bytes();
    index_ = *Index::OpenBuffer(bytes_, "test");
  }
  const Index& index() const { return *index_; }
  const Serials& serials() const { return serials_; }

  // Record numbers with their costs, in the order of results: serials were added in code point order.
  std::vector<std::pair<Cost, uint32_t>> Expected(const std::string& reading, Metric metric, Cost within) const {
    std::vector<std::tuple<Cost, size_t, uint32_t>> found;
    for (uint32_t i = 0; i < serials_.size(); ++i) {
      const Cost cost = reference::Distance(metric, Wide(reading), Wide(serials_[i]));
      if (cost <= within) found.emplace_back(cost, serials_[i].size(), i);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::pair<Cost, uint32_t>> out;
    for (const auto& [cost, size, i] : found) out.emplace_back(cost, i);
    return out;
  }
  std::vector<std::pair<Cost, uint32_t>> Found(const std::string& reading, Metric metric, Cost within) {
    const Result<Pattern> pattern = ParsePattern(reading);
    Result<PricedReading> priced = PricedReading::Make(pattern->lattice, metric);
    EXPECT_NE(priced->pattern(), nullptr);
    SearchRequest request;
    request.reading = &*priced;
    request.max_cost = within;
    request.scratch = &scratch_;
    const SearchResult result = Search(*index_, request);
    EXPECT_TRUE(result.complete);
    work_ += result.work;
    std::vector<std::pair<Cost, uint32_t>> out;
    for (const Hit& hit : result.hits) out.emplace_back(hit.cost, hit.record);
    return out;
  }
  uint64_t work() const { return work_; }

  // Readings made of serials by a few random edits.
  void Check(int readings, uint32_t seed, const std::string& symbols) {
    std::mt19937 random(seed);
    for (int i = 0; i < readings; ++i) {
      std::string reading = serials_[random() % serials_.size()];
      for (uint32_t edits = random() % 4; edits > 0; --edits) Damage(symbols, &random, &reading);
      const auto metric = static_cast<Metric>(random() % 3);
      const Cost within = static_cast<Cost>(random() % 5);
      ASSERT_EQ(Found(reading, metric, within), Expected(reading, metric, within))
          << reading << " within " << within << " metric " << static_cast<int>(metric);
    }
  }

 private:
  static void Damage(const std::string& symbols, std::mt19937* random, std::string* reading) {
    const size_t at = (*random)() % reading->size();
    const char symbol = symbols[(*random)() % symbols.size()];
    switch ((*random)() % 4) {
      case 0:
        (*reading)[at] = symbol;
        break;
      case 1:
        reading->insert(reading->begin() + static_cast<std::ptrdiff_t>(at), symbol);
        break;
      case 2:
        if (reading->size() > 1) reading->erase(at, 1);
        break;
      default:
        if (at + 1 < reading->size()) std::swap((*reading)[at], (*reading)[at + 1]);
        break;
    }
  }

  Serials serials_;
  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
  SearchScratch scratch_;
  uint64_t work_ = 0;
};

const std::string kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string RandomText(const std::string& symbols, size_t length, std::mt19937* random) {
  std::string out;
  while (out.size() < length) out += symbols[(*random)() % symbols.size()];
  return out;
}

std::set<std::string> RandomSet(const std::string& symbols, const std::vector<size_t>& lengths, size_t count) {
  std::mt19937 random(5);
  std::set<std::string> out;
  while (out.size() < count) out.insert(RandomText(symbols, lengths[random() % lengths.size()], &random));
  return out;
}

TEST(UnitWalk, FewSymbolsManyLengths) { World(RandomSet("AB01", {1, 2, 3, 4, 5, 6, 7}, 3000)).Check(400, 1, "AB01"); }
TEST(UnitWalk, ManySymbols) { World(RandomSet(kSymbols, {3, 4, 5}, 4000)).Check(200, 2, kSymbols); }
TEST(UnitWalk, KeysOf128Bits) { World(RandomSet("AB1", {20, 23, 24}, 2000)).Check(80, 3, "AB1"); }
TEST(UnitWalk, KeysOf128BitsOfManySymbols) { World(RandomSet(kSymbols, {13, 16, 24}, 2000)).Check(80, 4, kSymbols); }
TEST(UnitWalk, OneSymbol) { World(RandomSet(kSymbols, {1}, 36)).Check(100, 5, kSymbols); }

// All share a beginning or an end, as plants and years do: even spread would expect a key here and there.
TEST(UnitWalk, SkewedHalves) {
  std::mt19937 random(6);
  std::set<std::string> serials;
  while (serials.size() < 3000) {
    const std::string number = RandomText("0123456789", 5, &random);
    serials.insert(random() % 2 == 0 ? "SN2024" + number : number + "XY7F");
    serials.insert(RandomText(kSymbols, 11, &random));
  }
  World(serials).Check(150, 6, kSymbols);
}

// Positions that tell nothing: one symbol throughout.
TEST(UnitWalk, ConstantPositions) {
  std::mt19937 random(7);
  std::set<std::string> serials;
  for (int i = 0; i < 2000; ++i)
    serials.insert("A" + RandomText("012", 4, &random) + "BB" + RandomText("01", 2, &random));
  World(serials).Check(200, 7, "012AB");
}

// Several groups of one length: results come in one order.
TEST(UnitWalk, Formats) {
  std::set<std::string> serials;
  for (int i = 0; i < 3000; ++i) {
    serials.insert(std::to_string(1000000 + i));
    serials.insert("AB" + std::to_string(10000 + 3 * i));
    serials.insert(std::to_string(10000 + 2 * i) + "XZ");
  }
  serials.insert("1A2B3C4");
  World world(serials);
  EXPECT_EQ(world.index().groups().size(), 4u);
  world.Check(200, 8, kSymbols);
}

// Gaps at either end, in the middle and at both: what any string of the reading satisfies costs nothing.
TEST(UnitWalk, Gaps) {
  World world(RandomSet("AB01", {2, 3, 4, 5, 6}, 2000));
  for (const char* const gap : {"AB*", "*AB", "A*B", "*AB*", "*", "A*B*1", "?*0"}) {
    const std::string text = gap;
    std::vector<uint32_t> expected;
    for (uint32_t i = 0; i < world.serials().size(); ++i) {
      // A matcher of its own: `*` any number, `?` one.
      const std::string& serial = world.serials()[i];
      std::vector<std::vector<bool>> reached(text.size() + 1, std::vector<bool>(serial.size() + 1));
      reached[0][0] = true;
      for (size_t t = 0; t < text.size(); ++t) {
        for (size_t s = 0; s <= serial.size(); ++s) {
          if (text[t] == '*') {
            reached[t + 1][s] = reached[t][s] || (s > 0 && reached[t + 1][s - 1]);
          } else if (s > 0 && reached[t][s - 1] && (text[t] == '?' || text[t] == serial[s - 1])) {
            reached[t + 1][s] = true;
          }
        }
      }
      if (reached[text.size()][serial.size()]) expected.push_back(i);
    }
    std::vector<uint32_t> found;
    for (const auto& [cost, record] : world.Found(text, Metric::kHamming, 0)) found.push_back(record);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected) << text;
  }
}

// The pitfall of cutting states instead of moves: a symbol lost at the cut, a swap over it, at every cut.
TEST(UnitWalk, EveryCutFindsEverything) {
  World world(RandomSet("AB0", {3, 4, 5, 6}, 900));
  std::mt19937 random(9);
  for (int i = 0; i < 300; ++i) {
    const std::string reading = RandomText("AB0", 3 + random() % 3, &random);
    const Result<Pattern> pattern = ParsePattern(reading);
    const UnitPattern forward = *MakeUnitPattern(pattern->lattice, Metric::kOsa);
    const UnitPattern backward = forward.Reversed();
    const uint32_t edits = random() % 4;
    const auto expected = world.Expected(reading, Metric::kOsa, edits);
    for (uint32_t cut = 0; cut <= forward.last; ++cut) {
      for (uint32_t front = 0; front <= edits + 1; ++front) {
        UnitSearch search;
        search.forward = &forward;
        search.backward = &backward;
        search.edits = edits;
        for (uint32_t g = 0; g < world.index().groups().size(); ++g) {
          search.tasks.push_back({g, world.index().groups()[g].get(), {cut, front, edits + 1 - front}});
        }
        std::vector<UnitHit> hits;
        ASSERT_TRUE(RunUnitWalk(search, &hits).complete);
        ASSERT_EQ(hits.size(), expected.size())
            << reading << " within " << edits << " cut " << cut << " front " << front;
        for (size_t h = 0; h < hits.size(); ++h) ASSERT_EQ(hits[h].cost(), expected[h].first);
      }
    }
  }
}

// No kind of processor changes a result or the work: the portable code is the twin of the others.
TEST(UnitWalk, TheSameOnEveryProcessor) {
  World world(RandomSet(kSymbols, {6, 7, 14}, 3000));
  world.Check(40, 10, kSymbols);
  const uint64_t best = world.work();
  // One bit a kind, the best one lowest; without all but the last, the portable code is left.
  for (int64_t left = hwy::SupportedTargets(); (left & (left - 1)) != 0; left &= left - 1) {
    hwy::DisableTargets(~(left & (left - 1)));
    World other(RandomSet(kSymbols, {6, 7, 14}, 3000));
    other.Check(40, 10, kSymbols);
    EXPECT_EQ(other.work(), best);
  }
  hwy::DisableTargets(0);
}

}  // namespace
}  // namespace burin::internal
