// A hit beside its place in the order of results, told by what its mark says: for hits of several segments, whose own
// numbers say nothing of each other (of one index, HitOrder in collector.h says the same faster).
#ifndef BURIN_SRC_SEARCH_RUN_PLACED_MARK_H_
#define BURIN_SRC_SEARCH_RUN_PLACED_MARK_H_

#include <cstdint>
#include <string>

#include "src/search/run/search_request.h"

namespace burin::internal {

struct PlacedMark {
  Hit hit;  // Record and mark of the whole.
  std::u32string items;
  uint64_t id = 0;  // Of the record.
};

// Cost, length, code points, partial records first, then id.
inline bool ComesBefore(const PlacedMark& a, const PlacedMark& b) {
  if (a.hit.cost != b.hit.cost) return a.hit.cost < b.hit.cost;
  if (a.items.size() != b.items.size()) return a.items.size() < b.items.size();
  if (const int order = a.items.compare(b.items); order != 0) return order < 0;
  if (a.hit.partial != b.hit.partial) return a.hit.partial;
  return a.id < b.id;
}

}  // namespace burin::internal

#endif
