#include "src/search/segments/search.h"

#include <utility>
#include <vector>

#include "src/search/segments/segmented_search.h"

namespace burin::internal {
namespace {

std::span<SearchScratch> OfSegments(const Index& index, SearchScratch* scratch) {
  return scratch->OfSegments(index.segments().size());
}

// Those that go by segments together, the others one after the other.
void SearchBatchInSegments(const Index& index, std::span<const SearchRequest> requests,
                           std::span<SearchScratch> scratches, std::span<SearchResult> results) {
  std::vector<SearchRequest> together;
  std::vector<std::span<SearchScratch>> lent;
  std::vector<size_t> numbers;
  for (size_t i = 0; i < requests.size(); ++i) {
    const std::span<SearchScratch> own = OfSegments(index, &scratches[i]);
    if (GoesByLevels(requests[i]) || requests[i].believed != nullptr) {
      results[i] = SearchSegments(index, requests[i], own);
      continue;
    }
    together.push_back(requests[i]);
    lent.push_back(own);
    numbers.push_back(i);
  }
  std::vector<SearchResult> found(together.size());
  SearchSegmentsBatch(index, together, lent, found);
  for (size_t i = 0; i < numbers.size(); ++i) results[numbers[i]] = std::move(found[i]);
}

}  // namespace

SearchResult Search(const Index& index, const SearchRequest& request) {
  if (index.segments().empty()) return SearchSingle(index, request);
  if (request.scratch != nullptr) return SearchSegments(index, request, OfSegments(index, request.scratch));
  SearchScratch own;
  return SearchSegments(index, request, OfSegments(index, &own));
}

void SearchBatch(const Index& index, std::span<const SearchRequest> requests, std::span<SearchScratch> scratches,
                 std::span<SearchResult> results) {
  if (!index.segments().empty()) return SearchBatchInSegments(index, requests, scratches, results);
  SearchSingleBatch(index, requests, scratches, results);
}

Estimate EstimateMatches(const Index& index, const SearchRequest& request) {
  return index.segments().empty() ? EstimateSingle(index, request) : EstimateSegments(index, request);
}

}  // namespace burin::internal
