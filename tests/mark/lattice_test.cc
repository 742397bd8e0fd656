// Lattices: what is well formed, what floating and the NCIC-compatible rule make of a reading.
#include "src/mark/pattern/lattice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/mark/pattern/ncic.h"
#include "src/mark/pattern/pattern.h"

namespace burin::internal {
namespace {

Element Member(Symbol s) {
  Element element;
  element.members = SymbolSet::Of(s);
  return element;
}

Lattice OneSymbol() {
  Lattice lattice;
  lattice.slots = 2;
  lattice.arcs.push_back({0, 1, lattice.AddElement(Member(U'A'))});
  return lattice;
}

Lattice Parsed(std::string_view text) {
  Result<Pattern> pattern = ParsePattern(text);
  EXPECT_TRUE(pattern.ok()) << text << ": " << pattern.status().message();
  return pattern.ok() ? (*pattern).lattice : Lattice();
}

using Slots = std::vector<bool>;

// Empty arcs lead on to higher slots only, but arcs are in any order: repeat until nothing is new.
void FollowEmpty(const Lattice& lattice, Slots* slots) {
  for (bool more = true; more;) {
    more = false;
    for (const Arc& arc : lattice.arcs) {
      if (arc.element != kEmpty || !(*slots)[arc.from] || (*slots)[arc.to]) continue;
      (*slots)[arc.to] = true;
      more = true;
    }
  }
}

Slots Start(const Lattice& lattice) {
  Slots slots(lattice.slots, false);
  slots[0] = true;
  FollowEmpty(lattice, &slots);
  return slots;
}

Slots Read(const Lattice& lattice, const Slots& slots, Symbol s) {
  Slots next(lattice.slots, false);
  for (const Arc& arc : lattice.arcs) {
    if (arc.element == kEmpty || !slots[arc.from]) continue;
    if (lattice.elements[static_cast<size_t>(arc.element)].members.Contains(s)) next[arc.to] = true;
  }
  FollowEmpty(lattice, &next);
  return next;
}

void Spell(const Lattice& lattice, const Slots& slots, std::u32string_view alphabet, size_t length,
           std::u32string* prefix, std::set<std::u32string>* strings) {
  if (slots[lattice.slots - 1]) strings->insert(*prefix);
  if (prefix->size() == length || std::find(slots.begin(), slots.end(), true) == slots.end()) return;
  for (const Symbol s : alphabet) {
    prefix->push_back(s);
    Spell(lattice, Read(lattice, slots, s), alphabet, length, prefix, strings);
    prefix->pop_back();
  }
}

// Every string of up to `length` symbols of the alphabet that some path spells.
std::set<std::u32string> Language(const Lattice& lattice, std::u32string_view alphabet, size_t length) {
  std::set<std::u32string> strings;
  std::u32string prefix;
  Spell(lattice, Start(lattice), alphabet, length, &prefix, &strings);
  return strings;
}

TEST(LatticeCheck, AcceptsWhatIsWellFormed) {
  EXPECT_TRUE(Lattice().Check().ok());
  EXPECT_TRUE(OneSymbol().Check().ok());
  Lattice loop = OneSymbol();
  loop.arcs.push_back({1, 1, 0});
  loop.arcs.push_back({0, 1, kEmpty});
  EXPECT_TRUE(loop.Check().ok());
}

// One fault each in a lattice that is otherwise sound.
TEST(LatticeCheck, RefusesEachFault) {
  std::vector<Lattice> faulty(19, OneSymbol());
  faulty[0].slots = 0;
  faulty[1].slots = Lattice::kMaxSlots + 1;
  faulty[2].arcs.resize(Lattice::kMaxArcs + 1, Arc{0, 1, 0});
  faulty[3].elements.resize(Lattice::kMaxArcs + 1, Member(U'A'));
  faulty[4].arcs[0] = {1, 0, 0};
  faulty[5].arcs[0] = {0, 2, 0};
  faulty[6].arcs[0].element = 1;
  faulty[7].arcs[0].element = -2;
  faulty[8].arcs.push_back({1, 1, kEmpty});
  faulty[9].arcs.insert(faulty[9].arcs.end(), {Arc{1, 1, 0}, Arc{1, 1, 0}});
  faulty[10].slots = 3;  // Nothing leads to slot 2.
  faulty[11].elements[0].members = SymbolSet();
  faulty[12].elements[0].members.base |= uint64_t{1} << 36;
  faulty[13].elements[0].members.listed = {U'B'};
  faulty[14].elements[0].members.listed = {U'五', U'☆'};
  faulty[15].elements[0].members.listed = {Symbol{0xD800}};
  faulty[16].elements[0].members.listed = {kUnreadable};
  faulty[17].elements[0].beneath = U'3';
  faulty[18].elements[0].doubt = static_cast<Doubt>(3);
  for (size_t i = 0; i < faulty.size(); ++i) {
    const Status status = faulty[i].Check();
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << i;
    EXPECT_FALSE(status.message().empty()) << i;
  }
}

TEST(LatticeCheck, SupportNamesEveryMemberOnce) {
  Lattice lattice = OneSymbol();
  lattice.elements[0].members.Add(U'☆');
  std::vector<std::pair<Symbol, double>>& support = lattice.elements[0].support;
  support = {{U'A', 0.5}, {U'☆', 2}};
  EXPECT_TRUE(lattice.Check().ok());
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::vector<std::pair<Symbol, double>>> faults = {
      {{U'A', 0.5}},
      {{U'A', 0.5}, {U'A', 0.5}},
      {{U'A', 0.5}, {U'B', 0.5}},
      {{U'A', 0.5}, {U'☆', 0.5}, {U'A', 0.5}},
      {{U'A', 0.5}, {U'☆', 0}},
      {{U'A', 0.5}, {U'☆', -1}},
      {{U'A', 0.5}, {U'☆', infinity}},
      {{U'A', 0.5}, {U'☆', std::numeric_limits<double>::quiet_NaN()}}};
  for (const auto& fault : faults) {
    support = fault;
    EXPECT_FALSE(lattice.Check().ok());
  }
  support = {{U'A', 0.5}, {U'☆', 2}};
  lattice.elements[0].members.others = true;
  EXPECT_FALSE(lattice.Check().ok());
}

TEST(LatticeFloat, AddsWhatMayStandBeforeAndAfter) {
  const std::u32string_view alphabet = U"01A";
  for (const char* text : {"A1", "A*", "*1", "*", "A{0,1}", "(0|1*)", "A{2,}", "(*A|1)", "?*"}) {
    const Lattice lattice = Parsed(text);
    const std::set<std::u32string> core = Language(lattice, alphabet, 5);
    for (const bool head : {false, true}) {
      for (const bool tail : {false, true}) {
        const Lattice floating = Float(lattice, head, tail);
        ASSERT_TRUE(floating.Check().ok());
        std::set<std::u32string> expected;
        for (const std::u32string& s : Language(Parsed("*"), alphabet, 5)) {
          bool found = false;
          for (size_t begin = 0; begin <= (head ? s.size() : 0); ++begin) {
            for (size_t end = tail ? begin : s.size(); end <= s.size(); ++end) {
              found = found || core.count(s.substr(begin, end - begin)) > 0;
            }
          }
          if (found) expected.insert(s);
        }
        EXPECT_EQ(Language(floating, alphabet, 5), expected) << text << head << tail;
      }
    }
  }
}

TEST(LatticeFloat, KeepsElementNumbersAndAddsNoGapToAGap) {
  const Lattice lattice = Parsed("A[38]");
  const Lattice floating = Float(lattice, true, true);
  ASSERT_EQ(floating.elements.size(), 4u);
  EXPECT_EQ(floating.elements[1].members, lattice.elements[1].members);
  EXPECT_EQ(Float(Parsed("*A*"), true, true).slots, Parsed("*A*").slots);
}

bool IsDigit(Symbol s) { return (s >= U'0' && s <= U'9') || s == U'O'; }

// The definition: O to 0, then no letters between the first and the last digit.
std::u32string NcicKey(const std::u32string& s) {
  size_t first = s.size(), last = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    if (!IsDigit(s[i])) continue;
    first = std::min(first, i);
    last = i;
  }
  std::u32string key;
  for (size_t i = 0; i < s.size(); ++i) {
    if (IsDigit(s[i]) || i < first || i > last) key.push_back(s[i] == U'O' ? U'0' : s[i]);
  }
  return key;
}

// Readings here need no more than two embedded letters, so read strings of 6 symbols cover all keys of marks of 4.
void ExpectNcic(const Lattice& lattice, const std::string& name) {
  const std::u32string_view alphabet = U"0O1AB";
  const Lattice compatible = NcicCompatible(lattice);
  const Status status = compatible.Check();
  ASSERT_TRUE(status.ok()) << name << ": " << status.message();
  std::set<std::u32string> keys;
  for (const std::u32string& r : Language(lattice, alphabet, 6)) keys.insert(NcicKey(r));
  static const std::set<std::u32string> every = Language(Parsed("*"), U"0O1AB", 4);
  std::set<std::u32string> expected;
  for (const std::u32string& s : every) {
    if (keys.count(NcicKey(s)) > 0) expected.insert(s);
  }
  EXPECT_EQ(Language(compatible, alphabet, 4), expected) << name;
}

TEST(Ncic, HoldsExactlyTheMarksWithTheSameKey) {
  for (const char* text : {"A",
                           "0",
                           "O",
                           "1",
                           "?",
                           "*",
                           "AB",
                           "A1",
                           "1A",
                           "10",
                           "1O",
                           "A1B",
                           "1A0",
                           "1AB0",
                           "A10B",
                           "?A",
                           "??",
                           "???",
                           "????",
                           "*1",
                           "1*",
                           "1*1",
                           "A*B",
                           "*A*",
                           "?*",
                           "1?1",
                           "1?0B",
                           "[0A]",
                           "[0A]1",
                           "1[0A]1",
                           "[1B][0A]",
                           "[OA]{2}",
                           "[A1]{0,3}",
                           "1{0,}",
                           "A{0,}",
                           "[1A]{0,}",
                           "1[1A]{0,}",
                           "[1A]{1,}1",
                           "A1{1,3}B",
                           "(1|A)",
                           "(1A|A1)",
                           "(1A1|B)",
                           "(A|B0){0,2}",
                           "(*|1)A",
                           "1(A|B|0)1",
                           "A{0,1}1{0,1}B{0,1}",
                           "[^0-9]",
                           "[^O]1",
                           "[[:digit:]]{2}",
                           "[[:letter:]]{2}",
                           "0A{0,}0",
                           "*A1*",
                           "A*1*B",
                           "A?*0",
                           "O[^A]{0,}1",
                           "[0B]{0,}A"}) {
    ExpectNcic(Parsed(text), text);
  }
}

TEST(Ncic, ExamplesOfTheRule) {
  const Lattice lattice = NcicCompatible(Parsed("369J257"));
  const auto holds = [&](std::u32string_view s) {
    Slots slots = Start(lattice);
    for (const Symbol c : s) slots = Read(lattice, slots, c);
    return slots[lattice.slots - 1] == true;
  };
  EXPECT_TRUE(holds(U"369257"));
  EXPECT_TRUE(holds(U"369M257"));
  EXPECT_TRUE(holds(U"369J257"));
  EXPECT_TRUE(holds(U"36ЖJ925Z☆7"));
  EXPECT_FALSE(holds(U"A369257"));
  EXPECT_FALSE(holds(U"369257J"));
  EXPECT_FALSE(holds(U"369O257"));
}

TEST(Ncic, HoldsForAnyLattice) {
  std::mt19937 random(20);
  for (int round = 0; round < 400; ++round) {
    Lattice lattice;
    lattice.slots = 1 + static_cast<uint32_t>(random() % 4);
    const std::u32string_view symbols = U"0O1AB";
    for (int i = 0; i < 4; ++i) {
      Element element = Member(symbols[random() % symbols.size()]);
      if (random() % 2 == 0) element.members.Add(symbols[random() % symbols.size()]);
      if (random() % 6 == 0) element.members = SymbolSet::All();
      lattice.AddElement(element);
    }
    for (uint32_t from = 0; from < lattice.slots; ++from) {
      for (uint32_t to = from; to < lattice.slots; ++to) {
        if (random() % 3 == 0 && from + 1 != to) continue;
        lattice.arcs.push_back({from, to, static_cast<int32_t>(random() % 4)});
        if (from < to && random() % 4 == 0) lattice.arcs.back().element = kEmpty;
        if (from < to && random() % 4 == 0) lattice.arcs.push_back({from, to, static_cast<int32_t>(random() % 4)});
      }
    }
    std::shuffle(lattice.arcs.begin(), lattice.arcs.end(), random);
    ASSERT_TRUE(lattice.Check().ok());
    ExpectNcic(lattice, "round " + std::to_string(round));
  }
}

TEST(Ncic, KeepsWeightsDoubtAndAlterationOfWhatRemains) {
  const Lattice lattice = NcicCompatible(Parsed("[0:.6 A:.3]"));
  ASSERT_TRUE(lattice.Check().ok());
  std::vector<std::vector<std::pair<Symbol, double>>> supports;
  for (const Element& element : lattice.elements) supports.push_back(element.support);
  EXPECT_EQ(supports.size(), 2u);
  const std::vector<std::pair<Symbol, double>> digits = {{U'0', 0.6}, {U'O', 0.6}}, letters = {{U'A', 0.3}};
  EXPECT_NE(std::find(supports.begin(), supports.end(), digits), supports.end());
  EXPECT_NE(std::find(supports.begin(), supports.end(), letters), supports.end());
  const Lattice doubted = NcicCompatible(Parsed("8~"));
  ASSERT_EQ(doubted.elements.size(), 1u);
  EXPECT_EQ(doubted.elements[0].doubt, Doubt::kProbable);
  const Lattice altered = NcicCompatible(Parsed("O!3"));
  ASSERT_EQ(altered.elements.size(), 1u);
  EXPECT_TRUE(altered.elements[0].altered);
  EXPECT_EQ(altered.elements[0].beneath, U'3');
  EXPECT_TRUE(altered.elements[0].members.Contains(U'0'));
}

TEST(Ncic, StaysSmall) {
  EXPECT_LE(NcicCompatible(Parsed("AB123456")).slots, 10u);
  EXPECT_LE(NcicCompatible(Parsed("ABC")).slots, 5u);
}

}  // namespace
}  // namespace burin::internal
