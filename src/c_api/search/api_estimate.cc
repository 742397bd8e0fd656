// Estimates and counts through the C API.
#include "burin/estimate.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/search/search_terms.h"
#include "src/search/run/estimate.h"
#include "src/search/segments/search.h"

namespace burin::internal {
namespace {

// The part that both calls share: checks, and `ask` with the request.
template <typename Ask>
Status WithRequest(burin_searcher* searcher, const burin_reading* reading, const burin_search_options* options,
                   Ask ask) {
  if (searcher == nullptr) return IsNull("searcher");
  if (reading == nullptr) return IsNull("reading");
  SearchTerms terms;
  terms.NeedCase(searcher->needs_case);
  if (Status status = terms.Read(searcher->index, options, true, &searcher->known); !status.ok()) return status;
  if (Status status = terms.CheckOneReading("estimates and counts"); !status.ok()) return status;
  const ReadingContent& content = *terms.Of(reading->content);
  Result<PricedReading> priced = terms.Price(content);
  if (!priced.ok()) return priced.status();
  return ask(*terms.index(), terms.Request(content, &*priced));
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_search_estimate(burin_searcher* searcher, const burin_reading* reading,
                                   const burin_search_options* options, burin_estimate* estimate, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (estimate == nullptr) return IsNull("estimate");
    return WithRequest(searcher, reading, options, [&](const Index& index, const SearchRequest& request) {
      const Estimate made = EstimateMatches(index, request);
      burin_estimate answer = BURIN_ESTIMATE_INIT;
      answer.matches = made.matches;
      answer.at_most = made.at_most;
      answer.work = made.work;
      return WriteAnswer(sizeof(answer), answer, estimate);
    });
  });
}

burin_status burin_search_count(burin_searcher* searcher, const burin_reading* reading,
                                const burin_search_options* options, burin_count* count, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (count == nullptr) return IsNull("count");
    return WithRequest(searcher, reading, options, [&](const Index& index, SearchRequest request) {
      request.count_only = true;
      const SearchResult found = Search(index, request);
      burin_count answer = BURIN_COUNT_INIT;
      answer.complete = found.complete ? 1 : 0;
      answer.certificate = found.certificate;
      answer.matches = found.count;
      answer.work = found.work;
      answer.not_searched = found.not_searched;
      return WriteAnswer(sizeof(answer), answer, count);
    });
  });
}

}  // extern "C"
