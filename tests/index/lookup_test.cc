// Exact lookup against a map of all serials: random sets with long marks and other symbols, hits and near misses.
#include "src/index/view/lookup.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/reference/search_case.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::TwinRecord;

// Serials in the order of ranks.
struct BySizeThenSymbols {
  bool operator()(const std::u32string& a, const std::u32string& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

void CheckSet(const std::vector<TwinRecord>& records, Choices* choices, std::u32string_view alphabet) {
  const reference::Comparison world(records);
  std::map<std::u32string, uint64_t, BySizeThenSymbols> ranks;
  for (const TwinRecord& r : records) {
    if (!r.partial && !r.missing) ranks[r.items] = 0;
  }
  uint64_t rank = 0;
  for (auto& [serial, its] : ranks) its = rank++;

  std::vector<std::u32string> asked = {U"", std::u32string(kMaxMarkSymbols, U'7'), std::u32string(500, U'7')};
  for (const TwinRecord& r : records) {
    asked.push_back(r.items);
    std::u32string near = r.items;
    if (!near.empty()) near[choices->Below(static_cast<uint32_t>(near.size()))] = choices->Of(alphabet);
    asked.push_back(near);
    asked.push_back(r.items + choices->Of(alphabet));
  }
  const std::vector<std::u32string_view> views(asked.begin(), asked.end());
  std::vector<uint64_t> found(views.size() + 1, 42);
  Lookup(world.index(), views, found);
  for (size_t i = 0; i < asked.size(); ++i) {
    const auto at = ranks.find(asked[i]);
    EXPECT_EQ(found[i], at == ranks.end() ? kNoRank : at->second) << i;
  }
  EXPECT_EQ(found.back(), 42u);
}

TEST(Lookup, FindsWhatIsThereAndNothingElse) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    Choices choices(seed);
    const bool large = seed % 4 == 0;
    const auto set = reference::RandomSet({.records = large ? 200u : 30u, .long_marks = seed % 3 == 0}, &choices);
    CheckSet(set.records, &choices, set.alphabet);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace burin::internal
