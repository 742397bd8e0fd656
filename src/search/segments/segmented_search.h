// Search over the segments of a registry: each is searched by itself with what is deleted filtered out, and the hits
// are merged in the order of results. The answer is that of one index of the live records, but for `work`.
//
// Hits compare by what their marks say (symbols, items), not by their places in an index. A search that goes by levels
// of cost (max_hits, on_level, a count by serial or weapon is none) takes them one after the other over all segments.
// Budgets are shared in order of the segments; a search that stops early has the lowest of the certificates.
#ifndef BURIN_SRC_SEARCH_SEGMENTS_SEGMENTED_SEARCH_H_
#define BURIN_SRC_SEARCH_SEGMENTS_SEGMENTED_SEARCH_H_

#include <span>
#include <vector>

#include "src/search/run/estimate.h"
#include "src/search/run/search_request.h"
#include "src/search/run/single_search.h"

namespace burin::internal {

// REQUIRES: index.segments() are some; one scratch each.
SearchResult SearchSegments(const Index& index, const SearchRequest& request, std::span<SearchScratch> scratches);

// As SearchBatch; scratches[i] are those of requests[i], one a segment. None of the requests goes by levels or counts.
void SearchSegmentsBatch(const Index& index, std::span<const SearchRequest> requests,
                         std::span<const std::span<SearchScratch>> scratches, std::span<SearchResult> results);

// Whether a search must take levels of cost one after the other, or count.
bool GoesByLevels(const SearchRequest& request);

// The sum of the segments' estimates.
Estimate EstimateSegments(const Index& index, const SearchRequest& request);

}  // namespace burin::internal

#endif
