// Believed attributes: prices beside their definition, and whole searches under the joint cost beside a scan that
// scores every record. BURIN_TEST_CASES is the number of searches, 10,000 if it is not given.
#include "src/evidence/attributes/beliefs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

#include "src/channel/compile/compile.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "tests/reference/cases.h"
#include "tests/reference/random_reading.h"
#include "tests/reference/twin_channel.h"
#include "tests/reference/twin_dp.h"
#include "tests/reference/twin_joint.h"

namespace burin::internal::reference {
namespace {

struct Condition {
  const char* text;
  const char* attribute;
  bool (*holds)(const JointRecord&);
};
constexpr std::array<Condition, 3> kConditions = {{
    {"calibre=9x19", "calibre", [](const JointRecord& r) { return r.Of("calibre") == "9x19"; }},
    {"brand!=Glock", "brand", [](const JointRecord& r) { return r.Of("brand") != "Glock"; }},
    {"year>=1990", "year", [](const JointRecord& r) { return r.Of("year") >= "1990"; }},
}};

std::vector<JointRecord> RandomRecords(const Lattice& lattice, const std::u32string& alphabet, Choices* choices) {
  std::vector<JointRecord> records;
  for (uint32_t i = 1 + choices->Below(30); i > 0; --i) {
    JointRecord record;
    if (!records.empty() && choices->OneIn(4)) {
      record.items = choices->Of(records).items;
      record.partial = record.items.find(kUnreadable) != std::u32string::npos;
    } else {
      record.items = Edited(RandomReadString(lattice, alphabet, choices), choices->Below(3), alphabet, choices);
      if (record.items.empty()) record.items = alphabet.substr(0, 1);
      record.partial = choices->OneIn(8);
      if (record.partial) record.items[choices->Below(static_cast<uint32_t>(record.items.size()))] = kUnreadable;
      record.missing = choices->OneIn(25);
    }
    for (const std::string& name : JointAttributes()) {
      const std::string value = RandomValue(name, choices);
      if (!value.empty()) record.attributes[name] = value;
    }
    records.push_back(std::move(record));
  }
  return records;
}

struct TwinHit {
  Cost cost;
  size_t length;
  std::u32string items;
  uint32_t record;
  auto operator<=>(const TwinHit&) const = default;
};

// What a search must find.
std::vector<TwinHit> Scan(const std::vector<JointRecord>& records, const std::vector<TwinHit>& all, By by,
                          uint64_t top) {
  std::vector<TwinHit> hits = all, out;
  std::sort(hits.begin(), hits.end());
  std::set<std::u32string> serials;
  std::set<std::string> weapons;
  for (const TwinHit& hit : hits) {
    if (top != 0 && out.size() == top) break;
    const JointRecord& r = records[hit.record];
    if (by == By::kSerial && !r.partial && !serials.insert(hit.items).second) continue;
    if (by == By::kWeapon && !r.Of("weapon").empty() && !weapons.insert(r.Of("weapon")).second) continue;
    out.push_back(hit);
  }
  return out;
}

std::vector<TwinBelief> RandomBeliefs(Choices* choices, std::set<std::string>* used) {
  std::vector<TwinBelief> beliefs;
  for (uint32_t i = 1 + choices->Below(3); i > 0; --i) {
    static const std::vector<std::string> names = {"maker", "brand", "importer", "calibre", "year", "date"};
    TwinBelief belief;
    belief.attribute = choices->Of(names);
    while (belief.value.empty()) belief.value = RandomValue(belief.attribute, choices);
    if (choices->OneIn(3)) belief.right = 0.6;
    if (used->insert(belief.attribute).second) beliefs.push_back(belief);
  }
  return beliefs;
}

class JointSearches {
 public:
  void Run(uint64_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Choices choices(seed);
    const std::u32string alphabet = RandomAlphabet(&choices);
    Result<Pattern> pattern = ParsePattern(RandomPattern(alphabet, 1 + choices.Below(6), &choices));
    if (!pattern.ok()) pattern = ParsePattern("A1");
    const Lattice& lattice = pattern->lattice;
    const auto costs = CompileChannel(lattice, PlainTyped());
    if (!costs.ok()) return;
    const std::vector<JointRecord> records = RandomRecords(lattice, alphabet, &choices);
    // Of an index, and of segments: the numbers of its records.
    const std::vector<std::byte> bytes = IndexOf(records);
    const auto index = Index::OpenBuffer(bytes, "case");
    ASSERT_TRUE(index.ok());
    SplitRecords whole;
    whole.index = *index;
    for (uint32_t i = 0; i < records.size(); ++i) {
      whole.number_of.push_back(i);
      whole.record_of.push_back(i);
    }
    const SplitRecords split = Split(records, &choices);
    const ChannelTwin prices(lattice, PlainTyped());
    TwinDp dp(lattice, prices);
    std::vector<Cost> marks;
    for (const JointRecord& r : records) marks.push_back(r.missing ? kNever : dp.Of(r.items, 0, kMaxMarkSymbols));
    for (int i = 0; i < 5; ++i) Search(records, choices.OneIn(2) ? whole : split, *costs, marks, &choices);
  }
  uint64_t searches = 0, hits = 0;

 private:
  void Search(const std::vector<JointRecord>& records, const SplitRecords& in, const CostLattice& costs,
              const std::vector<Cost>& marks, Choices* choices) {
    const Index& index = *in.index;
    std::set<std::string> used;
    Filter filter;
    std::vector<const Condition*> conditions;
    if (choices->OneIn(2)) {
      conditions.push_back(&choices->Of(kConditions));
      used.insert(conditions[0]->attribute);
      ASSERT_TRUE(filter.Add(index, conditions[0]->text).ok());
    }
    const auto counts = [&](const JointRecord& r) { return conditions.empty() || conditions[0]->holds(r); };
    std::vector<TwinBelief> beliefs = RandomBeliefs(choices, &used);
    if (beliefs.empty()) return;
    std::vector<Belief> stated;
    for (const TwinBelief& b : beliefs) stated.push_back({b.attribute, b.value, b.right});
    const auto made = Beliefs::Make(index, stated, Synonyms::Embedded(), filter);
    if (!made.ok()) {  // Two names of one maker.
      EXPECT_NE(made.status().message().find("same name"), std::string::npos) << made.status().message();
      return;
    }
    std::vector<Cost> joint = marks;
    std::vector<Cost> sums(records.size(), 0);
    for (size_t b = 0; b < beliefs.size(); ++b) {
      std::vector<std::string> others;
      for (const std::string& name : used) {
        if (name != beliefs[b].attribute) others.push_back(name);
      }
      const std::vector<Cost> by_record = BeliefCosts(records, counts, beliefs[b], others);
      for (size_t i = 0; i < records.size(); ++i) {
        if (!counts(records[i])) continue;
        // Two ways to the same double may differ in the last bit and round apart: a unit in 64.
        const Cost cost = (*made)->CostOf(b, in.record_of[i]);
        ASSERT_LE(std::max(cost, by_record[i]) - std::min(cost, by_record[i]), 1u) << "belief " << b << " record " << i;
        sums[i] += cost;
      }
    }
    SearchRequest request;
    request.lattice = &costs;
    request.filter = conditions.empty() ? nullptr : &filter;
    request.believed = made->get();
    request.max_cost = AddCosts(costs.best, 64 * choices->Below(30) + choices->Below(64));
    request.top = choices->OneIn(3) ? 0 : 1 + choices->Below(6);
    request.by = static_cast<By>(choices->Below(3));
    if (choices->OneIn(6)) request.max_work = 1 + choices->Below(100);
    std::vector<TwinHit> all;
    for (uint32_t i = 0; i < records.size(); ++i) {
      if (marks[i] > request.max_cost || marks[i] >= kNever || !counts(records[i])) continue;
      all.push_back({marks[i] + sums[i], records[i].items.size(), records[i].items, i});
    }
    const std::vector<TwinHit> expected = Scan(records, all, request.by, request.top);
    const SearchResult found = burin::internal::Search(index, request);
    ++searches;
    hits += found.hits.size();
    if (request.max_work == 0) {
      ASSERT_TRUE(found.complete);
      ASSERT_EQ(found.hits.size(), expected.size());
    }
    for (size_t i = 0; i < expected.size(); ++i) {
      if (!found.complete && expected[i].cost >= found.certificate) break;
      ASSERT_LT(i, found.hits.size());
      ASSERT_EQ(in.number_of[found.hits[i].record], expected[i].record) << "hit " << i;
      ASSERT_EQ(found.hits[i].cost, expected[i].cost) << "hit " << i;
    }
    for (const Hit& hit : found.hits) {
      const uint32_t number = in.number_of[hit.record];
      ASSERT_LT(number, records.size());
      ASSERT_EQ(hit.cost, marks[number] + sums[number]);
    }
    if (request.max_work != 0) return;
    std::vector<Hit> streamed;
    request.top = 0;
    request.by = By::kRecord;
    request.on_level = [&](std::span<const Hit> level) {
      streamed.insert(streamed.end(), level.begin(), level.end());
      return true;
    };
    ASSERT_TRUE(burin::internal::Search(index, request).complete);
    std::sort(all.begin(), all.end());
    ASSERT_EQ(streamed.size(), all.size());
    for (size_t i = 0; i < all.size(); ++i) {
      ASSERT_EQ(in.number_of[streamed[i].record], all[i].record);
    }
  }
};

TEST(Beliefs, SearchesEqualAScan) {
  JointSearches searches;
  for (uint64_t seed = 1; searches.searches < TestCases() && !::testing::Test::HasFatalFailure(); ++seed) {
    searches.Run(seed);
  }
  if (searches.searches < 500) return;  // Too few to say how many are usual.
  EXPECT_GT(searches.hits, searches.searches / 4);
}

std::shared_ptr<const Index> MakersIndex(std::vector<std::byte>* bytes) {
  std::vector<JointRecord> records;
  const auto add = [&](const char* maker, const char* brand, const char* importer, int times) {
    for (int i = 0; i < times; ++i) {
      JointRecord r;
      r.items = U"A1";
      if (*maker != 0) r.attributes["maker"] = maker;
      if (*brand != 0) r.attributes["brand"] = brand;
      if (*importer != 0) r.attributes["importer"] = importer;
      records.push_back(r);
    }
  };
  add("Glock", "", "", 60);
  add("Zastava", "", "CAI", 20);
  add("FN", "Zastava", "", 1);
  add("FN", "", "", 2);
  add("", "", "", 1);
  add("FN", "", "Zastava Arms", 1);
  *bytes = IndexOf(records);
  return *Index::OpenBuffer(*bytes, "makers");
}
constexpr uint64_t kGlock = 0, kZastava = 60, kBrand = 80, kFn = 81, kAbsent = 83, kImporter = 84;

TEST(Beliefs, PricesAreOrdered) {
  std::vector<std::byte> bytes;
  const auto index = MakersIndex(&bytes);
  const std::vector<Belief> stated = {{"maker", "Crvena Zastava", 0}};
  const auto beliefs = *Beliefs::Make(*index, stated, Synonyms::Embedded(), Filter());
  const auto cost = [&](uint64_t record) { return beliefs->CostOf(0, record); };
  EXPECT_EQ(cost(kZastava), 0u);
  EXPECT_LT(cost(kZastava), cost(kAbsent));
  EXPECT_LT(cost(kAbsent), cost(kBrand));
  EXPECT_LT(cost(kBrand), cost(kGlock));
  EXPECT_EQ(cost(kBrand), cost(kImporter));
  EXPECT_EQ(cost(kGlock), cost(kFn));
  EXPECT_EQ(beliefs->AgreementOf(0, kZastava), Agreement::kAgrees);
  EXPECT_EQ(beliefs->AgreementOf(0, kBrand), Agreement::kRelated);
  EXPECT_EQ(beliefs->AgreementOf(0, kGlock), Agreement::kDiffers);
  EXPECT_EQ(beliefs->AgreementOf(0, kAbsent), Agreement::kAbsent);
  EXPECT_EQ(beliefs->Words(0, kBrand), "maker: stated Crvena Zastava, recorded FN; brand recorded Zastava");
  EXPECT_EQ(beliefs->Words(0, kAbsent), "maker: stated Crvena Zastava, not recorded");
}

TEST(Beliefs, RareValuesWeighMore) {
  std::vector<std::byte> bytes;
  const auto index = MakersIndex(&bytes);
  const auto worth = [&](const char* maker, uint64_t has, uint64_t has_not) {
    const std::vector<Belief> stated = {{"maker", maker, 0}};
    const auto beliefs = *Beliefs::Make(*index, stated, Synonyms::Embedded(), Filter());
    return beliefs->CostOf(0, has_not) - beliefs->CostOf(0, has);
  };
  EXPECT_GT(worth("FN", kFn, kGlock), worth("Zastava", kZastava, kFn));
  EXPECT_GT(worth("Zastava", kZastava, kFn), worth("Glock", kGlock, kFn));
}

TEST(Beliefs, AnAbsentValueCostsTheAverage) {
  std::vector<std::byte> bytes;
  const auto index = MakersIndex(&bytes);
  const std::vector<Belief> stated = {{"maker", "Zastava", 0}};
  const auto beliefs = *Beliefs::Make(*index, stated, Synonyms::Embedded(), Filter());
  double sum = 0, named = 0;
  for (uint64_t r = 0; r < index->record_count(); ++r) {
    if (!beliefs->Says(0, r)) continue;
    sum += std::exp(-static_cast<double>(beliefs->CostOf(0, r)) / 64);
    ++named;
  }
  EXPECT_NEAR(-64 * std::log(sum / named), beliefs->CostOf(0, kAbsent), 1.0);
}

// Ratios are what costs are, neither rounded nor shifted, and 1 for the average record that says something.
TEST(Beliefs, RatiosAreOfTheAverageRecord) {
  std::vector<std::byte> bytes;
  const auto index = MakersIndex(&bytes);
  for (const char* maker : {"Zastava", "FN", "Glock", "Norinco"}) {
    const std::vector<Belief> stated = {{"maker", maker, 0}};
    const auto beliefs = *Beliefs::Make(*index, stated, Synonyms::Embedded(), Filter());
    double sum = 0, named = 0, highest = 0;
    for (uint64_t r = 0; r < index->record_count(); ++r) {
      const double ratio = beliefs->RatioOf(r), first = beliefs->RatioOf(0);
      EXPECT_NEAR(-64 * std::log(ratio / first),
                  static_cast<double>(beliefs->CostOf(0, r)) - static_cast<double>(beliefs->CostOf(0, 0)), 1.0);
      highest = std::max(highest, ratio);
      if (!beliefs->Says(0, r)) continue;
      sum += ratio;
      ++named;
    }
    EXPECT_NEAR(sum / named, 1, 1e-12);
    EXPECT_EQ(beliefs->RatioOf(kAbsent), 1);
    EXPECT_EQ(beliefs->highest_ratio(), highest);
  }
  const std::vector<Belief> one = {{"maker", "FN", 0}}, other = {{"importer", "CAI", 0}};
  const std::vector<Belief> both = {{"maker", "FN", 0}, {"importer", "CAI", 0}};
  const auto a = *Beliefs::Make(*index, one, Synonyms::Embedded(), Filter());
  const auto b = *Beliefs::Make(*index, both, Synonyms::Embedded(), Filter());
  EXPECT_GT(b->RatioOf(kZastava), a->RatioOf(kZastava));
  EXPECT_EQ(b->RatioOf(kAbsent), 1);
}

TEST(Beliefs, NothingCountsTwice) {
  std::vector<std::byte> bytes;
  const auto index = MakersIndex(&bytes);
  Filter filter;
  ASSERT_TRUE(filter.Add(*index, "importer=CAI").ok());
  const auto error = [&](std::vector<Belief> stated) {
    return Beliefs::Make(*index, stated, Synonyms::Embedded(), filter).status().message();
  };
  EXPECT_EQ(error({{"importer", "CAI", 0}}),
            "attribute 'importer' is believed and is a condition too: it would count twice");
  EXPECT_EQ(error({{"maker", "FN", 0}, {"maker", "Glock", 0}}),
            "attribute 'maker' is believed twice: it would count twice");
  EXPECT_EQ(error({{"maker", "Zastava", 0}, {"brand", "Crvena Zastava", 0}}),
            "'maker' and 'brand' are believed to be the same name: one fact, which would count twice");
  EXPECT_EQ(error({{"weapon", "w1", 0}}), "the weapon is what is asked for: it cannot be believed");
  EXPECT_EQ(error({{"maker", "FN", 1.5}}), "believed 'maker': expected a probability between 0 and 1");
  EXPECT_EQ(error({{"maker", "--", 0}}), "believed 'maker': expected a value with a letter or a digit");
  EXPECT_NE(error({{"colour", "red", 0}}).find("no attribute 'colour'; there are brand, calibre"), std::string::npos);
  EXPECT_NE(error({{"year", "1990s", 0}}).find("believed 'year': "), std::string::npos);
  // A brand that is believed itself is not compared with the maker.
  const std::vector<Belief> two = {{"maker", "Zastava", 0}, {"brand", "Glock", 0}};
  const auto beliefs = *Beliefs::Make(*index, two, Synonyms::Embedded(), Filter());
  EXPECT_EQ(beliefs->AgreementOf(0, kBrand), Agreement::kDiffers);
  EXPECT_EQ(beliefs->AgreementOf(0, kImporter), Agreement::kRelated);
}

}  // namespace
}  // namespace burin::internal::reference
