// The other ways to ask, beside the search: counting, levels, a limit of hits, the estimate's bound. Each is compared
// with the answer of the search itself, which Check compares with the twins.
#include <algorithm>
#include <sstream>

#include "src/search/run/estimate.h"
#include "src/search/segments/search.h"
#include "tests/reference/search_case.h"

namespace burin::internal::reference {
namespace {

bool SameHits(std::span<const Hit> a, std::span<const Hit> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Hit& x, const Hit& y) {
    return x.cost == y.cost && x.record == y.record && x.mark == y.mark && x.partial == y.partial;
  });
}

std::string Wrong(const char* what, uint64_t found, uint64_t expected) {
  std::ostringstream out;
  out << what << ": " << found << " instead of " << expected;
  return out.str();
}

std::string CheckCount(const Index& index, SearchRequest request, const std::vector<Hit>& all) {
  request.count_only = true;
  request.top = 3;  // Plays no part.
  const SearchResult counted = Search(index, request);
  if (!counted.complete || !counted.hits.empty()) return "the count is not complete, or keeps hits";
  if (counted.count != all.size()) return Wrong("count", counted.count, all.size());
  request.max_hits = all.size() / 2;
  if (request.max_hits == 0) return "";
  const SearchResult limited = Search(index, request);
  if (limited.complete) return "a count over max_hits is complete";
  return limited.count == request.max_hits ? "" : Wrong("limited count", limited.count, request.max_hits);
}

std::string CheckLevels(const Index& index, SearchRequest request, const SearchResult& result) {
  std::vector<Hit> hits;
  request.on_level = [&](std::span<const Hit> level) {
    hits.insert(hits.end(), level.begin(), level.end());
    return true;
  };
  const SearchResult streamed = Search(index, request);
  if (!streamed.complete || !SameHits(streamed.hits, result.hits)) return "a search by levels finds something else";
  if (!SameHits(hits, result.hits)) return Wrong("hits of all levels", hits.size(), result.hits.size());
  return "";
}

// So many hits, each of them one of all; every one below the certificate is there.
std::string CheckLimit(const Index& index, SearchRequest request, const SearchResult& result, uint64_t limit) {
  request.max_hits = limit;
  const SearchResult limited = Search(index, request);
  if (limited.complete != (result.hits.size() <= limit)) return Wrong("complete, at limit", limited.complete, limit);
  if (limited.complete) return SameHits(limited.hits, result.hits) ? "" : "a limit that is not reached changes hits";
  if (limited.hits.size() != limit) return Wrong("limited hits", limited.hits.size(), limit);
  for (const Hit& hit : limited.hits) {
    // At the level where the search stopped, another record of a weapon may stand for it, and others than the best N;
    // over segments another record of a serial too, as the first one may be in a segment behind.
    const bool known = std::any_of(result.hits.begin(), result.hits.end(),
                                   [&](const Hit& h) { return h.record == hit.record && h.cost == hit.cost; });
    const bool another = request.by == By::kWeapon || (request.by == By::kSerial && !index.segments().empty());
    if (!known && !another && request.top == 0) return Wrong("a hit that is none, record", hit.record, 0);
    if (hit.cost > request.max_cost) return Wrong("a hit above the limit", hit.cost, request.max_cost);
  }
  for (size_t i = 0; i < result.hits.size() && result.hits[i].cost < limited.certificate; ++i) {
    if (!SameHits({&limited.hits[i], 1}, {&result.hits[i], 1})) return Wrong("below the certificate, hit", i, i);
  }
  return "";
}

}  // namespace

std::string Comparison::CheckOtherWays(Query query) {
  query.max_work = 0;
  Compiled compiled;
  if (const std::string refused = Compile(query, &compiled); !refused.empty() || !compiled.request.lattice) {
    return refused;
  }
  SearchRequest request = compiled.request;
  const SearchResult result = Search(*index_, request);
  std::string wrong = CheckLevels(*index_, request, result);
  for (const uint64_t limit : {uint64_t{1}, uint64_t{4}, uint64_t{result.hits.size() / 2 + 1}}) {
    if (wrong.empty()) wrong = CheckLimit(*index_, request, result, limit);
  }
  request.top = 0;
  const SearchResult all = Search(*index_, request);
  if (wrong.empty()) wrong = CheckCount(*index_, request, all.hits);
  const Estimate estimate = EstimateMatches(*index_, request);
  if (wrong.empty() && estimate.at_most < all.hits.size()) wrong = Wrong("bound", estimate.at_most, all.hits.size());
  const auto bound = static_cast<double>(estimate.at_most);
  if (wrong.empty() && !(estimate.matches >= 0 && estimate.matches <= bound && estimate.work >= 0)) {
    wrong = "the estimate is no number within its bound";
  }
  return wrong;
}

}  // namespace burin::internal::reference
