#include "src/channel/compile/mark_changes.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

// Of all lattices of a reading that are kept.
constexpr size_t kMostKeptBytes = size_t{8} << 20;

constexpr uint16_t kDigits = 10;  // Classes 0 .. 9; letters stand behind them up to kBaseSymbols.

enum class Kind : uint8_t { kDigit, kLetter, kForeign };
Kind KindOf(uint16_t symbol_class) {
  if (symbol_class < kDigits) return Kind::kDigit;
  return symbol_class < kBaseSymbols ? Kind::kLetter : Kind::kForeign;
}

bool Any(uint16_t) { return true; }
bool IsDigit(uint16_t c) { return KindOf(c) == Kind::kDigit; }
bool IsLetter(uint16_t c) { return KindOf(c) == Kind::kLetter; }
bool IsNoDigit(uint16_t c) { return !IsDigit(c); }
bool IsNoLetter(uint16_t c) { return !IsLetter(c); }
bool IsZero(uint16_t c) { return c == 0; }
bool IsNoZero(uint16_t c) { return c != 0; }
using Takes = bool (*)(uint16_t symbol_class);

// Part of the reading: its moves between these slots.
struct Part {
  uint32_t begin = 0, end = 0;
};

// Builds a lattice out of copies of another's slots. Symbols are lost where it is said, not everywhere.
class Builder {
 public:
  explicit Builder(const CostLattice& plain) : plain_(plain), all_{0, plain.slots - 1} {
    out_.slots = 0;
    out_.classes = plain.classes;
    out_.listed = plain.listed;
    out_.lost_weight = plain.lost_weight;
    out_.end_weight = plain.end_weight;
    out_.lost.assign(out_.classes, kNever);
    out_.unit = plain.unit;
    out_.has_swaps = plain.has_swaps;
  }
  const Part& all() const { return all_; }
  uint32_t AddSlot() { return out_.slots++; }
  // Room for the reading's slots: where its first one is.
  uint32_t AddSlots() {
    out_.slots += plain_.slots;
    return out_.slots - plain_.slots;
  }
  void AddFree(uint32_t from, uint32_t to, Cost cost) {
    if (cost < kNever) out_.free.push_back({from, to, kEmpty, cost});
  }
  // Symbols that are passed over at a cost.
  void AddStep(uint32_t from, uint32_t to, Cost cost, Takes takes) {
    out_.steps.push_back({from, to, kEmpty, Passed(cost, takes), cost});
  }
  // The reading's moves that read one symbol, from a copy of its slots to a copy, where the symbol is of a kind.
  void AddSteps(uint32_t from, uint32_t to, const Part& part, Takes takes) {
    for (CostLattice::Step s : plain_.steps) {
      if (s.from < part.begin || s.to > part.end) continue;
      s.row = Masked(s.row, takes);
      s.lowest = Lowest(s.row);
      if (s.lowest >= kNever) continue;
      s.from += from;
      s.to += to;
      out_.steps.push_back(s);
    }
    for (uint32_t slot = part.begin; slot <= part.end && plain_.lost_lowest < kNever; ++slot) {
      AddStep(from + slot, to + slot, plain_.lost_lowest, takes);
    }
  }
  // Those that read two.
  void AddPairs(uint32_t from, uint32_t to, const Part& part, Takes first, Takes second) {
    for (CostLattice::Swap s : plain_.swaps) {
      if (s.from < part.begin || s.to > part.end) continue;
      s.first_row = Masked(s.first_row, second);
      s.second_row = Masked(s.second_row, first);
      s.first_lowest = Lowest(s.first_row);
      s.second_lowest = Lowest(s.second_row);
      if (AddCosts(s.first_lowest, s.second_lowest) >= kNever) continue;
      s.from += from;
      s.to += to;
      out_.swaps.push_back(s);
    }
  }
  // Those that read none.
  void AddFrees(uint32_t at, const Part& part) {
    for (CostLattice::Free f : plain_.free) {
      if (f.from < part.begin || f.to > part.end) continue;
      f.from += at;
      f.to += at;
      out_.free.push_back(f);
    }
  }
  void AddReading(uint32_t at) {
    AddSteps(at, at, all_, Any);
    AddPairs(at, at, all_, Any, Any);
    AddFrees(at, all_);
  }
  CostLattice Take() {
    std::stable_sort(out_.free.begin(), out_.free.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    out_.end = CostOfProbability(out_.end_weight);
    out_.best = out_.LowestToEnd()[0];
    // Classes that the reading does not tell apart are told apart by what a change takes.
    out_.alike.resize(out_.classes);
    std::iota(out_.alike.begin(), out_.alike.end(), uint16_t{0});
    return std::move(out_);
  }

 private:
  // The row of such a step.
  uint32_t Passed(Cost cost, Takes takes) {
    for (const auto& [known_cost, known_takes, row] : passed_) {
      if (known_cost == cost && known_takes == takes) return row;
    }
    const auto row = static_cast<uint32_t>(out_.costs.size());
    for (uint16_t c = 0; c < out_.classes; ++c) out_.costs.push_back(c == kAnyClass || takes(c) ? cost : kNever);
    passed_.emplace_back(cost, takes, row);
    return row;
  }
  // A row of the reading's, where the symbol is of a kind: made when it is first used.
  uint32_t Masked(uint32_t row, Takes takes) {
    auto known = std::find_if(masked_.begin(), masked_.end(), [&](const auto& one) { return one.first == takes; });
    if (known == masked_.end()) {
      masked_.emplace_back(takes, std::vector<uint32_t>(plain_.costs.size() / plain_.classes, kNoRow));
      known = std::prev(masked_.end());
    }
    uint32_t& masked = known->second[row / plain_.classes];
    if (masked != kNoRow) return masked;
    masked = static_cast<uint32_t>(out_.costs.size());
    for (uint16_t c = 0; c < out_.classes; ++c) {
      out_.costs.push_back(c == kAnyClass || takes(c) ? plain_.costs[row + c] : kNever);
    }
    return masked;
  }
  Cost Lowest(uint32_t row) const {
    return *std::min_element(out_.costs.begin() + row, out_.costs.begin() + row + out_.classes);
  }

  static constexpr uint32_t kNoRow = UINT32_MAX;

  const CostLattice& plain_;
  CostLattice out_;
  Part all_;
  std::vector<std::tuple<Cost, Takes, uint32_t>> passed_;
  std::vector<std::pair<Takes, std::vector<uint32_t>>> masked_;  // By row of the reading's.
};

// The cheapest affix of the reading, of characters that are none of the mark's, between that end of the reading that
// `back` says and each slot.
class Affixes {
 public:
  template <typename WeightOf>
  Affixes(const Lattice& reading, const Affix& affix, const WeightOf& weight, bool back)
      : reading_(reading),
        back_(back),
        passages_(PassagesInOrder(reading, back)),
        best_(reading.slots, kNever),
        taken_(reading.slots, 0) {
    std::vector<Cost> now(reading.slots, kNever);
    now[back ? reading.slots - 1 : 0] = 0;
    Pass(&now);
    for (const double share : affix.counts) {
      std::vector<Cost> next(reading.slots, kNever);
      std::vector<const Arc*> ways(reading.slots);
      for (const Arc& arc : reading.arcs) {
        if (arc.element == kEmpty) continue;
        const uint32_t from = back ? arc.to : arc.from, to = back ? arc.from : arc.to;
        const Cost element = CostOfProbability(weight(reading.elements[static_cast<size_t>(arc.element)]));
        const Cost cost = AddCosts(now[from], element);
        if (cost >= next[to]) continue;
        next[to] = cost;
        ways[to] = &arc;
      }
      now = next;
      passed_.push_back(Pass(&now));
      ways_.push_back(ways);
      const Cost happened = CostOfProbability(affix.p * share);
      for (uint32_t i = 0; i < reading.slots; ++i) {
        if (AddCosts(happened, next[i]) >= best_[i]) continue;
        best_[i] = AddCosts(happened, next[i]);
        taken_[i] = ways_.size();
      }
    }
  }
  Cost At(uint32_t slot) const { return best_[slot]; }
  // In reading order.
  std::vector<int32_t> ElementsAt(uint32_t slot) const {
    std::vector<int32_t> elements;
    for (size_t count = taken_[slot]; count > 0; --count) {
      if (count < taken_[slot]) slot = passed_[count - 1][slot];
      const Arc& arc = *ways_[count - 1][slot];
      elements.push_back(arc.element);
      slot = back_ ? arc.to : arc.from;
    }
    if (!back_) std::reverse(elements.begin(), elements.end());
    return elements;
  }

 private:
  // Over free passages; answers by slot where its cost came from.
  std::vector<uint32_t> Pass(std::vector<Cost>* row) const {
    std::vector<uint32_t> source(row->size());
    for (uint32_t i = 0; i < source.size(); ++i) source[i] = i;
    for (const Arc* arc : passages_) {
      const uint32_t slot = back_ ? arc->to : arc->from, to = back_ ? arc->from : arc->to;
      if ((*row)[slot] >= (*row)[to]) continue;
      (*row)[to] = (*row)[slot];
      source[to] = source[slot];
    }
    return source;
  }

  const Lattice& reading_;
  bool back_;
  std::vector<const Arc*> passages_;  // Each behind those that lead to it.
  std::vector<Cost> best_;
  std::vector<size_t> taken_;                  // By slot: how many elements.
  std::vector<std::vector<const Arc*>> ways_;  // By count less one and slot: the last arc.
  std::vector<std::vector<uint32_t>> passed_;  // The slot before free passages.
};

double AnySymbol(const Element& e) { return ElementWeights(e).Mean(); }
double Zero(const Element& e) { return ElementWeights(e).Of(U'0'); }

CostLattice AddedBefore(const Lattice& reading, const CostLattice& plain, const Structure& s) {
  Builder builder(plain);
  const uint32_t start = builder.AddSlot(), at = builder.AddSlots();
  const Affixes added(reading, s.prefix_added, AnySymbol, false), zeros(reading, s.zeros_added, Zero, false);
  for (uint32_t i = 0; i < plain.slots; ++i) builder.AddFree(start, at + i, std::min(added.At(i), zeros.At(i)));
  builder.AddReading(at);
  return builder.Take();
}

CostLattice LostBefore(const CostLattice& plain, const Structure& s) {
  Builder builder(plain);
  uint32_t before = builder.AddSlot();
  const uint32_t start = before;
  std::vector<uint32_t> chain;
  for (size_t i = 0; i < s.prefix_lost.counts.size(); ++i) chain.push_back(builder.AddSlot());
  // Behind the zeros, all of them, the next symbol is none.
  const uint32_t zeros = builder.AddSlot(), behind_zeros = builder.AddSlots(), at = builder.AddSlots();
  for (size_t i = 0; i < chain.size(); ++i) {
    builder.AddStep(before, chain[i], 0, Any);
    before = chain[i];
    builder.AddFree(chain[i], at, CostOfProbability(s.prefix_lost.p * s.prefix_lost.counts[i]));
  }
  if (s.zeros_lost > 0) {
    builder.AddStep(start, zeros, 0, IsZero);
    builder.AddStep(zeros, zeros, 0, IsZero);
    builder.AddFree(zeros, behind_zeros, CostOfProbability(s.zeros_lost));
    builder.AddSteps(behind_zeros, at, builder.all(), IsNoZero);
    builder.AddPairs(behind_zeros, at, builder.all(), IsNoZero, Any);
    builder.AddFrees(behind_zeros, builder.all());
    builder.AddFree(behind_zeros + plain.slots - 1, at + plain.slots - 1, 0);
  }
  builder.AddReading(at);
  return builder.Take();
}

// A copy of the reading for each number of symbols that are left.
CostLattice LastFour(const CostLattice& plain, const Structure& s) {
  Builder builder(plain);
  const uint32_t start = builder.AddSlot(), lost = builder.AddSlot();
  builder.AddStep(start, lost, 0, Any);
  builder.AddStep(lost, lost, 0, Any);
  std::array<uint32_t, 5> read;  // [i]: i symbols were.
  for (uint32_t& at : read) at = builder.AddSlots();
  builder.AddFree(lost, read[0], CostOfProbability(s.last_four));
  for (size_t i = 0; i < read.size(); ++i) {
    builder.AddFrees(read[i], builder.all());
    if (i + 1 < read.size()) builder.AddSteps(read[i], read[i + 1], builder.all(), Any);
    if (i + 2 < read.size()) builder.AddPairs(read[i], read[i + 2], builder.all(), Any, Any);
  }
  return builder.Take();
}

CostLattice AtEnd(const Lattice& reading, const CostLattice& plain, const Structure& s) {
  Builder builder(plain);
  const uint32_t at = builder.AddSlots(), last = at + plain.slots - 1;
  std::vector<uint32_t> left;  // [i]: so many symbols are still to be lost, less one.
  for (size_t i = 0; i < s.suffix_lost.counts.size(); ++i) left.insert(left.begin(), builder.AddSlot());
  const uint32_t end = builder.AddSlot();
  for (size_t i = 0; i < left.size(); ++i) {
    builder.AddFree(last, left[i], CostOfProbability(s.suffix_lost.p * s.suffix_lost.counts[i]));
    builder.AddStep(left[i], i == 0 ? end : left[i - 1], 0, Any);
  }
  const Affixes added(reading, s.suffix_added, AnySymbol, true);
  for (uint32_t i = 0; i < plain.slots; ++i) builder.AddFree(at + i, end, added.At(i));
  builder.AddReading(at);
  return builder.Take();
}

// Two copies of the reading: up to the first digit, and behind it, where letters are lost.
CostLattice LettersLost(const CostLattice& plain, const Structure& s) {
  Builder builder(plain);
  const uint32_t start = builder.AddSlot(), before = builder.AddSlots(), behind = builder.AddSlots();
  const Part& all = builder.all();
  builder.AddFree(start, before, CostOfProbability(s.letters_lost));
  builder.AddSteps(before, before, all, IsNoDigit);
  builder.AddSteps(before, behind, all, IsDigit);
  builder.AddSteps(behind, behind, all, IsNoLetter);
  builder.AddPairs(before, before, all, IsNoDigit, IsNoDigit);
  builder.AddPairs(before, behind, all, IsNoDigit, IsDigit);
  builder.AddPairs(before, behind, all, IsDigit, IsNoLetter);
  builder.AddPairs(behind, behind, all, IsNoLetter, IsNoLetter);
  builder.AddFrees(before, all);
  builder.AddFrees(behind, all);
  for (uint32_t i = 0; i < plain.slots; ++i) builder.AddStep(behind + i, behind + i, 0, IsLetter);
  return builder.Take();
}

// The reading from slot `middle` to its end, over a block of one kind, then from its start to there, over the other.
CostLattice BlocksSwapped(const CostLattice& plain, const Structure& s, uint32_t middle, bool digits_first) {
  Builder builder(plain);
  const uint32_t start = builder.AddSlot(), first = builder.AddSlots(), second = builder.AddSlots();
  const uint32_t end = builder.AddSlot();
  const Part late = {middle, plain.slots - 1}, early = {0, middle};
  const Takes one = digits_first ? IsDigit : IsLetter, other = digits_first ? IsLetter : IsDigit;
  builder.AddFree(start, first + middle, CostOfProbability(s.blocks_swapped));
  builder.AddSteps(first, first, late, one);
  builder.AddPairs(first, first, late, one, one);
  builder.AddFrees(first, late);
  builder.AddFree(first + late.end, second, 0);
  builder.AddSteps(second, second, early, other);
  builder.AddPairs(second, second, early, other, other);
  builder.AddFrees(second, early);
  builder.AddFree(second + middle, end, 0);
  return builder.Take();
}

bool Happens(const Affix& affix) { return affix.p > 0; }

// The lowest costs of the reading's moves over symbols of one kind, between its start or its end and each slot: what a
// change costs at least is known from these, before its lattice is built.
class LowestOver {
 public:
  LowestOver(const CostLattice& plain, Takes takes) : plain_(plain), lowest_(plain.costs.size() / plain.classes) {
    for (size_t row = 0; row < lowest_.size(); ++row) {
      const Cost* costs = &plain.costs[row * plain.classes];
      lowest_[row] = costs[kAnyClass];
      for (uint16_t c = 0; c < plain.classes; ++c) {
        if (takes(c)) lowest_[row] = std::min(lowest_[row], costs[c]);
      }
    }
  }
  Cost Step(const CostLattice::Step& s) const { return lowest_[s.row / plain_.classes]; }
  Cost Pair(const CostLattice::Swap& s) const {
    return AddCosts(lowest_[s.first_row / plain_.classes], lowest_[s.second_row / plain_.classes]);
  }
  std::vector<Cost> ToEnd() const {
    std::vector<Cost> out(plain_.slots, kNever);
    out.back() = 0;
    const std::vector<Way> ways = Ways();
    for (auto way = ways.rbegin(); way != ways.rend(); ++way) {
      out[way->from] = std::min(out[way->from], AddCosts(out[way->to], way->cost));
    }
    return out;
  }
  std::vector<Cost> FromStart() const {
    std::vector<Cost> out(plain_.slots, kNever);
    out[0] = 0;
    for (const Way& way : Ways()) out[way.to] = std::min(out[way.to], AddCosts(out[way.from], way.cost));
    return out;
  }

 private:
  struct Way {
    uint32_t from, to;
    Cost cost;
  };
  // Moves that lead on, in the order of the slots they start from.
  std::vector<Way> Ways() const {
    std::vector<Way> ways;
    for (const auto& s : plain_.steps) ways.push_back({s.from, s.to, Step(s)});
    for (const auto& s : plain_.swaps) ways.push_back({s.from, s.to, Pair(s)});
    for (const auto& f : plain_.free) ways.push_back({f.from, f.to, f.cost});
    std::erase_if(ways, [](const Way& way) { return way.from == way.to; });
    std::sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) { return a.from < b.from; });
    return ways;
  }

  const CostLattice& plain_;
  std::vector<Cost> lowest_;  // By row.
};

// Of the last four symbols, read as the whole reading. Never above the best of LastFour.
Cost LeastOfLastFour(const CostLattice& plain, const Structure& s) {
  const LookAhead ahead(plain, 4);
  Cost least = kNever;
  for (uint32_t symbols = 0; symbols <= 4; ++symbols) least = std::min(least, ahead.at(0, symbols));
  // What is in `end` beside that nothing was added is not paid for then.
  const Cost other = plain.end - std::min(plain.end, CostOfProbability(plain.end_weight));
  return AddCosts(least - std::min(least, other), CostOfProbability(s.last_four));
}

// Never above the best of LettersLost: pairs are taken to read any symbols.
Cost LeastOfLettersLost(const CostLattice& plain, const Structure& s) {
  const LowestOver any(plain, Any), no_digit(plain, IsNoDigit), digit(plain, IsDigit), no_letter(plain, IsNoLetter);
  const std::vector<Cost> behind = no_letter.ToEnd();
  std::vector<Cost> before(plain.slots, kNever);
  before.back() = 0;
  // Moves by the slots they start from: steps first, then pairs, then what reads nothing.
  enum Moves : size_t { kSteps, kPairs, kFrees, kSorts };
  std::array<std::vector<std::vector<size_t>>, kSorts> moves;
  for (auto& by_slot : moves) by_slot.resize(plain.slots);
  for (size_t i = 0; i < plain.steps.size(); ++i) moves[kSteps][plain.steps[i].from].push_back(i);
  for (size_t i = 0; i < plain.swaps.size(); ++i) moves[kPairs][plain.swaps[i].from].push_back(i);
  for (size_t i = 0; i < plain.free.size(); ++i) moves[kFrees][plain.free[i].from].push_back(i);
  for (uint32_t slot = plain.slots; slot-- > 0;) {
    const auto lower = [&](Cost cost) { before[slot] = std::min(before[slot], cost); };
    for (const size_t i : moves[kSteps][slot]) {
      const auto& m = plain.steps[i];
      if (m.to != slot) lower(AddCosts(before[m.to], no_digit.Step(m)));
      lower(AddCosts(behind[m.to], digit.Step(m)));
    }
    for (const size_t i : moves[kPairs][slot]) {
      const auto& m = plain.swaps[i];
      lower(AddCosts(std::min(before[m.to], behind[m.to]), any.Pair(m)));
    }
    for (const size_t i : moves[kFrees][slot]) {
      const auto& m = plain.free[i];
      if (m.to != slot) lower(AddCosts(before[m.to], m.cost));
    }
    if (plain.lost_lowest < kNever) lower(AddCosts(behind[slot], plain.lost_lowest));
  }
  return AddCosts(before[0], AddCosts(CostOfProbability(s.letters_lost), CostOfProbability(plain.end_weight)));
}

size_t BytesOf(const CostLattice& costs) {
  return costs.costs.size() * sizeof(Cost) + costs.steps.size() * sizeof(CostLattice::Step) +
         costs.free.size() * sizeof(CostLattice::Free) + costs.swaps.size() * sizeof(CostLattice::Swap);
}

// Lattices within a cut, kept as long as there is room.
class Changes {
 public:
  // The patience is asked before each; nullptr: it has no end.
  Changes(Cost cut, Patience* patience) : cut_(cut), patience_(patience) {}
  // `least`: what is known of its cost beforehand.
  template <typename Make>
  void Add(MarkChange change, Cost least, const Make& make) {
    if (least > cut_ || (patience_ != nullptr && patience_->Ask())) return;
    ChangedLattice one = {change, least, nullptr, nullptr};
    if (room_ > 0) {
      auto costs = std::make_shared<const CostLattice>(make());
      if (costs->best > cut_) return;
      one.least = costs->best;
      const size_t bytes = BytesOf(*costs);
      if (bytes <= room_) one.kept = std::move(costs);
      room_ -= std::min(room_, bytes);
    }
    if (one.kept == nullptr) one.make = make;
    out_.push_back(std::move(one));
  }
  std::vector<ChangedLattice> Take() { return std::move(out_); }

 private:
  Cost cut_;
  Patience* patience_;
  size_t room_ = kMostKeptBytes;
  std::vector<ChangedLattice> out_;
};

}  // namespace

std::vector<ChangedLattice> ChangedLattices(const Lattice& reading, const CostLattice& plain, const Channel& channel,
                                            Cost cut, Patience* patience) {
  const Structure& s = channel.structure;
  Changes out(cut, patience);
  if (Happens(s.prefix_added) || Happens(s.zeros_added)) {
    out.Add(MarkChange::kAddedBefore, 0, [&reading, &plain, &s] { return AddedBefore(reading, plain, s); });
  }
  if (Happens(s.prefix_lost) || s.zeros_lost > 0) {
    out.Add(MarkChange::kLostBefore, 0, [&plain, &s] { return LostBefore(plain, s); });
  }
  if (s.last_four > 0) {
    out.Add(MarkChange::kLastFour, LeastOfLastFour(plain, s), [&plain, &s] { return LastFour(plain, s); });
  }
  if (Happens(s.suffix_lost) || Happens(s.suffix_added)) {
    out.Add(MarkChange::kAtEnd, 0, [&reading, &plain, &s] { return AtEnd(reading, plain, s); });
  }
  if (s.letters_lost > 0) {
    out.Add(MarkChange::kLettersLost, LeastOfLettersLost(plain, s), [&plain, &s] { return LettersLost(plain, s); });
  }
  if (s.blocks_swapped <= 0) return out.Take();
  const LowestOver digits(plain, IsDigit), letters(plain, IsLetter);
  const std::vector<Cost> late[] = {letters.ToEnd(), digits.ToEnd()};
  const std::vector<Cost> early[] = {digits.FromStart(), letters.FromStart()};
  const Cost happened = AddCosts(CostOfProbability(s.blocks_swapped), CostOfProbability(plain.end_weight));
  for (uint32_t middle = 0; middle < plain.slots; ++middle) {
    for (const bool digits_first : {true, false}) {
      const Cost least = AddCosts(late[digits_first][middle], early[digits_first][middle]);
      out.Add(MarkChange::kBlocksSwapped, AddCosts(happened, least),
              [&plain, &s, middle, digits_first] { return BlocksSwapped(plain, s, middle, digits_first); });
    }
  }
  return out.Take();
}

// In the order in which it was read: the mark's second block, then its first. Between them nothing is swapped or
// rewritten. A mark of one kind alone has an empty block.
Cost CostOfBlocksSwapped(const CostLattice& plain, const Structure& s, std::u32string_view serial) {
  if (s.blocks_swapped <= 0) return kNever;
  std::vector<uint16_t> classes;
  for (const Symbol symbol : serial) classes.push_back(plain.ClassOf(symbol));
  const auto is_other = [&](uint16_t c) { return KindOf(c) != KindOf(classes[0]); };
  const auto second = std::find_if(classes.begin(), classes.end(), is_other);
  if (std::any_of(classes.begin(), classes.end(), [](uint16_t c) { return KindOf(c) == Kind::kForeign; }))
    return kNever;
  if (std::any_of(second, classes.end(), [&](uint16_t c) { return !is_other(c); })) return kNever;
  const auto behind = static_cast<size_t>(classes.end() - second);
  std::rotate(classes.begin(), second, classes.end());
  std::vector<Cost> two_before, one_before(plain.slots), row(plain.slots);
  plain.Start(row.data());
  for (size_t i = 0; i < classes.size(); ++i) {
    const bool joined = i > 0 && i != behind;
    two_before.swap(one_before);
    one_before.swap(row);
    row.resize(plain.slots);
    plain.Advance(joined ? two_before.data() : nullptr, joined ? classes[i - 1] : uint16_t{0}, one_before.data(),
                  classes[i], row.data());
  }
  return AddCosts(row.back(), AddCosts(CostOfProbability(s.blocks_swapped), CostOfProbability(plain.end_weight)));
}

MarkMistake MistakeOf(const Lattice& reading, const Structure& s, MarkChange change, const CostLattice& costs,
                      const CostLattice::Free& move) {
  switch (change) {
    case MarkChange::kAddedBefore: {
      const Affixes added(reading, s.prefix_added, AnySymbol, false), zeros(reading, s.zeros_added, Zero, false);
      const uint32_t slot = move.to - 1;
      return added.At(slot) <= zeros.At(slot) ? MarkMistake::kPrefixAdded : MarkMistake::kZerosAdded;
    }
    case MarkChange::kLostBefore:  // A slot for each symbol of a prefix, then one for zeros.
      return move.from <= s.prefix_lost.counts.size() ? MarkMistake::kPrefixLost : MarkMistake::kZerosLost;
    case MarkChange::kLastFour:
      return MarkMistake::kLastFour;
    case MarkChange::kAtEnd:
      return move.to == costs.slots - 1 ? MarkMistake::kSuffixAdded : MarkMistake::kSuffixLost;
    case MarkChange::kLettersLost:
      return MarkMistake::kLettersLost;
    case MarkChange::kBlocksSwapped:
      return MarkMistake::kBlocksSwapped;
  }
  return MarkMistake::kNone;
}

std::vector<int32_t> AddedElements(const Lattice& reading, const Structure& s, MarkChange change,
                                   const CostLattice& costs, const CostLattice::Free& move) {
  if (change == MarkChange::kAddedBefore && move.from == 0) {
    const Affixes added(reading, s.prefix_added, AnySymbol, false), zeros(reading, s.zeros_added, Zero, false);
    const uint32_t slot = move.to - 1;  // The copy of the reading stands behind the start.
    return (added.At(slot) <= zeros.At(slot) ? added : zeros).ElementsAt(slot);
  }
  if (change == MarkChange::kAtEnd && move.to == costs.slots - 1 && move.from < reading.slots) {
    return Affixes(reading, s.suffix_added, AnySymbol, true).ElementsAt(move.from);
  }
  return {};
}

}  // namespace burin::internal
