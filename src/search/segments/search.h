// Exact search: all records within a cost, or the best N, in the order of docs/design.md: cost, then serial by (length
// in symbols, then code points), then record number. A partial record has the place of its items, unreadable symbols
// and gaps behind all others.
#ifndef BURIN_SRC_SEARCH_SEGMENTS_SEARCH_H_
#define BURIN_SRC_SEARCH_SEGMENTS_SEARCH_H_

#include <span>

#include "src/index/view/index.h"
#include "src/search/run/estimate.h"
#include "src/search/run/search_request.h"
#include "src/search/run/single_search.h"

namespace burin::internal {

SearchResult Search(const Index& index, const SearchRequest& request);

// Several searches by one thread, interleaved so that what one waits for from memory is fetched while others are worked
// on: results[i] is what Search() answers to requests[i]. Those that take no unit walk, or that something may stop, run
// one after the other. scratches[i] serves requests[i], instead of the request's own. Some 8 to 32 at a time are best.
// REQUIRES: three spans of one size.
void SearchBatch(const Index& index, std::span<const SearchRequest> requests, std::span<SearchScratch> scratches,
                 std::span<SearchResult> results);

// Budgets and `count_only` of the request play no part (estimate.h).
Estimate EstimateMatches(const Index& index, const SearchRequest& request);

}  // namespace burin::internal

#endif
