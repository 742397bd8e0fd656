// Searching through the C API: one reading at a time.
#include <memory>
#include <optional>
#include <utility>

#include "burin/search.h"
#include "src/c_api/guard.h"
#include "src/c_api/index_handle.h"
#include "src/c_api/result_handle.h"
#include "src/c_api/search_terms.h"

namespace burin::internal {

Status RunSearch(const SearchTerms& terms, const std::shared_ptr<const ReadingContent>& reading,
                 std::function<bool()> cancelled, SearchScratch* scratch, burin_result** out) {
  Result<PricedReading> priced = terms.Price(*reading);
  if (!priced.ok()) return priced.status();
  SearchRequest request = terms.Request(*reading, &*priced);
  request.scratch = scratch;
  if (cancelled) request.cancelled = std::move(cancelled);
  std::optional<Evidence> evidence;
  const SearchResult found = terms.Find(request, &evidence);
  auto result = std::make_unique<burin_result>(terms.index(), terms.channel(), reading, *std::move(priced), found);
  result->asked = terms.asked();
  if (evidence) result->AddEvidence(*evidence, terms.population_hash());
  *out = result.release();
  return Status();
}

}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_searcher_create(const burin_index* index, burin_searcher** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (index == nullptr) return IsNull("index");
    *out = new burin_searcher{index->index, {}};
    return Status();
  });
}

void burin_searcher_destroy(burin_searcher* searcher) { delete searcher; }

burin_status burin_search(burin_searcher* searcher, const burin_reading* reading, const burin_search_options* options,
                          burin_result** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (searcher == nullptr) return IsNull("searcher");
    if (reading == nullptr) return IsNull("reading");
    SearchTerms terms;
    if (Status status = terms.Read(searcher->index, options, false, &searcher->population); !status.ok()) return status;
    return RunSearch(terms, reading->content, nullptr, &searcher->scratch, out);
  });
}

}  // extern "C"
