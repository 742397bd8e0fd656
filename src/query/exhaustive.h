// The proof of a search's claim: every record of the index is scored against the reading by the plain scorer
// (src/search/costs/mark_scorer.h), or against several readings of one mark by their rescorer, what is believed of it
// is added, one record after another, and that is compared with what the search listed. Nothing of the search takes
// part: no walk, no bound, no cut.
//
// Memory: the listed hits and one record at a time. Costs some microseconds to some tens of them for each different
// serial: minutes for ten million.
#ifndef BURIN_SRC_QUERY_EXHAUSTIVE_H_
#define BURIN_SRC_QUERY_EXHAUSTIVE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "src/search/segments/search.h"

namespace burin::internal {

// What a search claims. Borrows everything.
struct Claim {
  const SearchRequest* request = nullptr;  // What it was asked; its budgets play no part.
  const SearchResult* found = nullptr;
  // The order is by summed cost (evidence): -ln of the likelihood over all alignments.
  bool summed = false;
};

struct Proof {
  uint64_t scored = 0;  // Records that pass.
  // One line for the first record that contradicts the claim; "": none does.
  std::string contradiction;
  double likelihood = 0;  // Summed over the records that were scored, in the order of the index; if `summed`.
};

// `progress` is told how many of the index's records were scored; true ends the work with kCancelled.
Result<Proof> ProveByScoringAll(const Index& index, const Claim& claim,
                                const std::function<bool(uint64_t done, uint64_t total)>& progress);

}  // namespace burin::internal

#endif
