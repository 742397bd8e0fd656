// Running the queries of match: on one thread or several, measured or not, answers always in the order of the queries.
#ifndef BURIN_TOOLS_MATCH_RUN_H_
#define BURIN_TOOLS_MATCH_RUN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "answer.h"
#include "queries.h"

namespace burin::tool {

// A search keeps so many hits if nobody says --max-hits: about 1 GiB of them.
inline constexpr uint64_t kMostHits = 2'000'000;

// What bounds the hits of a search; 0: nothing does, or there are no more records than that.
uint64_t BoundOnHits(const AnswerContext& context);

// What came of a run.
struct MatchTally {
  size_t with_hits = 0;
  size_t incomplete = 0;
  size_t at_bound = 0;  // Of these, stopped by kMostHits.
  size_t refused = 0;
  std::string first_refusal;  // "queries.txt, line 3: column 4: expected ...".
  std::vector<uint64_t> ns;   // With timing, of each query that was searched.
};

// Writes all answers to *output, which is flushed at the end.
MatchTally RunQueries(const Index& index, const AnswerContext& context, const std::vector<Query>& queries,
                      unsigned threads, bool progress, Output* output);

// The same for queries of which somebody waits for each answer: one after the other, the answer flushed before the next
// is read.
MatchTally RunAsTheyCome(const Index& index, const AnswerContext& context, QueryReader* queries, Output* output);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_RUN_H_
