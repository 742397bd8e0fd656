// What a search is asked and what it answers.
#ifndef BURIN_SRC_SEARCH_RUN_SEARCH_REQUEST_H_
#define BURIN_SRC_SEARCH_RUN_SEARCH_REQUEST_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "src/channel/model/cost_lattice.h"
#include "src/index/view/filter.h"
#include "src/index/view/index.h"
#include "src/search/costs/mark_rescorer.h"
#include "src/search/costs/record_costs.h"
#include "src/search/structural/priced_reading.h"

namespace burin::internal {

// What counts as one hit: a record; a serial (its first record that passes stands for it); a weapon (its best record
// stands for it; a record without the attribute `weapon` is a weapon of its own).
enum class By : uint8_t { kRecord, kSerial, kWeapon };

class SearchScratch;  // single_search.h

struct Hit {
  Cost cost = 0;
  uint32_t record = 0;
  // Rank of the serial, or with `partial` the number of the partial record in the index.
  uint64_t mark = 0;
  bool partial = false;
};

struct SearchRequest {
  // What is searched for, one of the two; borrowed.
  PricedReading* reading = nullptr;
  const CostLattice* lattice = nullptr;
  const CostLattice& costs() const { return reading != nullptr ? reading->costs() : *lattice; }
  SearchScratch* scratch = nullptr;  // Borrowed; of this index alone. nullptr: memory is made for this search.
  const Filter* filter = nullptr;    // Borrowed; nullptr: every record passes.
  // Of the mark, inclusive.
  Cost max_cost = 0;
  // Added to the cost of the mark: hits are ordered, and levels and the certificate are counted, by the sum. Borrowed;
  // nullptr: marks alone count.
  const RecordCosts* believed = nullptr;
  // What a mark costs, where that is more than `reading` says, which is walked then. Borrowed; nullptr: the reading's.
  MarkRescorer* rescorer = nullptr;
  uint64_t top = 0;  // The best N only; 0: all.
  By by = By::kRecord;
  uint32_t min_length = 0;  // Symbols of the mark.
  uint32_t max_length = kMaxMarkSymbols;
  // Budget; 0 or empty: none.
  uint64_t max_work = 0;  // Units of SearchResult::work.
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::function<bool()> cancelled;  // Asked now and then; true stops the search.
  // Stops when there are more matches than this: the result is not complete, has so many hits, and the certificate is
  // the level at which it stopped. Levels of cost are searched in ascending order then (edits, or about 4 nats), so
  // that all hits of the levels before are among them; which ones of the level itself is not said, but always the same.
  // 0: no such limit.
  uint64_t max_hits = 0;
  // Gives up when more records than this are found: whether it does depends on how many there are alone. Then the
  // result is not complete, and which hits it has is not said. Belongs to a search for all records; 0: never.
  uint64_t give_up_above = 0;
  // Counts matches and keeps none: SearchResult::count. `top` and `on_level` play no part.
  bool count_only = false;
  // Told of the hits that each level of cost adds, in the order of results, as soon as it is complete: together they
  // are the hits of a complete search. False stops the search. Empty: nobody is told.
  std::function<bool(std::span<const Hit> hits)> on_level;
};

struct SearchResult {
  std::vector<Hit> hits;
  uint64_t count = 0;  // Of hits, or with count_only of matches that were found and not kept.
  bool complete = true;
  bool gave_up = false;  // Above give_up_above.
  // Every record that passes and costs less than this was seen (also where not complete): the certificate.
  Cost certificate = 0;
  uint64_t work = 0;          // Nodes of the walk plus marks scored. Deterministic.
  uint64_t not_searched = 0;  // Records that no search can see: their mark is missing or too long.
};

}  // namespace burin::internal

#endif
