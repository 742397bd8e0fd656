// Small worlds searched in full: every set of short serials over two symbols, every reading of up to three elements,
// every metric and number of edits. Costs come from enumerating read strings and marks, never from a lattice.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/mark/pattern/pattern.h"
#include "tests/reference/choices.h"
#include "tests/reference/search_case.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal::reference {
namespace {

// Z stands for all that is neither A nor B.
constexpr std::u32string_view kAlphabet = U"ABZ";
constexpr size_t kLongest = 7;  // Longer read strings are never nearer to marks of up to three symbols.

std::vector<std::string> Readings() {
  const std::vector<std::string> elements = {"A", "B", "?", "[AB]", "*", "[^A]", "A{0,1}", "(A|BA)"};
  std::vector<std::string> out = elements;
  for (size_t begin = 0, length = 2; length <= 3; ++length) {
    const size_t end = out.size();
    for (size_t i = begin; i < end; ++i) {
      for (const std::string& element : elements) out.push_back(out[i] + element);
    }
    begin = end;
  }
  return out;
}

// Strings over A, B (and more items), by length.
std::vector<std::u32string> Strings(std::u32string_view symbols, size_t longest) {
  std::vector<std::u32string> out = {U""};
  for (size_t i = 0; i < out.size(); ++i) {
    if (out[i].size() == longest) continue;
    for (const Symbol s : symbols) out.push_back(out[i] + s);
  }
  out.erase(out.begin());
  return out;
}

TwinRecord RecordOf(std::u32string items, const char* weapon) {
  TwinRecord record;
  record.partial = items.find(kUnreadable) != std::u32string::npos || items.find(kGap) != std::u32string::npos;
  record.items = std::move(items);
  record.weapon = weapon;
  return record;
}

using CostTable = std::map<std::u32string, std::array<Cost, 3>, std::less<>>;

// What each mark may stand for.
using Meanings = std::map<std::u32string, std::set<std::u32string>>;
Meanings MeaningsOf(const std::vector<std::u32string>& marks) {
  Meanings out;
  for (const std::u32string& mark : marks) out[mark] = MarkStrings(mark, kAlphabet, 3);
  return out;
}

// Costs of every mark against a reading, by metric.
CostTable CostsOf(const Lattice& lattice, const Meanings& marks) {
  const std::set<std::u32string> readings = ReadStrings(lattice, kAlphabet, kLongest);
  CostTable strings, out;
  for (const auto& [mark, meanings] : marks) {
    for (size_t metric = 0; metric < 3; ++metric) {
      Cost best = kNever;
      for (const std::u32string& meaning : meanings) {
        const auto [at, is_new] = strings.try_emplace(meaning);
        for (size_t m = 0; is_new && m < 3; ++m) at->second[m] = Distance(static_cast<Metric>(m), readings, {meaning});
        best = std::min(best, at->second[metric]);
      }
      out[mark][metric] = best;
    }
  }
  return out;
}

struct World {
  explicit World(std::vector<TwinRecord> all) : records(std::move(all)), comparison(records) {}
  std::vector<TwinRecord> records;
  Comparison comparison;
};

struct Asked {
  Metric metric;
  Cost within;
  uint64_t top;
  By by;
};

// Empty if the answer is that of the scan.
std::string Ask(const World& world, const CostLattice& lattice, const CostTable& costs, const Asked& asked) {
  SearchRequest request;
  request.lattice = &lattice;
  request.max_cost = asked.within;
  request.top = asked.top;
  request.by = asked.by;
  request.max_length = 3;
  const SearchResult result = Search(world.comparison.index(), request);
  TwinRequest twin;
  twin.cost = [&](const TwinRecord& record) {
    return costs.find(record.items)->second[static_cast<size_t>(asked.metric)];
  };
  twin.passes = [](const TwinRecord&) { return true; };
  twin.max_cost = asked.within;
  twin.top = asked.top;
  twin.by = asked.by;
  std::vector<TwinHit> found;
  for (const Hit& hit : result.hits) found.push_back({hit.cost, hit.record});
  if (result.complete && found == Scan(world.records, twin)) return "";
  return "metric " + std::to_string(static_cast<int>(asked.metric)) + " within " + std::to_string(asked.within) +
         " top " + std::to_string(asked.top) + " by " + std::to_string(static_cast<int>(asked.by));
}

// All requests if `all`, else one of each metric and number of edits, which vary from set to set.
void AskAll(const std::vector<World>& worlds, const std::vector<std::u32string>& marks, bool all) {
  static constexpr std::array<uint64_t, 4> kTops = {0, 1, 2, 5};
  const Meanings meanings = MeaningsOf(marks);
  uint64_t searches = 0;
  for (const std::string& text : Readings()) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text;
    const CostTable costs = CostsOf(pattern->lattice, meanings);
    for (const Metric metric : {Metric::kHamming, Metric::kLevenshtein, Metric::kOsa}) {
      const Result<CostLattice> lattice = CompileUnit(pattern->lattice, metric);
      ASSERT_TRUE(lattice.ok());
      for (size_t w = 0; w < worlds.size(); ++w) {
        for (Cost within = 0; within <= 3; ++within) {
          for (size_t i = 0; i < 12; ++i) {
            if (!all && i != (w + within + searches / 7) % 12) continue;
            const Asked asked = {metric, within, kTops[i % 4], static_cast<By>(i / 4)};
            ASSERT_EQ(Ask(worlds[w], *lattice, costs, asked), "") << text << " set " << w;
            ++searches;
          }
        }
      }
    }
  }
  std::printf("%llu searches\n", static_cast<unsigned long long>(searches));
}

TEST(Exhaustive, EverySetOfUpToTwoSymbols) {
  const std::vector<std::u32string> marks = Strings(U"AB", 2);
  std::vector<World> worlds;
  for (uint32_t set = 1; set < (1u << marks.size()); ++set) {
    std::vector<TwinRecord> records;
    for (size_t i = 0; i < marks.size(); ++i) {
      if ((set >> i & 1) != 0) records.push_back(RecordOf(marks[i], i % 3 == 0 ? "w" : ""));
    }
    worlds.emplace_back(std::move(records));
  }
  AskAll(worlds, marks, false);
}

TEST(Exhaustive, ThreeSymbolsWithDuplicatesWeaponsAndPartialRecords) {
  std::vector<std::u32string> marks = Strings(U"AB", 3);
  std::vector<TwinRecord> records;
  for (size_t i = 0; i < marks.size(); ++i)
    records.push_back(RecordOf(marks[i], i % 4 == 0 ? "w1" : i % 4 == 1 ? "w2" : ""));
  for (size_t i = 0; i < marks.size(); i += 3) records.push_back(RecordOf(marks[i], "w2"));
  const size_t serials = marks.size();
  for (std::u32string& items : Strings(std::u32string({U'A', U'B', kUnreadable, kGap}), 3)) {
    const bool two_gaps = items.find(std::u32string(2, kGap)) != std::u32string::npos;
    if (items.find_first_of(std::u32string({kUnreadable, kGap})) != std::u32string::npos && !two_gaps)
      marks.push_back(items);
  }
  std::vector<World> worlds;
  worlds.emplace_back(records);
  for (size_t i = serials; i < marks.size(); ++i) records.push_back(RecordOf(marks[i], i % 5 == 0 ? "w1" : ""));
  worlds.emplace_back(records);
  AskAll(worlds, marks, true);
}

TEST(Exhaustive, RandomSetsOfUpToThreeSymbols) {
  const std::vector<std::u32string> marks = Strings(U"AB", 3);
  std::vector<World> worlds;
  Choices choices(17);
  for (int set = 0; set < 40; ++set) {
    std::vector<TwinRecord> records;
    for (const std::u32string& mark : marks) {
      if (choices.OneIn(2)) records.push_back(RecordOf(mark, choices.OneIn(3) ? "w" : ""));
    }
    if (!records.empty()) worlds.emplace_back(std::move(records));
  }
  AskAll(worlds, marks, false);
}

// Look-alikes under the channel: every serial of up to three of 0, O, A beside every reading of up to two elements.
TEST(Exhaustive, LookAlikes) {
  std::vector<TwinRecord> records;
  for (const std::u32string& mark : Strings(U"0OA", 3)) records.push_back(RecordOf(mark, ""));
  records.push_back(RecordOf(std::u32string{U'0', kUnreadable}, ""));
  records.push_back(RecordOf(std::u32string{kGap, U'O'}, ""));
  Comparison comparison(records);
  const std::vector<std::string> elements = {"0",   "O",     "A",      "?",      "*",       "0~",
                                             "O~~", "O! ",   "O!0",    "[0O]",   "[^A]",    "[0:.7 O:.2]",
                                             "A!A", "[A0]~", "0{0,1}", "(0|OA)", "[O:1]~~", "Q"};
  std::vector<std::string> texts = elements;
  for (const std::string& a : elements) {
    for (const std::string& b : elements) texts.push_back(a + b);
  }
  Query query;
  query.typed = true;
  for (const std::string& text : texts) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << text;
    query.reading = {text, "", pattern->lattice};
    for (const Cost nats : {0u, 4u, 18u, 60u}) {
      for (const uint64_t top : {0u, 1u, 5u}) {
        query.max_cost = nats * kCostsPerNat;
        query.top = top;
        ASSERT_EQ(comparison.Check(query), "") << text << " within " << nats << " top " << top;
      }
    }
  }
}

}  // namespace
}  // namespace burin::internal::reference
