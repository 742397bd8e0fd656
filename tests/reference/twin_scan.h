// Twin of the whole search: looks at every record, filters, groups, sorts, takes the best. Costs come from the caller.
#ifndef BURIN_TESTS_REFERENCE_TWIN_SCAN_H_
#define BURIN_TESTS_REFERENCE_TWIN_SCAN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "src/search/segments/search.h"

namespace burin::internal::reference {

struct TwinRecord {
  std::u32string items;  // The serial, or the items of a partial record.
  bool partial = false;
  bool missing = false;             // No searchable mark; `items` does not count.
  std::string weapon, maker, year;  // Empty: absent.
};

struct TwinHit {
  Cost cost = 0;
  uint32_t record = 0;
  bool operator==(const TwinHit&) const = default;
};

struct TwinRequest {
  std::function<Cost(const TwinRecord&)> cost;
  std::function<bool(const TwinRecord&)> passes;
  Cost max_cost = 0;
  uint64_t top = 0;
  By by = By::kRecord;
};

// Records are numbered as they stand. In the order of docs/design.md.
std::vector<TwinHit> Scan(const std::vector<TwinRecord>& records, const TwinRequest& request);

}  // namespace burin::internal::reference

#endif
