#include "src/search/partials/unit_partials.h"

#include <algorithm>
#include <array>
#include <bit>

#include "src/index/records/partial_keys.h"
#include "src/index/records/partials.h"
#include "src/search/costs/mark_scorer.h"

namespace burin::internal {
namespace {

// So few records are read one by one.
constexpr uint64_t kFewRecords = 6;

struct Row {
  uint64_t reach[kMostEdits + 1] = {};  // Slots reached with at most so many edits.
  uint64_t wait[kMostEdits + 1] = {};   // Slots from which the last symbol was the second of a swap.
};

// Rows for one direction of a reading. Moves before `cut` may be fewer than `limit` edits (unit_walk.h).
class BitRows {
 public:
  BitRows(const UnitPattern& pattern, uint32_t edits, bool backward, uint32_t cut, uint32_t limit)
      : pattern_(pattern), edits_(edits), arcs_(pattern.arcs()) {
    for (uint32_t j = 0; j <= edits; ++j) {
      uint64_t from_cut = ~uint64_t{0}, behind_cut = from_cut, before_cut = from_cut;
      if (j >= limit) {
        from_cut = ~uint64_t{0} << cut;
        behind_cut = from_cut << 1;
        before_cut = cut == 0 ? from_cut : from_cut >> 1 | ~(~uint64_t{0} >> 1);
      }
      change_[j] = arcs_ & from_cut;
      lose_[j] = (pattern.indels ? ~uint64_t{0} : pattern.loops) & (backward ? behind_cut : from_cut);
      swap_[j] = pattern.swaps ? (arcs_ & (arcs_ >> 1) & before_cut) : 0;
    }
  }

  const UnitPattern& pattern() const { return pattern_; }
  Row Start() const {
    Row row;
    row.reach[0] = 1;
    for (uint32_t j = 1; j <= edits_; ++j) {
      row.reach[j] = row.reach[j - 1];
      if (pattern_.indels) row.reach[j] |= (row.reach[j - 1] & change_[j]) << 1;
    }
    return row;
  }
  // Behind one symbol more, which the elements of `step` and the loops of `loop` take. False: nothing can follow.
  bool Step(const Row& from, uint64_t step, uint64_t loop, Row* to) const {
    to->reach[0] = (from.reach[0] & step) << 1 | (from.reach[0] & loop);
    for (uint32_t j = 1; j <= edits_; ++j) {
      uint64_t reach = to->reach[j - 1] | (from.reach[j] & step) << 1 | (from.reach[j] & loop);
      reach |= (from.reach[j - 1] & change_[j]) << 1 | (from.reach[j - 1] & lose_[j]);
      reach |= (from.wait[j - 1] & step & swap_[j]) << 2;
      if (pattern_.indels) reach |= (to->reach[j - 1] & change_[j]) << 1;
      to->reach[j] = reach;
    }
    for (uint32_t j = 0; j < edits_; ++j) to->wait[j] = from.reach[j] & step >> 1;
    return Alive(*to);
  }
  bool Alive(const Row& row) const {
    uint64_t any = row.reach[edits_];
    for (uint32_t j = 0; j < edits_; ++j) any |= row.wait[j] & swap_[j + 1];
    return any != 0;
  }
  bool Class(const Row& from, uint32_t c, Row* to) const { return Step(from, pattern_.step[c], pattern_.loop[c], to); }
  bool Other(const Row& from, Row* to) const { return Step(from, pattern_.any_step, pattern_.any_loop, to); }
  bool Unreadable(const Row& from, Row* to) const { return Step(from, arcs_, pattern_.loops, to); }
  // A swap with a symbol of the gap costs no less than adding one element and leaving the gap empty. One over an empty
  // gap is like any other.
  bool Gap(const Row& from, Row* to) const {
    for (uint32_t j = 0; j <= edits_; ++j) {
      const uint64_t reach = from.reach[j];
      const uint64_t lowest = reach & (~reach + 1);
      to->reach[j] = reach == 0 ? 0 : (pattern_.final_bit() | arcs_) & ~(lowest - 1);
      to->wait[j] = from.wait[j];
    }
    return Alive(*to);
  }
  // Classes that the row can tell from all others.
  uint64_t Special(const Row& row) const {
    uint64_t active = row.reach[edits_];
    if (edits_ > 0) active |= active << 1 | row.wait[edits_ - 1];
    uint64_t classes = 0;
    for (uint64_t left = active & arcs_ & ~pattern_.any_step; left != 0; left &= left - 1) {
      classes |= pattern_.members[std::countr_zero(left)];
    }
    for (uint64_t left = row.reach[edits_] & pattern_.loops & ~pattern_.any_loop; left != 0; left &= left - 1) {
      classes |= pattern_.loop_at[std::countr_zero(left)];
    }
    return classes;
  }
  // At the end of a record; more than edits_ if it is not within them.
  uint32_t Cost(const Row& row) const {
    uint32_t cost = 0;
    while (cost <= edits_ && (row.reach[cost] & pattern_.final_bit()) == 0) ++cost;
    return cost;
  }

 private:
  const UnitPattern& pattern_;
  uint32_t edits_;
  uint64_t arcs_;
  uint64_t change_[kMostEdits + 1], lose_[kMostEdits + 1], swap_[kMostEdits + 1];
};

// The codes of the keys as the rows know them.
class Codes {
 public:
  explicit Codes(const PartialKeys& keys) : keys_(keys) {
    first_.fill(UINT32_MAX);
    classes_.push_back(0);  // Of the code 0, which nobody asks for.
    for (uint32_t code = 1; code < keys.unreadable(); ++code) {
      const uint32_t c = static_cast<uint32_t>(BaseIndex(keys.symbols()[code - 1]));
      classes_.push_back(static_cast<uint8_t>(c));
      if (first_[c] == UINT32_MAX) first_[c] = code;
    }
  }
  uint32_t ClassOf(uint32_t code) const { return classes_[code]; }
  // The only code of a class, but of kOtherClass; UINT32_MAX: it does not occur.
  uint32_t CodeOf(uint32_t c) const { return first_[c]; }
  const PartialKeys& keys() const { return keys_; }

 private:
  const PartialKeys& keys_;
  std::array<uint32_t, kUnitClasses> first_;
  std::vector<uint8_t> classes_;
};

// The records of one order.
class OrderOfKeys {
 public:
  OrderOfKeys(const Index& index, const Codes& codes, const BitRows& rows, const UnitPartialSearch& search,
              bool backward, std::vector<ScoredPartial>* found)
      : index_(index),
        codes_(codes),
        keys_(codes.keys()),
        rows_(rows),
        search_(search),
        backward_(backward),
        found_(*found) {}

  bool Run(uint64_t begin, uint64_t end) {
    if (begin < end) Visit(begin, end, 0, rows_.Start());
    return !stopped_;
  }

 private:
  void Visit(uint64_t begin, uint64_t end, uint32_t depth, const Row& row) {
    if (end - begin <= kFewRecords || depth == keys_.items()) {
      for (; begin < end && !stopped_; ++begin) ReadOn(begin, depth, row);
      return;
    }
    if (Spend()) return;
    for (; begin < end && keys_.Code(keys_.At(begin), depth) == 0; ++begin) Found(begin, row, depth);
    if (begin == end) return;
    Row other;
    const uint64_t special = rows_.Special(row);
    const bool any = rows_.Other(row, &other);
    if (any || (special >> kOtherClass & 1) != 0) {
      TakeEach(begin, end, depth, row, special, any ? &other : nullptr);
    } else {
      TakeSpecial(begin, end, depth, row, special);
    }
  }

  // Each item that occurs, with one row for all symbols that are not special.
  void TakeEach(uint64_t begin, uint64_t end, uint32_t depth, const Row& row, uint64_t special, const Row* other) {
    while (begin < end && !stopped_) {
      const uint64_t key = keys_.At(begin);
      const uint32_t code = keys_.Code(key, depth);
      const uint64_t next = RunEnd(begin, end, key | keys_.Behind(depth + 1));
      if (code < keys_.unreadable() && (special >> codes_.ClassOf(code) & 1) == 0) {
        if (other != nullptr) Visit(begin, next, depth + 1, *other);
      } else {
        Enter(begin, next, depth, row, code);
      }
      begin = next;
    }
  }
  // Those that lead on alone.
  void TakeSpecial(uint64_t begin, uint64_t end, uint32_t depth, const Row& row, uint64_t special) {
    const uint64_t first = keys_.At(begin);
    const uint64_t prefix = depth == 0 ? 0 : first & ~keys_.Behind(depth);
    const auto take = [&](uint32_t code) {
      const uint64_t low = prefix | keys_.Put(depth, code);
      begin = LowerBound(begin, end, low);
      const uint64_t next = RunEnd(begin, end, low | keys_.Behind(depth + 1));
      if (begin < next) Enter(begin, next, depth, row, code);
      begin = next;
    };
    // Classes are in the order of their symbols.
    for (; special != 0 && begin < end && !stopped_; special &= special - 1) {
      const uint32_t code = codes_.CodeOf(static_cast<uint32_t>(std::countr_zero(special)));
      if (code != UINT32_MAX) take(code);
    }
    if (begin == end || stopped_ || keys_.Code(keys_.At(end - 1), depth) < keys_.unreadable()) return;
    take(keys_.unreadable());
    if (begin < end && !stopped_) take(keys_.gap());
  }
  void Enter(uint64_t begin, uint64_t end, uint32_t depth, const Row& row, uint32_t code) {
    Row child;
    if (Follow(row, code, &child)) Visit(begin, end, depth + 1, child);
  }
  bool Follow(const Row& row, uint32_t code, Row* to) const {
    if (code < keys_.unreadable()) return rows_.Class(row, codes_.ClassOf(code), to);
    return code == keys_.unreadable() ? rows_.Unreadable(row, to) : rows_.Gap(row, to);
  }

  // One record from some item on.
  void ReadOn(uint64_t place, uint32_t depth, Row row) {
    if (Spend()) return;
    const uint64_t key = keys_.At(place);
    for (; depth < keys_.items(); ++depth) {
      const uint32_t code = keys_.Code(key, depth);
      if (code == 0) return Found(place, row, depth);
      Row next;
      if (!Follow(row, code, &next)) return;
      row = next;
    }
    ReadList(place, depth, row);
  }
  void ReadList(uint64_t place, uint32_t depth, Row row) {
    index_.partial_items(index_.partial_at(place), &items_);
    if (backward_) std::reverse(items_.begin(), items_.end());
    const uint32_t length = static_cast<uint32_t>(items_.size());
    for (; depth < length; ++depth) {
      const Symbol item = items_[depth];
      Row next;
      const bool any = item < kUnreadable    ? rows_.Class(row, static_cast<uint32_t>(BaseIndex(item)), &next)
                       : item == kUnreadable ? rows_.Unreadable(row, &next)
                                             : rows_.Gap(row, &next);
      if (!any) return;
      row = next;
    }
    Found(place, row, length);
  }
  void Found(uint64_t place, const Row& row, uint32_t length) {
    uint32_t cost = rows_.Cost(row);
    if (cost > search_.edits || Spend()) return;
    const uint64_t number = index_.partial_at(place);
    // Marks have an end: rows know of none.
    if (length + rows_.pattern().last > kMaxMarkSymbols) {
      index_.partial_items(number, &items_);
      cost = MarkScorer(search_.costs()).Score(items_, 0, kMaxMarkSymbols);
      if (cost > search_.edits) return;
    }
    found_.push_back({number, cost});
  }

  uint64_t LowerBound(uint64_t begin, uint64_t end, uint64_t key) const {
    uint64_t count = end - begin;
    while (count > 0) {
      const uint64_t half = count / 2;
      const bool below = keys_.At(begin + half) < key;
      begin = below ? begin + half + 1 : begin;
      count = below ? count - half - 1 : half;
    }
    return begin;
  }
  // The first place at or behind `begin` whose key is above `last`: sought in steps that double.
  uint64_t RunEnd(uint64_t begin, uint64_t end, uint64_t last) const {
    if (last == ~uint64_t{0}) return end;
    uint64_t step = 1;
    while (begin + step < end && keys_.At(begin + step) <= last) {
      begin += step;
      step *= 2;
    }
    return LowerBound(begin, std::min(end, begin + step), last + 1);
  }
  bool Spend() {
    stopped_ = stopped_ || search_.spend();
    return stopped_;
  }

  const Index& index_;
  const Codes& codes_;
  const PartialKeys& keys_;
  const BitRows& rows_;
  const UnitPartialSearch& search_;
  bool backward_;
  bool stopped_ = false;
  std::vector<ScoredPartial>& found_;
  std::u32string items_;
};

// Where the reading is cut for records known at both ends, and how many edits either side allows before the cut.
struct Halves {
  uint32_t cut, front, back;
};

// Elements from the front that name few symbols, up to the first loop.
uint32_t KnownElements(const UnitPattern& pattern) {
  uint32_t known = 0;
  for (uint32_t i = 0; i < std::min(pattern.first_loop(), pattern.last); ++i) {
    known += (pattern.any_step >> i & 1) == 0 ? 1 : 0;
  }
  return known;
}

Halves Halve(const UnitPattern& forward, const UnitPattern& backward, uint32_t edits) {
  const uint32_t front = KnownElements(forward), back = KnownElements(backward);
  if (edits == 0 || front < 2 || back < 2) {
    return front >= back ? Halves{0, edits + 1, 0} : Halves{forward.last, 0, edits + 1};
  }
  return {forward.last / 2, (edits + 2) / 2, (edits + 1) / 2};
}

}  // namespace

bool FitsUnitPartials(const Index& index, const UnitPattern& pattern, uint32_t edits) {
  if (index.partial_keys() == nullptr || edits > kMostEdits || pattern.lists) return false;
  // A gap passes each element with some symbol that it takes.
  return std::all_of(pattern.members, pattern.members + pattern.last, [](uint64_t classes) { return classes != 0; });
}

double ExpectedPartialWork(const Index& index, const UnitPattern& pattern, uint32_t edits) {
  // At each place stands one of the symbols, the one that is read among them, or an unreadable character.
  constexpr double kKeep = 1.5;
  const double symbols = index.partial_keys()->gap();
  const double errors = pattern.indels ? 2 * symbols + 1 : symbols;
  const uint32_t first_loop = pattern.first_loop(), last_loop = pattern.Reversed().first_loop();
  double work = 0;
  for (const PartialOrder& order : index.partial_orders()) {
    double below = static_cast<double>(order.end - order.begin);
    std::array<double, kMostEdits + 1> now = {1};
    const bool half = order.ends == PartialEnds::kBoth && edits > 0;
    for (uint32_t depth = 0; depth < index.partial_keys()->items() && below > 0; ++depth) {
      const uint32_t allowed = half && depth < pattern.last / 2 ? edits / 2 : edits;
      std::array<double, kMostEdits + 1> next = {};
      for (uint32_t e = 0; e <= allowed; ++e) {
        const double exist = now[e] * std::min(1.0, below);
        work += exist * (below <= static_cast<double>(kFewRecords) ? 1 + below : 1);
        if (below <= static_cast<double>(kFewRecords)) continue;
        const bool loops = depth >= (order.backward ? last_loop : first_loop);
        next[e] += exist * (loops ? symbols : kKeep);
        if (e < allowed) next[e + 1] += exist * errors;
      }
      now = next;
      below /= symbols;
    }
  }
  return std::min(work, 4.0 * static_cast<double>(index.partial_count()));
}

bool RunUnitPartials(const Index& index, const UnitPartialSearch& search, std::vector<ScoredPartial>* found) {
  const Codes codes(*index.partial_keys());
  const Halves halves = Halve(*search.forward, *search.backward, search.edits);
  size_t exact = found->size();  // Hits of walks that keep every alignment.
  for (const PartialOrder& order : index.partial_orders()) {
    const UnitPattern& pattern = order.backward ? *search.backward : *search.forward;
    uint32_t cut = 0, limit = search.edits + 1;
    if (order.ends == PartialEnds::kBoth) {
      cut = order.backward ? pattern.last - halves.cut : halves.cut;
      limit = order.backward ? halves.back : halves.front;
      if (limit == 0) continue;
    }
    const BitRows rows(pattern, search.edits, order.backward, cut, limit);
    const bool complete = OrderOfKeys(index, codes, rows, search, order.backward, found).Run(order.begin, order.end);
    if (limit > search.edits) exact = found->size();
    if (!complete) {
      found->resize(exact);
      return false;
    }
  }
  return true;
}

}  // namespace burin::internal
