#include "src/search/unit_order.h"

#include <algorithm>
#include <span>
#include <type_traits>

#include "src/index/serial_order.h"
#include "src/index/sort_keys.h"

namespace burin::internal {
namespace {

static_assert(std::is_standard_layout_v<UnitHit> && sizeof(UnitHit) == sizeof(uint64_t));

// Hits of one cost and one length. Those of a group are in order, so groups are merged, two neighbouring runs at a
// time; and since serials of different formats part at their first symbols, a run is taken in long pieces whose ends
// are searched for: few places are asked for.
class RunMerger {
 public:
  explicit RunMerger(const SerialOrder& order) : order_(order) {}

  // `hits` are those of `runs`, in order within each; runs[i] is where run i begins, and the last one is the end.
  void Run(std::span<UnitHit> hits, std::vector<size_t> runs) {
    room_.resize(hits.size());
    UnitHit* from = hits.data();
    UnitHit* to = room_.data();
    while (runs.size() > 2) {
      size_t merged = 0;
      for (size_t r = 0; r + 1 < runs.size(); r += 2) {
        const size_t last = runs[std::min(r + 2, runs.size() - 1)];
        Merge(from + runs[r], from + runs[r + 1], from + last, to + runs[r]);
        runs[merged++] = runs[r];
      }
      runs[merged++] = hits.size();
      runs.resize(merged);
      std::swap(from, to);
    }
    if (from != hits.data()) std::copy(from, from + hits.size(), hits.data());
  }

 private:
  Uint128 PlaceOf(const UnitHit& hit) const { return order_.PlaceOfKey(hit.group(), hit.key()); }

  void Merge(const UnitHit* a, const UnitHit* b, const UnitHit* last, UnitHit* to) const {
    const UnitHit* const middle = b;
    if (b == last) {
      std::copy(a, last, to);
      return;
    }
    Uint128 place_a = PlaceOf(*a), place_b = PlaceOf(*b);
    if (place_a > place_b && PlaceOf(last[-1]) <= place_a) {
      std::copy(a, middle, std::copy(b, last, to));
      return;
    }
    if (place_a <= place_b && PlaceOf(middle[-1]) <= place_b) {
      std::copy(a, last, to);
      return;
    }
    while (a < middle && b < last) {
      const bool first = place_a <= place_b;
      const UnitHit*& next = first ? a : b;
      const UnitHit* const end = first ? Behind(a, middle, place_b, &place_a) : Behind(b, last, place_a, &place_b);
      to = std::copy(next, end, to);
      next = end;
    }
    std::copy(b, last, std::copy(a, middle, to));
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

  const SerialOrder& order_;
  std::vector<UnitHit> room_;
};

}  // namespace

void SortUnitHits(std::vector<UnitHit>* hits) {
  if (!std::is_sorted(hits->begin(), hits->end())) {
    SortKeys(std::span(reinterpret_cast<uint64_t*>(hits->data()), hits->size()));
  }
  hits->erase(std::unique(hits->begin(), hits->end()), hits->end());
}

void OrderUnitHits(const Index& index, std::vector<UnitHit>* hits) {
  const auto groups = index.groups();
  RunMerger merger(index.serial_order());
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
      merger.Run(std::span(*hits).subspan(first, last - first), runs);
    }
    first = last;
  }
}

}  // namespace burin::internal
