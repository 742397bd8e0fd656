// Searches that are cancelled at each question in turn: what costs, prices and populations are counted for is asked
// about too, an answer is complete and the whole one or says that it is not, and no search takes what was half counted
// for all.
#include <climits>
#include <string>
#include <utility>
#include <vector>

#include "burin/burin.hpp"
#include "burin/burin_batch.hpp"
#include "burin/burin_joint.hpp"
#include "burin/burin_registry.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

constexpr int kRows = 4000;

std::string TextOf(int i) {
  std::string text = "A" + std::to_string(10000 + i * 7);
  if (i % 25 == 0) text[2] = '?';
  return text;
}

class ApiPatience : public ::testing::Test {
 public:
  void SetUp() override {
    burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
    options.create = 1;
    Registry registry(folder_ / "r", options);
    for (const char* name : {"weapon", "component", "maker"}) registry.AddAttribute(name);
    for (int i = 0; i < kRows; ++i) {
      const std::string weapon = "w" + std::to_string(i / 2),
                        maker = i % 3 == 0 ? "Colt" : "m" + std::to_string(i % 90);
      registry.Put(std::to_string(i), "s", TextOf(i), {weapon, i % 2 == 0 ? "frame" : "barrel", maker});
      if (i == kRows / 4) registry.Commit();
    }
    registry.Commit();
  }

  // Everything that is said of the matches.
  static std::vector<std::string> Lines(Result& result) {
    std::vector<std::string> lines;
    size_t weighed = 0;
    const burin_weight* const weights = burin_result_weights(result.get(), &weighed);
    for (size_t i = 0; i < result.matches().size(); ++i) {
      lines.push_back(std::string(result.key(i)) + " " + std::to_string(result.matches()[i].cost));
      if (weighed > 0) lines.back() += " " + std::to_string(weights[i].log10_lr);
    }
    return lines;
  }

  // Cancels at the first question, the second one and so on, each time with a searcher of its own that is used once
  // more without.
  void CancelEverywhere(const Search& search, const std::string& pattern) {
    const Index index(folder_ / "r");
    const Reading reading(pattern);
    Result whole = Searcher(index).Find(reading, search);
    ASSERT_TRUE(whole.complete());
    const std::vector<std::string> expected = Lines(whole);
    ASSERT_FALSE(expected.empty());
    bool asked_to_the_end = false;
    for (int most = 0; !asked_to_the_end; most = most < 40 ? most + 1 : most + most / 3) {
      const Index fresh(folder_ / "r");  // Its populations are not counted yet.
      Searcher searcher(fresh);
      int questions = 0;
      Search cancelled = search;
      cancelled.cancel = [&] { return ++questions > most; };
      Result some = searcher.Find(reading, cancelled);
      asked_to_the_end = questions <= most;
      if (asked_to_the_end) EXPECT_TRUE(some.complete());
      if (most == 0) EXPECT_FALSE(some.complete());
      if (most == 0) EXPECT_EQ(some.matches().size(), 0u);
      // The last question may come when all is done.
      if (some.complete()) EXPECT_EQ(Lines(some), expected) << pattern << " at question " << most;
      Result again = searcher.Find(reading, search);
      EXPECT_EQ(Lines(again), expected) << pattern << " after question " << most;
    }
  }

  Folder folder_;
};

TEST_F(ApiPatience, Populations) {
  Search search;
  search.evidence = true;
  CancelEverywhere(search, "A1234?");
  search.where = {"maker=Colt"};
  CancelEverywhere(search, "A1234?");
}

TEST_F(ApiPatience, Beliefs) {
  Joint joint;
  joint.Believe("maker", "Colt");
  Search search;
  search.joint = joint.get();
  CancelEverywhere(search, "A1234?");
  search.evidence = true;
  CancelEverywhere(search, "A1234?");
}

TEST_F(ApiPatience, MarksOfOneWeapon) {
  Joint joint;
  joint.Mark("barrel", Reading("A12365"));
  Search search;
  search.joint = joint.get();
  CancelEverywhere(search, "A12358");
  search.top = UINT64_MAX;
  CancelEverywhere(search, "A12?58");
}

TEST_F(ApiPatience, SeveralReadings) {
  Joint joint;
  joint.Also(Reading("A12?5?"));
  Search search;
  search.joint = joint.get();
  CancelEverywhere(search, "A1235?");
}

// What a search had no time to count to its end, the next one goes on with: of several searches that may ask too few
// questions for that, one comes to the whole answer.
TEST_F(ApiPatience, CountingGoesOn) {
  for (const bool filtered : {false, true}) {
    const Reading reading("A1235?");
    int questions = 0, most = INT_MAX;
    Search search;
    search.evidence = true;
    search.cancel = [&] { return ++questions > most; };
    if (filtered) search.where = {"maker=Colt"};
    const Index counted(folder_ / "r");
    Searcher whole(counted);
    Result expected = whole.Find(reading, search);
    const int first = std::exchange(questions, 0);
    whole.Find(reading, search);
    const int later = std::exchange(questions, 0);
    ASSERT_GT(first - later, 3);
    most = later + (first - later) / 3;
    const Index fresh(folder_ / "r");
    Searcher searcher(fresh);
    for (int i = 0; i < 10; ++i) {
      questions = 0;
      Result some = searcher.Find(reading, search);
      if (i == 0) EXPECT_FALSE(some.complete());
      if (i == 9) EXPECT_TRUE(some.complete());
      if (some.complete()) EXPECT_EQ(Lines(some), Lines(expected));
    }
  }
}

// Readings that a batch has no time for are not compiled, and each says that it was not searched.
TEST_F(ApiPatience, Batches) {
  const Index index(folder_ / "r");
  std::vector<Reading> readings;
  for (int i = 0; i < 50; ++i) readings.emplace_back("A1" + std::to_string(i) + "??");
  for (const bool evidence : {false, true}) {
    for (const int32_t within : {-1, 1}) {
      if (evidence && within >= 0) continue;
      Search search;
      search.evidence = evidence;
      if (within >= 0) search.costs = BURIN_COSTS_OSA, search.within = within;
      const std::vector<Result> whole = FindAll(index, readings, search);
      search.cancel = [] { return true; };
      const std::vector<Result> none = FindAll(index, readings, search, 2);
      ASSERT_EQ(none.size(), readings.size());
      for (size_t i = 0; i < none.size(); ++i) {
        EXPECT_FALSE(none[i].complete());
        EXPECT_EQ(none[i].matches().size(), 0u);
        EXPECT_EQ(none[i].certificate(), 0u);
        EXPECT_EQ(burin_result_best_cost(none[i].get()), burin_result_best_cost(whole[i].get()));
        EXPECT_EQ(burin_result_not_searched(none[i].get()), burin_result_not_searched(whole[i].get()));
      }
    }
  }
}

}  // namespace
}  // namespace burin::testing
