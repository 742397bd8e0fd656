// A search under a channel whose hits are weighed (docs/evidence.md): likelihoods as sums over all alignments, ratios
// against another mark of the population, posteriors in a registry that may lack the true record.
//
// The search goes by rising cost of the best alignment, each round complete: until what was not seen is bounded by less
// than kUnseenShare of what was (unseen_bound.h), and no unseen record can be among the best N; or up to the highest
// cost asked for. Records are weighed exactly, the cheapest first, as long as one could be among the best N, move the
// sum, or decide whether it is excluded; what is left goes into the bound. Which records are in the sum depends on the
// reading, what is believed and the records, never on N.
//
// What is believed of records (SearchRequest::believed) multiplies their likelihoods by its ratios, and the bounds of
// those that were not seen by the highest of them. Of a mark of the population at large it says nothing.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_EVIDENCE_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_EVIDENCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "src/channel/file/channel_file.h"
#include "src/index/view/index.h"
#include "src/index/view/record_population.h"
#include "src/search/segments/search.h"

namespace burin::internal {

// "Another mark": with this probability any of the population, else another record's.
inline constexpr double kPopulationShare = 0.01;
inline constexpr double kUnseenShare = 0.01;
// Records below this share of the sum, all together, are not weighed exactly.
inline constexpr double kNegligible = 1e-7;
inline constexpr double kDefaultPrior = 0.9;

struct WeighRequest {
  SearchRequest search;              // Under a channel: `reading` is set. count_only, on_level, rescorer: not used.
  const Channel* channel = nullptr;  // Borrowed.
  const std::optional<Validation>* validated_by = nullptr;  // Borrowed.
  std::shared_ptr<const RecordPopulation> population;       // Of the records that pass.
  double prior = kDefaultPrior;
  double min_log10_lr = 0;
  // More records than this are not kept to be weighed: a round that finds more is given up, and what is weighed then
  // are the best by cost, or some of all, as the search says. 0: no such limit.
  uint64_t most_kept = 0;
};

struct Weight {
  double log10_likelihood = 0;
  double log10_lr = 0;
  double posterior = 0, posterior_low = 0, posterior_high = 0;
  bool not_excluded = false, capped = false;
};

struct Evidence {
  std::vector<Weight> weights;  // Parallel to the hits.
  bool complete = false;
  bool ambiguous = false;
  bool more_not_excluded = false;
  double prior = kDefaultPrior;
  uint64_t population = 0;
  double not_in_registry = 0, not_in_registry_low = 0, not_in_registry_high = 0;
  uint64_t not_excluded = 0;
  double chance_hits = 0;
  double seen = 0, unseen = 0, of_population = 0;  // Likelihoods.
};

// What is said where a budget struck before anything was known.
Evidence NoEvidence(double prior);

// The hits are the best N by summed cost (-ln likelihood in 1/64 nat), then serial, then record; their `cost` is that
// of the best alignment and of what is believed. A budget of the request stops it as it stops a search; more hits than
// max_hits likewise.
SearchResult SearchAndWeigh(const Index& index, const WeighRequest& request, Evidence* evidence);

}  // namespace burin::internal

#endif
