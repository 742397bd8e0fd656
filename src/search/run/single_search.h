// Exact search of one index that has no segments.
#ifndef BURIN_SRC_SEARCH_RUN_SINGLE_SEARCH_H_
#define BURIN_SRC_SEARCH_RUN_SINGLE_SEARCH_H_

#include <cstddef>
#include <memory>
#include <span>

#include "src/index/view/index.h"
#include "src/search/run/search_request.h"

namespace burin::internal {

// Memory and plans that one searcher keeps between its searches: one thread at a time.
class SearchScratch {
 public:
  SearchScratch();
  ~SearchScratch();
  SearchScratch(SearchScratch&&) noexcept;
  SearchScratch& operator=(SearchScratch&&) noexcept;
  struct State;
  State& state() { return *state_; }
  // One for each of an index's segments, which stay as long as this.
  std::span<SearchScratch> OfSegments(size_t count);

 private:
  std::unique_ptr<State> state_;
};

// REQUIRES, as of all below: index.segments() are none.
SearchResult SearchSingle(const Index& index, const SearchRequest& request);

// As SearchBatch (search.h), of such an index.
void SearchSingleBatch(const Index& index, std::span<const SearchRequest> requests, std::span<SearchScratch> scratches,
                       std::span<SearchResult> results);

}  // namespace burin::internal

#endif
