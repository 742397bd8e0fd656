#include "src/search/unit_order.h"

#include <algorithm>
#include <utility>

#include "src/index/serial_order.h"

namespace burin::internal {
namespace {

// Hits [first, last): one cost, one length, several groups.
void OrderByPlace(const SerialOrder& order, std::vector<UnitHit>* hits, size_t first, size_t last) {
  std::vector<std::pair<Uint128, UnitHit>> placed;
  placed.reserve(last - first);
  for (size_t i = first; i < last; ++i) {
    const UnitHit hit = (*hits)[i];
    placed.emplace_back(order.PlaceOfKey(hit.group(), hit.key()), hit);
  }
  std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = first; i < last; ++i) (*hits)[i] = placed[i - first].second;
}

}  // namespace

void OrderUnitHits(const Index& index, std::vector<UnitHit>* hits) {
  const auto groups = index.groups();
  for (size_t first = 0; first < hits->size();) {
    const UnitHit front = (*hits)[first];
    const uint32_t length = groups[front.group()]->length();
    size_t last = first + 1;
    bool mixed = false;
    for (; last < hits->size(); ++last) {
      const UnitHit hit = (*hits)[last];
      if (hit.cost() != front.cost()) break;
      if (hit.group() == (*hits)[last - 1].group()) continue;
      if (groups[hit.group()]->length() != length) break;
      mixed = true;
    }
    if (mixed) OrderByPlace(index.serial_order(), hits, first, last);
    first = last;
  }
}

}  // namespace burin::internal
