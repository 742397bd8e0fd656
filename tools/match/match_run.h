// Running the queries of match: on one thread or several, measured or not, answers always in the order of the queries.
#ifndef BURIN_TOOLS_MATCH_MATCH_RUN_H_
#define BURIN_TOOLS_MATCH_MATCH_RUN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/match/answer.h"
#include "tools/match/queries.h"

namespace burin::tool {

// The bytes that bound the hits of a search if nobody says --max-memory or --max-hits.
inline constexpr uint64_t kMostMemory = uint64_t{1} << 30;

// At how many hits a search stops; 0: at no number, or there are no more records than that.
uint64_t BoundOnHits(const AnswerContext& context);

// What came of a run.
struct MatchTally {
  size_t with_hits = 0;
  size_t incomplete = 0;
  size_t at_bound = 0;  // Of these, stopped by kMostMemory.
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

#endif  // BURIN_TOOLS_MATCH_MATCH_RUN_H_
