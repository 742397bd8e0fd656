#include "src/search/edits/unit_order.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <type_traits>

#include "src/base/after_stop.h"
#include "src/base/sort_in_pieces.h"
#include "src/index/keys/serial_order.h"
#include "src/index/keys/sort_keys.h"

namespace burin::internal {
namespace {

static_assert(std::is_standard_layout_v<UnitHit> && sizeof(UnitHit) == sizeof(uint64_t));

// Hits of one cost and one length. Those of a group are in order, so groups are merged, two neighbouring runs at a
// time; and since serials of different formats part at their first symbols, a run is taken in long pieces whose ends
// are searched for: few places are asked for.
class RunMerger {
 public:
  RunMerger(const SerialOrder& order, Patience* patience) : order_(order), patience_(*patience) {}

  // `hits` are those of `runs`, in order within each; runs[i] is where run i begins, and the last one is the end.
  // False: the patience is over. Then the first kOrderedAfterStop places hold some of the hits.
  bool Run(std::span<UnitHit> hits, std::vector<size_t> runs) {
    // Not filled: memory that is given for the first time costs as much as the merging, and comes as it is needed.
    static_assert(std::is_trivially_copyable_v<UnitHit>);
    const auto room = std::make_unique_for_overwrite<uint64_t[]>(hits.size());
    UnitHit* from = hits.data();
    UnitHit* to = reinterpret_cast<UnitHit*>(room.get());
    while (runs.size() > 2) {
      size_t merged = 0;
      for (size_t r = 0; r + 1 < runs.size(); r += 2) {
        const size_t last = runs[std::min(r + 2, runs.size() - 1)];
        if (!Merge(from + runs[r], from + runs[r + 1], from + last, to + runs[r])) {
          return Stopped(from, hits);
        }
        runs[merged++] = runs[r];
      }
      runs[merged++] = hits.size();
      runs.resize(merged);
      std::swap(from, to);
    }
    if (from == hits.data()) return true;
    return Copy(from, from + hits.size(), hits.data()) != nullptr || Stopped(from, hits);
  }

 private:
  Uint128 PlaceOf(const UnitHit& hit) const { return order_.PlaceOfKey(hit.group(), hit.key()); }

  static bool Stopped(const UnitHit* from, std::span<UnitHit> hits) {
    if (from != hits.data()) std::copy_n(from, std::min(hits.size(), kOrderedAfterStop), hits.data());
    return false;
  }
  // Answers the end of what was written; nullptr: the patience is over.
  UnitHit* Copy(const UnitHit* first, const UnitHit* last, UnitHit* to) {
    constexpr std::ptrdiff_t kPiece = 2048;
    while (first != last) {
      if (patience_.Took(kPiece)) return nullptr;
      const UnitHit* const end = first + std::min(kPiece, last - first);
      to = std::copy(first, end, to);
      first = end;
    }
    return to;
  }
  // One run behind the other.
  bool CopyBoth(const UnitHit* a, const UnitHit* a_end, const UnitHit* b, const UnitHit* b_end, UnitHit* to) {
    to = Copy(a, a_end, to);
    return to != nullptr && Copy(b, b_end, to) != nullptr;
  }

  // False: the patience is over.
  bool Merge(const UnitHit* a, const UnitHit* b, const UnitHit* last, UnitHit* to) {
    const UnitHit* const middle = b;
    if (b == last) return Copy(a, last, to) != nullptr;
    Uint128 place_a = PlaceOf(*a), place_b = PlaceOf(*b);
    if (place_a > place_b && PlaceOf(last[-1]) <= place_a) return CopyBoth(b, last, a, middle, to);
    if (place_a <= place_b && PlaceOf(middle[-1]) <= place_b) return Copy(a, last, to) != nullptr;
    while (a < middle && b < last) {
      const bool first = place_a <= place_b;
      const UnitHit*& next = first ? a : b;
      const UnitHit* const end = first ? Behind(a, middle, place_b, &place_a) : Behind(b, last, place_a, &place_b);
      if (patience_.Took(kStepsOfPlaces)) return false;
      to = Copy(next, end, to);
      if (to == nullptr) return false;
      next = end;
    }
    return CopyBoth(a, middle, b, last, to);
  }

  // The first hit behind `place`, and its own place; or `last`. REQUIRES: *first is not behind.
  const UnitHit* Behind(const UnitHit* first, const UnitHit* last, Uint128 place, Uint128* own) const {
    const UnitHit* below = first;
    const UnitHit* above = last;
    for (std::ptrdiff_t step = 1; above - below > step; step *= 2) {
      const Uint128 here = PlaceOf(below[step]);
      if (here > place) {
        above = below + step;
        *own = here;
        break;
      }
      below += step;
    }
    while (above - below > 1) {
      const UnitHit* const between = below + (above - below) / 2;
      const Uint128 here = PlaceOf(*between);
      if (here > place) {
        above = between;
        *own = here;
      } else {
        below = between;
      }
    }
    return above;
  }

  // A search for the end of a piece asks for two places, as a rule.
  static constexpr uint64_t kStepsOfPlaces = 64;

  const SerialOrder& order_;
  Patience& patience_;
};

bool IsAscending(const std::vector<UnitHit>& hits, Patience* patience) {
  constexpr size_t kPiece = size_t{1} << 14;
  for (size_t begin = 0; begin + 1 < hits.size(); begin += kPiece) {
    if (patience->Took(kPiece / 2)) return false;
    const auto first = hits.begin() + static_cast<std::ptrdiff_t>(begin);
    if (!std::is_sorted(first, first + static_cast<std::ptrdiff_t>(std::min(kPiece + 1, hits.size() - begin)))) {
      return false;
    }
  }
  return true;
}

// Each hit once, of ascending ones. False: the patience is over, and only some are there.
bool DropDoubles(std::vector<UnitHit>* hits, Patience* patience) {
  constexpr size_t kPiece = 4096;
  size_t kept = 0;
  for (size_t i = 0; i < hits->size(); ++i) {
    if (i % kPiece == 0 && patience->Took(kPiece)) {
      hits->resize(kept);
      return false;
    }
    if (kept == 0 || (*hits)[kept - 1] != (*hits)[i]) (*hits)[kept++] = (*hits)[i];
  }
  hits->resize(kept);
  return true;
}

// Some of the hits from `first` on, in order; no others. Those before `last` are of one cost and one length.
void OrderSome(const Index& index, size_t first, size_t last, std::vector<UnitHit>* hits) {
  const auto begin = hits->begin() + static_cast<std::ptrdiff_t>(first);
  std::vector<UnitHit> some(begin, begin + static_cast<std::ptrdiff_t>(std::min(last - first, kOrderedAfterStop)));
  std::sort(some.begin(), some.end());
  Patience endless;
  OrderUnitHits(index, &some, &endless);
  hits->resize(first);
  hits->insert(hits->end(), some.begin(), some.end());
}

}  // namespace

bool SortUnitHits(std::vector<UnitHit>* hits, Patience* patience) {
  constexpr size_t kRun = size_t{1} << 16;  // Sorted in less than a millisecond.
  const auto sort = [](std::span<UnitHit> run) {
    if (std::is_sorted(run.begin(), run.end())) return;
    SortKeys(std::span(reinterpret_cast<uint64_t*>(run.data()), run.size()));
  };
  bool sorted = !patience->over();
  if (sorted && !IsAscending(*hits, patience)) sorted = SortInPieces(hits, std::less<>(), kRun, sort, patience);
  if (!sorted && hits->size() > kOrderedAfterStop) hits->resize(kOrderedAfterStop);
  if (!sorted) sort(*hits);
  Patience endless;
  if (DropDoubles(hits, sorted ? patience : &endless)) return sorted;
  if (hits->size() > kOrderedAfterStop) hits->resize(kOrderedAfterStop);
  return false;
}

size_t OrderUnitHits(const Index& index, std::vector<UnitHit>* hits, Patience* patience) {
  const auto groups = index.groups();
  RunMerger merger(index.serial_order(), patience);
  std::vector<size_t> runs;
  for (size_t first = 0; first < hits->size();) {
    const UnitHit front = (*hits)[first];
    const uint32_t length = groups[front.group()]->length();
    runs = {first};
    size_t last = first + 1;
    for (; last < hits->size(); ++last) {
      const UnitHit hit = (*hits)[last], before = (*hits)[last - 1];
      if (hit.cost() != front.cost()) break;
      if (hit.group() == before.group()) continue;
      if (groups[hit.group()]->length() != length) break;
      runs.push_back(last);
    }
    if (runs.size() > 1) {
      for (size_t& run : runs) run -= first;
      runs.push_back(last - first);
      if (!merger.Run(std::span(*hits).subspan(first, last - first), runs)) {
        OrderSome(index, first, last, hits);
        return first;
      }
    }
    first = last;
  }
  return hits->size();
}

}  // namespace burin::internal
