// Records that are hidden from whoever searches: every answer is that of an index without them.
#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

struct Record {
  std::string key, text, maker;
};

std::vector<Record> RandomRecords(std::mt19937* random, size_t count) {
  const char* const makers[] = {"Colt", "FN", ""};
  std::vector<Record> records;
  for (size_t i = 0; i < count; ++i) {
    std::string text;
    for (size_t n = 4 + (*random)() % 3; n > 0; --n) text += "AB0123"[(*random)() % 6];
    if ((*random)() % 8 == 0) text[(*random)() % text.size()] = '?';
    if ((*random)() % 10 == 0) text = "unknown";
    if ((*random)() % 10 == 0) text += " / A" + std::to_string((*random)() % 100);  // A weapon of two marks.
    records.push_back({"k" + std::to_string(i), text, makers[(*random)() % 3]});
  }
  return records;
}

// All rows, or those that are not hidden, in so many commits.
std::string Write(const std::string& path, const std::vector<Record>& records, const std::vector<bool>* hidden,
                  size_t commits) {
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.create = 1;
  burin::Registry registry(path, options);
  registry.AddAttribute("maker");
  for (size_t i = 0; i < records.size(); ++i) {
    if (hidden != nullptr && (*hidden)[i]) continue;
    registry.Put(records[i].key, "", records[i].text, {records[i].maker});
    if (i % (records.size() / commits) == 0) registry.Commit();
  }
  registry.Commit();
  if (commits == 1) registry.Compact();
  return path;
}

// All that a search says but for ids, which differ, and work.
std::string Said(const Index& index, const std::string& pattern, const Search& search) {
  Searcher searcher(index);
  burin::Result result = searcher.Find(Reading(pattern), search);
  std::ostringstream out;
  out.precision(17);
  out << result.complete() << ' ' << result.certificate() << ' ' << result.not_searched();
  size_t weighed = 0;
  const burin_weight* const weights = burin_result_weights(result.get(), &weighed);
  for (size_t i = 0; i < result.matches().size(); ++i) {
    out << '\n' << result.key(i) << ' ' << result.text(i) << ' ' << result.matches()[i].cost;
    if (i >= weighed) continue;
    const burin_weight& w = weights[i];
    out << ' ' << w.log10_likelihood << ' ' << w.log10_lr << ' ' << w.posterior << ' ' << w.posterior_low << ' '
        << w.posterior_high << ' ' << w.flags;
  }
  burin_evidence e = BURIN_EVIDENCE_INIT;
  if (search.evidence && burin_result_evidence(result.get(), &e, nullptr) == BURIN_OK) {
    out << '\n'
        << e.complete << ' ' << e.flags << ' ' << e.population << ' ' << e.not_in_registry << ' '
        << e.not_in_registry_low << ' ' << e.not_in_registry_high << ' ' << e.not_excluded << ' ' << e.chance_hits
        << ' ' << e.log10_seen << ' ' << e.log10_unseen << ' ' << e.log10_population << ' ' << e.statistics_hash;
  }
  if (search.costs == BURIN_COSTS_OSA) {
    const burin_count count = searcher.Count(Reading(pattern), search);
    out << "\ncount " << count.matches << ' ' << count.complete;
  }
  return out.str();
}

std::vector<Search> Searches() {
  std::vector<Search> searches;
  for (const uint32_t by : {BURIN_BY_RECORD, BURIN_BY_SERIAL, BURIN_BY_WEAPON}) {
    Search unit;
    unit.costs = BURIN_COSTS_OSA;
    unit.within = 2;
    unit.by = by;
    searches.push_back(unit);
    unit.top = 3;
    unit.where = {"maker=colt"};
    searches.push_back(unit);
    Search typed;
    typed.by = by;
    typed.evidence = true;
    searches.push_back(typed);
  }
  return searches;
}

TEST(Visible, WhatIsHiddenIsAsIfItWereNotThere) {
  size_t hits = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<Record> records = RandomRecords(&random, 80);
    std::vector<bool> hidden(records.size());
    for (size_t i = 0; i < hidden.size(); ++i) hidden[i] = random() % 3 == 0;
    for (const size_t commits : {1, 4}) {
      const Folder folder;
      const Index all(Write(folder / "all", records, nullptr, commits));
      const Index shown(Write(folder / "shown", records, &hidden, 1));
      std::vector<uint64_t> visible(1);
      for (uint64_t id = 1; id < RegistryState(all).next_record_id; ++id) {
        if (visible.size() <= id / 64) visible.resize(id / 64 + 1);
        const std::string key(all.key(id));
        if (!hidden[std::stoul(key.substr(1))]) visible[id / 64] |= uint64_t{1} << (id % 64);
      }
      for (const char* pattern : {"AB012", "A?0*", "*123", "B01"}) {
        for (Search search : Searches()) {
          search.evidence = search.evidence && commits == 1;
          const std::string expected = Said(shown, pattern, search);
          search.visible = visible;
          EXPECT_EQ(Said(all, pattern, search), expected) << pattern << " by " << search.by;
          hits += expected.find('\n') != std::string::npos ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(hits, 500u);
}

TEST(Visible, NothingAtAll) {
  const Folder folder;
  std::mt19937 random(1);
  const Index index(Write(folder / "all", RandomRecords(&random, 20), nullptr, 1));
  Search search;
  search.visible = {0};
  const burin::Result result = Searcher(index).Find(Reading("AB012"), search);
  EXPECT_TRUE(result.matches().empty());
  EXPECT_EQ(result.not_searched(), 0u);
}

}  // namespace
}  // namespace burin::testing
