#include "tests/reference/twin_scan.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace burin::internal::reference {
namespace {

// What a record is one of: itself, its serial, its weapon.
std::u32string GroupOf(const TwinRecord& record, uint32_t number, By by) {
  if (by == By::kSerial && !record.partial) return U"serial " + record.items;
  if (by == By::kWeapon && !record.weapon.empty()) {
    return U"weapon " + std::u32string(record.weapon.begin(), record.weapon.end());
  }
  return std::u32string(1, static_cast<char32_t>(number));
}

}  // namespace

std::vector<TwinHit> Scan(const std::vector<TwinRecord>& records, const TwinRequest& request) {
  std::vector<TwinHit> hits;
  for (uint32_t i = 0; i < records.size(); ++i) {
    if (records[i].missing || !request.passes(records[i])) continue;
    const Cost cost = request.cost(records[i]);
    if (cost <= request.max_cost && cost < kNever) hits.push_back({cost, i});
  }
  const auto key = [&](const TwinHit& hit) {
    const std::u32string& items = records[hit.record].items;
    return std::tuple(hit.cost, items.size(), std::u32string_view(items), hit.record);
  };
  std::sort(hits.begin(), hits.end(), [&](const TwinHit& a, const TwinHit& b) { return key(a) < key(b); });
  std::vector<TwinHit> out;
  std::set<std::u32string> groups;
  for (const TwinHit& hit : hits) {
    if (request.top != 0 && out.size() == request.top) break;
    if (groups.insert(GroupOf(records[hit.record], hit.record, request.by)).second) out.push_back(hit);
  }
  return out;
}

}  // namespace burin::internal::reference
