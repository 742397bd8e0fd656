// Alignments: sums, order and kinds on random cases, and cases that can be read.
#include "src/evidence/explain/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/costs/mark_scorer.h"
#include "tests/reference/search_case.h"
#include "tests/reference/twin_channel.h"
#include "tests/reference/twin_unit.h"

namespace burin::internal {
namespace {

using reference::Choices;
using reference::Has;

std::u32string Items(std::string_view text) {
  std::u32string items(text.begin(), text.end());
  for (Symbol& s : items) s = s == U'?' ? kUnreadable : s == U'*' ? kGap : s;
  return items;
}

// One letter a move: K(ept), S(ubstituted), L(ost), A(dded), X (swapped), U(nread); with the item it stands on.
std::string Show(const std::vector<Move>& moves) {
  std::string out;
  for (const Move& move : moves) {
    if (!out.empty()) out += ' ';
    out += "?KSLAXU"[static_cast<size_t>(move.kind)];
    if (move.position >= 0) out += std::to_string(move.position);
  }
  return out;
}

std::string Aligned(const char* text, std::string_view mark, Metric metric) {
  const Result<Pattern> pattern = ParsePattern(text);
  const Result<CostLattice> costs = CompileUnit(pattern->lattice, metric);
  return Show(Align(pattern->lattice, *costs, Items(mark), 0, kMaxMarkSymbols));
}

TEST(Alignment, Readable) {
  const auto osa = [](const char* text, std::string_view mark) { return Aligned(text, mark, Metric::kOsa); };
  EXPECT_EQ(osa("A123", "A123"), "K0 K1 K2 K3");
  EXPECT_EQ(osa("A123", "A128"), "K0 K1 K2 S3");
  EXPECT_EQ(osa("A123", "A13"), "K0 K1 A K2");
  EXPECT_EQ(osa("A13", "A123"), "K0 K1 L2 K3");
  EXPECT_EQ(osa("A213", "A123"), "K0 X2 X1 K3");
  EXPECT_EQ(Aligned("A213", "A123", Metric::kHamming), "K0 S1 S2 K3");
  EXPECT_EQ(osa("A?[38]4*", "AB8412"), "K0 K1 K2 K3 U4 U5");
  EXPECT_EQ(osa("*12", "AB12"), "U0 U1 K2 K3");
  EXPECT_EQ(osa("(4712|A712)9", "A7129"), "K0 K1 K2 K3 K4");
  EXPECT_EQ(osa("Z{0,1}12", "12"), "K0 K1");
  EXPECT_EQ(osa("Z{0,1}12", "Z12"), "K0 K1 K2");
  EXPECT_EQ(osa("A914", "??914"), "L0 K1 K2 K3 K4");
  EXPECT_EQ(osa("AB914", "*914"), "K0 K0 K1 K2 K3");
  EXPECT_EQ(Aligned("A1", "A", Metric::kHamming), "");
}

TEST(Alignment, ChannelCostsAreGivenMoveByMove) {
  const Result<Pattern> pattern = ParsePattern("A8~1");
  const Result<CostLattice> costs = CompileChannel(pattern->lattice, reference::PlainTyped());
  const std::vector<Move> moves = Align(pattern->lattice, *costs, U"A31", 0, kMaxMarkSymbols);
  ASSERT_EQ(Show(moves), "K0 S1 K2");
  EXPECT_GT(moves[1].cost, kCostsPerNat);
  EXPECT_LT(moves[0].cost, 2u);
  EXPECT_EQ(moves[1].element, 1);
}

bool IsUnknown(Symbol s) { return s == kUnreadable || s == kGap; }

// Whether a move may bear its kind; kSwapped is looked at in pairs.
bool KindFits(const Move& move, const Lattice& lattice, std::u32string_view items) {
  if (move.kind == MoveKind::kLost) return move.element == kEmpty && move.position >= 0;
  if (move.element < 0) return false;
  if (move.kind == MoveKind::kAdded) return move.position == -1;
  if (move.position < 0) return false;
  const SymbolSet& members = lattice.elements[static_cast<size_t>(move.element)].members;
  const Symbol s = items[static_cast<size_t>(move.position)];
  switch (move.kind) {
    case MoveKind::kKept:
      return IsUnknown(s) || Has(members, s);
    case MoveKind::kSubstituted:
      return !IsUnknown(s) && !Has(members, s);
    case MoveKind::kUnread:
      return members == SymbolSet::All();
    default:
      return true;
  }
}

// The items that moves stand on, in the order of the mark: pairs of swaps put right.
std::vector<int32_t> Positions(const std::vector<Move>& moves) {
  std::vector<int32_t> out;
  for (size_t i = 0; i < moves.size(); ++i) {
    if (moves[i].kind == MoveKind::kSwapped && i + 1 < moves.size()) {
      out.push_back(moves[i + 1].position);
      out.push_back(moves[i].position);
      ++i;
    } else if (moves[i].position >= 0) {
      out.push_back(moves[i].position);
    }
  }
  return out;
}

// Every readable and unreadable item once, in order; gaps any number of times.
bool Covers(const std::vector<int32_t>& positions, std::u32string_view items) {
  size_t next = 0;
  for (const int32_t p : positions) {
    const size_t at = static_cast<size_t>(p);
    while (next < at && items[next] == kGap) ++next;
    if (at != next) return false;
    if (items[next] != kGap) ++next;
  }
  while (next < items.size() && items[next] == kGap) ++next;
  return next == items.size();
}

// The elements, one after the other, are a path through the lattice from its start to its end.
bool IsPath(const std::vector<Move>& moves, const Lattice& lattice) {
  std::vector<bool> at(lattice.slots, false);
  at[0] = true;
  const auto pass = [&] {
    for (uint32_t slot = 0; slot < lattice.slots; ++slot) {
      for (const Arc& arc : lattice.arcs) {
        if (arc.element == kEmpty && arc.from == slot && at[slot]) at[arc.to] = true;
      }
    }
  };
  pass();
  for (const Move& move : moves) {
    if (move.element == kEmpty) continue;
    std::vector<bool> next(lattice.slots, false);
    for (const Arc& arc : lattice.arcs) {
      if (arc.element == move.element && at[arc.from]) next[arc.to] = true;
    }
    at = next;
    pass();
  }
  return at[lattice.slots - 1];
}

TEST(Alignment, RandomCases) {
  int aligned = 0;
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    Choices choices(seed);
    const reference::SearchSet set = reference::RandomSet({.readings = 2, .records = 8}, &choices);
    const Lattice& lattice = choices.Of(set.readings).lattice;
    if (lattice.slots > 200) continue;
    const bool typed = choices.OneIn(2);
    const Metric metric = static_cast<Metric>(choices.Below(3));
    const Result<CostLattice> costs =
        typed ? CompileChannel(lattice, reference::PlainTyped()) : CompileUnit(lattice, metric);
    if (!costs.ok()) continue;
    const uint32_t least = choices.Below(4), most = least + choices.Below(12);
    for (const reference::TwinRecord& record : set.records) {
      const Cost score = MarkScorer(*costs).Score(record.items, least, most);
      const std::vector<Move> moves = Align(lattice, *costs, record.items, least, most);
      if (score >= kNever) {
        EXPECT_TRUE(moves.empty());
        continue;
      }
      Cost sum = costs->end;
      for (const Move& move : moves) sum += move.cost;
      const std::vector<int32_t> positions = Positions(moves);
      ASSERT_EQ(sum, score) << seed;
      ASSERT_TRUE(Covers(positions, record.items)) << seed << " " << Show(moves);
      ASSERT_TRUE(positions.size() >= least && positions.size() <= most) << seed << " " << Show(moves);
      ASSERT_TRUE(IsPath(moves, lattice)) << seed << " " << Show(moves);
      for (const Move& move : moves) ASSERT_TRUE(KindFits(move, lattice, record.items)) << seed << " " << Show(moves);
      ++aligned;
    }
  }
  EXPECT_GT(aligned, 3000);
}

}  // namespace
}  // namespace burin::internal
