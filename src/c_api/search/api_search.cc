// Searching through the C API: one reading at a time.
#include <memory>
#include <optional>
#include <utility>

#include "burin/search.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/search/result_handle.h"
#include "src/c_api/search/search_terms.h"

namespace burin::internal {
namespace {

Status RunWeapons(const SearchTerms& terms, const std::shared_ptr<const ReadingContent>& reading, burin_result** out) {
  auto kept = std::make_shared<WeaponsFound>();
  kept->marks = terms.marks();
  for (const MarkTerm& mark : kept->marks) {
    Result<PricedReading> priced = terms.Price(mark.reading == nullptr ? *reading : *mark.reading);
    if (!priced.ok()) return priced.status();
    kept->priced.push_back(*std::move(priced));
  }
  std::shared_ptr<ReadTogether> together;
  if (!terms.also().empty()) {
    Result<std::shared_ptr<ReadTogether>> made = terms.PriceTogether(reading);
    if (!made.ok()) return made.status();
    together = *std::move(made);
  }
  WeaponResult found = SearchWeapons(*terms.index(), terms.RequestWeapons(*reading, &kept->priced, together.get()));
  SearchResult plain;
  for (const WeaponHit& weapon : found.hits) plain.hits.push_back(weapon.hit);
  plain.complete = found.complete;
  plain.certificate = found.certificate;
  plain.work = found.work;
  plain.not_searched = found.not_searched;
  kept->hits = std::move(found.hits);
  Result<PricedReading> priced = terms.Price(*reading);
  if (!priced.ok()) return priced.status();
  *out = new burin_result(terms.index(), terms.channel(), reading, *std::move(priced), plain, terms.patience());
  (*out)->asked = terms.asked();
  (*out)->beliefs = terms.beliefs();
  (*out)->weapons = std::move(kept);
  (*out)->together = std::move(together);
  return Status();
}

}  // namespace

Status RunSearch(const SearchTerms& terms, const std::shared_ptr<const ReadingContent>& reading,
                 std::function<bool()> cancelled, SearchScratch* scratch, burin_result** out) {
  if (!terms.marks().empty()) return RunWeapons(terms, reading, out);
  Result<PricedReading> priced = terms.Price(*reading);
  if (!priced.ok()) return priced.status();
  SearchRequest request = terms.Request(*reading, &*priced);
  request.scratch = scratch;
  if (cancelled) request.cancelled = std::move(cancelled);
  std::shared_ptr<ReadTogether> together;
  if (!terms.also().empty()) {
    Result<std::shared_ptr<ReadTogether>> made = terms.PriceTogether(reading);
    if (!made.ok()) return made.status();
    together = *std::move(made);
    request.rescorer = together->costs.get();
    request.max_cost = std::min(AddCosts(together->costs->best(), request.max_cost - priced->costs().best), kNever - 1);
  }
  std::optional<Evidence> evidence;
  const Result<SearchResult> found = terms.Find(request, &evidence);
  if (!found.ok()) return found.status();
  auto result = std::make_unique<burin_result>(terms.index(), terms.channel(), reading, *std::move(priced), *found,
                                               Patience(request.deadline, request.cancelled));
  result->asked = terms.asked();
  result->beliefs = terms.beliefs();
  result->together = std::move(together);
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
    *out = new burin_searcher{index->index, NeedsCase(*index), {}, {}};
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
    terms.NeedCase(searcher->needs_case);
    if (Status status = terms.Read(searcher->index, options, false, &searcher->known); !status.ok()) return status;
    return RunSearch(terms, terms.Of(reading->content), nullptr, &searcher->scratch, out);
  });
}

}  // extern "C"
