// Sets of symbols, against their meaning: every pair of sets over a universe of two base and three other symbols.
#include "src/mark/fold/symbol.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace burin::internal {
namespace {

const std::vector<Symbol>& Universe() {
  // The last one is never listed: it stands for all the symbols that nobody thought of.
  static const std::vector<Symbol> universe = {U'0', U'Z', U'Ж', U'☆', U'五', U'△'};
  return universe;
}

// Every set that lists some of the universe's others.
std::vector<SymbolSet> EverySet() {
  std::vector<SymbolSet> sets;
  for (unsigned bits = 0; bits < 64; ++bits) {
    SymbolSet set;
    set.others = (bits & 1) != 0;
    if ((bits & 2) != 0) set.base |= 1;
    if ((bits & 4) != 0) set.base |= uint64_t{1} << 35;
    for (unsigned i = 0; i < 3; ++i) {
      if ((bits >> (3 + i) & 1) != 0) set.listed.push_back(Universe()[2 + i]);
    }
    std::sort(set.listed.begin(), set.listed.end());
    sets.push_back(set);
  }
  return sets;
}

void ExpectWellFormed(const SymbolSet& set) {
  EXPECT_TRUE(std::is_sorted(set.listed.begin(), set.listed.end()));
  EXPECT_EQ(std::adjacent_find(set.listed.begin(), set.listed.end()), set.listed.end());
  EXPECT_EQ(set.base >> kBaseSymbols, 0u);
}

TEST(SymbolSet, ContainsMeansWhatTheHeaderSays) {
  for (const SymbolSet& set : EverySet()) {
    bool any = set.others;
    for (const Symbol s : Universe()) {
      const size_t index = BaseIndex(s);
      const bool listed = std::count(set.listed.begin(), set.listed.end(), s) != 0;
      const bool member = index < kBaseSymbols ? (set.base >> index & 1) != 0 : set.others ? !listed : listed;
      EXPECT_EQ(set.Contains(s), member);
      any = any || member;
    }
    EXPECT_EQ(set.empty(), !any);
  }
}

TEST(SymbolSet, AddAndOf) {
  for (const SymbolSet& set : EverySet()) {
    for (const Symbol added : Universe()) {
      SymbolSet more = set;
      more.Add(added);
      more.Add(added);
      ExpectWellFormed(more);
      for (const Symbol s : Universe()) EXPECT_EQ(more.Contains(s), s == added || set.Contains(s));
    }
  }
  for (const Symbol one : Universe()) {
    for (const Symbol s : Universe()) EXPECT_EQ(SymbolSet::Of(one).Contains(s), s == one);
  }
}

TEST(SymbolSet, Complement) {
  for (const SymbolSet& set : EverySet()) {
    SymbolSet complement = set;
    complement.Complement();
    ExpectWellFormed(complement);
    for (const Symbol s : Universe()) EXPECT_NE(complement.Contains(s), set.Contains(s));
    complement.Complement();
    EXPECT_EQ(complement, set);
  }
  SymbolSet none;
  none.Complement();
  EXPECT_EQ(none, SymbolSet::All());
}

TEST(SymbolSet, UnionAndIntersection) {
  for (const SymbolSet& a : EverySet()) {
    for (const SymbolSet& b : EverySet()) {
      SymbolSet all = a;
      all.AddAll(b);
      const SymbolSet both = a.Intersection(b);
      ExpectWellFormed(all);
      ExpectWellFormed(both);
      for (const Symbol s : Universe()) {
        EXPECT_EQ(all.Contains(s), a.Contains(s) || b.Contains(s));
        EXPECT_EQ(both.Contains(s), a.Contains(s) && b.Contains(s));
      }
    }
  }
  for (const SymbolSet& set : EverySet()) {
    SymbolSet twice = set;
    twice.AddAll(twice);
    EXPECT_EQ(twice, set);
    EXPECT_EQ(set.Intersection(set), set);
  }
}

}  // namespace
}  // namespace burin::internal
