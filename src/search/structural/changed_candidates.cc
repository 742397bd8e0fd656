#include "src/search/structural/changed_candidates.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "src/channel/model/prices.h"

namespace burin::internal {
namespace {

constexpr uint64_t kDigits = (uint64_t{1} << 10) - 1;
constexpr uint64_t kLetters = ((uint64_t{1} << kBaseSymbols) - 1) & ~kDigits;
constexpr uint64_t kZero = 1;
constexpr uint32_t kMostCandidateEdits = 1;

// Classes of symbols, one element after another.
using Chain = std::vector<uint64_t>;

// Elements [begin, end) of the reading.
struct Piece {
  uint32_t begin = 0, end = 0;
};

// What the reading may have been before something happened.
struct Shape {
  MarkChange change;
  Cost price = 0;
  Chain before;
  std::vector<Piece> pieces;
  uint32_t behind = 0;  // Symbols of any class.
  bool letters_anywhere = false;
  uint32_t certain_edits = 0;  // At least so many are needed.
};

// Elements [from, to) of the reading stand for these symbols of the mark.
struct Rewriting {
  uint32_t from, to;
  Chain symbols;
  Cost price;
};

// A chain of elements with a loop of these classes (0: none) at every slot; all edits.
UnitPattern MakeChain(const Chain& chain, uint64_t loops) {
  UnitPattern backward;
  backward.last = static_cast<uint32_t>(chain.size());
  backward.indels = backward.swaps = true;
  std::copy(chain.rbegin(), chain.rend(), backward.members);
  if (loops != 0) std::fill_n(backward.loop_at, chain.size() + 1, loops);
  return backward.Reversed();  // Which makes the masks.
}

}  // namespace

class CandidateMaker {
 public:
  CandidateMaker(const Lattice& reading, const CostLattice& plain, const Channel& channel, Cost cut, uint32_t longest)
      : reading_(reading), plain_(plain), structure_(channel.structure), cut_(cut), longest_(longest) {}

  std::optional<ChangedCandidates> Make() {
    if (!TakeElements() || !TakePrices()) return std::nullopt;
    const bool made = LostBefore() && LastFour() && AtEnd() && AddedBefore() && LettersLost() && BlocksSwapped();
    return made ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  uint32_t elements() const { return static_cast<uint32_t>(members_.size()); }
  Piece all() const { return {0, elements()}; }

  // False: the reading is no chain of elements.
  bool TakeElements() {
    pattern_ = MakeUnitPattern(reading_, Metric::kOsa);
    if (!pattern_ || pattern_->lists || pattern_->loops != 0 || !plain_.listed.empty()) return false;
    if (plain_.slots != pattern_->last + 1 || pattern_->last == 0) return false;
    members_.assign(pattern_->members, pattern_->members + pattern_->last);
    return true;
  }

  // Of a row: the lowest price of a class that an element takes, and of one that it does not.
  std::pair<Cost, Cost> Lowest(uint32_t row, uint64_t members) const {
    Cost in = kNever, other = kNever;
    for (uint32_t c = 0; c < kUnitClasses; ++c) {
      Cost& lowest = (members >> c & 1) != 0 ? in : other;
      lowest = std::min(lowest, plain_.costs[row + c]);
    }
    return {in, other};
  }
  uint64_t ClassesOf(uint32_t row) const {
    uint64_t classes = 0;
    for (uint32_t c = 0; c < kUnitClasses; ++c) {
      if (plain_.costs[row + c] < kNever) classes |= uint64_t{1} << c;
    }
    return classes;
  }

  bool TakePrices() {
    least_ = plain_.lost_lowest;
    for (const auto& s : plain_.steps) {
      if (s.rewritten) {
        AddRewriting(s.from, s.to, {ClassesOf(s.row)}, s.lowest);
        continue;
      }
      if (s.to != s.from + 1) return false;
      least_ = std::min(least_, Lowest(s.row, members_[s.from]).second);
    }
    for (const auto& f : plain_.free) {
      if (f.element == kEmpty) return false;
      least_ = std::min(least_, f.cost);
    }
    for (const auto& s : plain_.swaps) {
      if (s.rewritten) {
        AddRewriting(s.from, s.to, {ClassesOf(s.second_row), ClassesOf(s.first_row)},
                     AddCosts(s.first_lowest, s.second_lowest));
        continue;
      }
      if (s.to != s.from + 2) return false;
      // One edit if both are read as themselves; two symbols misread are two.
      const auto [first_in, first_other] = Lowest(s.first_row, members_[s.from]);
      const auto [second_in, second_other] = Lowest(s.second_row, members_[s.from + 1]);
      const Cost misread = std::min(AddCosts(std::min(first_in, first_other), second_other),
                                    AddCosts(first_other, std::min(second_in, second_other)));
      least_ = std::min({least_, AddCosts(first_in, second_in), misread / 2});
    }
    end_ = CostOfProbability(plain_.end_weight);
    return least_ > 0;
  }
  void AddRewriting(uint32_t from, uint32_t to, Chain symbols, Cost price) {
    if (price < kNever) rewritings_.push_back({from, to, std::move(symbols), price});
    least_rewriting_ = std::min(least_rewriting_, price);
  }

  // False: there may be more differences than candidates allow for.
  bool Add(const Shape& shape) {
    const Cost fixed = AddCosts(shape.price, end_);
    if (fixed > cut_) return true;
    const Cost left = cut_ - fixed;
    const auto is_empty = [](const Piece& piece) { return piece.begin == piece.end; };
    if (shape.before.empty() && shape.behind == 0 && std::all_of(shape.pieces.begin(), shape.pieces.end(), is_empty)) {
      return false;
    }
    if (left / least_ > kMostCandidateEdits || left >= AddCosts(least_rewriting_, least_rewriting_)) return false;
    Put(shape, nullptr, left / least_);
    for (const Rewriting& r : rewritings_) {
      const auto holds = [&](const Piece& piece) { return r.from >= piece.begin && r.to <= piece.end; };
      if (r.price <= left && std::any_of(shape.pieces.begin(), shape.pieces.end(), holds)) {
        Put(shape, &r, (left - r.price) / least_);
      }
    }
    return true;
  }
  void Put(const Shape& shape, const Rewriting* rewriting, uint32_t edits) {
    // A rewriting may take the place of a certain edit.
    if (rewriting == nullptr && shape.certain_edits > edits) return;
    Chain chain = shape.before;
    for (const Piece& piece : shape.pieces) {
      for (uint32_t i = piece.begin; i < piece.end;) {
        if (rewriting != nullptr && i == rewriting->from && rewriting->to <= piece.end) {
          chain.insert(chain.end(), rewriting->symbols.begin(), rewriting->symbols.end());
          i = rewriting->to;
        } else {
          chain.push_back(members_[i++]);
        }
      }
    }
    chain.insert(chain.end(), shape.behind, kAllUnitClasses);
    if (chain.size() > longest_ + edits || chain.size() > kMostUnitSlots) return;  // No mark is so long.
    out_.readings_.push_back({shape.change, edits, MakeChain(chain, shape.letters_anywhere ? kLetters : 0)});
  }

  bool LostBefore() {
    const Affix& lost = structure_.prefix_lost;
    const size_t counts = lost.p > 0 ? lost.counts.size() : 0;
    for (size_t n = 1; n <= counts; ++n) {
      const Cost price = CostOfProbability(lost.p * lost.counts[n - 1]);
      if (!Add({MarkChange::kLostBefore, price, Chain(n, kAllUnitClasses), {all()}})) return false;
    }
    if (structure_.zeros_lost <= 0) return true;
    const Cost price = CostOfProbability(structure_.zeros_lost);
    for (size_t n = 1; n <= longest_ && n + elements() <= longest_ + 2; ++n) {
      if (!Add({MarkChange::kLostBefore, price, Chain(n, kZero), {all()}})) return false;
    }
    return true;
  }
  // Of four symbols a long reading has only its end, and too many more.
  bool LastFour() {
    if (structure_.last_four <= 0) return true;
    const Cost fixed = AddCosts(CostOfProbability(structure_.last_four), end_);
    constexpr uint32_t kFour = 4;
    // A rewriting adds one element at most to four symbols, and costs at least as much as it does.
    const Cost each = std::min(least_, least_rewriting_);
    if (fixed > cut_) return true;
    return elements() > kFour && (cut_ - fixed) / each < elements() - kFour;
  }
  bool AtEnd() {
    const Affix &lost = structure_.suffix_lost, &added = structure_.suffix_added;
    for (size_t n = 1; n <= (lost.p > 0 ? lost.counts.size() : 0); ++n) {
      const Cost price = CostOfProbability(lost.p * lost.counts[n - 1]);
      if (!Add({MarkChange::kAtEnd, price, {}, {all()}, static_cast<uint32_t>(n)})) return false;
    }
    Cost elements_price = 0;
    for (uint32_t n = 1; n <= (added.p > 0 ? added.counts.size() : 0) && n <= elements(); ++n) {
      elements_price = AddCosts(elements_price, MeanPrice(elements() - n));
      const Cost price = AddCosts(CostOfProbability(added.p * added.counts[n - 1]), elements_price);
      if (!Add({MarkChange::kAtEnd, price, {}, {{0, elements() - n}}})) return false;
    }
    return true;
  }
  bool AddedBefore() {
    const Affix &added = structure_.prefix_added, &zeros = structure_.zeros_added;
    Cost elements_price = 0, zeros_price = 0;
    for (uint32_t n = 1; n <= elements() && n <= std::max(added.counts.size(), zeros.counts.size()); ++n) {
      elements_price = AddCosts(elements_price, MeanPrice(n - 1));
      zeros_price = AddCosts(zeros_price, CostOfProbability(ElementWeights(ElementAt(n - 1)).Of(U'0')));
      Cost price = kNever;
      if (n <= added.counts.size()) {
        price = AddCosts(CostOfProbability(added.p * added.counts[n - 1]), elements_price);
      }
      if (n <= zeros.counts.size()) {
        price = std::min(price, AddCosts(CostOfProbability(zeros.p * zeros.counts[n - 1]), zeros_price));
      }
      if (!Add({MarkChange::kAddedBefore, price, {}, {{n, elements()}}})) return false;
    }
    return true;
  }
  const Element& ElementAt(uint32_t i) const {
    const auto arc = std::find_if(reading_.arcs.begin(), reading_.arcs.end(),
                                  [&](const Arc& a) { return a.from == i && a.element != kEmpty; });
    return reading_.elements[static_cast<size_t>(arc->element)];
  }
  Cost MeanPrice(uint32_t i) const { return CostOfProbability(ElementWeights(ElementAt(i)).Mean()); }

  bool Only(uint32_t element, uint64_t classes) const { return (members_[element] & ~classes) == 0; }
  bool LettersLost() {
    if (structure_.letters_lost <= 0) return true;
    // Letters of the reading behind a digit are no letters of the mark, or the digit is none of it.
    uint32_t certain = elements(), digits = 0;
    for (uint32_t i = 0; i <= elements(); ++i) {
      if (i < elements() && !Only(i, kDigits)) continue;
      uint32_t letters = 0;
      for (uint32_t j = i; j < elements(); ++j) letters += Only(j, kLetters) ? 1 : 0;
      certain = std::min(certain, digits++ + letters);
    }
    Shape shape = {MarkChange::kLettersLost, CostOfProbability(structure_.letters_lost), {}, {all()}};
    shape.letters_anywhere = true;
    shape.certain_edits = certain;
    return Add(shape);
  }
  bool BlocksSwapped() {
    if (structure_.blocks_swapped <= 0) return true;
    const Cost price = CostOfProbability(structure_.blocks_swapped);
    for (uint32_t middle = 0; middle <= elements(); ++middle) {
      uint32_t certain[2] = {0, 0};  // Digits first, or letters.
      for (uint32_t i = 0; i < elements(); ++i) {
        certain[0] += Only(i, i < middle ? kDigits : kLetters) ? 1 : 0;
        certain[1] += Only(i, i < middle ? kLetters : kDigits) ? 1 : 0;
      }
      Shape shape = {MarkChange::kBlocksSwapped, price, {}, {{middle, elements()}, {0, middle}}};
      shape.certain_edits = std::min(certain[0], certain[1]);
      if (!Add(shape)) return false;
    }
    return true;
  }

  const Lattice& reading_;
  const CostLattice& plain_;
  const Structure& structure_;
  Cost cut_;
  uint32_t longest_;
  std::optional<UnitPattern> pattern_;
  Chain members_;
  Cost least_ = kNever, least_rewriting_ = kNever, end_ = 0;
  std::vector<Rewriting> rewritings_;
  ChangedCandidates out_;
};

std::optional<ChangedCandidates> ChangedCandidates::Make(const Lattice& reading, const CostLattice& plain,
                                                         const Channel& channel, Cost cut, uint32_t longest) {
  return CandidateMaker(reading, plain, channel, cut, longest).Make();
}

bool ChangedCandidates::Find(const Index& index, const CandidateLimits& limits, UnitPlanner* planner,
                             UnitSearch* search, std::vector<UnitHit>* hits, std::vector<ChangedCandidate>* out,
                             uint64_t* work) const {
  out->clear();
  uint64_t spent = 0;
  const auto groups = index.groups();
  for (const Changed& reading : readings_) {
    const UnitPattern reversed = reading.pattern.Reversed();
    search->tasks.clear();
    for (uint32_t g = 0; g < groups.size(); ++g) {
      const uint32_t length = groups[g]->length();
      if (length < limits.min_length || length > limits.max_length) continue;
      if (!MayHaveLength(reading.pattern, length, reading.edits)) continue;
      search->tasks.push_back({g, groups[g].get(), planner->Plan(reading.pattern, reading.edits, g, *groups[g])});
    }
    if (search->tasks.empty()) continue;
    search->forward = &reading.pattern;
    search->backward = &reversed;
    search->edits = reading.edits;
    search->work_limit = limits.most_work - spent;
    search->hit_limit = UINT64_MAX;
    search->patience = limits.patience;
    const UnitOutcome outcome = RunUnitWalk(*search, hits);
    spent += outcome.work;
    if (!outcome.complete || spent >= limits.most_work) break;
    for (const UnitHit& hit : *hits) out->push_back({hit.group(), hit.key(), reading.change});
  }
  search->tasks.clear();
  std::sort(out->begin(), out->end());
  out->erase(std::unique(out->begin(), out->end()), out->end());
  *work += spent;
  return spent < limits.most_work && (limits.patience == nullptr || !limits.patience->over());
}

}  // namespace burin::internal
