// Joint evidence through the C API and its wrapper.
#include "burin/joint.h"

#include "burin/burin_joint.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

class JointTest : public ::testing::Test {
 public:
  void SetUp() override {
    BuildIndex(folder_ / "x.burin", {{"1", "s", "A1234", "Glock", "1990"},
                                     {"2", "s", "A1234", "Crvena Zastava", "1991"},
                                     {"3", "s", "A1235", "", ""},
                                     {"4", "s", "A1234", "Zastava Arms, Inc.", "2001"}});
    index_ = std::make_unique<Index>(folder_ / "x.burin");
    searcher_ = std::make_unique<Searcher>(*index_);
  }
  std::string Keys(const Search& search) {
    Result result = searcher_->Find(Reading("A1234"), search);
    std::string keys;
    for (size_t i = 0; i < result.matches().size(); ++i) keys += std::string(result.key(i)) + " ";
    return keys;
  }
  std::string Refused(const burin_search_options& options) {
    const Reading reading("A1234");
    burin_searcher* raw = nullptr;
    EXPECT_EQ(burin_searcher_create(index_->get(), &raw, nullptr), BURIN_OK);
    const Owned<burin_searcher> searcher(raw, burin_searcher_destroy);
    burin_result* result = nullptr;
    return Failure(BURIN_INVALID_ARGUMENT, burin_search, raw, reading.get(), &options, &result);
  }

  Folder folder_;
  std::unique_ptr<Index> index_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(JointTest, BeliefsReorderAndDropNothing) {
  Search search;
  EXPECT_EQ(Keys(search), "1 2 4 3 ");
  Joint joint;
  joint.Believe("maker", "Zastava");
  search.joint = joint.get();
  EXPECT_EQ(Keys(search), "2 4 1 3 ");
  EXPECT_EQ(Keys(search), "2 4 1 3 ");  // With what the searcher counted before.
  joint.Believe("year", "2001", 0.9);
  search.joint = joint.get();
  EXPECT_EQ(Keys(search), "4 2 1 3 ");
  search.where = {"maker!=Glock"};
  EXPECT_THROW(Keys(search), Exception);
  search.where = {"key2="};
  EXPECT_THROW(Keys(search), Exception);
  search.where = {};
  search.top = 2;
  EXPECT_EQ(Keys(search), "4 2 ");
  search.by = BURIN_BY_SERIAL;
  EXPECT_EQ(Keys(search), "4 3 ");
  EXPECT_EQ(searcher_->Count(Reading("A1234"), search).matches, 2u);
  std::string streamed;
  searcher_->Stream(Reading("A1234"), search, [&](Result& result, size_t i) {
    streamed += std::string(result.key(i)) + std::to_string(JointTerms(&result, i).size()) + " ";
    return true;
  });
  EXPECT_EQ(streamed, "43 33 ");
  std::vector<Reading> readings;
  readings.emplace_back("A1234");
  EXPECT_EQ(JointTerms(&FindAll(*index_, readings, search)[0], 0).size(), 3u);
}

TEST_F(JointTest, TermsAddUp) {
  Joint joint;
  joint.Believe("maker", "Zastava");
  joint.Believe("year", "1990", 0.6);
  Search search;
  search.joint = joint.get();
  Result result = searcher_->Find(Reading("A1234"), search);
  for (size_t i = 0; i < 4; ++i) {
    const auto terms = JointTerms(&result, i);
    ASSERT_EQ(terms.size(), 3u);
    uint32_t sum = 0;
    for (const burin_joint_term& term : terms) sum += term.cost;
    EXPECT_EQ(sum, result.matches()[i].cost);
    EXPECT_EQ(terms[0].kind, static_cast<uint32_t>(BURIN_TERM_MARK));
    EXPECT_EQ(terms[0].record_id, result.matches()[i].record_id);
    EXPECT_EQ(terms[2].number, 1u);
  }
  EXPECT_EQ(result.key(0), "2");
  EXPECT_EQ(JointTerms(&result, 0)[1].stands, static_cast<uint32_t>(BURIN_STANDS_AGREES));
  EXPECT_EQ(JointTerms(&result, 0)[2].stands, static_cast<uint32_t>(BURIN_STANDS_NEAR));
  EXPECT_STREQ(JointTerms(&result, 0)[2].words, "year: stated 1990, recorded 1991");
  EXPECT_EQ(JointTerms(&result, 3)[1].stands, static_cast<uint32_t>(BURIN_STANDS_ABSENT));
  EXPECT_THROW(JointTerms(&result, 4), Exception);
}

// A belief moves likelihood from records that say otherwise to those that agree; one mark and one reading are weighed.
TEST_F(JointTest, BeliefsAreWeighed) {
  Joint joint;
  joint.Believe("maker", "Zastava");
  Search search;
  search.evidence = true;
  Result before = searcher_->Find(Reading("A1234"), search);
  search.joint = joint.get();
  Result after = searcher_->Find(Reading("A1234"), search);
  ASSERT_EQ(before.matches().size(), after.matches().size());
  EXPECT_EQ(after.key(0), "2");
  double all = EvidenceOf(after).not_in_registry;
  for (size_t i = 0; i < after.matches().size(); ++i) {
    const burin_weight& now = WeightsOf(after)[i];
    all += now.posterior;
    size_t j = 0;
    while (before.key(j) != after.key(i)) ++j;
    const double moved = now.log10_likelihood - WeightsOf(before)[j].log10_likelihood;
    switch (JointTerms(&after, i)[1].stands) {
      case BURIN_STANDS_AGREES:
        EXPECT_GT(moved, 0);
        EXPECT_GT(now.log10_lr, WeightsOf(before)[j].log10_lr);
        break;
      case BURIN_STANDS_ABSENT:
        EXPECT_NEAR(moved, 0, 1e-12);
        break;
      default:
        EXPECT_LT(moved, 0);
    }
  }
  EXPECT_NEAR(all, 1, 1e-4);  // Records that are listed and weigh next to nothing are in no sum.
  joint.Also(Reading("A1235"));
  search.joint = joint.get();
  EXPECT_THROW(searcher_->Find(Reading("A1234"), search), Exception);
}

TEST_F(JointTest, WaysToStandHaveNames) {
  EXPECT_STREQ(burin_stands_name(BURIN_STANDS_AGREES), "agrees");
  EXPECT_STREQ(burin_stands_name(BURIN_STANDS_OTHER_PART), "other part");
  EXPECT_EQ(burin_stands_name(0), nullptr);
  EXPECT_EQ(burin_stands_name(BURIN_STANDS_OTHER_PART + 1), nullptr);
}

TEST_F(JointTest, Refusals) {
  burin_belief beliefs[] = {{"maker", "Zastava", 0, nullptr}, {"maker", "Glock", 0, nullptr}};
  burin_joint_options joint = BURIN_JOINT_OPTIONS_INIT;
  joint.beliefs = beliefs;
  joint.belief_count = 2;
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  options.joint = &joint;
  EXPECT_EQ(Refused(options), "attribute 'maker' is believed twice: it would count twice");
  beliefs[1] = {"calibre", "9x19", 0, nullptr};
  EXPECT_EQ(Refused(options), "no attribute 'calibre'; there are maker, source, year");
  beliefs[1] = {"year", "199x", 0, nullptr};
  EXPECT_EQ(Refused(options).substr(0, 17), "believed 'year': ");
  beliefs[1] = {"year", "1990", 2, nullptr};
  EXPECT_EQ(Refused(options), "believed 'year': expected a probability between 0 and 1");
  beliefs[1] = {nullptr, "1990", 0, nullptr};
  EXPECT_EQ(Refused(options), "belief 1: attribute or value is NULL");
  joint.belief_count = 1;
  options.costs = BURIN_COSTS_OSA;
  EXPECT_EQ(Refused(options),
            "further evidence is weighed by probability: it needs a channel, and edits are counted here");
  options.costs = BURIN_COSTS_CHANNEL;
  options.evidence = 1;
  const Reading also("A1235");
  const burin_reading* const more[] = {also.get()};
  joint.also = more;
  joint.also_count = 1;
  EXPECT_EQ(Refused(options),
            "likelihood ratios are of one reading of one mark: evidence is 0 with further readings or marks");
  options.evidence = 0;
  joint.also_count = 0;
  joint.struct_size = 8;
  EXPECT_NE(Refused(options).find("struct_size"), std::string::npos);
}

TEST_F(JointTest, SynonymsOfOnesOwn) {
  const std::string path = folder_.Write("own.tsv", "maker\tZastava\tGlock\tto see what it does\n");
  const Synonyms own(path), shipped;
  EXPECT_TRUE(own.Same("maker", "Zastava Arms", "GLOCK"));
  EXPECT_FALSE(shipped.Same("maker", "Zastava Arms", "GLOCK"));
  EXPECT_TRUE(shipped.Same("calibre", "9 mm Kurz", ".380 ACP"));
  EXPECT_EQ(burin_synonyms_same(nullptr, nullptr, View("a"), View("a")), 0);
  EXPECT_EQ(burin_synonyms_same(nullptr, "model", View("-"), View("-")), 0);
  Joint joint;
  joint.Believe("maker", "Zastava");
  joint.Use(Synonyms(path));
  Search search;
  search.joint = joint.get();
  EXPECT_EQ(Keys(search), "1 2 4 3 ");
  burin_synonyms* raw = nullptr;
  const std::string bad = folder_.Write("bad.tsv", "maker\tZastava\n");
  EXPECT_EQ(Failure(BURIN_BAD_INPUT, burin_synonyms_open, bad.c_str(), &raw),
            bad + ", line 1: expected 4 columns with tabs between them: attribute, name, synonym, source");
  EXPECT_NE(Failure(BURIN_IO, burin_synonyms_open, "/no/such/file", &raw), "");
}

class WeaponTest : public ::testing::Test {
 public:
  void SetUp() override {
    Builder builder;
    builder.AddAttribute("weapon");
    builder.AddAttribute("component");
    const auto add = [&](const char* key, const char* text, const char* weapon, const char* component) {
      const std::vector<std::string_view> values = {weapon, component};
      builder.AddRow(key, "s", text, values);
    };
    add("f1", "A1234", "w1", "frame");
    add("b1", "4711", "w1", "barrel");
    add("f2", "A1234", "w2", "receiver");
    add("b2", "9999", "w2", "barrel");
    add("f3", "A1235", "w3", "");
    add("b3", "4711", "w3", "canon");
    add("f4", "A1234", "", "");
    builder.Write(folder_ / "w.burin");
    index_ = std::make_unique<Index>(folder_ / "w.burin");
    searcher_ = std::make_unique<Searcher>(*index_);
  }
  Folder folder_;
  std::unique_ptr<Index> index_;
  std::unique_ptr<Searcher> searcher_;
};

TEST_F(WeaponTest, MarksOfOneWeapon) {
  Joint joint;
  joint.Mark("barrel", Reading("4711"));
  Search search;
  search.joint = joint.get();
  Result result = searcher_->Find(Reading("A1234"), search);
  ASSERT_EQ(result.matches().size(), 4u);
  EXPECT_EQ(result.key(0), "f1");
  EXPECT_TRUE(result.complete());
  const auto terms = JointTerms(&result, 0);
  ASSERT_EQ(terms.size(), 2u);
  EXPECT_EQ(terms[0].cost + terms[1].cost, result.matches()[0].cost);
  EXPECT_EQ(terms[1].record_id, 2u);
  EXPECT_STREQ(terms[1].words, "barrel: recorded 4711");
  size_t unrecorded = 0, other = 0;
  for (size_t i = 0; i < 4; ++i) {
    uint32_t sum = 0;
    for (const burin_joint_term& term : JointTerms(&result, i)) {
      sum += term.cost;
      unrecorded += term.stands == BURIN_STANDS_ABSENT;
      other += term.stands == BURIN_STANDS_OTHER_PART;
    }
    EXPECT_EQ(sum, result.matches()[i].cost);
    EXPECT_FALSE(result.alignment(i).empty());
  }
  EXPECT_EQ(unrecorded, 1u);
  EXPECT_EQ(other, 2u);  // A barrel, and a frame: few records make another part's mark no great surprise.
  // The barrel alone, as the reading of the search.
  Joint barrel;
  barrel.Mark("receiver", Reading("A1235"));
  barrel.SetComponent("barrel");
  search.joint = barrel.get();
  search.top = 1;
  Result turned = searcher_->Find(Reading("4711"), search);
  EXPECT_EQ(turned.key(0), "f3");
}

TEST_F(WeaponTest, ReadingsOfOneMark) {
  Joint joint;
  joint.Also(Reading("A1235"));
  Search search;
  search.joint = joint.get();
  Result result = searcher_->Find(Reading("A123?"), search);
  ASSERT_FALSE(result.matches().empty());
  EXPECT_EQ(result.key(0), "f3");
  EXPECT_STREQ(JointTerms(&result, 0)[0].words, "mark: recorded A1235; 2 readings, which share its damage");
  joint.Mark("barrel", Reading("4711"));
  search.joint = joint.get();
  Result weapons = searcher_->Find(Reading("A123?"), search);
  EXPECT_EQ(weapons.key(0), "f3");
  search.max_work = 3;
  EXPECT_FALSE(searcher_->Find(Reading("A123?"), search).complete());
}

// A receipt holds them with their readings, and is made again; unless a reading has no pattern.
TEST_F(WeaponTest, Receipts) {
  Joint joint;
  joint.Also(Reading("A1235"));
  joint.Mark("barrel", Reading("4711"));
  Search search;
  search.joint = joint.get();
  Receipt receipt(*index_);
  Result result = searcher_->Find(Reading("A123?"), search);
  receipt.Add("1", result);
  Search plain;
  Result other = searcher_->Find(Reading("A123?"), plain);
  EXPECT_THROW(receipt.Add("2", other), Exception);
  receipt.Write(folder_ / "r.json");
  Receipt read = Receipt::Open(folder_ / "r.json");
  const burin_replay replay = read.Replay(*index_, false);
  EXPECT_EQ(replay.same, 1u) << replay.difference;
  EXPECT_THROW(read.Replay(*index_, true), Exception);
  const Lattice lattice;
  joint.Mark("slide", Reading(lattice));
  search.joint = joint.get();
  EXPECT_THROW(searcher_->Find(Reading("A123?"), search), Exception);  // No record has a slide.
  Joint built;
  built.Also(Reading(lattice));
  search.joint = built.get();
  Result unrepeatable = searcher_->Find(Reading("A123?"), search);
  Receipt second(*index_);
  EXPECT_THROW(second.Add("1", unrepeatable), Exception);
}

TEST_F(WeaponTest, Refusals) {
  const auto refused = [&](Joint* joint, auto call) {
    Search search;
    search.joint = joint->get();
    try {
      call(search);
    } catch (const Exception& exception) {
      EXPECT_EQ(exception.code(), BURIN_INVALID_ARGUMENT);
      return std::string(exception.what());
    }
    return std::string();
  };
  const Reading reading("A1");
  const auto find = [&](const Search& search) { searcher_->Find(reading, search); };
  Joint marks, readings, unknown, twice;
  marks.Mark("barrel", Reading("4711"));
  readings.Also(Reading("A2"));
  unknown.Mark("slide", Reading("1"));
  twice.Mark("frame", Reading("1"));
  EXPECT_EQ(refused(&marks, [&](const Search& s) { searcher_->Count(reading, s); }),
            "several marks are searched for by burin_search, not by estimates and counts");
  EXPECT_EQ(
      refused(&readings, [&](const Search& s) { searcher_->Stream(reading, s, [](Result&, size_t) { return true; }); }),
      "several readings are searched for by burin_search, not by burin_search_stream");
  EXPECT_NE(refused(&unknown, find).find("no record has the component 'slide'; there are "), std::string::npos);
  EXPECT_NE(refused(&twice, find).find("two marks of the component 'frame'"), std::string::npos);
  EXPECT_EQ(refused(&marks,
                    [&](Search s) {
                      s.components = {"barrel"};
                      searcher_->Find(reading, s);
                    }),
            "attribute 'component' is a condition and says which mark is meant too");
  EXPECT_EQ(refused(&marks,
                    [&](Search s) {
                      s.by = BURIN_BY_SERIAL;
                      searcher_->Find(reading, s);
                    }),
            "several marks find weapons: by serial has no meaning");
}

}  // namespace
}  // namespace burin::testing
