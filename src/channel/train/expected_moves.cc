#include "src/channel/train/expected_moves.h"

#include <algorithm>
#include <utility>

#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

// One more character of the reading: into the slots that its moves lead to, or back out of them.
template <typename Weight>
std::vector<double> OverOne(const ReadingMoves& reading, const std::vector<double>& row, bool back,
                            const Weight& weight) {
  std::vector<double> next(row.size());
  for (const auto& move : reading.reads) {
    const double w = weight(reading.characters[move.first]);
    if (back) {
      next[move.from] += row[move.to] * w;
    } else {
      next[move.to] += row[move.from] * w;
    }
  }
  return next;
}

void Pass(const ReadingMoves& reading, bool back, std::vector<double>* row) {
  if (back) {
    for (auto free = reading.free.rbegin(); free != reading.free.rend(); ++free) {
      if (free->character == kEmpty) (*row)[free->from] += (*row)[free->to];
    }
  } else {
    for (const auto& free : reading.free) {
      if (free.character == kEmpty) (*row)[free.to] += (*row)[free.from];
    }
  }
}

}  // namespace

void ExpectedMoves::Walk::Reserve(size_t symbols) {
  classes.resize(symbols);
  share.resize(symbols);
  last_share.resize(symbols);
  if (states.size() < symbols + 1) states.resize(symbols + 1);
}

ExpectedMoves::ExpectedMoves(const Channel& channel)
    : channel_(channel),
      go_on_(1 - channel.insert),
      lost_(go_on_ * channel.erase),
      same_share_(1 - channel.structure.Sum()),
      structure_(StructureShares(channel.structure)) {
  for (size_t doubt = 0; doubt < kDoubts; ++doubt) {
    for (size_t a = 0; a < kChannelSymbols; ++a) {
      for (size_t b = 0; b < kChannelSymbols; ++b) read_.push_back(channel.Read(a, b, static_cast<Doubt>(doubt)));
    }
  }
  for (size_t r = 0; r < channel.rewrites.size(); ++r) rewrites_[BaseIndex(channel.rewrites[r].mark[0])].push_back(r);
}

double ExpectedMoves::Emission(const ReadingMoves::Character& c, size_t a, Symbol symbol) const {
  if (c.general != nullptr) return GeneralEmission(*c.general, a, symbol);
  const size_t b = BaseIndex(c.symbol);
  if (a != kBaseSymbols || b != kBaseSymbols) return read_[a * kChannelSymbols + b];
  const double rate = channel_.Error(a, Doubt::kCertain);
  return (c.symbol == symbol ? 1 - rate : 0) + rate * channel_.confusion[a * kChannelSymbols + a];
}

double ExpectedMoves::GeneralEmission(const Element& e, size_t a, Symbol symbol) const {
  const ElementWeights weights(e);
  const double rate = channel_.Error(a, e.doubt);
  double misread = 0, changed = 0;
  for (size_t b = 0; b < kChannelSymbols; ++b) {
    const double weight = b < kBaseSymbols ? weights.Of(BaseSymbol(b)) : weights.OfForeign();
    misread += channel_.confusion[a * kChannelSymbols + b] * weight;
    changed += channel_.alteration[a * kChannelSymbols + b] * weight;
  }
  double p = (1 - rate) * weights.Of(symbol) + rate * misread;
  if (!e.altered) return p;
  p = (1 - channel_.truly_altered) * p + channel_.truly_altered * changed;
  if (e.beneath == 0) return p;
  const double doubted = channel_.Error(a, Doubt::kProbable);
  return p *
         (e.beneath == symbol ? 1 - doubted : doubted * channel_.confusion[a * kChannelSymbols + BaseIndex(e.beneath)]);
}

double ExpectedMoves::Shares(size_t a, Symbol symbol, Symbol next) const {
  double share = 1 - channel_.erase - (next == 0 ? 0 : channel_.swap);
  for (const size_t r : rewrites_[a]) {
    const Rewrite& rewrite = channel_.rewrites[r];
    if (rewrite.mark[0] != symbol) continue;
    if (rewrite.mark.size() == 1 || rewrite.mark[1] == next) share -= rewrite.p;
  }
  return share;
}

void ExpectedMoves::Take(JoinedMark mark, Walk* walk) const {
  walk->mark = std::move(mark);
  const std::u32string& symbols = walk->mark.symbols;
  const size_t n = symbols.size(), characters = reading_->characters.size();
  walk->Reserve(n);
  walk->emission.resize(n * characters);
  for (size_t i = 0; i < n; ++i) {
    const size_t a = BaseIndex(symbols[i]);
    walk->classes[i] = static_cast<uint16_t>(a);
    walk->last_share[i] = Shares(a, symbols[i], 0);
    walk->share[i] = i + 1 < n && walk->mark.joined[i] ? Shares(a, symbols[i], symbols[i + 1]) : walk->last_share[i];
    for (size_t c = 0; c < characters; ++c) {
      walk->emission[i * characters + c] = Emission(reading_->characters[c], a, symbols[i]);
    }
  }
}

template <typename Move>
void ExpectedMoves::ForEachMove(const Walk& walk, size_t i, bool last, const Move& move) const {
  const ReadingMoves& reading = *reading_;
  const Symbol symbol = walk.mark.symbols[i - 1];
  const double share = go_on_ * (last ? walk.last_share[i - 1] : walk.share[i - 1]);
  const double* emission = &walk.emission[(i - 1) * reading.characters.size()];
  for (const auto& m : reading.reads) move(1, m.from, m.to, share * emission[m.first], Kind::kRead, m.first);
  const auto weight = [&](uint32_t character, Symbol s) { return reading.characters[character].Weight(s); };
  const auto rewrite = [&](size_t r) {
    const Rewrite& w = channel_.rewrites[r];
    const double p = go_on_ * w.p;
    if (w.read.size() == 1) {
      for (const auto& m : reading.reads) {
        const double fits = weight(m.first, w.read[0]);
        if (fits > 0) move(w.mark.size(), m.from, m.to, p * fits, Kind::kRewrite, r);
      }
    } else {
      for (const auto& m : reading.pairs) {
        const double fits = weight(m.first, w.read[0]) * weight(m.second, w.read[1]);
        if (fits > 0) move(w.mark.size(), m.from, m.to, p * fits, Kind::kRewrite, r);
      }
    }
  };
  for (const size_t r : rewrites_[walk.classes[i - 1]]) {
    const std::u32string& mark = channel_.rewrites[r].mark;
    if (mark.size() == 1 && mark[0] == symbol) rewrite(r);
  }
  if (i < 2 || !walk.mark.joined[i - 2]) return;
  const Symbol before = walk.mark.symbols[i - 2];
  for (const auto& m : reading.pairs) {
    const double fits = weight(m.first, symbol);
    if (fits > 0) move(2, m.from, m.to, go_on_ * channel_.swap * fits * weight(m.second, before), Kind::kSwap, 0);
  }
  for (const size_t r : rewrites_[walk.classes[i - 2]]) {
    const std::u32string& mark = channel_.rewrites[r].mark;
    if (mark.size() == 2 && mark[0] == before && mark[1] == symbol) rewrite(r);
  }
}

void ExpectedMoves::Advance(const Walk& walk, size_t i, bool last, State* to) const {
  const size_t slots = reading_->slots;
  to->reached.resize(slots);
  const std::vector<double>& reached = walk.states[i - 1].reached;
  for (size_t slot = 0; slot < slots; ++slot) to->reached[slot] = reached[slot] * lost_;
  ForEachMove(walk, i, last, [&](size_t symbols, uint32_t from, uint32_t slot, double weight, Kind, size_t) {
    to->reached[slot] += walk.states[i - symbols].passed[from] * weight;
  });
}

void ExpectedMoves::Close(State* state) const {
  const ReadingMoves& reading = *reading_;
  std::vector<double>& reached = state->reached;
  std::vector<double>& passed = state->passed;
  passed.assign(reading.slots, 0.0);  // By passages alone, until a slot's turn comes.
  auto free = reading.free.begin();
  for (uint32_t slot = 0; slot < reading.slots; ++slot) {
    const double in_vain = in_vain_[slot];
    if (in_vain > 0) reached[slot] = (reached[slot] + in_vain * passed[slot]) / (1 - in_vain);
    passed[slot] += reached[slot];
    for (; free != reading.free.end() && free->from == slot; ++free) {
      if (free->character == kEmpty) {
        passed[free->to] += passed[slot];
      } else {
        const double mean = reading.characters[static_cast<size_t>(free->character)].mean;
        reached[free->to] += passed[slot] * channel_.insert * mean;
      }
    }
  }
}

template <typename WaysIn>
void ExpectedMoves::Forward(Walk* walk, const std::vector<double>& start, const WaysIn& ways_in) const {
  walk->states[0].reached = start;
  Close(&walk->states[0]);
  for (size_t i = 1; i <= walk->mark.symbols.size(); ++i) {
    Advance(*walk, i, false, &walk->states[i]);
    walk->states[i].reached[0] += ways_in(i);
    Close(&walk->states[i]);
  }
}

void ExpectedMoves::TakeAffixes() {
  const ReadingMoves& reading = *reading_;
  added_before_.clear();
  added_behind_.clear();
  const auto add = [&](const Affix& affix, StructureCount place, bool back, const auto& weight, auto* rows) {
    if (!(affix.p > 0)) return;
    std::vector<double> now(reading.slots);
    now[back ? reading.slots - 1 : 0] = 1;
    for (size_t i = 0; i < affix.counts.size(); ++i) {
      Pass(reading, back, &now);
      now = OverOne(reading, now, back, weight);
      std::vector<double> row = now;
      for (double& p : row) p *= affix.p * affix.counts[i];
      rows->emplace_back(place + i, std::move(row));
    }
  };
  const auto any = [](const ReadingMoves::Character& c) { return c.mean; };
  const auto zero = [](const ReadingMoves::Character& c) { return c.zero; };
  const Structure& s = channel_.structure;
  add(s.prefix_added, kPrefixAdded, false, any, &added_before_);
  add(s.zeros_added, kZerosAdded, false, zero, &added_before_);
  add(s.suffix_added, kSuffixAdded, true, any, &added_behind_);
}

double ExpectedMoves::FromBeginning(std::u32string_view mark) {
  const Structure& s = channel_.structure;
  Take(AllJoined(mark), &beginning_);
  std::vector<double> start(reading_->slots);
  start[0] = same_;
  for (const auto& [place, row] : added_before_) {
    for (size_t slot = 0; slot < row.size(); ++slot) start[slot] += row[slot];
  }
  const size_t zeros = LeadingZeros(mark);
  Forward(&beginning_, start, [&](size_t i) {
    double p = i <= s.prefix_lost.counts.size() ? structure_[kPrefixLost + i - 1] : 0;
    if (i == zeros) p += s.zeros_lost;
    if (i + 4 == mark.size()) p += s.last_four;
    return p;
  });
  return beginning_.states[mark.size()].passed.back() * go_on_;
}

double ExpectedMoves::AtEnd() {
  const Structure& s = channel_.structure;
  const size_t n = mark_.size();
  Take(AllJoined(mark_), &end_);
  std::vector<double> start(reading_->slots);
  start[0] = 1;
  Forward(&end_, start, [](size_t) { return 0.0; });
  double sum = 0;
  const size_t most = std::min(n, s.suffix_lost.counts.size());
  if (sides_.size() < most) sides_.resize(most);
  for (size_t k = 1; k <= most; ++k) {
    State& side = sides_[k - 1];
    if (k == n) {
      side = end_.states[0];
    } else {
      Advance(end_, n - k, true, &side);
      Close(&side);
    }
    sum += structure_[kSuffixLost + k - 1] * side.passed.back() * go_on_;
  }
  for (const auto& [place, row] : added_behind_) {
    for (size_t slot = 0; slot < row.size(); ++slot) sum += end_.states[n].passed[slot] * row[slot] * go_on_;
  }
  return sum;
}

double ExpectedMoves::Inside(double p, JoinedMark mark, Walk* walk) const {
  if (!(p > 0) || mark.symbols.empty()) {
    walk->mark.symbols.clear();
    return 0;
  }
  Take(std::move(mark), walk);
  std::vector<double> start(reading_->slots);
  start[0] = 1;
  Forward(walk, start, [](size_t) { return 0.0; });
  return p * walk->states[walk->mark.symbols.size()].passed.back() * go_on_;
}

double ExpectedMoves::Probability(const ReadingMoves& reading, std::u32string_view mark) {
  const Structure& s = channel_.structure;
  reading_ = &reading;
  mark_ = mark;
  in_vain_.assign(reading.slots, 0.0);
  for (const auto& loop : reading.loops) {
    in_vain_[loop.from] += channel_.insert * reading.characters[loop.first].mean;
  }
  TakeAffixes();
  total_ = Inside(s.letters_lost, WithoutLateLetters(mark), &letters_);
  total_ += Inside(s.blocks_swapped, WithBlocksSwapped(mark), &blocks_);
  same_ = same_share_ + TooMany(s.prefix_lost, mark.size()) + TooMany(s.suffix_lost, mark.size());
  if (LeadingZeros(mark) == 0) same_ += s.zeros_lost;
  if (mark.size() <= 4) same_ += s.last_four;
  if (letters_.mark.symbols.empty()) same_ += s.letters_lost;
  if (blocks_.mark.symbols.empty()) same_ += s.blocks_swapped;
  if (s.suffix_lost.p > 0 || s.suffix_added.p > 0) total_ += AtEnd();
  total_ += FromBeginning(mark);
  return total_;
}

void ExpectedMoves::CloseBack(const State& state, State* later, MoveCounts* counts) const {
  const ReadingMoves& reading = *reading_;
  size_t free = reading.free.size();
  for (uint32_t slot = reading.slots; slot-- > 0;) {
    // What leaves the slot: later slots are done.
    for (; free > 0 && reading.free[free - 1].from == slot; --free) {
      const ReadingMoves::Free& f = reading.free[free - 1];
      if (f.character == kEmpty) {
        later->passed[slot] += later->passed[f.to];
      } else {
        const double weight = channel_.insert * reading.characters[static_cast<size_t>(f.character)].mean;
        counts->inserted += state.passed[slot] * weight * later->reached[f.to];
        later->passed[slot] += weight * later->reached[f.to];
      }
    }
    // passed = by passages + reached; reached = (before + in_vain * by passages) / (1 - in_vain).
    const double in_vain = in_vain_[slot];
    const double reached = later->reached[slot] + later->passed[slot];
    if (in_vain > 0) {
      // As often as what came before and what the loop made of it go round once more.
      counts->inserted += reached * in_vain * state.passed[slot] / (1 - in_vain);
      later->passed[slot] += reached * in_vain / (1 - in_vain);
      later->reached[slot] = reached / (1 - in_vain);
    } else {
      later->reached[slot] = reached;
    }
  }
}

void ExpectedMoves::AdvanceBack(const Walk& walk, size_t i, bool last, const State& of, MoveCounts* counts) {
  const std::vector<double>& reached = walk.states[i - 1].reached;
  State& before = later_[i - 1];
  double lost = 0, read = 0;
  for (size_t slot = 0; slot < reached.size(); ++slot) {
    lost += reached[slot] * lost_ * of.reached[slot];
    before.reached[slot] += lost_ * of.reached[slot];
  }
  counts->erased += lost;
  counts->gaps += lost;
  const Symbol symbol = walk.mark.symbols[i - 1];
  ForEachMove(walk, i, last, [&](size_t symbols, uint32_t from, uint32_t to, double weight, Kind kind, size_t what) {
    later_[i - symbols].passed[from] += weight * of.reached[to];
    const double m = walk.states[i - symbols].passed[from] * weight * of.reached[to];
    if (!(m > 0)) return;
    counts->gaps += m;
    if (kind == Kind::kRead) {
      read += m;
      CountEmission(reading_->characters[what], walk.classes[i - 1], symbol, m, counts);
    } else if (kind == Kind::kSwap) {
      counts->swapped += m;
    } else {
      const Rewrite& rewrite = channel_.rewrites[what];
      counts->rewritten[what] += m;
      counts->rest += m;
      CountRest(rewrite.mark[0], symbols == 2 ? rewrite.mark[1] : 0, m, symbols == 1, counts);
    }
  });
  const bool has_next = !last && i < walk.mark.symbols.size() && walk.mark.joined[i - 1];
  if (!has_next) {
    // A swap may have been drawn, which could not be made.
    const double swapped = read * channel_.swap / walk.last_share[i - 1];
    counts->swapped += swapped;
    read -= swapped;
  }
  counts->rest += read;
  CountRest(symbol, has_next ? walk.mark.symbols[i] : 0, read, false, counts);
}

void ExpectedMoves::CountRest(Symbol symbol, Symbol next, double m, bool alone, MoveCounts* counts) const {
  for (const size_t r : rewrites_[BaseIndex(symbol)]) {
    const std::u32string& mark = channel_.rewrites[r].mark;
    if (mark[0] != symbol) continue;
    if (mark.size() == 1 || (!alone && mark[1] == next)) counts->chances[r] += m;
  }
}

void ExpectedMoves::CountEmission(const ReadingMoves::Character& c, size_t a, Symbol symbol, double m,
                                  MoveCounts* counts) const {
  const auto wrong = [&](Doubt doubt, size_t b) -> double& {
    return counts->wrong[(static_cast<size_t>(doubt) * kChannelSymbols + a) * kChannelSymbols + b];
  };
  const auto right = [&](Doubt doubt) -> double& {
    return counts->right[static_cast<size_t>(doubt) * kChannelSymbols + a];
  };
  const double* confusion = &channel_.confusion[a * kChannelSymbols];
  if (c.general == nullptr) {
    const size_t b = BaseIndex(c.symbol);
    if (c.symbol != symbol) {
      wrong(Doubt::kCertain, b) += m;
    } else if (a != kBaseSymbols) {
      right(Doubt::kCertain) += m;
    } else {
      const double rate = channel_.Error(a, Doubt::kCertain), as_itself = rate * confusion[a];
      right(Doubt::kCertain) += m * (1 - rate) / (1 - rate + as_itself);
      wrong(Doubt::kCertain, a) += m * as_itself / (1 - rate + as_itself);
    }
    return;
  }
  const Element& e = *c.general;
  const ElementWeights weights(e);
  const double rate = channel_.Error(a, e.doubt);
  double whole = GeneralEmission(e, a, symbol);
  double beneath = 1;
  if (e.altered && e.beneath != 0) {
    const size_t b = BaseIndex(e.beneath);
    const double doubted = channel_.Error(a, Doubt::kProbable);
    beneath = e.beneath == symbol ? 1 - doubted : doubted * confusion[b];
    (e.beneath == symbol ? right(Doubt::kProbable) : wrong(Doubt::kProbable, b)) += m;
  }
  const double each = m / whole * beneath * (e.altered ? 1 - channel_.truly_altered : 1);
  right(e.doubt) += each * (1 - rate) * weights.Of(symbol);
  for (size_t b = 0; b < kChannelSymbols; ++b) {
    const double weight = b < kBaseSymbols ? weights.Of(BaseSymbol(b)) : weights.OfForeign();
    if (weight > 0) wrong(e.doubt, b) += each * rate * confusion[b] * weight;
  }
}

void ExpectedMoves::ResetLater(size_t symbols) {
  if (later_.size() < symbols + 1) later_.resize(symbols + 1);
  for (size_t i = 0; i <= symbols; ++i) later_[i].Clear(reading_->slots);
}

void ExpectedMoves::Backward(const Walk& walk, MoveCounts* counts) {
  for (size_t i = walk.mark.symbols.size(); i > 0; --i) {
    CloseBack(walk.states[i], &later_[i], counts);
    AdvanceBack(walk, i, false, later_[i], counts);
  }
  CloseBack(walk.states[0], &later_[0], counts);
}

void ExpectedMoves::CountSame(double m, MoveCounts* counts) const {
  const Structure& s = channel_.structure;
  const size_t n = mark_.size();
  const auto drawn = [&](size_t place) { counts->structure[place] += m * structure_[place] / same_; };
  counts->structure[kNothingHappened] += m * same_share_ / same_;
  for (size_t i = n; i < s.prefix_lost.counts.size(); ++i) drawn(kPrefixLost + i);
  for (size_t i = n; i < s.suffix_lost.counts.size(); ++i) drawn(kSuffixLost + i);
  if (LeadingZeros(mark_) == 0) drawn(kZerosLost);
  if (n <= 4) drawn(kLastFourLeft);
  if (letters_.mark.symbols.empty()) drawn(kLettersLost);
  if (blocks_.mark.symbols.empty()) drawn(kBlocksSwapped);
}

void ExpectedMoves::CountFromBeginning(double scale, MoveCounts* counts) {
  const size_t n = mark_.size();
  ResetLater(n);
  later_[n].passed.back() = scale * go_on_;
  counts->gaps += scale * go_on_ * beginning_.states[n].passed.back();
  Backward(beginning_, counts);
  CountSame(same_ * later_[0].reached[0], counts);
  for (const auto& [place, row] : added_before_) {
    for (size_t slot = 0; slot < row.size(); ++slot) counts->structure[place] += row[slot] * later_[0].reached[slot];
  }
  const size_t zeros = LeadingZeros(mark_);
  for (size_t i = 1; i <= n; ++i) {
    const auto happened = [&](size_t place) { counts->structure[place] += structure_[place] * later_[i].reached[0]; };
    if (i <= channel_.structure.prefix_lost.counts.size()) happened(kPrefixLost + i - 1);
    if (i == zeros) happened(kZerosLost);
    if (i + 4 == n) happened(kLastFourLeft);
  }
}

void ExpectedMoves::CountAtEnd(double scale, MoveCounts* counts) {
  const size_t n = mark_.size();
  ResetLater(n);
  for (const auto& [place, row] : added_behind_) {
    for (size_t slot = 0; slot < row.size(); ++slot) {
      later_[n].passed[slot] += scale * row[slot] * go_on_;
      const double m = scale * row[slot] * go_on_ * end_.states[n].passed[slot];
      counts->structure[place] += m;
      counts->gaps += m;
    }
  }
  const size_t most = std::min(n, channel_.structure.suffix_lost.counts.size());
  for (size_t k = 1; k <= most; ++k) {
    const double p = scale * structure_[kSuffixLost + k - 1] * go_on_;
    const double m = p * sides_[k - 1].passed.back();
    counts->structure[kSuffixLost + k - 1] += m;
    counts->gaps += m;
    if (k == n) {
      later_[0].passed.back() += p;
      continue;
    }
    side_later_.Clear(reading_->slots);
    side_later_.passed.back() = p;
    CloseBack(sides_[k - 1], &side_later_, counts);
    AdvanceBack(end_, n - k, true, side_later_, counts);
  }
  Backward(end_, counts);
}

void ExpectedMoves::CountInside(double scale, const Walk& walk, double p, StructureCount place, MoveCounts* counts) {
  const size_t n = walk.mark.symbols.size();
  if (n == 0) return;
  ResetLater(n);
  later_[n].passed.back() = scale * p * go_on_;
  const double m = later_[n].passed.back() * walk.states[n].passed.back();
  counts->structure[place] += m;
  counts->gaps += m;
  Backward(walk, counts);
}

void ExpectedMoves::Count(double weight, MoveCounts* counts) {
  const Structure& s = channel_.structure;
  const double scale = weight / total_;
  CountInside(scale, letters_, s.letters_lost, kLettersLost, counts);
  CountInside(scale, blocks_, s.blocks_swapped, kBlocksSwapped, counts);
  if (s.suffix_lost.p > 0 || s.suffix_added.p > 0) CountAtEnd(scale, counts);
  CountFromBeginning(scale, counts);
}

}  // namespace burin::internal
