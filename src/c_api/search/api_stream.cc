// Streaming through the C API: a result that grows level by level, each match handed to the caller as it comes.
#include <memory>
#include <utility>

#include "burin/batch.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/search/result_handle.h"
#include "src/c_api/search/search_terms.h"

namespace burin::internal {
namespace {

Status Stream(const SearchTerms& terms, const std::shared_ptr<const ReadingContent>& reading, burin_match_fn on_match,
              void* user, burin_result** out) {
  Result<PricedReading> priced = terms.Price(*reading);
  if (!priced.ok()) return priced.status();
  auto result =
      std::make_unique<burin_result>(terms.index(), terms.channel(), reading, *std::move(priced), SearchResult());
  result->beliefs = terms.beliefs();
  SearchRequest request = terms.Request(*reading, &result->priced);
  bool stopped = false;
  request.on_level = [&](std::span<const Hit> hits) {
    for (const Hit& hit : hits) {
      result->Add(hit);
      stopped = on_match(user, result.get(), result->matches.size() - 1) != 0;
      if (stopped) return false;
    }
    return true;
  };
  const SearchResult found = Search(*terms.index(), request);
  if (stopped) return Status(StatusCode::kCancelled, "the function for matches said so");
  result->Finish(found);
  *out = result.release();
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_search_stream(burin_searcher* searcher, const burin_reading* reading,
                                 const burin_search_options* options, burin_match_fn on_match, void* user,
                                 burin_result** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (searcher == nullptr) return IsNull("searcher");
    if (reading == nullptr) return IsNull("reading");
    if (on_match == nullptr) return IsNull("on_match");
    SearchTerms terms;
    terms.NeedCase(searcher->needs_case);
    if (Status status = terms.Read(searcher->index, options, false, &searcher->known); !status.ok()) return status;
    if (Status status = terms.CheckOneReading("burin_search_stream"); !status.ok()) return status;
    if (terms.weighs()) return Invalid("a stream hands matches over before they can be weighed: evidence is 0 here");
    return Stream(terms, terms.Of(reading->content), on_match, user, out);
  });
}

}  // extern "C"
